//! Invitations: accepted once, by whom they are for, while whoever invited still may.

use crate::world::both;

both! {
    async fn an_invited_person_gets_in_and_the_log_tells_it(w: World) {
        let bellweather = w.client("Bellweather").await;
        let omar = w.person("omar.haddad@client.test", &bellweather).await;
        let door = w.door_of(&omar.token, bellweather.id).await.unwrap();
        assert_eq!(door.closed(), None);
        let kinds: Vec<String> = w.audit().await.into_iter().filter_map(|r| r.entry).map(|e| e.kind()).collect();
        assert_eq!(kinds[..3], ["person_signed_in", "invitation_accepted", "contact_invited"]);
    }
}

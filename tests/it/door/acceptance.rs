//! At the moment of accepting everything is asked again: who is blocked, and whether the client is still one.

use super::seen;
use crate::world::{Everything, Person, World, both};
use vestibule::audit::Entry;
use vestibule::base::secret::Token;
use vestibule::client::{Client, Status};
use vestibule::contact::Standing;
use vestibule::door::invitation as page;
use vestibule::invitation::acts::AskAgain;
use vestibule::link;
use vestibule::link::acts::{block, unblock};

const NO_LONGER_GOOD: &str = "This invitation is no longer good. Ask the business for a new one.";

/// Somebody who is linked to a client, and a colleague's invitation to the same.
async fn mal_and_anns_invitation(w: &World) -> (Client, Person, vestibule::contact::Contact, Token) {
    let bellweather = w.client("Bellweather").await;
    let mal = w.person("mal@client.test", &bellweather).await;
    let ann = w.contact("ann@client.test", &bellweather).await;
    let token = w.invite(&w.operator(), &ann).await;
    (bellweather, mal, ann, token)
}

/// What comes of accepting while signed in.
async fn accepting(w: &World, token: &Token, person: &Person) -> (u16, String) {
    let inside = w.door(&person.token).await.unwrap();
    seen(page::accept(&w.app, token, &inside).await)
}

async fn leave(w: &World, client: &Client, status: Status) {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    let version = vestibule::client::store::find(&mut look, client.id).await.unwrap().version;
    drop(look);
    link::client::edit(&w.app, &w.operator(), client.id, version, client.details(), status).await.unwrap();
}

both! {
    async fn s30_rule5_a_blocked_person_does_not_come_back_by_a_colleagues_invitation(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let (_, mal, ann, token) = mal_and_anns_invitation(&w).await;
        block(&w.app, &nadia.actor, mal.contact, None).await.unwrap();
        assert_eq!(accepting(&w, &token, &mal).await, (409, NO_LONGER_GOOD.to_owned()));
        assert_eq!(w.contact_now(ann.id).await.portal.standing(), Standing::Invited, "it stays Ann's");
        let log = w.audit().await;
        let entry = log[0].entry.as_ref().unwrap();
        assert_eq!(entry.sentence(), "could not accept the invitation to ann@client.test: mal@client.test is blocked at this client");
        assert_eq!(log[0].actor_name, "Mal Client");
        assert!(matches!(entry, Entry::AcceptanceRefused { portal_user: Some(user), .. } if *user == mal.user));
        // Unblocked, the person decides again with which account to accept (rule 12).
        unblock(&w.app, &nadia.actor, mal.contact).await.unwrap();
        assert_eq!(accepting(&w, &token, &mal).await.0, 200);
    }

    async fn s30_rule5_rule12_who_is_blocked_under_another_address_than_they_sign_in_with_stays_out(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let (bellweather, _, _, token) = mal_and_anns_invitation(&w).await;
        let eve = w.person("eve@private.test", &w.client("Castle Hill").await).await;
        let contact = w.contact("eve@client.test", &bellweather).await;
        let own = w.invite(&nadia.actor, &contact).await;
        assert_eq!(accepting(&w, &own, &eve).await.0, 200);
        block(&w.app, &nadia.actor, contact.id, None).await.unwrap();
        assert_eq!(accepting(&w, &token, &eve).await, (409, NO_LONGER_GOOD.to_owned()));
        assert!(w.audit().await[0].entry.as_ref().unwrap().sentence().ends_with("eve@client.test is blocked at this client"));
    }

    async fn s30_rule5_who_is_blocked_before_they_were_ever_linked_there_stays_out(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let mal = w.person("mal@client.test", &w.client("Castle Hill").await).await;
        let bellweather = w.client("Bellweather").await;
        let blocked = w.contact("Mal@Client.test", &bellweather).await;
        block(&w.app, &nadia.actor, blocked.id, None).await.unwrap();
        let ann = w.contact("ann@client.test", &bellweather).await;
        let token = w.invite(&nadia.actor, &ann).await;
        assert_eq!(accepting(&w, &token, &mal).await, (409, NO_LONGER_GOOD.to_owned()));
        let elsewhere = w.contact("ann@client.test", &w.client("Dune").await).await;
        let token = w.invite(&nadia.actor, &elsewhere).await;
        assert_eq!(accepting(&w, &token, &mal).await.0, 200, "a block is a client's");
    }

    async fn s30_an_invitation_is_not_accepted_once_the_client_has_left(w: World) {
        let (bellweather, _, ann, token) = mal_and_anns_invitation(&w).await;
        leave(&w, &bellweather, Status::Exited).await;
        let other = w.person("omar@client.test", &w.client("Castle Hill").await).await;
        assert_eq!(accepting(&w, &token, &other).await, (409, NO_LONGER_GOOD.to_owned()));
        let business = w.business_now().await;
        let look = async || page::look(&w.app, &business, &token, None).await.unwrap();
        assert_eq!(look().await.refusal.as_deref(), Some(NO_LONGER_GOOD), "its page says so");
        assert_eq!(w.contact_now(ann.id).await.portal.standing(), Standing::Invited);
        leave(&w, &bellweather, Status::Active).await;
        assert_eq!(look().await.refusal, None, "it is good again when they come back");
        w.pass(business.invitation_days * 86_400);
        assert_eq!(look().await.may_ask_again, AskAgain::Offered);
        leave(&w, &bellweather, Status::Exited).await;
        assert_eq!(look().await.may_ask_again, AskAgain::NotOffered);
    }
}

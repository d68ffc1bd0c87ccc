//! Two nodes on one database: what is done on one holds on the other from the very next request.

use crate::http::PORTAL;
use crate::world::{Everything, both};
use axum::http::StatusCode;
use vestibule::link;
use vestibule::portal_user::acts;
use vestibule::worker::Worker;

both! {
    async fn s37_disabled_on_one_node_is_refused_on_the_other_at_the_next_request(w: World) {
        let other = w.another_node().await;
        let nadia = w.staff("nadia").may(Everything).await;
        let bellweather = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &bellweather).await;
        let path = format!("/portal/{}/clients/{}", w.business.slug, bellweather.id);

        let mut there = other.browser().with_cookie(PORTAL, omar.token.reveal());
        assert_eq!(there.get(&path).await.status, StatusCode::OK);
        acts::disable(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        assert_ne!(there.get(&path).await.status, StatusCode::OK, "disabled on the first, refused on the second");
        acts::enable(&w.app, &nadia.actor, omar.user).await.unwrap();
        let again = other.sign_in(crate::world::knock("omar@client.test", crate::world::PASSWORD)).await.unwrap();
        let mut there = other.browser().with_cookie(PORTAL, again.reveal());
        assert_eq!(there.get(&path).await.status, StatusCode::OK);

        link::acts::block(&w.app, &nadia.actor, omar.contact, None).await.unwrap();
        assert_eq!(there.get(&path).await.status, StatusCode::FORBIDDEN, "blocked on the first, refused on the second");
    }

    async fn two_workers_send_each_letter_once(w: World) {
        let other = w.another_node().await;
        let nadia = w.staff("nadia").may(Everything).await;
        let bellweather = w.client("Bellweather").await;
        for n in 0..40 {
            let contact = w.contact(&format!("person{n}@client.test"), &bellweather).await;
            vestibule::invitation::acts::invite(&w.app, &nadia.actor, contact.id).await.unwrap();
        }
        let (here, there) = (Worker::new(&w.app).unwrap(), Worker::new(&other.app).unwrap());
        let (a, b) = tokio::join!(here.deliver_due(), there.deliver_due());
        assert_eq!(a.unwrap().sent + b.unwrap().sent, 40);
        for n in 0..40 {
            assert_eq!(w.mail_to(&format!("person{n}@client.test")).await.len(), 1);
        }
    }
}

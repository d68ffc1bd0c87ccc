//! A portal user's life: added, changed, deleted, restored, let go; linked and unlinked, and who stands where (P4–P7).

mod adding;
mod changes;
mod deletion;
mod orders;

mod places;

use crate::http::{Browser, Reply};
use crate::world::{Person, World};
use axum::http::StatusCode;
use vestibule::base::id::PortalUserId;
use vestibule::portal_user::{self, PortalUser};

async fn ok(browser: &mut Browser, path: &str) -> Reply {
    let reply = browser.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    reply
}

fn page_of(user: PortalUserId) -> String {
    format!("/console/portal-users/{user}")
}

impl World {
    /// A portal user as they are now, also a deleted one.
    async fn portal_user(&self, id: PortalUserId) -> PortalUser {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        portal_user::store::find(&mut look, id).await.unwrap()
    }

    /// Lets a person's account open another business's door, too.
    async fn also_at(&self, person: &Person, other: &World) {
        let client = other.client("Their other client").await;
        let contact = other.contact(&person.email, &client).await;
        let invitation = other.invite(&other.operator(), &contact).await;
        let door = other.door(&person.token).await.unwrap();
        vestibule::door::invitation::accept(&other.app, &invitation, &door).await.unwrap();
    }
}

/// The first link into the portal in a mail, from behind the address.
fn path_in(plain: &str, part: &str) -> String {
    let at = plain.find(part).unwrap_or_else(|| panic!("no {part} in {plain}"));
    let start = plain[..at].rfind("http").unwrap();
    let link: String = plain[start..].chars().take_while(|c| !c.is_whitespace()).collect();
    link.split_once("://").unwrap().1.split_once('/').map(|(_, path)| format!("/{path}")).unwrap()
}

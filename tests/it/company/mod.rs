//! My company (U5, U6): a client's own people look after their colleagues, and nobody above or beside them.

mod carrying;
mod groups;
mod keeping;
mod list;
mod pages;
mod races;
mod rules;
mod taken_over;

use crate::world::{Person, World, email};
use vestibule::access::{Actor, Role};
use vestibule::base::id::{ClientId, ContactId, GroupId};
use vestibule::base::text::PersonName;
use vestibule::client::Client;
use vestibule::contact::Details;
use vestibule::invitation::Way;
use vestibule::link::adding::{Meant, New};
use vestibule::link::places::Place;
use vestibule::link::{self, Link};

/// A client with people in every place: a Global Admin, a Group Manager of the site crew, a member of it, a member of the Default
/// group.
struct Company {
    client: Client,
    default: GroupId,
    crew: GroupId,
    admin: Person,
    manager: Person,
    hand: Person,
    clerk: Person,
}

impl Company {
    async fn of(w: &World, name: &str) -> Self {
        let client = w.client(name).await;
        let domain = format!("{}.test", name.to_lowercase().replace(' ', ""));
        let crew = w.group(&client, "Site crew").await;
        let admin = w.person(&format!("priya.raman@{domain}"), &client).await;
        let manager = w.person(&format!("beatrix.holm@{domain}"), &client).await;
        let hand = w.person(&format!("anton.varga@{domain}"), &client).await;
        let clerk = w.person(&format!("joel.okafor@{domain}"), &client).await;
        w.place(&admin, None, Role::GlobalAdmin).await;
        w.place(&manager, Some(crew), Role::GroupManager).await;
        w.place(&hand, Some(crew), Role::Member).await;
        let default = link_of(w, clerk.contact).await.group_id;
        Self { client, default, crew, admin, manager, hand, clerk }
    }
}

/// The person, acting at their client.
async fn acting(w: &World, person: &Person) -> Actor {
    w.door_of(&person.token, person.client).await.unwrap().actor
}

async fn link_of(w: &World, contact: ContactId) -> Link {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    link::store::of_contact(&mut look, contact).await.unwrap().unwrap()
}

fn details(address: &str) -> Details {
    let name = |text| PersonName::parse(text).unwrap();
    Details {
        first_name: name("Lucy"),
        last_name: name("Nakamura"),
        title: None,
        email: email(address),
        cell_phone: None,
        office_phone: None,
        extension: None,
    }
}

fn new(client: ClientId, address: &str, group: GroupId, role: Role) -> New {
    New { client, details: details(address), place: Place { group, role }, way: Way::Link, meant: Meant::Nobody }
}

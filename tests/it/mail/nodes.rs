//! Several workers on one database: each letter leaves once, and none is lost with a worker that dies.

use super::mail_server::MailServer;
use super::office::Office;
use crate::world::both;
use std::collections::BTreeSet;
use vestibule::config::Pace;
use vestibule::config::{Tls, Transport};
use vestibule::invitation;
use vestibule::mail::Letter;
use vestibule::mail::outbox::{self, Outcome};
use vestibule::worker::{Delivered, Worker};

both! {
async fn two_nodes_send_each_letter_once(w: World) {
    let server = MailServer::start();
    let office = Office::open(w, server.transport(Tls::None)).await;
    office.invite_many(40).await;
    let (here, there) = (Worker::new(&office.app).unwrap(), Worker::new(&office.node(server.transport(Tls::None))).unwrap());
    let (here, there) = tokio::join!(here.deliver_due(), there.deliver_due());
    let (here, there) = (here.unwrap(), there.unwrap());
    assert_eq!(here.sent + there.sent, 40, "{here:?} {there:?}");

    let letters = server.letters().await;
    let addresses: BTreeSet<_> = letters.iter().map(|l| l["envelope"]["to"][0].as_str().unwrap().to_owned()).collect();
    assert_eq!((letters.len(), addresses.len()), (40, 40));
}

async fn a_letter_in_the_hands_of_a_dead_worker_is_taken_up_by_another(w: World) {
    let office = Office::open(w, Transport::Capture).await;
    let invitation = office.invite_one().await;

    // A worker takes the letter in hand, and is killed.
    let mut scope = office.write().await;
    let claimed = outbox::claim(&mut scope.tx, scope.business, scope.now, 600, Pace::default()).await.unwrap().unwrap();
    scope.tx.commit().await.unwrap();
    assert_eq!(claimed.id, invitation.letter_id);

    office.world.pass(599);
    assert_eq!(office.deliver().await, Delivered::default(), "it may still be at it");
    office.world.pass(1);
    assert_eq!(office.deliver().await, Delivered { sent: 1, ..Delivered::default() });
    assert_eq!(office.captured().await.len(), 1);

    // If it was only slow, what it writes down comes too late.
    let mut scope = office.write().await;
    let late = Outcome::Bounced("too late".into());
    assert!(!outbox::settle(&mut scope.tx, &claimed, &late, scope.now).await.unwrap());
    scope.tx.commit().await.unwrap();
    assert_eq!(office.progress(&invitation).await, "Sent");
}

async fn a_business_with_many_letters_does_not_keep_another_waiting(w: World) {
    let server = MailServer::start();
    let office = Office::open(w, server.transport(Tls::None)).await;
    office.invite_many(30).await;
    office.world.pass(1);
    let other = office.world.another("Bramble Freight").await;
    let client = other.client("Olive Quarries").await;
    let olga = other.contact("olga@client.test", &client).await;
    invitation::acts::invite(&other.app, &other.operator(), olga.id).await.unwrap();
    office.deliver().await;

    let letters = server.letters().await;
    let turn = letters.iter().position(|l| l["envelope"]["to"][0] == "olga@client.test").unwrap();
    assert_eq!(letters.len(), 31);
    assert!(turn < 8, "its turn came as number {turn}");
}

async fn who_waits_for_a_link_does_not_wait_behind_invitations(w: World) {
    let server = MailServer::start();
    let office = Office::open(w, server.transport(Tls::None)).await;
    office.invite_many(30).await;
    office.world.pass(60);
    let account = office.account("Zoë", "zoe@client.test").await;
    office.post(Letter::PasswordReset { account: account.id }, "zoe@client.test").await;
    office.deliver().await;
    let letters = server.letters().await;
    let turn = letters.iter().position(|l| l["envelope"]["to"][0] == "zoe@client.test").unwrap();
    assert!(turn < 4, "its turn came as number {turn}");
}

async fn a_letter_of_a_newer_version_is_left_for_it(w: World) {
    let office = Office::open(w, Transport::Capture).await;
    let invitation = office.invite_one().await;
    office.tamper("UPDATE outbox SET letter = $2 WHERE business_id = $1", r#"{"birthday_card":{}}"#).await;
    assert_eq!(office.deliver().await, Delivered { later: 1, ..Delivered::default() });
    let letter = office.letter_of(&invitation).await;
    assert_eq!(letter.state, outbox::State::Queued);
}
}

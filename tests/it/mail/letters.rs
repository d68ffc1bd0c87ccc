//! What each letter says, and which letters are not sent because their reason is gone.

use super::office::Office;
use crate::world::{both, email};
use vestibule::access::{Actor, Origin, Who};
use vestibule::account::token::{self, Purpose};
use vestibule::base::Instant;
use vestibule::base::secret::{PasswordHash, Token};
use vestibule::base::text::PersonName;
use vestibule::business::{self, Switch};
use vestibule::config::Transport;
use vestibule::link::accepting::Accepting;
use vestibule::mail::Letter;
use vestibule::mail::captured::Captured;
use vestibule::mail::outbox::{self, State};
use vestibule::portal_user::proposal;
use vestibule::portal_user::proposal::acts::Wanted;
use vestibule::worker::{Delivered, Worker};
use vestibule::{invitation, link, portal_user};

const NOTHING: Delivered = Delivered { sent: 0, later: 0, held: 0, bounced: 0, failed: 0, cancelled: 0 };
const SENT: Delivered = Delivered { sent: 1, ..NOTHING };
const CANCELLED: Delivered = Delivered { cancelled: 1, ..NOTHING };

/// The secret in a letter's link, and what stands before it.
fn link_of<'a>(letter: &'a Captured, page: &str) -> (&'a str, Token) {
    let line = letter.plain.lines().find(|line| line.contains(page)).expect("the letter carries a link");
    let (before, secret) = line.rsplit_once('/').unwrap();
    (before, Token::presented(secret).expect("the link carries a secret"))
}

both! {
async fn an_invitation_that_was_withdrawn_is_not_sent(w: World) {
    let office = Office::open(w, Transport::Capture).await;
    let omar = office.contact("omar@client.test").await;
    let invitation = office.invite(&omar).await;
    invitation::acts::revoke(&office.app, &office.staff(), omar.id).await.unwrap();
    assert_eq!(office.deliver().await, NOTHING);
    assert_eq!(office.letter_of(&invitation).await.state, State::Cancelled);
    assert_eq!(office.progress(&invitation).await, "Withdrawn");
    assert!(office.captured().await.is_empty());
}

async fn an_invitation_whose_reason_is_gone_is_not_sent(w: World) {
    let office = Office::open(w, Transport::Capture).await;
    // Each of these can happen while the letter is in hand or waits for its next try.
    let gone: [(&'static str, &str, &str); 6] = [
        ("UPDATE invitation SET state = $2 WHERE business_id = $1", "revoked", "withdrawn"),
        ("UPDATE invitation SET state = $2 WHERE business_id = $1", "replaced", "newer"),
        ("UPDATE contact SET portal = $2 WHERE business_id = $1", "blocked", "blocked"),
        ("UPDATE contact SET email = $2 WHERE business_id = $1", "new@client.test", "address was changed"),
        ("UPDATE staff_member SET status = $2 WHERE business_id = $1", "disabled", "may no longer invite"),
        ("UPDATE client SET status = $2 WHERE business_id = $1", "exited", "has left"),
    ];
    for (n, (statement, with, why)) in gone.into_iter().enumerate() {
        let contact = office.contact(&format!("omar{n}@client.test")).await;
        let invitation = office.invite(&contact).await;
        office.tamper(statement, with).await;
        assert_eq!(office.deliver().await, CANCELLED, "{why}");
        let reason = office.letter_of(&invitation).await.last_error.unwrap();
        assert!(reason.contains(why), "{reason}");
        office.tamper("UPDATE staff_member SET status = $2 WHERE business_id = $1", "active").await;
    }
    assert!(office.captured().await.is_empty());
}

async fn s56_a_client_that_is_called_like_a_host_is_no_link_in_its_letters(w: World) {
    let client = w.client("Booking.com").await;
    let contact = w.contact("omar@booking.test", &client).await;
    invitation::acts::invite(&w.app, &w.operator(), contact.id).await.unwrap();
    let letter = w.mail_to("omar@booking.test").await.remove(0);
    for form in [&letter.plain, &letter.html] {
        assert!(form.contains("Booking.\u{2060}com") && !form.contains("Booking.com"), "{form}");
        assert!(form.contains("omar@booking.test"), "the reader’s own address can be copied: {form}");
    }
    let links: Vec<&str> = letter.plain.split_whitespace().filter(|word| word.contains("://")).collect();
    assert!(links.len() == 1 && links[0].contains("/invitation/"), "{links:?}");
    // A person is not called so at all.
    let (_, secret) = link_of(&letter, "/invitation/");
    let path = format!("/portal/{}/invitation/{}", w.business.slug, secret.reveal());
    let named = |first: &'static str| [("first_name", first), ("last_name", "Haddad"), ("password", crate::world::PASSWORD)];
    let refused = w.browser().post(&path, &named("evil.com")).await;
    assert_eq!(refused.status, axum::http::StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Leave web addresses out of the name"), "{}", refused.body);
    assert_eq!(w.browser().post(&path, &named("J.R.")).await.status, axum::http::StatusCode::SEE_OTHER);
}

async fn an_invitation_waits_while_the_portal_is_off(w: World) {
    let office = Office::open(w, Transport::Capture).await;
    business::acts::switch_portal(&office.app, &office.staff(), Switch::Off).await.unwrap();
    let [kept, withdrawn] = office.invite_many(2).await.try_into().unwrap();
    assert_eq!(office.deliver().await, Delivered { held: 2, ..NOTHING });
    assert_eq!(office.progress(&kept).await, "Held until the portal is on");
    invitation::acts::revoke(&office.app, &office.staff(), withdrawn.contact_id).await.unwrap();
    office.after_minutes(60);
    assert_eq!(office.deliver().await, NOTHING);

    business::acts::switch_portal(&office.app, &office.staff(), Switch::On).await.unwrap();
    assert_eq!(office.deliver().await, SENT);
    assert_eq!(office.progress(&kept).await, "Sent");
    assert_eq!(office.letter_of(&kept).await.attempts, 1, "being held is no try");
    assert_eq!(office.letter_of(&withdrawn).await.state, State::Cancelled);
}

async fn s25_a_letter_that_is_tried_again_carries_another_secret(w: World) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("mail");
    std::fs::write(&place, "a file is in the way").unwrap();
    let mut office = Office::open(w, Transport::Folder(place)).await;
    let invitation = office.invite_one().await;
    let first = office.secret_of(&invitation).await;
    office.deliver().await;
    office.restart(Transport::Capture);
    office.after_minutes(1);
    assert_eq!(office.deliver().await, SENT);
    let letter = office.the_letter().await;
    let (_, second) = link_of(&letter, "/invitation/");
    assert_ne!(first.hash(), second.hash());
    for token in [first, second] {
        let opened = invitation::store::look_for(&mut *office.look().await, &token).await.unwrap().unwrap();
        assert_eq!(opened.id, invitation.id, "each opens the same invitation");
    }
}

async fn a_reset_link_works_and_only_the_newest_is_sent(w: World) {
    let office = Office::open(w, Transport::Capture).await;
    let zoe = office.account("Zoë", "zoe@client.test").await;
    office.post(Letter::PasswordReset { account: zoe.id }, "zoe@client.test").await;
    office.world.pass(1);
    office.post(Letter::PasswordReset { account: zoe.id }, "zoe@client.test").await;
    assert_eq!(office.deliver().await, Delivered { sent: 1, cancelled: 1, ..NOTHING });

    let letter = office.the_letter().await;
    assert_eq!(letter.subject, "Set a new password");
    let (before, token) = link_of(&letter, "/reset/");
    assert_eq!(before, "https://portal.example.com/portal/tidewater-haulage/reset");
    let mut look = office.look().await;
    let link = token::look_for(&mut look.tx, Purpose::ResetPassword, &token).await.unwrap().unwrap();
    assert_eq!((link.account_id, link.spent(office.app.clock.now())), (zoe.id, None));
}

async fn a_reset_is_not_sent_when_its_reason_is_gone(w: World) {
    let office = Office::open(w, Transport::Capture).await;
    let omar = office.world.person("omar.haddad@client.test", &office.client).await;
    let reset = Letter::PasswordReset { account: omar.account };
    let why = async || office.letter_about(omar.account).await.last_error.unwrap();

    office.post(reset.clone(), "other@client.test").await;
    assert_eq!(office.deliver().await, CANCELLED);
    assert!(why().await.contains("address was changed"));

    office.world.pass(1);
    office.post(reset.clone(), &omar.email).await;
    office.world.pass(1);
    let mut scope = office.write().await;
    let another = PasswordHash::made("another hash".into());
    vestibule::account::store::set_password(&mut scope.tx, omar.account, &another, scope.now).await.unwrap();
    scope.tx.commit().await.unwrap();
    assert_eq!(office.deliver().await, CANCELLED);
    assert!(why().await.contains("password was changed"));

    portal_user::acts::disable(&office.app, &office.staff(), omar.user, None).await.unwrap();
    office.post(reset, &omar.email).await;
    assert_eq!(office.deliver().await, CANCELLED);
    assert!(why().await.contains("disabled"));
}

async fn the_invited_address_is_told_who_accepted(w: World) {
    let office = Office::open(w, Transport::Capture).await;
    let invitation = office.invite_one().await;
    office.deliver().await;
    office.world.pass(1);
    let sam = office.account("Sam", "sam@other.test").await;
    let token = office.secret_of(&invitation).await;
    let who = Who::Person { account: sam.id, name: sam.name() };
    let actor = Actor { who, business: office.world.business.id, origin: Origin::default(), session: None };
    link::accepting::accept(&office.app, &actor, &token, Accepting::SignedIn).await.unwrap();
    assert_eq!(office.deliver().await, SENT);

    let letter = office.captured().await.remove(0);
    assert_eq!(letter.to_email, invitation.email.as_str());
    assert!(letter.plain.contains("signed in as sam@other.test"), "{}", letter.plain);
    assert!(!letter.plain.contains("https://"), "it carries no link");
}

async fn a_person_is_told_what_was_changed(w: World) {
    let office = Office::open(w, Transport::Capture).await;
    let omar = office.world.person("omar.haddad@client.test", &office.client).await;
    let user = omar.user;
    let version = {
        let mut look = office.look().await;
        portal_user::store::find(&mut look, user).await.unwrap().version
    };
    let (first, last) = (PersonName::parse("Omar").unwrap(), PersonName::parse("Hadad").unwrap());
    let wanted = Wanted { first, last, email: email(&omar.email) };
    proposal::acts::save(&office.app, &office.staff(), user, version, wanted).await.unwrap();
    office.post(Letter::PasswordChanged { account: omar.account }, &omar.email).await;
    office.after_minutes(10);
    assert_eq!(office.deliver().await, Delivered { sent: 2, ..NOTHING });

    let letters = office.captured().await;
    let about = |subject: &str| letters.iter().find(|l| l.subject == subject).unwrap_or_else(|| panic!("{subject}"));
    let renamed = about("Your name was changed");
    assert!(renamed.plain.contains("The name on your account is Omar Hadad since 22 November 2026, 9:41 am UTC, as Tidewater Haulage asked"));
    let changed = about("Your password was changed");
    assert!(changed.plain.contains("on 22 November 2026, 9:41 am UTC"), "when it happened, not when it was sent");
    assert!(changed.html.contains("https://portal.example.com/portal/tidewater-haulage/forgotten"));
}

async fn s33_an_address_is_not_mailed_without_end_however_it_is_written(w: World) {
    let office = Office::open(w, Transport::Capture).await;
    let omar = office.contact("omar@client.test").await;
    for _ in 0..10 {
        office.invite(&omar).await;
        office.world.pass(1);
    }
    let refused = invitation::acts::invite(&office.app, &office.staff(), omar.id).await.unwrap_err();
    assert!(refused.to_string().contains("try again tomorrow"), "{refused}");
    office.tamper("UPDATE contact SET email = $2 WHERE business_id = $1", "OMAR@Client.test").await;
    assert!(invitation::acts::invite(&office.app, &office.staff(), omar.id).await.is_err());
    assert_eq!(office.deliver().await, SENT, "only the newest of the ten leaves");

    office.world.pass(86_400);
    assert!(invitation::acts::invite(&office.app, &office.staff(), omar.id).await.is_ok());
}

async fn old_captured_mail_is_swept_out(w: World) {
    let office = Office::open(w, Transport::Capture).await;
    office.invite_one().await;
    office.deliver().await;
    let worker = Worker::new(&office.app).unwrap();
    office.world.pass(29 * 86_400);
    worker.sweep().await.unwrap();
    assert_eq!(office.captured().await.len(), 1);
    office.world.pass(2 * 86_400);
    worker.sweep().await.unwrap();
    assert!(office.captured().await.is_empty());
    let mut look = office.look().await;
    let business = look.business;
    let to = email("omar.haddad@client.test");
    let kept = outbox::written_since(&mut look.tx, business, &to, "invitation", Instant::default()).await.unwrap();
    assert_eq!(kept, 1, "that it was sent is not forgotten");
}
}

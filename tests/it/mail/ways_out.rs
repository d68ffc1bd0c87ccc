//! Letters leave through a real mail server in each of its moods, into a folder, and into the demo's captured mail.

use super::mail_server::MailServer;
use super::office::Office;
use crate::world::both;
use serde_json::json;
use std::os::unix::fs::PermissionsExt as _;
use tokio_util::sync::CancellationToken;
use vestibule::base::secret::Token;
use vestibule::config::{Smtp, Tls, Transport};
use vestibule::invitation;
use vestibule::mail::outbox::State;
use vestibule::worker::{Delivered, Worker};

const SENT: Delivered = Delivered { sent: 1, later: 0, held: 0, bounced: 0, failed: 0, cancelled: 0 };
const LATER: Delivered = Delivered { sent: 0, later: 1, ..SENT };
const BOUNCED: Delivered = Delivered { sent: 0, bounced: 1, ..SENT };
const NOTHING: Delivered = Delivered { sent: 0, ..SENT };

/// The secret in the link of a letter's text.
fn secret(letter: &str) -> Token {
    let after = letter.split("/invitation/").nth(1).expect("the letter carries a link");
    Token::presented(after.split(|c: char| c.is_whitespace() || c == '"').next().unwrap())
        .expect("the link carries a secret")
}

both! {
async fn s25_s32_an_invitation_arrives_by_starttls_and_login(w: World) {
    let server = MailServer::start();
    let office = Office::open(w, server.transport(Tls::Starttls)).await;
    office.tamper("UPDATE business SET support_contact = $2 WHERE id = $1", "office@tidewater.test").await;
    let omar = office.contact("Omar.Haddad@client.test").await;
    let invitation = office.invite(&omar).await;
    assert_eq!(office.progress(&invitation).await, "Queued");

    assert_eq!(office.deliver().await, SENT);
    assert_eq!(office.progress(&invitation).await, "Sent");

    let [letter] = server.letters().await.try_into().unwrap();
    assert_eq!(letter["secure"], true);
    assert_eq!(letter["user"], "vestibule");
    assert_eq!(letter["envelope"], json!({"from": "portal@example.com", "to": ["Omar.Haddad@client.test"]}));
    assert_eq!(letter["from"], json!({"name": "Tidewater Haulage", "address": "portal@example.com"}));
    assert_eq!(letter["to"][0]["name"], "Omar Haddad");
    assert_eq!(letter["subject"], "Tidewater Haulage invites you to its client portal");
    let headers = &letter["headers"];
    assert_eq!(headers["message-id"], format!("<{}@portal.example.com>", invitation.letter_id));
    assert_eq!(headers["auto-submitted"], "auto-generated");
    assert_eq!(headers["date"], "Sun, 22 Nov 2026 09:41:00 +0000");
    assert_eq!(headers["reply-to"], "\"Tidewater Haulage\" <office@tidewater.test>");

    let (text, html) = (letter["text"].as_str().unwrap(), letter["html"].as_str().unwrap());
    let link = "https://portal.example.com/portal/tidewater-haulage/invitation/";
    assert!(text.contains(link) && html.contains(&format!("href=\"{link}")), "{text}");
    let token = secret(text);
    assert_eq!(token.hash(), secret(html).hash(), "both forms carry the same link");
    let opened = invitation::store::look_for(&mut *office.look().await, &token).await.unwrap().unwrap();
    assert_eq!(opened.id, invitation.id);

    assert_eq!(office.deliver().await, NOTHING, "a letter leaves once");
    let mut look = office.look().await;
    let stored = "SELECT letter FROM outbox WHERE business_id = $1 UNION ALL SELECT facts FROM audit_entry WHERE business_id = $1";
    let stored: Vec<(String,)> = look.query(stored).all(&mut look.tx).await.unwrap();
    assert!(!stored.is_empty() && !stored.iter().any(|(text,)| text.contains(token.reveal())), "the secret is nowhere");
}

async fn letters_leave_encrypted_from_the_first_byte_or_in_clear_on_the_same_machine(w: World) {
    let server = MailServer::start();
    for (name, tls, secure) in [("Sealed", Tls::Tls, true), ("Local", Tls::None, false)] {
        let office = Office::open(w.another(name).await, server.transport(tls)).await;
        office.invite_one().await;
        assert_eq!(office.deliver().await, SENT);
        assert_eq!(server.letters().await.last().unwrap()["secure"], secure);
    }
}

async fn one_connection_carries_letter_after_letter(w: World) {
    let server = MailServer::start();
    let office = Office::open(w, server.transport(Tls::Starttls)).await;
    office.invite_one().await;
    office.deliver().await;
    let contact = office.contact("second@client.test").await;
    office.invite(&contact).await;
    server.behave(json!({"kind": "refuse", "at": "rcpt", "code": 550, "times": 1})).await;
    assert_eq!(office.deliver().await, BOUNCED);
    let contact = office.contact("third@client.test").await;
    office.invite(&contact).await;
    assert_eq!(office.deliver().await, SENT, "a refusal leaves the connection as good as before");
    assert_eq!(server.all("connected").await.len(), 1);
}

async fn a_wrong_login_lets_letters_wait_until_it_is_corrected(w: World) {
    let server = MailServer::start();
    let wrong = Smtp {
        login: Some(("vestibule".into(), "not the password".to_owned().into())),
        ..server.settings(Tls::Starttls)
    };
    let mut office = Office::open(w, Transport::Smtp(wrong)).await;
    let invitation = office.invite_one().await;
    assert_eq!(office.deliver().await, LATER);
    let letter = office.letter_of(&invitation).await;
    assert_eq!(letter.state, State::Queued);
    assert!(letter.last_error.unwrap().starts_with("535"));

    office.restart(server.transport(Tls::Starttls));
    office.after_minutes(1);
    assert_eq!(office.deliver().await, SENT);
    assert_eq!(office.letter_of(&invitation).await.last_error, None);
}

async fn an_unreachable_server_is_not_tried_in_vain_for_every_letter(w: World) {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut office = Office::open(w, Transport::Smtp(Smtp {
        host: "127.0.0.1".into(),
        port: nobody.port(),
        tls: Tls::Starttls,
        login: None,
        timeout_seconds: 20,
        ca_file: None,
    }))
    .await;
    let invitations = office.invite_many(20).await;
    let delivered = office.deliver().await;
    assert!((1..=4).contains(&delivered.later), "only those that were in hand: {delivered:?}");
    assert_eq!(office.deliver().await, NOTHING, "and then all wait");
    let mut tried = 0;
    for invitation in &invitations {
        let letter = office.letter_of(invitation).await;
        assert_eq!(letter.state, State::Queued);
        tried += letter.attempts;
    }
    assert_eq!(tried, i64::try_from(delivered.later).unwrap());

    let server = MailServer::start();
    office.restart(server.transport(Tls::Starttls));
    office.after_minutes(1);
    assert_eq!(office.deliver().await.sent, 20);
}

async fn a_server_that_does_not_answer_is_given_up_for_this_time(w: World) {
    let server = MailServer::start();
    let settings = Smtp { timeout_seconds: 1, ..server.settings(Tls::Starttls) };
    let office = Office::open(w, Transport::Smtp(settings)).await;
    let invitation = office.invite_one().await;
    server.behave(json!({"kind": "hold", "at": "rcpt"})).await;
    assert_eq!(office.deliver().await, LATER);
    assert!(office.letter_of(&invitation).await.last_error.unwrap().ends_with("gave no answer for 1 seconds"));

    server.accept().await;
    server.release().await;
    office.after_minutes(1);
    assert_eq!(office.deliver().await, SENT);
    assert_eq!(server.letters().await.len(), 1);
}

async fn a_refusal_of_the_moment_is_tried_again_with_growing_delay(w: World) {
    let server = MailServer::start();
    let office = Office::open(w, server.transport(Tls::Starttls)).await;
    let invitation = office.invite_one().await;
    server.behave(json!({"kind": "refuse", "at": "rcpt", "code": 451, "text": "4.7.1 Greylisted", "times": 3})).await;
    for minutes in [1, 5, 15] {
        assert_eq!(office.deliver().await, LATER);
        assert!(office.letter_of(&invitation).await.last_error.unwrap().contains("451 4.7.1 Greylisted"));
        office.world.pass(minutes * 60 - 1);
        assert_eq!(office.deliver().await, NOTHING);
        office.world.pass(1);
    }
    assert_eq!(office.deliver().await, SENT);
    assert_eq!(office.letter_of(&invitation).await.attempts, 4);
    let [letter] = server.letters().await.try_into().unwrap();
    assert_eq!(letter["headers"]["message-id"], format!("<{}@portal.example.com>", invitation.letter_id));
}

async fn a_letter_is_given_up_after_three_days(w: World) {
    let server = MailServer::start();
    let office = Office::open(w, server.transport(Tls::Starttls)).await;
    let invitation = office.invite_one().await;
    server.behave(json!({"kind": "refuse", "at": "rcpt", "code": 451})).await;
    let mut hours = 0;
    while office.letter_of(&invitation).await.state == State::Queued {
        office.deliver().await;
        office.after_minutes(60);
        hours += 1;
        assert!(hours < 100, "it must end");
    }
    assert!(hours >= 72, "it was tried for three days, not {hours} hours");
    assert_eq!(office.progress(&invitation).await, "Not sent");
    let letter = office.letter_of(&invitation).await;
    assert_eq!(letter.state, State::Failed);
    assert!(letter.last_error.unwrap().starts_with("451"));
}

async fn s25_a_refused_recipient_bounces_with_the_servers_reason_short_and_clean(w: World) {
    let server = MailServer::start();
    let office = Office::open(w, server.transport(Tls::Starttls)).await;
    let gone = office.contact("gone@client.test").await;
    let gone = office.invite(&gone).await;
    let here = office.contact("here@client.test").await;
    let here = office.invite(&here).await;
    let secret = "A".repeat(43);
    let text = format!("5.1.1 No such person,\tlink /invitation/{secret} {}", "x ".repeat(400));
    server.behave(json!({"kind": "refuse", "at": "rcpt", "code": 550, "to": "gone@client.test", "text": text})).await;
    assert_eq!(office.deliver().await, Delivered { sent: 1, bounced: 1, ..NOTHING });

    assert_eq!(office.progress(&gone).await, "Bounced");
    assert_eq!(office.progress(&here).await, "Sent");
    let reason = office.letter_of(&gone).await.last_error.unwrap();
    assert!(reason.starts_with("550 5.1.1 No such person, link … x x"), "{reason}");
    assert!(reason.chars().count() <= 300);

    office.after_minutes(60 * 24);
    assert_eq!(office.deliver().await, NOTHING, "what bounced is not tried again");
}

async fn a_refused_letter_bounces_and_a_refused_sender_does_not(w: World) {
    let server = MailServer::start();
    for (name, at, code, delivered) in [
        ("Freight One", "data", 554, BOUNCED),
        ("Freight Two", "mail", 550, LATER),
        ("Freight Three", "connect", 554, LATER),
        ("Freight Four", "rcpt", 421, LATER),
    ] {
        let office = Office::open(w.another(name).await, server.transport(Tls::Starttls)).await;
        office.invite_one().await;
        server.behave(json!({"kind": "refuse", "at": at, "code": code})).await;
        assert_eq!(office.deliver().await, delivered, "{code} at {at}");
    }
}

async fn a_connection_that_breaks_is_made_again(w: World) {
    let server = MailServer::start();
    let office = Office::open(w, server.transport(Tls::Starttls)).await;
    let invitation = office.invite_one().await;
    for at in ["mail", "data"] {
        server.behave(json!({"kind": "drop", "at": at})).await;
        assert_eq!(office.deliver().await, LATER, "dropped at {at}");
        assert!(office.letter_of(&invitation).await.last_error.unwrap().starts_with("localhost:"));
        office.after_minutes(60);
    }
    server.accept().await;
    assert_eq!(office.deliver().await, SENT);
    assert_eq!(server.letters().await.len(), 1);
}

async fn a_certificate_of_a_strange_authority_is_not_believed(w: World) {
    let server = MailServer::start();
    let office = Office::open(w, Transport::Smtp(Smtp { ca_file: None, ..server.settings(Tls::Starttls) })).await;
    let invitation = office.invite_one().await;
    assert_eq!(office.deliver().await, LATER);
    let reason = office.letter_of(&invitation).await.last_error.unwrap();
    assert!(reason.contains("certificate"), "{reason}");
    assert!(server.all("signed_in").await.is_empty() && server.letters().await.is_empty());
}

async fn a_server_without_starttls_gets_no_letter_in_clear(w: World) {
    let server = MailServer::start();
    let stripped = Smtp { port: server.settings(Tls::None).port, ..server.settings(Tls::Starttls) };
    let office = Office::open(w, Transport::Smtp(stripped)).await;
    office.invite_one().await;
    assert_eq!(office.deliver().await, LATER);
    assert!(server.letters().await.is_empty());
}

async fn an_authority_that_cannot_be_read_is_named_at_start(w: World) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n").unwrap();
    let office = Office::open(w, Transport::Capture).await;
    let smtp = Smtp {
        host: "localhost".into(),
        port: 587,
        tls: Tls::Starttls,
        login: None,
        timeout_seconds: 20,
        ca_file: Some(file),
    };
    let error = Worker::new(&office.node(Transport::Smtp(smtp))).err().unwrap().to_string();
    assert!(error.contains("mail.smtp.ca_file"), "{error}");
}

async fn s56_no_name_or_subject_adds_a_header_or_a_recipient(w: World) {
    let server = MailServer::start();
    let office = Office::open(w, server.transport(Tls::Starttls)).await;
    let nasty = "Omar\r\nBcc: victim@other.test\r\n\r\n<script>alert(1)</script>, \"Boss\" <boss@other.test>";
    office.tamper("UPDATE business SET mail_from_name = $2 WHERE id = $1", nasty).await;
    office.tamper("UPDATE business SET name = $2 WHERE id = $1", nasty).await;
    office.tamper("UPDATE business SET postal_address = $2 WHERE id = $1", nasty).await;
    let omar = office.contact("omar@client.test").await;
    office.invite(&omar).await;
    office.tamper("UPDATE outbox SET to_name = $2 WHERE business_id = $1", nasty).await;
    office.tamper("UPDATE contact SET first_name = $2 WHERE business_id = $1", nasty).await;
    assert_eq!(office.deliver().await, SENT);

    let [letter] = server.letters().await.try_into().unwrap();
    assert_eq!(letter["envelope"]["to"], json!(["omar@client.test"]));
    assert_eq!(letter["to"].as_array().unwrap().len(), 1);
    assert_eq!(letter["to"][0]["address"], "omar@client.test");
    assert_eq!(letter["from"]["address"], "portal@example.com");
    let names: Vec<_> = letter["headers"].as_object().unwrap().keys().collect();
    assert!(!names.contains(&&"bcc".to_owned()), "{names:?}");
    assert!(letter["subject"].as_str().unwrap().contains("Bcc: victim@other.test"), "it is only text");
    let html = letter["html"].as_str().unwrap();
    assert!(!html.contains("<script"), "{html}");
}

async fn names_and_addresses_of_every_script_arrive_as_they_are(w: World) {
    let server = MailServer::start();
    let office = Office::open(w, server.transport(Tls::Starttls)).await;
    office.tamper("UPDATE business SET name = $2 WHERE id = $1", "Überseehafen & Söhne — 東京").await;
    let contact = office.contact("zoe@müller.test").await;
    office.invite(&contact).await;
    office.tamper("UPDATE contact SET first_name = $2 WHERE business_id = $1", "Zoë").await;
    office.tamper("UPDATE outbox SET to_name = $2 WHERE business_id = $1", "Zoë Haddad").await;
    assert_eq!(office.deliver().await, SENT);
    let [letter] = server.letters().await.try_into().unwrap();
    assert!(letter["raw"].as_str().unwrap().contains("zoe@xn--mller-kva.test"), "every mail server knows this form");
    assert_eq!(letter["subject"], "Überseehafen & Söhne — 東京 invites you to its client portal");
    assert!(letter["text"].as_str().unwrap().contains("Hello Zoë,"));
    assert_eq!(letter["to"][0]["name"], "Zoë Haddad");
}

async fn a_folder_gets_one_whole_file_per_letter_for_its_owner_only(w: World) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("mail");
    let office = Office::open(w, Transport::Folder(place.clone())).await;
    let invitation = office.invite_one().await;
    assert_eq!(office.deliver().await, SENT);
    let files: Vec<_> = std::fs::read_dir(&place).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(files, [format!("{}.eml", invitation.letter_id).as_str()]);
    let file = place.join(&files[0]);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("To: \"Omar Haddad\" <omar.haddad@client.test>\r\n"), "{text}");
    assert!(text.contains("multipart/alternative"));
}

async fn a_folder_that_cannot_be_written_lets_letters_wait(w: World) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("mail");
    std::fs::write(&place, "a file is in the way").unwrap();
    let office = Office::open(w, Transport::Folder(place.clone())).await;
    let invitation = office.invite_one().await;
    assert_eq!(office.deliver().await, LATER);
    assert!(office.letter_of(&invitation).await.last_error.unwrap().contains("mail folder"));
    std::fs::remove_file(&place).unwrap();
    office.after_minutes(1);
    assert_eq!(office.deliver().await, SENT);
}

async fn the_worker_is_woken_by_an_act_and_finishes_the_mail_in_hand_when_stopped(w: World) {
    let server = MailServer::start();
    let office = Office::open(w, server.transport(Tls::Starttls)).await;
    let stop = CancellationToken::new();
    let worker = Worker::new(&office.app).unwrap();
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await }
    });
    server.behave(json!({"kind": "hold", "at": "data"})).await;
    let first = office.contact("omar@client.test").await;
    let first = office.invite(&first).await;
    server.next("held").await;

    stop.cancel();
    let second = office.contact("olga@client.test").await;
    let second = office.invite(&second).await;
    server.release().await;
    running.await.unwrap();

    assert_eq!(office.progress(&first).await, "Sent");
    assert_eq!(office.progress(&second).await, "Queued", "nothing new is begun");
    assert_eq!(server.letters().await.len(), 1);
}
}

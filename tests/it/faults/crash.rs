//! The program is killed in the middle of its work: what it has acknowledged is there, and nothing is there by half.

use super::program::{self, Program};
use super::storm::{Deed, Storm, Way};
use crate::mail::mail_server::MailServer;
use crate::world::{Everything, World, both};
use reqwest::StatusCode;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use vestibule::act::App;
use vestibule::audit::Counts;
use vestibule::base::Clock;
use vestibule::base::id::{ContactId, LetterId, PortalUserId};
use vestibule::config::{Tls, Transport};
use vestibule::import::acts as import;
use vestibule::import::upload::Upload;
use vestibule::worker::Worker;

/// What must be nowhere, each as a count that must be zero.
#[rustfmt::skip]
const HALVES: [(&str, &str); 11] = [
    ("an invitation without its letter",
     "SELECT COUNT(*) FROM invitation i LEFT JOIN outbox o ON o.business_id = i.business_id AND o.id = i.letter_id
      WHERE i.business_id = $1 AND o.id IS NULL"),
    ("a letter without its invitation",
     "SELECT COUNT(*) FROM outbox o LEFT JOIN invitation i ON i.business_id = o.business_id AND i.letter_id = o.id
      WHERE o.business_id = $1 AND o.kind = 'invitation' AND i.id IS NULL"),
    ("an invitation without its audit entry, or the other way round",
     "SELECT (SELECT COUNT(*) FROM invitation WHERE business_id = $1)
           - (SELECT COUNT(*) FROM audit_entry WHERE business_id = $1 AND kind = 'contact_invited')"),
    ("an invited contact without an open invitation, or the other way round",
     "SELECT (SELECT COUNT(*) FROM contact WHERE business_id = $1 AND portal = 'invited')
           - (SELECT COUNT(*) FROM invitation WHERE business_id = $1 AND state = 'open')"),
    ("a blocked contact whose address is not kept out, or the other way round",
     "SELECT (SELECT COUNT(*) FROM contact WHERE business_id = $1 AND portal = 'blocked')
           - (SELECT COUNT(*) FROM portal_block WHERE business_id = $1)"),
    ("a blocked contact without its audit entry, or the other way round",
     "SELECT (SELECT COUNT(*) FROM contact WHERE business_id = $1 AND portal = 'blocked')
           - (SELECT COUNT(*) FROM audit_entry WHERE business_id = $1 AND kind = 'contact_blocked')"),
    ("a blocked contact that is still linked",
     "SELECT COUNT(*) FROM link l JOIN contact c ON c.business_id = l.business_id AND c.id = l.contact_id
      WHERE l.business_id = $1 AND l.state = 'active' AND c.portal = 'blocked'"),
    ("a disabled portal user without its audit entry, or the other way round",
     "SELECT (SELECT COUNT(*) FROM portal_user WHERE business_id = $1 AND status = 'disabled')
           - (SELECT COUNT(*) FROM audit_entry WHERE business_id = $1 AND kind = 'portal_user_disabled')"),
    ("a disabled portal user with a session",
     "SELECT COUNT(*) FROM session s JOIN portal_user u ON u.account_id = s.account_id
      WHERE u.business_id = $1 AND u.status = 'disabled'"),
    ("a wrong tally of contacts",
     "SELECT COUNT(*) FROM tally t WHERE t.business_id = $1 AND t.list = 'contact'
      AND t.n <> (SELECT COUNT(*) FROM contact c WHERE c.business_id = t.business_id AND c.facet = t.facet)"),
    ("a wrong tally of portal users",
     "SELECT COUNT(*) FROM tally t WHERE t.business_id = $1 AND t.list = 'portal_user'
      AND t.n <> (SELECT COUNT(*) FROM portal_user u WHERE u.business_id = t.business_id AND u.facet = t.facet)"),
];

impl World {
    /// The same installation, at the time of day at which the real program works.
    async fn now(&self) -> World {
        self.another_node_at(Clock::held_at(Clock::System.now())).await
    }

    async fn count(&self, statement: &'static str) -> i64 {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        let (count,): (i64,) = look.query(statement).one(&mut look.tx, "A count").await.unwrap();
        count
    }

    /// Proves that every one of these deeds is there, and that no deed is there by half.
    async fn holds(&self, deeds: &[Deed]) {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        let contacts = look.query("SELECT id, portal FROM contact WHERE business_id = $1");
        let contacts: Vec<(ContactId, String)> = contacts.all(&mut look.tx).await.unwrap();
        let users = look.query("SELECT id, status FROM portal_user WHERE business_id = $1");
        let users: Vec<(PortalUserId, String)> = users.all(&mut look.tx).await.unwrap();
        drop(look);
        let (contacts, users) = (BTreeMap::from_iter(contacts), BTreeMap::from_iter(users));
        for deed in deeds {
            let (is, should) = match deed {
                Deed::Invite(id) => (&contacts[id], "invited"),
                Deed::Block(id) => (&contacts[id], "blocked"),
                Deed::Disable(id) => (&users[id], "disabled"),
            };
            assert_eq!(is, should, "{deed:?} was acknowledged");
        }
        for (what, statement) in HALVES {
            assert_eq!(self.count(statement).await, 0, "{what}");
        }
        self.audit().await;
    }
}

/// A spreadsheet with so many people.
fn spreadsheet(people: usize) -> String {
    let mut text = "Client reference,Client name,First name,Last name,Email\n".to_owned();
    for n in 0..people {
        let client = n % 40;
        writeln!(text, "C-{client:03},Client {client:03},Person,Example,person{n}@client.test").unwrap();
    }
    text
}

async fn imports(w: &World, people: usize) -> Counts {
    let upload = Upload::of_bytes(spreadsheet(people).as_bytes()).await.unwrap();
    let preview = import::prepare(&w.app, &w.operator(), "people.csv", upload).await.unwrap();
    import::confirm(&w.app, &w.operator(), preview.id).await.unwrap()
}

/// People to invite, to block and to disable, in turns.
async fn deeds(w: &World) -> Vec<Deed> {
    imports(w, 120).await;
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    let contacts = look.query("SELECT id FROM contact WHERE business_id = $1 ORDER BY email_key");
    let contacts: Vec<(ContactId,)> = contacts.all(&mut look.tx).await.unwrap();
    drop(look);
    let client = w.client("Bellweather").await;
    let mut deeds = Vec::new();
    for (n, pair) in contacts.chunks_exact(2).enumerate() {
        let [(one,), (other,)] = pair else { continue };
        deeds.push(Deed::Invite(*one));
        deeds.push(match n % 4 {
            0 => Deed::Disable(w.person(&format!("dara{n}@client.test"), &client).await.user),
            1 => Deed::Block(w.person(&format!("bo{n}@client.test"), &client).await.contact),
            2 => Deed::Block(*other),
            _ => Deed::Invite(*other),
        });
    }
    deeds
}

/// The letter's id, which its Message-ID is made of.
fn letter_id(letter: &Value) -> String {
    let id = letter["headers"]["message-id"].as_str().unwrap();
    id.trim_start_matches('<').split('@').next().unwrap().to_owned()
}

both! {
async fn whatever_was_acknowledged_is_there_after_a_kill_and_nothing_is_there_by_half(w: World) {
    let mail = MailServer::start();
    let smtp = mail.settings(Tls::None);
    let prepared = w.now().await;
    let nadia = prepared.staff("nadia").may(Everything).await;
    let deeds = Arc::new(Mutex::new(deeds(&prepared).await));
    prepared.holds(&[]).await;
    // Nobody but the program has the database open when it dies: the next one finds what a power cut leaves.
    prepared.app.db.close().await;
    w.app.db.close().await;

    let mut acknowledged = Vec::new();
    let mut program = Program::start(&w, &smtp);
    for last in [false, false, true] {
        if last {
            mail.behave(json!({"kind": "hold", "at": "data"})).await;
        }
        let mut storm = Storm::begin(&program.address, &w, &nadia, &deeds);
        storm.has_done(25).await;
        if last {
            mail.next("held").await;
        }
        program.kill();
        acknowledged.extend(storm.ends().await);

        program = Program::start(&w, &smtp);
        Way::to(&program.address, &w, &nadia).is_well().await;
        let later = w.now().await;
        later.holds(&acknowledged).await;
        later.app.db.close().await;
    }
    assert!(!deeds.lock().unwrap().is_empty(), "there was more to do each time that it was killed");
    program.kill();

    // Letters that it had in hand are taken to be in hand still; after their lease, another worker sends them.
    mail.accept().await;
    let later = w.now().await;
    assert_ne!(later.count("SELECT COUNT(*) FROM outbox WHERE business_id = $1 AND state = 'sending'").await, 0);
    later.pass(3600);
    let mut config = later.app.config.clone();
    config.mail.transport = Transport::Smtp(smtp.clone());
    let office = App::new(config, later.app.clock.clone()).unwrap();
    Worker::new(&office).unwrap().deliver_due().await.unwrap();
    office.db.close().await;
    assert_eq!(later.count("SELECT COUNT(*) FROM outbox WHERE business_id = $1 AND state <> 'sent'").await, 0);

    let mut look = later.app.look_at(later.business.id).await.unwrap();
    let open = look.query("SELECT letter_id FROM invitation WHERE business_id = $1 AND state = 'open'");
    let open: Vec<(LetterId,)> = open.all(&mut look.tx).await.unwrap();
    drop(look);
    let open: BTreeSet<String> = open.into_iter().map(|(id,)| id.to_string()).collect();
    let arrived: BTreeSet<String> = mail.letters().await.iter().map(letter_id).collect();
    assert_eq!(open, arrived, "each invitation that is there has arrived, and no other");
    later.app.db.close().await;

    let verified = program::run(&w, &smtp, &["audit", "verify"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

async fn an_import_that_is_killed_leaves_nothing_and_can_be_done_again(w: World) {
    const PEOPLE: usize = 4000;
    let mail = MailServer::start();
    let smtp = mail.settings(Tls::None);
    let prepared = w.now().await;
    let nadia = prepared.staff("nadia").may(Everything).await;
    prepared.app.db.close().await;
    w.app.db.close().await;

    let program = Program::start(&w, &smtp);
    let way = Way::to(&program.address, &w, &nadia);
    let file = Part::text(spreadsheet(PEOPLE)).file_name("people.csv").mime_str("text/csv").unwrap();
    let uploaded = way.post("/console/import").multipart(Form::new().part("file", file)).send().await.unwrap();
    assert_eq!(uploaded.status(), StatusCode::SEE_OTHER);
    let path = uploaded.headers()["location"].to_str().unwrap();
    assert_eq!(way.post(path).form(&[("", ""); 0]).send().await.unwrap().status(), StatusCode::SEE_OTHER);
    let mut told = String::new();
    let mut events = way.get(&format!("{path}/events")).send().await.unwrap();
    while !told.contains("Writing") {
        let piece = events.chunk().await.unwrap().expect("it tells how far it is");
        told.push_str(&String::from_utf8_lossy(&piece));
    }
    program.kill();

    let program = Program::start(&w, &smtp);
    Way::to(&program.address, &w, &nadia).is_well().await;
    let later = w.now().await;
    for table in [
        "SELECT COUNT(*) FROM contact WHERE business_id = $1",
        "SELECT COUNT(*) FROM client WHERE business_id = $1",
        "SELECT COUNT(*) FROM audit_entry WHERE business_id = $1 AND kind = 'imported'",
    ] {
        assert_eq!(later.count(table).await, 0, "nothing of it is there: {table}");
    }
    let counts = imports(&later, PEOPLE).await;
    assert_eq!(usize::try_from(counts.new).unwrap(), PEOPLE);
    later.holds(&[]).await;
    later.app.db.close().await;
}
}

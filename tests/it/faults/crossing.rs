//! Transactions of PostgreSQL that wait for each other. SQLite has one writer: there, none ever does.

use crate::http::STAFF;
use crate::world::{Engine, Everything, PASSWORD, Person, World, knock, origin, run, secret};
use secrecy::ExposeSecret as _;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::time::Duration;
use vestibule::audit::{Entry, Recorded};
use vestibule::base::Error;
use vestibule::base::secret::Token;
use vestibule::db;
use vestibule::door::{self, reset};
use vestibule::link;
use vestibule::worker::{Delivered, Worker};

/// Somebody else's transaction, which holds what it is told to. It is never the one that PostgreSQL takes back.
struct Other(PgConnection);

impl Other {
    async fn begin(w: &World) -> Self {
        let url = w.app.config.database.url.expose_secret();
        let mut other = Self(PgConnection::connect(url).await.unwrap());
        other.does("SET deadlock_timeout = '60s'").await;
        other.does("BEGIN").await;
        other
    }

    async fn does(&mut self, statement: &str) {
        self.0.execute(sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))).await.unwrap();
    }

    /// Comes back when so many transactions wait for a lock.
    async fn sees_waiting(&mut self, many: i64) {
        let seen = async {
            let count =
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
            // What a transaction sees of others' doings stays the same until it asks anew.
            while sqlx::query_scalar::<_, i64>(count).fetch_one(&mut self.0).await.unwrap() != many {
                self.does("SELECT pg_stat_clear_snapshot()").await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), seen).await.expect("transactions wait for what this one holds");
    }

    /// How many deadlocks there were in a world that is over: its connections have told by then.
    async fn deadlocks_seen(w: &World) -> i64 {
        w.app.db.close().await;
        let mut other = Self::begin(w).await;
        other.does("COMMIT").await;
        let here = "FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'";
        let others = format!("SELECT COUNT(*) {here} AND pid <> pg_backend_pid()");
        let gone = async {
            while sqlx::query_scalar::<_, i64>(AssertSqlSafe(others.clone())).fetch_one(&mut other.0).await.unwrap() > 0
            {
            }
        };
        tokio::time::timeout(Duration::from_secs(20), gone).await.expect("the connections end");
        let deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
        sqlx::query_scalar(deadlocks).fetch_one(&mut other.0).await.unwrap()
    }

    async fn ends(mut self) {
        self.does("ROLLBACK").await;
        self.0.close().await.unwrap();
    }
}

/// A node whose transactions look for a deadlock only after so long that a test has made one by then.
async fn patient_node(w: &World) -> World {
    let mut other = Other::begin(w).await;
    other
        .does(
            "DO $$ BEGIN
               EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = %L', current_database(), '3s');
             END $$; COMMIT; BEGIN",
        )
        .await;
    other.ends().await;
    w.another_node().await
}

async fn omar(w: &World) -> Person {
    let client = w.client("Bellweather").await;
    w.person("omar@client.test", &client).await
}

/// Omar asks for a link to set a new password; the letter waits in the outbox. A link that he has been mailed lately would be
/// left alone, so some time has passed.
async fn asks_for_a_link(w: &World) {
    w.pass(11 * 60);
    reset::ask(&w.app, &w.business, "omar@client.test", origin("192.0.2.30")).await.unwrap();
}

async fn asks_and_gets_a_link(w: &World) -> Token {
    asks_for_a_link(w).await;
    w.secret_mailed_to("omar@client.test").await
}

#[test]
fn a_form_that_crosses_with_another_transaction_is_done_again() {
    run(Engine::Postgres, async |w| {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        asks_and_gets_a_link(&w).await;
        let node = patient_node(&w).await;
        let mut browser = w.browser_at(&node.app).with_cookie(STAFF, nadia.token.reveal());

        // Disabling takes the portal user, then the links; the other one has the links, and then wants the portal user.
        let mut other = Other::begin(&w).await;
        other.does("SELECT 1 FROM account_token FOR UPDATE").await;
        let path = format!("/console/portal-users/{}/disable", omar.user);
        let disabling = tokio::spawn(async move { browser.post(&path, &[("because", "Left the company")]).await });
        other.sees_waiting(1).await;
        other.does("SELECT 1 FROM portal_user FOR UPDATE").await;
        other.ends().await;

        let reply = disabling.await.unwrap();
        assert_eq!(reply.status, 303, "{}", reply.body);
        let disabled = |told: &&Recorded| matches!(told.entry, Some(Entry::PortalUserDisabled { .. }));
        assert_eq!(w.audit().await.iter().filter(disabled).count(), 1, "it happened once");
        w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap_err();
    });
}

#[test]
fn a_letter_whose_writing_crosses_with_another_transaction_leaves_at_once_all_the_same() {
    run(Engine::Postgres, async |w| {
        omar(&w).await;
        asks_and_gets_a_link(&w).await;
        asks_for_a_link(&w).await;
        let node = patient_node(&w).await;
        let worker = Worker::new(&node.app).unwrap();

        let mut other = Other::begin(&w).await;
        other.does("SELECT 1 FROM account_token FOR UPDATE").await;
        let delivering = tokio::spawn(async move { worker.deliver_due().await });
        other.sees_waiting(1).await;
        other.does("SELECT 1 FROM account FOR UPDATE").await;
        other.ends().await;
        assert_eq!(delivering.await.unwrap().unwrap(), Delivered { sent: 1, ..Delivered::default() });
    });
}

#[test]
fn using_a_link_and_writing_a_newer_one_take_their_locks_in_one_order() {
    run(Engine::Postgres, async |w| {
        omar(&w).await;
        let link = asks_and_gets_a_link(&w).await;
        asks_for_a_link(&w).await;

        let mut other = Other::begin(&w).await;
        other.does("SELECT 1 FROM account_token FOR UPDATE").await;
        let worker = Worker::new(&w.app).unwrap();
        let delivering = tokio::spawn(async move { worker.deliver_due().await });
        other.sees_waiting(1).await;
        let node = w.clone();
        let setting = tokio::spawn(async move {
            let new = secret("four quite other words");
            reset::set(&node.app, &node.business, &link, new, origin("192.0.2.30")).await
        });
        other.sees_waiting(2).await;
        other.ends().await;

        assert_eq!(delivering.await.unwrap().unwrap(), Delivered { sent: 1, ..Delivered::default() });
        let told = setting.await.unwrap().unwrap_err();
        assert!(matches!(&told, Error::Refused(why) if why.contains("a newer one was sent")), "{told:?}");
        assert_eq!(Other::deadlocks_seen(&w).await, 0);
    });
}

#[test]
fn a_new_password_and_a_block_at_another_business_take_their_locks_in_one_order() {
    run(Engine::Postgres, async |w| {
        let omar = omar(&w).await;
        let freight = w.another("Bramble Freight").await;
        let nadia = freight.staff("nadia").may(Everything).await;
        let contact = freight.contact("omar@client.test", &freight.client("Quarry").await).await;
        let invitation = freight.invite(&nadia.actor, &contact).await;
        let there = freight.door(&omar.token).await.unwrap();
        door::invitation::accept(&w.app, &invitation, &there).await.unwrap();
        asks_and_gets_a_link(&freight).await;

        let mut other = Other::begin(&w).await;
        let there = freight.business.id;
        other.does(&format!("SELECT 1 FROM portal_user WHERE business_id = '{there}' FOR UPDATE")).await;
        let here = w.door(&omar.token).await.unwrap();
        let node = w.clone();
        let changing = tokio::spawn(async move {
            let (old, new) = (secret(PASSWORD), secret("four quite other words"));
            door::person::change_password(&node.app, &node.business, &here, old, new).await.map(|_| ())
        });
        other.sees_waiting(1).await;
        let node = w.clone();
        let blocking = tokio::spawn(async move {
            // It has read what the other changes meanwhile, so it reads it once more.
            db::again(|| link::acts::block(&node.app, &nadia.actor, contact.id, None)).await.map(|_| ())
        });
        other.sees_waiting(2).await;
        other.ends().await;

        changing.await.unwrap().unwrap();
        blocking.await.unwrap().unwrap();
        assert_eq!(Other::deadlocks_seen(&w).await, 0);
    });
}

//! How everything is done: an [`Act`] is one actor, one business, one instant, one transaction, one audit entry. A
//! [`Look`] is its twin that only reads.

mod skipped;

pub use skipped::{Obstacle, Outcomes, Skipped};

use crate::access::{Actor, rights};
use crate::audit::{self, Entry, Head};
use crate::base::hashing::Hasher;
use crate::base::id::{BusinessId, LetterId};
use crate::base::text::Email;
use crate::base::{Clock, Instant, Result};
use crate::config::Config;
use crate::db::{Db, Query, Tx};
use crate::file::Files;
use crate::mail::{Letter, outbox};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;
use uuid::Uuid;

/// The running program: what every act, page and command is given. Cheap to clone. It holds nothing that another node
/// would need to know.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What the program is made of.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// The configuration.
    pub config: Config,
    /// The pool that hashes passwords.
    pub hasher: Hasher,
    /// Where the bytes of shared files lie.
    pub files: Files,
    /// Wakes the worker when there is a letter to deliver, so that it need not look all the time.
    pub wake: Notify,
    /// Wakes the worker when there is something to be done to many.
    pub jobs: Notify,
    /// Whether the tables are known to be those of this version.
    migrated: AtomicBool,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Puts the program together; connects to nothing yet.
    ///
    /// # Errors
    /// When the configuration names something that cannot be used.
    pub fn new(config: Config, clock: Clock) -> Result<Self> {
        let db = Db::open(&config.database)?;
        let hasher = Hasher::start(config.hashing, config.hashes_at_once)?;
        let files = Files::open(&config.files)?;
        Ok(Self(Arc::new(Parts {
            db,
            clock,
            config,
            hasher,
            files,
            wake: Notify::new(),
            jobs: Notify::new(),
            migrated: AtomicBool::new(false),
        })))
    }

    /// Brings the tables up to this version; until that has succeeded once, pages say that the database is away.
    ///
    /// # Errors
    /// `Away` when the database cannot be reached; otherwise it cannot be used.
    pub async fn migrate(&self) -> Result<()> {
        self.db.migrate().await?;
        self.migrated.store(true, Ordering::Release);
        Ok(())
    }

    /// See [`App::migrate`].
    #[must_use]
    pub fn is_migrated(&self) -> bool {
        self.migrated.load(Ordering::Acquire)
    }

    /// Begins an act. The acts of one business follow one another: this waits until the one before has ended, and only then
    /// asks what the actor may do. So a right that the act before took away is gone for this one (S37, S47).
    ///
    /// # Errors
    /// `SignInNeeded`, `Forbidden` when the actor has lost the session or a right meanwhile; when the database cannot be
    /// reached.
    pub async fn begin(&self, actor: &Actor) -> Result<Act> {
        let mut tx = self.db.write().await?;
        let head = audit::lock_head(&mut tx, actor.business).await?;
        let actor = rights::confirmed(&mut tx, actor).await?;
        Ok(self.act(tx, head, &actor))
    }

    /// Begins the act that creates a business.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn begin_business(&self, actor: &Actor) -> Result<Act> {
        let mut tx = self.db.write().await?;
        let head = audit::begin_chain(&mut tx, actor.business).await?;
        Ok(self.act(tx, head, actor))
    }

    fn act(&self, tx: Tx, head: Head, actor: &Actor) -> Act {
        let scope = Scope { tx, business: actor.business, now: self.clock.now() };
        Act { scope, app: self.clone(), actor: actor.clone(), head, letters: 0 }
    }

    /// Begins a look.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn look(&self, actor: &Actor) -> Result<Look> {
        self.look_at(actor.business).await
    }

    /// Begins a look at a business before anybody is known: what a door shows.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn look_at(&self, business: BusinessId) -> Result<Look> {
        Ok(Look { scope: Scope { tx: self.db.read().await?, business, now: self.clock.now() } })
    }
}

/// One business at one instant, in one transaction: what every store function takes. Its queries name the business by
/// themselves, so that none can forget it (PRODUCT.md rule 8).
pub struct Scope {
    /// The transaction.
    pub tx: Tx,
    /// The business.
    pub business: BusinessId,
    /// The instant at which all of it happens.
    pub now: Instant,
}

impl Scope {
    /// A query of the business's own data: `$1` is the business, the values that are bound come after it.
    pub fn query(&self, text: &'static str) -> Query {
        Query::new(text).bind(self.business)
    }
}

/// Something being done.
#[must_use = "an act that is not committed never happened"]
pub struct Act {
    scope: Scope,
    /// The program.
    pub app: App,
    /// Who does it.
    pub actor: Actor,
    head: Head,
    letters: usize,
}

impl Act {
    /// Sends a letter: it goes into the outbox now, and leaves only if the act is committed.
    ///
    /// # Errors
    /// `Refused` when the address was sent too many letters lately that it did not ask for (S33); when the database refuses.
    pub async fn send(&mut self, letter: Letter, to_email: &Email, to_name: &str) -> Result<LetterId> {
        self.letters += 1;
        let (business, now) = (self.scope.business, self.scope.now);
        if letter.is_unasked() {
            let (to, since) = ([to_email.key()], now.plus_days(-1));
            let sent =
                outbox::written_to_each_since(&mut self.scope.tx, business, &to, &Letter::UNASKED, since).await?;
            if sent.values().any(|sent| *sent >= outbox::MOST_UNASKED_A_DAY) {
                return Err(Skipped::mailed_too_often(to_email).into());
            }
        }
        outbox::put(&mut self.scope.tx, business, now, &letter, to_email, to_name).await
    }

    /// Sends many letters at once, each to an address and a name; answers their ids in the same order. Whoever weighs whom to
    /// write to asks how often each was written to, too.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn send_all(&mut self, letters: &[(Letter, Email, String)]) -> Result<Vec<LetterId>> {
        self.letters += letters.len();
        let (business, now) = (self.scope.business, self.scope.now);
        outbox::put_all(&mut self.scope.tx, business, now, letters).await
    }

    /// The number of the newest entry, with those that this act has recorded so far.
    #[must_use]
    pub fn newest_entry(&self) -> i64 {
        self.head.seq()
    }

    /// Makes it so, and records it.
    ///
    /// # Errors
    /// When it could not be made durable; then nothing of it happened.
    pub async fn commit(self, entry: Entry) -> Result<()> {
        self.commit_all(vec![entry]).await
    }

    /// Makes it so, and records several facts: an act on many things at once; none where all were recorded on the way.
    ///
    /// # Errors
    /// When it could not be made durable; then nothing of it happened.
    pub async fn commit_all(self, entries: Vec<Entry>) -> Result<()> {
        self.commit_about(entries, &[]).await
    }

    /// Records facts while the act goes on: for acts on so many things that their facts are not kept until the end.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn record(&mut self, entries: &[Entry]) -> Result<()> {
        audit::append(&mut self.scope.tx, &mut self.head, &self.actor, self.scope.now, entries).await
    }

    /// Makes it so, and records several facts, of which the last is also about these.
    ///
    /// # Errors
    /// When it could not be made durable; then nothing of it happened.
    pub async fn commit_about(mut self, entries: Vec<Entry>, subjects: &[Uuid]) -> Result<()> {
        self.record(&entries).await?;
        let Self { mut scope, app, head, letters, .. } = self;
        audit::also_about(&mut scope.tx, &head, scope.business, subjects).await?;
        scope.tx.commit().await?;
        if letters > 0 {
            app.wake.notify_one();
        }
        Ok(())
    }
}

impl Deref for Act {
    type Target = Scope;
    fn deref(&self) -> &Scope {
        &self.scope
    }
}

impl DerefMut for Act {
    fn deref_mut(&mut self) -> &mut Scope {
        &mut self.scope
    }
}

/// Something being looked at.
pub struct Look {
    scope: Scope,
}

impl Deref for Look {
    type Target = Scope;
    fn deref(&self) -> &Scope {
        &self.scope
    }
}

impl DerefMut for Look {
    fn deref_mut(&mut self) -> &mut Scope {
        &mut self.scope
    }
}

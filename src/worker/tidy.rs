//! Sweeps out what is over. Every node does so by itself; two at once only find less to do.

use crate::account::{session, throttle, token};
use crate::act::Scope;
use crate::base::id::BusinessId;
use crate::base::{Error, Instant, Result};
use crate::bulk;
use crate::config::Transport;
use crate::file::loose::{self, LOOSE_FOR};
use crate::import;
use crate::link;
use crate::mail::captured;
use crate::record::{files, tell};
use crate::worker::Worker;
use std::time::Duration;
use tokio::time::timeout;

/// For how many days captured mail is kept.
const CAPTURED_DAYS: i64 = 30;
/// For how many days the link in a mail says what its reader wants to be mailed about: longer than anybody keeps a mail to do so.
const CHOICE_DAYS: i64 = 366;
/// How many contents are looked at between two questions for more.
const AT_A_TIME: i64 = 200;
/// How long the removal of one content may take.
const LONGEST_REMOVAL: Duration = Duration::from_secs(10);

impl Worker {
    /// Sweeps out what is over: sessions that have ended by themselves, counts of failed attempts that tell nothing any more,
    /// links that stopped working long ago, old captured mail, files of old imports, old bulk actions, people whom nobody
    /// restored in time; and the bytes of files that nothing has.
    ///
    /// # Errors
    /// When the database, or the store of files, cannot be reached.
    pub async fn sweep(&self) -> Result<()> {
        let now = self.app.clock.now();
        let mut tx = self.app.db.write().await?;
        session::sweep(&mut tx, now, self.app.config.session_idle).await?;
        throttle::sweep(&mut tx, now).await?;
        token::sweep(&mut tx, now).await?;
        let businesses = crate::business::store::all(&mut tx).await?;
        tx.commit().await?;
        for business in &businesses {
            let mut scope = self.scope(business.id).await?;
            tell::sweep(&mut scope, now.plus_days(-CHOICE_DAYS)).await?;
            if matches!(self.app.config.mail.transport, Transport::Capture) {
                captured::sweep(&mut scope.tx, business.id, now.plus_days(-CAPTURED_DAYS)).await?;
            }
            scope.tx.commit().await?;
        }
        link::deletion::let_go(&self.app).await?;
        import::acts::sweep(&self.app).await?;
        bulk::acts::sweep(&self.app).await?;
        // Last: a store that is away keeps nothing else from being swept.
        for business in &businesses {
            self.sweep_contents(business.id, now.plus_seconds(-LOOSE_FOR)).await?;
        }
        Ok(())
    }

    async fn scope(&self, business: BusinessId) -> Result<Scope> {
        Ok(Scope { tx: self.app.db.write().await?, business, now: self.app.clock.now() })
    }

    /// Removes the bytes of contents that have belonged to nothing since before then: what was uploaded and never recorded, and
    /// what was removed.
    async fn sweep_contents(&self, business: BusinessId, before: Instant) -> Result<()> {
        loop {
            let digests = loose::since_before(&mut self.app.db.read().await?, business, before, AT_A_TIME).await?;
            let all = digests.len() < usize::try_from(AT_A_TIME).unwrap_or(usize::MAX);
            for digest in &digests {
                self.sweep_content(business, digest, before).await?;
            }
            if all {
                return Ok(());
            }
        }
    }

    /// One content, in a transaction of its own: whoever uploads the same meanwhile waits, and stores it anew afterwards. Should
    /// this program die before the end, the content is still noted, and somebody looks at it again.
    async fn sweep_content(&self, business: BusinessId, digest: &str, before: Instant) -> Result<()> {
        let mut scope = self.scope(business).await?;
        if !loose::take(&mut scope.tx, business, digest, before).await? {
            return Ok(());
        }
        if !files::have(&mut scope, digest).await? && !import::acts::has(&mut scope, digest).await? {
            // A store that does not answer must not hold up SQLite's one writer.
            let forgotten = timeout(LONGEST_REMOVAL, self.app.files.forget(business, digest)).await;
            forgotten.map_err(|_| Error::internal("the store of files does not answer"))??;
        }
        scope.tx.commit().await
    }
}

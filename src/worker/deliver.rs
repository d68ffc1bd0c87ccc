//! Takes letters out of the outbox, one at a time from each business in turn, and sees each one to its end.

use crate::base::id::BusinessId;
use crate::base::{Instant, Result};
use crate::db;
use crate::mail::outbox::{self, Claimed, Outcome};
use crate::mail::post::Undelivered;
use crate::request;
use crate::worker::Worker;
use crate::worker::compose::{Composed, compose};
use futures_util::FutureExt as _;
use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How many letters a node sends at the same time.
const AT_ONCE: usize = 4;
/// How many letters are taken before the businesses with something due are asked for again.
const TURNS: usize = 200;
/// Seconds until a letter is tried again, after the first try, the second, and so on; the last is repeated.
const AGAIN: [i64; 5] = [60, 300, 900, 3600, 4 * 3600];
/// The fewest tries before a letter is given up, however old it is: the program may have been off for days.
const FEWEST_TRIES: i64 = 5;
/// Seconds for which all letters wait when the way out itself fails, after the first time, the second, and so on.
const PAUSES: [i64; 4] = [30, 60, 120, 300];
/// Seconds until what became of a letter is written down again, when the database was away.
const WRITE_AGAIN: [u64; 6] = [0, 1, 2, 4, 8, 16];

/// What became of the letters that were due.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Delivered {
    /// The mail server took them.
    pub sent: usize,
    /// They are tried again.
    pub later: usize,
    /// They wait until the portal is switched on.
    pub held: usize,
    /// The mail server refused them for good.
    pub bounced: usize,
    /// They were tried for long enough.
    pub failed: usize,
    /// There was no reason left to send them.
    pub cancelled: usize,
}

impl Delivered {
    async fn count_next(&mut self, in_hand: &mut JoinSet<Outcome>) {
        if let Some(Ok(outcome)) = in_hand.join_next().await {
            self.count(&outcome);
        }
    }

    fn count(&mut self, outcome: &Outcome) {
        *match outcome {
            Outcome::Sent => &mut self.sent,
            Outcome::Later(..) => &mut self.later,
            Outcome::Held => &mut self.held,
            Outcome::Bounced(_) => &mut self.bounced,
            Outcome::Failed(_) => &mut self.failed,
            Outcome::Cancelled(_) => &mut self.cancelled,
        } += 1;
    }
}

/// Whether the way out works, as far as this node knows.
#[derive(Default)]
pub(super) struct WayOut {
    closed_until: Instant,
    failures: usize,
}

/// Whose turn it is.
#[derive(Default)]
struct Turns {
    businesses: VecDeque<BusinessId>,
    taken: usize,
    listed: Listed,
}

/// When the businesses with something due were last asked for.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Listed {
    /// Not yet, or long enough ago, or something was taken since.
    #[default]
    Stale,
    /// Just now, and nothing was taken since: asking again would answer the same.
    Fresh,
}

impl Worker {
    /// Delivers all letters that are due now, then answers what became of them.
    ///
    /// # Errors
    /// When the database cannot be reached. What was in hand is seen to its end first.
    pub async fn deliver_due(&self) -> Result<Delivered> {
        self.deliver(&CancellationToken::new()).await
    }

    pub(super) async fn deliver(&self, stop: &CancellationToken) -> Result<Delivered> {
        // Whoever asks for access is answered by letters that leave in the same round. What goes wrong there keeps no mail back.
        if let Err(error) = request::acts::answer_all(&self.app).await {
            tracing::warn!(error = ?error, "access requests cannot be answered");
        }
        let mut turns = Turns::default();
        let mut in_hand = JoinSet::new();
        let mut delivered = Delivered::default();
        let ended = loop {
            if in_hand.len() >= AT_ONCE {
                delivered.count_next(&mut in_hand).await;
            }
            match self.next(stop, &mut turns).await {
                Ok(Some(claimed)) => {
                    let worker = self.clone();
                    in_hand.spawn(async move { worker.see_to(&claimed).await });
                }
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        while !in_hand.is_empty() {
            delivered.count_next(&mut in_hand).await;
        }
        ended.map(|()| delivered)
    }

    /// The next letter, from the business whose turn it is.
    async fn next(&self, stop: &CancellationToken, turns: &mut Turns) -> Result<Option<Claimed>> {
        loop {
            let now = self.app.clock.now();
            if stop.is_cancelled() || self.way_out().closed_until > now {
                return Ok(None);
            }
            if turns.taken >= TURNS || turns.businesses.is_empty() {
                if turns.listed == Listed::Fresh {
                    return Ok(None);
                }
                let mut tx = self.app.db.read().await?;
                turns.businesses = outbox::due(&mut tx, now, 1000).await?.into();
                turns.taken = 0;
                turns.listed = Listed::Fresh;
            }
            let Some(business) = turns.businesses.pop_front() else { return Ok(None) };
            let (mut tx, pace) = (self.app.db.write().await?, self.app.config.mail.pace);
            if let Some(claimed) = outbox::claim(&mut tx, business, now, self.lease_seconds(), pace).await? {
                tx.commit().await?;
                turns.businesses.push_back(business);
                turns.taken += 1;
                turns.listed = Listed::Stale;
                return Ok(Some(claimed));
            }
        }
    }

    /// For how long a letter in hand is safe from being taken up by another: longer than anything that is done with it.
    fn lease_seconds(&self) -> i64 {
        i64::try_from(self.post.longest().as_secs()).unwrap_or(3600) + 120
    }

    async fn see_to(&self, claimed: &Claimed) -> Outcome {
        // A defect in one letter must not keep the others from leaving.
        let outcome = AssertUnwindSafe(self.send(claimed)).catch_unwind().await.unwrap_or_else(|_| {
            tracing::error!(letter = %claimed.id, business = %claimed.business, "a letter broke its delivery");
            Step::Undelivered(Undelivered::Later("The letter could not be written.".into()))
        });
        let outcome = match outcome {
            Step::Settled(outcome) => return outcome,
            Step::Sent => {
                self.way_out().failures = 0;
                Outcome::Sent
            }
            Step::Undelivered(why) => self.after(claimed, why),
        };
        self.settle(claimed, &outcome).await;
        outcome
    }

    async fn send(&self, claimed: &Claimed) -> Step {
        let Some(letter) = &claimed.letter else {
            return Step::Undelivered(Undelivered::Later("A newer version of the program wrote this letter.".into()));
        };
        let mail = match db::again(|| compose(&self.app, claimed, letter)).await {
            Ok(Composed::Ready(mail)) => mail,
            Ok(Composed::Settled(outcome)) => return Step::Settled(outcome),
            Err(error) => {
                tracing::warn!(letter = %claimed.id, business = %claimed.business, error = ?error, "a letter could not be written");
                return Step::Undelivered(Undelivered::Later("The letter could not be written.".into()));
            }
        };
        match self.post.send(&mail).await {
            Ok(()) => Step::Sent,
            Err(why) => Step::Undelivered(why),
        }
    }

    /// What becomes of a letter that did not leave.
    fn after(&self, claimed: &Claimed, undelivered: Undelivered) -> Outcome {
        let now = self.app.clock.now();
        if let Undelivered::Away(why) = &undelivered {
            self.close_way_out(now, why);
        }
        match undelivered {
            Undelivered::Never(why) => Outcome::Bounced(why),
            Undelivered::Away(why) | Undelivered::Later(why) => {
                let tried_for = claimed.letter.as_ref().map_or(i64::MAX, |letter| letter.tried_for_seconds());
                if claimed.attempts >= FEWEST_TRIES && now.seconds_since(claimed.created_at) >= tried_for {
                    Outcome::Failed(why)
                } else {
                    let try_number = usize::try_from(claimed.attempts).unwrap_or(1);
                    Outcome::Later(now.plus_seconds(nth(&AGAIN, try_number)), why)
                }
            }
        }
    }

    /// Lets all letters wait a little when none can leave, so that a thousand are not tried in vain.
    fn close_way_out(&self, now: Instant, why: &str) {
        let mut way_out = self.way_out();
        // Those that were in hand at the same time fail for the same reason: that counts once.
        if way_out.closed_until <= now {
            way_out.failures += 1;
            let pause = nth(&PAUSES, way_out.failures);
            way_out.closed_until = now.plus_seconds(pause);
            tracing::warn!(why, pause_seconds = pause, "mail cannot leave at the moment");
        }
    }

    fn way_out(&self) -> std::sync::MutexGuard<'_, WayOut> {
        self.way_out.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes down what became of a letter. It has left by then, so the database being away for a moment must not make it
    /// leave again.
    async fn settle(&self, claimed: &Claimed, outcome: &Outcome) {
        let word = match outcome {
            Outcome::Sent => "sent",
            Outcome::Later(..) => "tried again later",
            Outcome::Held => "held",
            Outcome::Bounced(_) => "bounced",
            Outcome::Failed(_) => "given up",
            Outcome::Cancelled(_) => "cancelled",
        };
        for wait in WRITE_AGAIN {
            tokio::time::sleep(Duration::from_secs(wait)).await;
            match self.write_down(claimed, outcome).await {
                Ok(true) => {
                    tracing::info!(letter = %claimed.id, business = %claimed.business, "letter {word}");
                    return;
                }
                Ok(false) => {
                    tracing::warn!(letter = %claimed.id, business = %claimed.business, "letter {word}, but another worker had taken it up meanwhile");
                    return;
                }
                Err(error) => {
                    tracing::warn!(letter = %claimed.id, business = %claimed.business, error = ?error, "letter {word}, but that could not be written down");
                }
            }
        }
    }

    async fn write_down(&self, claimed: &Claimed, outcome: &Outcome) -> Result<bool> {
        let mut tx = self.app.db.write().await?;
        let written = outbox::settle(&mut tx, claimed, outcome, self.app.clock.now()).await?;
        tx.commit().await?;
        Ok(written)
    }
}

/// How far a letter in hand has come.
enum Step {
    /// It has left.
    Sent,
    /// It has not.
    Undelivered(Undelivered),
    /// It need not, and that is written down.
    Settled(Outcome),
}

/// The nth of some numbers, from 1; beyond the end, the last.
fn nth(numbers: &[i64], n: usize) -> i64 {
    numbers.get(n.saturating_sub(1)).or(numbers.last()).copied().unwrap_or_default()
}

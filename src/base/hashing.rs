//! Password hashing that cannot take the machine down: a fixed number at once, on threads of their own that give way to
//! everything else, a short queue, and a plain "busy" beyond it (S7).

use crate::base::secret::PasswordHash;
use crate::base::{Error, Result};
use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret as _, SecretString};
use std::sync::{Arc, Mutex, mpsc};
use tokio::sync::oneshot;
use unicode_normalization::UnicodeNormalization as _;

/// How many may wait for each thread that hashes: about a second's work. Whoever comes later is told to try again.
const WAITING_PER_THREAD: usize = 32;

/// What hashing costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cost {
    /// Memory of one hash, in KiB; at least 19 MiB (S6).
    pub memory_kib: u32,
    /// Passes over the memory; at least 2 (S6).
    pub passes: u32,
}

/// What a comparison found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The right password.
    Right,
    /// The right password, stored at another cost than is configured now: store this hash instead (S6).
    RightUpgrade(PasswordHash),
    /// Not the password, or there is none.
    Wrong,
}

type Job = Box<dyn FnOnce() + Send>;

/// The pool that hashes.
#[derive(Clone)]
pub struct Hasher {
    queue: mpsc::SyncSender<Job>,
    cost: Cost,
    /// Compared against when there is no account or no password, so that both take the same time (S11).
    decoy: PasswordHash,
}

impl Hasher {
    /// Starts `at_once` threads.
    ///
    /// # Errors
    /// When the cost is outside what argon2 allows, or a thread cannot be started.
    pub fn start(cost: Cost, at_once: usize) -> Result<Self> {
        let decoy = hash(cost, &SecretString::from("a password that nobody has"))?;
        let (queue, jobs) = mpsc::sync_channel::<Job>(at_once * WAITING_PER_THREAD);
        let jobs = Arc::new(Mutex::new(jobs));
        for n in 0..at_once {
            let jobs = Arc::clone(&jobs);
            std::thread::Builder::new()
                .name(format!("hash-{n}"))
                .spawn(move || {
                    // Pages go first: hashing takes what the other threads leave. Linux keeps this per thread; where it
                    // cannot be set, hashing is merely less polite.
                    let _ = rustix::process::setpriority_process(None, 15);
                    loop {
                        let job = match jobs.lock() {
                            Ok(jobs) => jobs.recv(),
                            Err(_) => return,
                        };
                        let Ok(job) = job else { return };
                        job();
                    }
                })
                .map_err(Error::internal)?;
        }
        Ok(Self { queue, cost, decoy })
    }

    /// Hashes a new password.
    ///
    /// # Errors
    /// `Busy` when too many are waiting.
    pub async fn hash(&self, password: SecretString) -> Result<PasswordHash> {
        let cost = self.cost;
        self.run(move || hash(cost, &password)).await?
    }

    /// Compares a password with a stored hash; with none, does the same work for nothing.
    ///
    /// # Errors
    /// `Busy` when too many are waiting.
    pub async fn verify(&self, password: SecretString, stored: Option<PasswordHash>) -> Result<Verdict> {
        let (cost, decoy) = (self.cost, self.decoy.clone());
        self.run(move || {
            let known = stored.is_some();
            let stored = stored.unwrap_or(decoy);
            let parsed = Phc::new(stored.reveal()).map_err(Error::internal)?;
            let normal = normal(&password);
            let right = Argon2::default().verify_password(normal.expose_secret().as_bytes(), &parsed).is_ok();
            if !(right && known) {
                return Ok(Verdict::Wrong);
            }
            let params = Params::try_from(&parsed).map_err(Error::internal)?;
            if params.m_cost() == cost.memory_kib && params.t_cost() == cost.passes {
                Ok(Verdict::Right)
            } else {
                Ok(Verdict::RightUpgrade(hash(cost, &password)?))
            }
        })
        .await?
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let (done, answer) = oneshot::channel();
        let job: Job = Box::new(move || {
            // Nobody waits any more when the browser has gone away; then the work is not worth doing.
            if !done.is_closed() {
                let _ = done.send(work());
            }
        });
        self.queue.try_send(job).map_err(|_| Error::Busy(2))?;
        answer.await.map_err(Error::internal)
    }
}

/// Whether two typed passwords are one and the same: nothing is hashed for that.
#[must_use]
pub fn same(one: &SecretString, other: &SecretString) -> bool {
    normal(one).expose_secret() == normal(other).expose_secret()
}

/// NFKC, so that one password typed on two keyboards is the same password (S4).
fn normal(password: &SecretString) -> SecretString {
    SecretString::from(password.expose_secret().nfkc().collect::<String>())
}

fn hash(cost: Cost, password: &SecretString) -> Result<PasswordHash> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(Error::internal)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let normal = normal(password);
    let hash = argon2.hash_password(normal.expose_secret().as_bytes()).map_err(Error::internal)?;
    Ok(PasswordHash::made(hash.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1 };

    #[tokio::test]
    async fn s4_two_spellings_of_one_password_are_the_same() {
        let hasher = Hasher::start(CHEAP, 1).unwrap();
        let stored = hasher.hash("caf\u{e9} ﬁve horses".into()).await.unwrap();
        assert_eq!(hasher.verify("cafe\u{301} five horses".into(), Some(stored)).await.unwrap(), Verdict::Right);
    }

    #[tokio::test]
    async fn s6_an_old_hash_is_replaced_when_the_password_is_right() {
        let old = Hasher::start(CHEAP, 1).unwrap().hash("correct horse battery".into()).await.unwrap();
        let now = Hasher::start(Cost { memory_kib: 128, passes: 2 }, 1).unwrap();
        let Verdict::RightUpgrade(new) = now.verify("correct horse battery".into(), Some(old.clone())).await.unwrap()
        else {
            panic!("not upgraded");
        };
        assert!(new.reveal().starts_with("$argon2id$v=19$m=128,t=2,p=1$"), "{}", new.reveal());
        assert_eq!(now.verify("correct horse battery".into(), Some(new)).await.unwrap(), Verdict::Right);
        assert_eq!(now.verify("wrong horse battery".into(), Some(old)).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn s11_without_a_password_the_same_work_is_done_and_nothing_matches() {
        let hasher = Hasher::start(CHEAP, 1).unwrap();
        assert_eq!(hasher.verify("a password that nobody has".into(), None).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn s7_more_than_can_wait_are_told_to_come_back() {
        let hasher = Hasher::start(Cost { memory_kib: 8 * 1024, passes: 1 }, 1).unwrap();
        let many = (0..WAITING_PER_THREAD * 3).map(|_| hasher.verify("x".into(), None));
        let answers = futures_util::future::join_all(many).await;
        let busy = answers.iter().filter(|a| matches!(a, Err(Error::Busy(_)))).count();
        assert!(busy > 0 && busy < answers.len(), "{busy} of {} were told to come back", answers.len());
    }
}

//! How often somebody may try (S13–S15). One limit covers whatever opens an account: passwords, links, and later codes. It
//! is kept in the database, so every node counts the same.
//!
//! An attempt is counted, and the count committed, *before* anything is compared: of fifty at the same time no more are
//! looked at than of fifty in a row. A right one is taken out of the count again.
//!
//! Three counts:
//! - **by account, from browsers that are not known**: five are free, then each waits twice as long as the one before,
//!   from 15 seconds up to 15 minutes; after 80 in a row only a new password (or staff) opens it;
//! - **by account, from known browsers**: those that still carry the cookie of a session of this very account, be it long
//!   over. They are counted apart (five free, the same waits, 20 in a row), so that no stranger's guesses ever keep a person
//!   out of the browser they use. 80 and 20 make the 100 consecutive failures that NIST SP 800-63B-4, 3.2.2 allows;
//! - **by network address** (of IPv6 the /64 that one subscriber gets, RFC 6177), from browsers that are not known: twenty
//!   are free, for an office behind one address; then it waits like the others, and is forgiven after an hour.
//!
//! An e-mail that no account has is counted like one that has: the count tells an outsider nothing.
//!
//! Whoever comes while nothing is looked at is turned away uncounted. The first whom a lock turns away is recorded, and nobody
//! else until it has been open again (S61): the log says that somebody went on trying, and nobody can fill it by trying.

mod browsers;
mod closed;
mod daily;
mod standing;
mod visits;

pub use browsers::{BROWSER_KNOWN_DAYS, Browser, browser, forget, forget_browsers, remember};
pub use closed::Closed;
pub use daily::{MOST_COPIES_A_DAY, may_ask_for_letter, may_take_own_data};
pub use standing::{FOR_GOOD, Standing, standing};
pub use visits::{admitted, count_visit};

use crate::account::Realm;
use crate::base::id::AccountId;
use crate::base::secret::Token;
use crate::base::text::Email;
use crate::base::{Instant, Result};
use crate::db::{Db, Query, Tx};
use closed::News;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use std::net::{IpAddr, Ipv6Addr};

/// The first wait, in seconds; each one after is twice as long.
const FIRST_WAIT: i64 = 15;
/// The longest wait, in seconds.
const LONGEST_WAIT: i64 = 900;
/// How long an address must be quiet until its failures are forgiven, in seconds.
const ADDRESS_FORGIVEN_AFTER: i64 = 3600;

/// What is counted together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Count {
    Unknown,
    Known,
    Address,
}

impl Count {
    /// How many may fail without any wait.
    fn free(self) -> i64 {
        match self {
            Self::Unknown | Self::Known => 5,
            Self::Address => 20,
        }
    }

    /// How many may fail in a row at all.
    fn most(self) -> Option<i64> {
        match self {
            Self::Unknown => Some(80),
            Self::Known => Some(20),
            Self::Address => None,
        }
    }

    /// For how long nothing more is looked at after so many failures.
    fn wait(self, failures: i64) -> i64 {
        match failures - self.free() {
            n @ 0..=6 => (FIRST_WAIT << n).min(LONGEST_WAIT),
            n if n > 6 => LONGEST_WAIT,
            _ => 0,
        }
    }
}

/// Whose attempts are counted.
#[derive(Clone, Debug)]
pub struct Whose(String);

impl Whose {
    /// An account's.
    #[must_use]
    pub fn account(id: AccountId) -> Self {
        Self(format!("account:{id}"))
    }

    /// Those on an address that no account has, however it is written, just as an account would be found by it; what was
    /// typed is not kept.
    #[must_use]
    pub fn nobody(realm: Realm, typed: &str) -> Self {
        let key = Email::parse(typed).map_or_else(|_| typed.trim().to_lowercase(), |email| email.key().0);
        let digest = Sha256::digest(key.as_bytes());
        Self(format!("nobody:{}:{}", realm.code(), HEXLOWER.encode(&digest)))
    }

    fn subject(&self, browser: Browser) -> String {
        match browser {
            Browser::Unknown => self.0.clone(),
            Browser::Known => format!("{}:known", self.0),
        }
    }

    fn browser(&self, cookie: &Token) -> String {
        format!("browser:{}:{}", self.0, HEXLOWER.encode(&cookie.hash().0))
    }
}

/// An attempt that is already counted. Unless it turns out right, or was never looked at, it stays counted.
#[derive(Debug)]
#[must_use = "an attempt that is dropped stays counted as a failure"]
pub struct Attempt {
    counted: Vec<(Count, String)>,
    wait: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    failures: i64,
    last_at: Instant,
    open_at: Instant,
    told: i64,
}

/// Counts an attempt on an account before it is looked at; while nothing is looked at, answers the lock.
///
/// # Errors
/// When the database refuses.
pub async fn reserve(
    db: &Db,
    whose: &Whose,
    browser: Browser,
    address: Option<IpAddr>,
    now: Instant,
) -> Result<Result<Attempt, Closed>> {
    let account = match browser {
        Browser::Known => (Count::Known, whose.subject(browser)),
        Browser::Unknown => (Count::Unknown, whose.subject(browser)),
    };
    let by_address = address.filter(|_| browser == Browser::Unknown).map(|a| (Count::Address, network(a)));
    count(db, by_address.into_iter().chain([account]).collect(), now).await
}

/// Counts an attempt that names no account before it is looked at: a link's secret, a request for a letter. While nothing is
/// looked at, answers the lock.
///
/// # Errors
/// When the database refuses.
pub async fn reserve_address(db: &Db, address: Option<IpAddr>, now: Instant) -> Result<Result<Attempt, Closed>> {
    count(db, address.map(|a| (Count::Address, network(a))).into_iter().collect(), now).await
}

/// Counts one more in each, or in none. Addresses come first, always: so two attempts never wait for each other in a circle.
async fn count(db: &Db, counts: Vec<(Count, String)>, now: Instant) -> Result<Result<Attempt, Closed>> {
    let mut tx = db.write().await?;
    let mut wait = 0;
    for (count, subject) in &counts {
        let row = held(&mut tx, subject).await?;
        let forgiven = *count == Count::Address && now.seconds_since(row.last_at) >= ADDRESS_FORGIVEN_AFTER;
        let before = if forgiven { 0 } else { row.failures };
        let for_good = count.most().is_some_and(|most| before >= most);
        if for_good || row.open_at > now {
            return Ok(Err(Closed {
                count: *count,
                subject: subject.clone(),
                wait: (!for_good).then(|| seconds_up(row.open_at, now)),
                news: if row.told == 0 { News::Untold } else { News::Told },
            }));
        }
        let seconds = count.wait(before + 1);
        wait = wait.max(seconds);
        Query::new("UPDATE attempt SET failures = $2, last_at = $3, open_at = $4, told = 0 WHERE subject = $1")
            .bind(subject.as_str())
            .bind(before + 1)
            .bind(now)
            .bind(now.plus_seconds(seconds))
            .run_one(&mut tx)
            .await?;
    }
    tx.commit().await?;
    Ok(Ok(Attempt { counted: counts, wait }))
}

/// A count's row, made if it is missing, held until the transaction ends.
async fn held(tx: &mut Tx, subject: &str) -> Result<Row> {
    Query::new(
        "INSERT INTO attempt (subject, failures, last_at, open_at, told) VALUES ($1, 0, 0, 0, 0)
         ON CONFLICT (subject) DO UPDATE SET failures = attempt.failures RETURNING failures, last_at, open_at, told",
    )
    .bind(subject)
    .one(tx, "The count")
    .await
}

/// Whole seconds until then, rounded up, so that whoever waits as long is not too early.
fn seconds_up(until: Instant, now: Instant) -> i64 {
    (until.micros().saturating_sub(now.micros()).saturating_add(999_999) / 1_000_000).max(1)
}

/// The network that one subscriber has: an IPv4 address, or the /64 of an IPv6 address.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => format!("address:{v4}"),
        IpAddr::V6(v6) => format!("address:{}/64", Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
    }
}

impl Attempt {
    /// For how many seconds nothing more is looked at if this one failed.
    #[must_use]
    pub fn wait(&self) -> i64 {
        self.wait
    }

    /// It was right: the run of failures on the account has ended. The address keeps what others failed from it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn right(self, tx: &mut Tx, account: AccountId) -> Result<()> {
        for (count, subject) in &self.counted {
            if *count == Count::Address {
                take_back(tx, *count, subject).await?;
            }
        }
        clear(tx, account).await
    }

    /// It was never looked at: it does not count.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn give_back(self, db: &Db) -> Result<()> {
        let mut tx = db.write().await?;
        for (count, subject) in &self.counted {
            take_back(&mut tx, *count, subject).await?;
        }
        tx.commit().await
    }
}

async fn take_back(tx: &mut Tx, count: Count, subject: &str) -> Result<()> {
    let row = held(tx, subject).await?;
    let failures = (row.failures - 1).max(0);
    Query::new("UPDATE attempt SET failures = $2, open_at = $3 WHERE subject = $1")
        .bind(subject)
        .bind(failures)
        .bind(row.last_at.plus_seconds(count.wait(failures)))
        .run_one(tx)
        .await
}

/// Forgets an account's failures: the right password was given, a new one was set, or staff opened it.
///
/// # Errors
/// When the database refuses.
pub async fn clear(tx: &mut Tx, account: AccountId) -> Result<()> {
    let whose = Whose::account(account);
    Query::new("DELETE FROM attempt WHERE subject IN ($1, $2)")
        .bind(whose.subject(Browser::Unknown))
        .bind(whose.subject(Browser::Known))
        .run(tx)
        .await?;
    Ok(())
}

/// Removes counts that tell nothing any more. An account's own failures stay until it is opened.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &mut Tx, now: Instant) -> Result<u64> {
    let skip = tx.skip_locked();
    Query::new(
        "DELETE FROM attempt WHERE subject IN (SELECT subject FROM attempt WHERE (last_at < $1 AND subject LIKE 'address:%')
            OR (last_at < $2 AND (subject LIKE 'browser:%' OR subject LIKE 'nobody:%'))
            OR (open_at <= $3 AND (subject LIKE 'letter:%' OR subject LIKE 'data:%'))",
    )
    .bind(now.plus_seconds(-ADDRESS_FORGIVEN_AFTER))
    .bind(now.plus_days(-BROWSER_KNOWN_DAYS))
    .bind(now)
    .and(skip)
    .and(")")
    .run(tx)
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn s13_waits_grow_from_15_seconds_to_15_minutes() {
        let waits: Vec<i64> = (1..=14).map(|n| Count::Unknown.wait(n)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900, 900]);
    }

    #[test]
    fn s13_known_and_unknown_browsers_together_have_100_consecutive_failures() {
        assert_eq!(Count::Unknown.most().unwrap() + Count::Known.most().unwrap(), 100);
    }

    #[test]
    fn s13_an_address_that_nobody_has_is_one_however_it_is_written() {
        let of = |typed: &str| Whose::nobody(Realm::Portal, typed).0;
        for typed in ["NOBODY@Client.Test", " nobody@client.test ", "nobody@client.test\u{200b}"] {
            let found = Email::parse(typed).map(|email| email.key());
            assert_eq!(of(typed) == of("nobody@client.test"), found.is_ok_and(|key| key.0 == "nobody@client.test"));
        }
        assert_eq!(of("NOBODY@Client.Test"), of(" nobody@client.test"));
        assert_ne!(of("nobody@client.test"), of("somebody@client.test"));
        assert_ne!(of("nobody@client.test"), Whose::nobody(Realm::Staff, "nobody@client.test").0);
    }

    #[test]
    fn s13_an_ipv6_subscriber_is_one_however_many_addresses_are_used() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
    }

    proptest! {
        #[test]
        fn s13_no_wait_is_negative_or_longer_than_the_longest(failures in 0i64..100_000) {
            for count in [Count::Unknown, Count::Known, Count::Address] {
                let wait = count.wait(failures);
                prop_assert!((0..=LONGEST_WAIT).contains(&wait));
                prop_assert!(count.wait(failures + 1) >= wait);
            }
        }
    }
}

//! A business as large as they come: synthetic people in every state that a real list has, to see how Vestibule behaves
//! with them. The same number gives the same people.

mod chance;
mod names;
mod people;
mod rows;
mod tables;

use crate::access::Actor;
use crate::act::{App, Scope};
use crate::base::id::BusinessId;
use crate::base::secret::Token;
use crate::base::text::{CompanyName, Slug};
use crate::base::{Error, Result};
use crate::business;
use chance::Chance;
use people::{Crowd, Ground};
use secrecy::SecretString;
use tables::Tables;

/// How much is made, and from what.
#[derive(Clone, Debug)]
pub struct Seeding {
    /// How many portal users; clients, contacts, links and invitations follow from it.
    pub portal_users: usize,
    /// The number that decides who they are.
    pub number: u64,
    /// The password that all of them share; made up when there is none.
    pub password: Option<SecretString>,
    /// What the database may hold already.
    pub onto: Onto,
}

/// What the database may hold before it is seeded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Onto {
    /// No business: nothing real can be mixed up with what is made up.
    Nothing,
    /// Anything: the made-up business is put beside what is there.
    Anything,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Seeded {
    /// The business's place in addresses.
    pub slug: Slug,
    /// The business.
    pub business: BusinessId,
    /// Portal users.
    pub portal_users: usize,
    /// Clients.
    pub clients: usize,
    /// Contacts.
    pub contacts: usize,
    /// The password that all portal users share.
    pub password: SecretString,
    /// The address of one of them, who gets in.
    pub somebody: String,
}

/// How many people are written in one transaction.
const TOGETHER: usize = 4_000;

/// Makes a business with many portal users. `progress` is told how many are there, each time that more are.
///
/// # Errors
/// `Refused` when the database holds a business already and `onto` does not allow that; when the database refuses.
pub async fn run(app: &App, seeding: &Seeding, mut progress: impl FnMut(usize)) -> Result<Seeded> {
    let before = business::store::all(&mut app.db.read().await?).await?;
    if !before.is_empty() && seeding.onto == Onto::Nothing {
        return Err(Error::refused(
            "This database already holds a business. Seed an empty database, or say --force to put a made-up business beside it.",
        ));
    }
    let password = seeding.password.clone().unwrap_or_else(|| Token::mint().reveal().to_owned().into());
    let hash = app.hasher.hash(password.clone()).await?;
    let slug = Slug::parse(&format!("seed-{}", before.len() + 1)).map_err(Error::internal)?;
    let name = CompanyName::parse("Seed & Harvest Property").map_err(Error::internal)?;
    let business = business::acts::create(app, name, slug.clone(), None).await?;
    let actor = Actor::operator(business.id);
    let mut digest = String::new();
    for version in 1..=people::TERMS {
        let body = format!("# Terms and Conditions\n\nVersion {version}. Everything here is made up.");
        digest = business::terms::publish(app, &actor, &body).await?.digest;
    }

    app.db.make_room().await?;
    let ground = Ground { now: app.clock.now(), hash, digest };
    let mut crowd = Crowd::new(Chance::of(seeding.number), ground, Tables::of(business.id), seeding.portal_users);
    while !crowd.is_complete() {
        let goal = crowd.portal_users + TOGETHER;
        while !crowd.is_complete() && crowd.portal_users < goal {
            crowd.add_client();
        }
        let mut scope = Scope { tx: app.db.write().await?, business: business.id, now: app.clock.now() };
        crowd.tables.write(&mut scope).await?;
        scope.tx.commit().await?;
        progress(crowd.portal_users);
    }
    app.db.settle().await?;
    Ok(Seeded {
        slug,
        business: business.id,
        portal_users: crowd.portal_users,
        clients: crowd.clients,
        contacts: crowd.contacts,
        password,
        somebody: crowd.somebody.clone(),
    })
}

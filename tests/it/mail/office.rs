//! What the mail tests do with a world: choose the way out, be another node, look at where each letter is.

use crate::world::{Everything, Staff, World, email};
use vestibule::access::Actor;
use vestibule::account::store::NewAccount;
use vestibule::account::{self, Account, Realm};
use vestibule::act::{App, Look, Scope};
use vestibule::base::id::AccountId;
use vestibule::base::secret::{PasswordHash, Token};
use vestibule::base::text::PersonName;
use vestibule::client::Client;
use vestibule::config::Transport;
use vestibule::contact::Contact;
use vestibule::db::Query;
use vestibule::invitation::{self, Invitation};
use vestibule::mail::outbox::{self, Posted};
use vestibule::mail::{Letter, captured};
use vestibule::worker::{Delivered, Worker};

/// The node of a world whose mail leaves by a way that the test chooses.
pub struct Office {
    pub world: World,
    pub app: App,
    pub client: Client,
    nadia: Staff,
    worker: Worker,
}

impl Office {
    pub async fn open(world: World, transport: Transport) -> Self {
        let client = world.client("Bramble Civil").await;
        let nadia = world.staff("nadia").may(Everything).await;
        let app = node(&world, transport);
        let worker = Worker::new(&app).unwrap();
        Self { world, app, client, nadia, worker }
    }

    /// Another node of the same installation.
    pub fn node(&self, transport: Transport) -> App {
        node(&self.world, transport)
    }

    /// Goes on with another way out, as after a restart with a corrected configuration.
    pub fn restart(&mut self, transport: Transport) {
        self.app = self.node(transport);
        self.worker = Worker::new(&self.app).unwrap();
    }

    /// Nadia, who works here.
    pub fn staff(&self) -> Actor {
        self.nadia.actor.clone()
    }

    pub async fn look(&self) -> Look {
        self.app.look_at(self.world.business.id).await.unwrap()
    }

    pub async fn contact(&self, address: &str) -> Contact {
        self.world.contact(address, &self.client).await
    }

    pub async fn invite(&self, contact: &Contact) -> Invitation {
        invitation::acts::invite(&self.app, &self.staff(), contact.id).await.unwrap()
    }

    pub async fn invite_one(&self) -> Invitation {
        let contact = self.contact("omar.haddad@client.test").await;
        self.invite(&contact).await
    }

    pub async fn invite_many(&self, many: usize) -> Vec<Invitation> {
        let mut invitations = Vec::new();
        for n in 0..many {
            let contact = self.contact(&format!("omar.haddad{n}@client.test")).await;
            invitations.push(self.invite(&contact).await);
        }
        invitations
    }

    /// A secret as the invitation's letter would carry it.
    pub async fn secret_of(&self, invitation: &Invitation) -> Token {
        let mut scope = self.write().await;
        let token = invitation::store::mint(&mut scope, invitation.id).await.unwrap();
        scope.tx.commit().await.unwrap();
        token
    }

    /// An account in the portal's realm that no business knows yet.
    pub async fn account(&self, first: &str, address: &str) -> Account {
        let mut scope = self.write().await;
        let new = NewAccount {
            realm: Realm::Portal,
            email: email(address),
            first_name: PersonName::parse(first).unwrap(),
            last_name: PersonName::parse("Haddad").unwrap(),
            language: None,
            password_hash: Some(PasswordHash::made("nobody signs in with this".into())),
        };
        let id = account::store::insert(&mut scope.tx, &new, scope.now).await.unwrap();
        let account = account::store::find(&mut scope.tx, id).await.unwrap();
        scope.tx.commit().await.unwrap();
        account
    }

    /// Puts a letter into the outbox, as an act would.
    pub async fn post(&self, letter: Letter, address: &str) {
        let mut scope = self.write().await;
        outbox::put(&mut scope.tx, scope.business, scope.now, &letter, &email(address), "Omar Haddad").await.unwrap();
        scope.tx.commit().await.unwrap();
    }

    /// A transaction outside of any act: for what no act does.
    pub async fn write(&self) -> Scope {
        let tx = self.app.db.write().await.unwrap();
        Scope { tx, business: self.world.business.id, now: self.app.clock.now() }
    }

    /// Runs a statement that no act would run.
    pub async fn tamper(&self, text: &'static str, with: &str) {
        let mut scope = self.write().await;
        Query::new(text).bind(scope.business).bind(with).run(&mut scope.tx).await.unwrap();
        scope.tx.commit().await.unwrap();
    }

    pub async fn deliver(&self) -> Delivered {
        self.worker.deliver_due().await.unwrap()
    }

    pub fn after_minutes(&self, minutes: i64) {
        self.world.pass(minutes * 60);
    }

    /// Where an invitation's letter is.
    pub async fn letter_of(&self, invitation: &Invitation) -> Posted {
        let mut look = self.look().await;
        let business = look.business;
        outbox::posted(&mut look.tx, business, &[invitation.letter_id]).await.unwrap().remove(0)
    }

    /// Where the newest letter about an account is.
    pub async fn letter_about(&self, account: AccountId) -> Posted {
        let mut look = self.look().await;
        let business = look.business;
        outbox::about(&mut look.tx, business, account.0, 1).await.unwrap().remove(0)
    }

    /// What staff see of an invitation.
    pub async fn progress(&self, invitation: &Invitation) -> &'static str {
        let letter = self.letter_of(invitation).await;
        let mut look = self.look().await;
        let now = look.now;
        let invitation = invitation::store::find(&mut look, invitation.id).await.unwrap();
        invitation.progress(letter.state, now).label()
    }

    /// The captured letters.
    pub async fn captured(&self) -> Vec<captured::Captured> {
        let mut look = self.look().await;
        let business = look.business;
        let mut letters = Vec::new();
        for line in captured::list(&mut look.tx, business, 100).await.unwrap() {
            letters.push(captured::find(&mut look.tx, business, line.id).await.unwrap());
        }
        letters
    }

    /// The one captured letter.
    pub async fn the_letter(&self) -> captured::Captured {
        let mut letters = self.captured().await;
        assert_eq!(letters.len(), 1);
        letters.remove(0)
    }
}

fn node(world: &World, transport: Transport) -> App {
    let mut config = world.app.config.clone();
    config.address = "https://portal.example.com".into();
    config.mail.from = email("portal@example.com");
    config.mail.transport = transport;
    App::new(config, world.app.clock.clone()).unwrap()
}

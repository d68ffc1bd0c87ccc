//! A portal user's pages, and the pages at a business's door.

pub mod accounts;
pub mod ask;
pub mod brand;
pub mod company;
pub mod confirm;
pub mod door;
pub mod enter;
pub mod forgotten;
pub mod home;
pub mod invitation;
pub mod mails;
pub mod language;
mod invitation_page;
pub mod password;
pub mod record;
pub mod records;
mod shared;
pub mod profile;
pub mod tabs;
pub mod terms;

use crate::access::{self, Charge, Delegated, Role};
use crate::act::{App, Scope};
use crate::base::id::{ClientId, ContactId};
use crate::base::secret::Token;
use crate::base::text::Slug;
use crate::base::{Error, Problems, Result};
use crate::business::store::Elsewhere;
use crate::business::{self, Business, Switch};
use crate::door::COOKIE_SECONDS;
use crate::door::person::PersonDoor;
use crate::link::{self, LinkedClient};
use crate::web::answer::{self, Failed};
use crate::web::chrome::{
    Chrome, EntryBusiness, EntryChrome, Face, OtherBusiness, PortalAccount, PortalChrome, PortalTab, Support,
};
use crate::web::cookies;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::response::Response;
use serde::Deserialize;

/// The business whose portal the path names.
#[derive(Clone)]
pub struct AtDoor(pub Business);

impl AtDoor {
    /// The frame around a page at this door.
    #[must_use]
    pub fn entry(&self) -> EntryChrome {
        EntryChrome { business: Some(EntryBusiness::of(&self.0)) }
    }

    /// `/portal/tidewater`.
    #[must_use]
    pub fn home(&self) -> String {
        format!("/portal/{}", self.0.slug)
    }
}

/// Where somebody goes on to: a page of this portal, or its home (S52).
#[must_use]
pub fn onward(business: &Business, next: &str) -> String {
    let home = format!("/portal/{}", business.slug);
    let inside =
        |path: &&str| path.strip_prefix(&home).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let path = answer::own_path(next).filter(inside).map(ToOwned::to_owned);
    path.unwrap_or(home)
}

/// The session of somebody who has just come in, in the browser's hands.
fn with_session(mut response: Response, token: &Token) -> Response {
    cookies::add(&mut response, &cookies::made(cookies::PORTAL, token.reveal(), Some(COOKIE_SECONDS)));
    response
}

/// What stands at the field where a sign-in was refused; the whole sentence stands above the form.
pub fn sign_in_mark(problems: &Problems, chrome: &Chrome) -> String {
    problems.of("email").map(|_| chrome.say("sign-in-check").to_string()).unwrap_or_default()
}

/// What a page is on the way to, in the part behind the question mark.
#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// The business whose portal a path names, if it names one; the guard asks once, before everything else.
///
/// # Errors
/// When the database cannot be read.
pub async fn at_door(app: &App, path: &RawPathParams) -> Result<Option<AtDoor>> {
    let slug = path.iter().find(|(name, _)| *name == "slug").and_then(|(_, slug)| Slug::parse(slug).ok());
    let Some(slug) = slug else { return Ok(None) };
    Ok(business::store::look_for(&mut app.db.read().await?, &slug).await?.map(AtDoor))
}

impl<S: Sync> FromRequestParts<S> for AtDoor {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failed> {
        parts.extensions.get::<Self>().cloned().ok_or(Failed(Error::NotFound("The portal")))
    }
}

/// What pages of the portal call a role.
#[must_use]
pub fn role_words(role: Role, chrome: &Chrome) -> String {
    match role {
        Role::Member => chrome.say("role-member"),
        Role::GroupManager => chrome.say("role-group-manager"),
        Role::GlobalAdmin => chrome.say("role-global-admin"),
    }
    .to_string()
}

/// What the browser sent as the portal's session, alive or not.
pub struct PortalCookie(pub Option<Token>);

impl<S: Sync> FromRequestParts<S> for PortalCookie {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(cookies::read(&parts.headers, cookies::PORTAL).and_then(Token::presented)))
    }
}

/// The person who asked; the guard has let them in and put them here.
#[derive(Clone)]
pub struct Person {
    /// The business whose portal they are in.
    pub business: Business,
    /// Who they are there, and how every gate stands.
    pub door: PersonDoor,
    /// The other businesses whose portals they know.
    pub elsewhere: Vec<Elsewhere>,
}

/// How many client accounts, and how many other businesses, the switcher shows; a page of its own shows the rest.
pub const SWITCHER: usize = 8;

impl<S: Sync> FromRequestParts<S> for Person {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failed> {
        parts.extensions.get::<Self>().cloned().ok_or(Failed(Error::SignInNeeded))
    }
}

impl Person {
    /// `/portal/tidewater`.
    #[must_use]
    pub fn base(&self) -> String {
        format!("/portal/{}", self.business.slug)
    }

    /// Whom this person looks after at the client that they are at.
    ///
    /// # Errors
    /// `Shut`, in words for the person, when they look after nobody; `NotFound` where no client is asked about.
    pub fn charge(&self) -> Result<Charge> {
        let client = self.door.client.as_ref().ok_or(Error::NotFound("The client account"))?;
        let delegated = match (self.business.delegation, client.client_delegation, client.client_exited_at) {
            (Switch::On, Switch::On, None) => Delegated::Yes,
            _ => Delegated::No,
        };
        access::charge::charge(client.place(), delegated)
    }

    /// The linked client accounts, by name: as many as the switcher shows and one more, so that it knows of the rest.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn accounts(&self, scope: &mut Scope) -> Result<Vec<LinkedClient>> {
        match &self.door.user {
            Some(user) => link::store::newest_of_user(scope, user.id, SWITCHER as i64 + 1).await,
            None => Ok(Vec::new()),
        }
    }

    /// The client that is asked for.
    ///
    /// # Errors
    /// `NotFound` where none is.
    pub fn client_id(&self) -> Result<ClientId> {
        self.door.client.as_ref().map(|tie| tie.client_id).ok_or(Error::NotFound("The client account"))
    }

    /// The contact through which the person is linked with the client that is asked for.
    ///
    /// # Errors
    /// `NotFound` where none is.
    pub fn contact_id(&self) -> Result<ContactId> {
        self.door.client.as_ref().map(|tie| tie.contact_id).ok_or(Error::NotFound("The client account"))
    }

    /// The name of the client that is asked for.
    #[must_use]
    pub fn client_name(&self) -> String {
        self.door.client.as_ref().map(|tie| tie.client_name.clone()).unwrap_or_default()
    }

    /// `/portal/tidewater/clients/…` of the client that is asked for.
    #[must_use]
    pub fn client_base(&self) -> String {
        match &self.door.client {
            Some(tie) => format!("{}/clients/{}", self.base(), tie.client_id),
            None => self.base(),
        }
    }

    /// The frame around a page.
    #[must_use]
    pub fn chrome(&self, accounts: &[LinkedClient], tabs: Vec<PortalTab>, page: &Chrome) -> PortalChrome {
        let base = self.base();
        let here = self.door.client.as_ref().map(|client| client.client_id);
        let name = self.door.account.name();
        // The one we are in stands among them, also where it is none of those that have room.
        let has_room = |client: &&LinkedClient| accounts.iter().take(SWITCHER).any(|a| a.client_id == client.client_id);
        let current = self.door.client.as_ref().filter(|client| !has_room(client));
        let shown = current.into_iter().chain(accounts).take(SWITCHER);
        PortalChrome {
            business_name: self.business.name.to_string(),
            initials: Face::of(self.business.name.as_str()).initials,
            logo: None,
            brand_css: format!("{base}/brand.css"),
            support: Support::of(&self.business.support_contact),
            person_face: Face::of(&name),
            person_name: name,
            person_email: self.door.account.email.to_string(),
            tabs,
            more_accounts: accounts.len() > SWITCHER,
            elsewhere: self
                .elsewhere
                .iter()
                .map(|business| OtherBusiness {
                    name: business.name.to_string(),
                    face: Face::of(business.name.as_str()),
                    href: format!("/portal/{}", business.slug),
                })
                .collect(),
            accounts: shown
                .map(|account| PortalAccount {
                    name: account.client_name.clone(),
                    role: role_words(account.role, page),
                    href: format!("{base}/clients/{}", account.client_id),
                    face: Face::of(&account.client_name),
                    here: Some(account.client_id) == here,
                })
                .collect(),
            has_terms: self.business.terms_version > 0,
            base,
        }
    }
}

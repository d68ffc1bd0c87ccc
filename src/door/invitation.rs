//! An invitation from the visitor's side: what its page shows, accepting it, asking for a new one.

use crate::access::{Actor, Origin};
use crate::account::throttle::count_visit;
use crate::account::{self, Account, Realm, password};
use crate::act::App;
use crate::base::secret::Token;
use crate::base::text::{PersonName, full_name};
use crate::base::{Error, Result};
use crate::business::{Business, Switch};
use crate::door::SignedIn;
use crate::door::person::{self, PersonDoor};
use crate::invitation::acts::{self, AskAgain};
use crate::invitation::{Invitation, Standing, store};
use crate::language::{Language, Sentence, say};
use crate::link::accepting::{Accepted, Accepting, accept as accept_link, refusal};
use crate::{client, contact, link};
use secrecy::SecretString;

/// Whether the invited address has an account. Whoever holds the link reads that address's mail, so it tells nobody else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known {
    /// It has none: the page asks for a name and a password.
    New,
    /// It has one: the page asks to sign in (S29).
    HasAccount,
}

/// What an invitation's page shows.
#[derive(Clone, Debug)]
pub struct InvitationLook {
    /// The invitation.
    pub invitation: Invitation,
    /// The invited contact's first name: what the form is filled in with.
    pub first_name: PersonName,
    /// The last name.
    pub last_name: PersonName,
    /// To whose things it invites.
    pub client_name: String,
    /// The language of the client's people.
    pub client_language: Option<Language>,
    /// How it stands.
    pub standing: Standing,
    /// Why it cannot be accepted, with the next step; none where it can.
    pub refusal: Option<Sentence>,
    /// Whether the invited address has an account.
    pub known: Known,
    /// Who is signed in in this browser, if somebody is.
    pub signed_in: Option<Account>,
    /// Whether the page offers to ask for a new one.
    pub may_ask_again: AskAgain,
}

/// Look at an invitation; that uses nothing up, whoever looks: a mail scanner does, too (S31).
///
/// # Errors
/// `NotFound` for a link that was never made, or was made at another business (S28).
pub async fn look(app: &App, business: &Business, token: &Token, signed_in: Option<&Token>) -> Result<InvitationLook> {
    let mut look = app.look_at(business.id).await?;
    let now = look.now;
    let invitation = store::look_for(&mut look, token).await?.ok_or(Error::NotFound("The invitation"))?;
    let contact = contact::store::find(&mut look, invitation.contact_id).await?;
    let standing = invitation.standing(now);
    let refusal = match refusal(standing) {
        Some(why) => Some(why),
        None => link::accepting::obstacle(&mut look, business, &invitation, &contact).await?,
    };
    let account = account::store::look_for(&mut look.tx, Realm::Portal, &invitation.email).await?;
    let signed_in = person::signed_in(app, &mut look, signed_in).await?;
    let may_ask_again = acts::may_ask_again(&mut look, business, &invitation, &contact).await?;
    Ok(InvitationLook {
        first_name: contact.details.first_name.clone(),
        last_name: contact.details.last_name.clone(),
        client_name: contact.company,
        client_language: client::store::find(&mut look, contact.client_id).await?.language,
        standing,
        refusal,
        known: if account.is_some() { Known::HasAccount } else { Known::New },
        signed_in,
        may_ask_again,
        invitation,
    })
}

/// Note that somebody looked at an invitation's page, the first time: staff see "opened". It changes nothing else.
///
/// # Errors
/// When the database refuses.
pub async fn opened(app: &App, business: &Business, invitation: &Invitation) -> Result<()> {
    if invitation.opened_at.is_some() || invitation.standing(app.clock.now()) != Standing::Open {
        return Ok(());
    }
    let mut scope = crate::act::Scope { tx: app.db.write().await?, business: business.id, now: app.clock.now() };
    store::opened(&mut scope, invitation.id).await?;
    scope.tx.commit().await
}

/// Somebody new who accepts.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// First name.
    pub first: PersonName,
    /// Last name.
    pub last: PersonName,
    /// The language of the page: theirs, until they choose another.
    pub language: Option<Language>,
    /// The password they chose.
    pub password: SecretString,
}

/// Accept an invitation as somebody new: an account is made for the invited address, linked, and signed in.
///
/// # Errors
/// `Invalid` for a password that cannot be taken; `NotFound`; `Refused` when it cannot be accepted (any more).
pub async fn accept_new(
    app: &App,
    business: &Business,
    token: &Token,
    person: NewPerson,
    cookie: Option<Token>,
    origin: Origin,
) -> Result<SignedIn> {
    // Before anything is hashed: a link that opens nothing costs nothing.
    let seen = match look(app, business, token, None).await {
        Err(error @ Error::NotFound(_)) => {
            count_visit(app, &Actor::visitor(business.id, origin)).await?;
            return Err(error);
        }
        other => other?,
    };
    if let Some(why) = seen.refusal {
        return Err(Error::refused(why));
    }
    if seen.known == Known::HasAccount {
        return Err(Error::refused(say("invitation-has-account")));
    }
    let NewPerson { first, last, language, password } = person;
    let name = full_name(&first, &last);
    let own = [name.as_str(), seen.invitation.email.as_str(), seen.client_name.as_str(), business.name.as_str()];
    password::check(&password, password::Factors::PasswordOnly, &own).map_err(|e| Error::invalid("password", e.0))?;
    let password_hash = app.hasher.hash(password).await?;
    let visitor = Actor::visitor(business.id, origin);
    let accepting = Accepting::NewPerson { first, last, language, password_hash, cookie };
    let accepted = accept_link(app, &visitor, token, accepting).await?;
    let token = accepted.session.ok_or(Error::SignInNeeded)?;
    Ok(SignedIn { token, account: accepted.account.id, name, business: business.id })
}

/// Accept an invitation with the account that is signed in, be its address the invited one or another (PRODUCT.md rule 12).
///
/// # Errors
/// `NotFound`; `Refused` when it cannot be accepted (any more), or not by this account.
pub async fn accept(app: &App, token: &Token, door: &PersonDoor) -> Result<Accepted> {
    accept_link(app, &door.actor, token, Accepting::SignedIn).await
}

/// Ask for a new invitation where one has expired: it goes to the invited address and nowhere else, in the name of whoever
/// invited first.
///
/// # Errors
/// `NotFound`; `Refused` when only the business can help; `TooMany`.
pub async fn ask_again(app: &App, business: &Business, token: &Token, origin: Origin) -> Result<()> {
    let visitor = Actor::visitor(business.id, origin);
    count_visit(app, &visitor).await?;
    if business.portal == Switch::Off {
        return Err(Error::refused(say("portal-off-now")));
    }
    acts::invite_again(app, &visitor, token).await
}

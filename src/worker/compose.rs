//! Finds the words for a letter at the moment it leaves: who and what it is about, as it is now. A letter whose reason is
//! gone by then is not sent. Its secret is made here, and only its hash is stored (S25).

mod changes;

use crate::account::token::{self, Purpose};
use crate::account::{self, Account, Realm};
use crate::act::{App, Scope};
use crate::base::id::{AccountId, InvitationId};
use crate::base::text::Email;
use crate::base::{Error, Result};
use crate::business::{self, Business, Switch};
use crate::invitation::temporary::{self, TemporaryPassword};
use crate::invitation::{Invitation, Standing, Way};
use crate::mail::Letter;
use crate::mail::outbox::{self, Claimed, Outcome};
use crate::mail::post::Mail;
use crate::mail::render::{Button, Content, Look, one_line, render};
use crate::request::{self, Request};
use crate::{client, contact, invitation, portal_user, staff};

/// The language of the words below.
const LANGUAGE: &str = "en";

/// A letter with its words, or what becomes of it without leaving.
pub(super) enum Composed {
    /// It can leave.
    Ready(Box<Mail>),
    /// It does not leave; what became of it is written down already.
    Settled(Outcome),
}

/// What a letter says, or why it need not be sent.
type Words = Result<Content, Outcome>;

/// Finds the words for a letter in hand.
pub(super) async fn compose(app: &App, claimed: &Claimed, letter: &Letter) -> Result<Composed> {
    let mut scope = Scope { tx: app.db.write().await?, business: claimed.business, now: app.clock.now() };
    let business = business::store::find(&mut scope.tx, claimed.business).await?;
    let mut desk = Desk { address: &app.config.address, claimed, business };
    let words = match desk.words(&mut scope, letter).await {
        Err(Error::NotFound(what)) => not(format!("{what} is no longer there.")),
        words => words?,
    };
    let content = match words {
        Ok(content) => content,
        Err(outcome) => {
            outbox::settle(&mut scope.tx, claimed, &outcome, scope.now).await?;
            scope.tx.commit().await?;
            return Ok(Composed::Settled(outcome));
        }
    };
    let mail = Mail {
        id: claimed.id,
        business: claimed.business,
        at: scope.now,
        from_name: one_line(&desk.business.mail_from_name),
        reply_to: Email::parse(&desk.business.support_contact).ok(),
        to: claimed.to_email.clone(),
        to_name: one_line(&claimed.to_name),
        words: render(content, desk.look())?,
    };
    scope.tx.commit().await?;
    Ok(Composed::Ready(Box::new(mail)))
}

fn not(why: impl Into<String>) -> Words {
    Err(Outcome::Cancelled(why.into()))
}

/// Where letters of one business are written.
struct Desk<'a> {
    /// What every link begins with: the configured address, and nothing that a request said (S32).
    address: &'a str,
    claimed: &'a Claimed,
    business: Business,
}

impl Desk<'_> {
    async fn words(&mut self, scope: &mut Scope, letter: &Letter) -> Result<Words> {
        match letter {
            Letter::Invitation { invitation } => self.invitation(scope, *invitation).await,
            Letter::AcceptedAsAnother { invitation } => self.accepted_as_another(scope, *invitation).await,
            Letter::PasswordReset { account } => {
                if outbox::newer_exists(&mut scope.tx, self.claimed, letter).await? {
                    return Ok(not("A newer link was asked for."));
                }
                self.password_reset(scope, *account).await
            }
            Letter::AccessRefused { request } => {
                let request = request::store::find(scope, *request).await?;
                Ok(Ok(self.access_refused(&request)))
            }
            Letter::PasswordChanged { account } => {
                let account = account::store::find(&mut scope.tx, *account).await?;
                Ok(Ok(self.password_changed(&account)))
            }
            Letter::Renamed { account } => {
                let account = account::store::find(&mut scope.tx, *account).await?;
                Ok(Ok(self.renamed(&account)))
            }
            Letter::ConfirmChange { proposal, .. } => self.confirm_change(scope, *proposal).await,
            Letter::ConfirmAddress { proposal, .. } => self.confirm_address(scope, *proposal).await,
            Letter::EmailChanging { proposal, .. } => self.email_changing(scope, *proposal).await,
            Letter::EmailChanged { proposal, .. } => self.email_changed(scope, *proposal).await,
        }
    }

    fn look(&self) -> Look {
        let colour = self.business.colour();
        Look {
            name: self.business.name.to_string(),
            colour: colour.to_string(),
            on_colour: colour.on().to_string(),
            link: colour.link().to_string(),
            link_on_dark: colour.link_on_dark().to_string(),
            support: self.business.support_contact.clone(),
            postal_address: self.business.postal_address.clone(),
        }
    }

    /// A page of the business's portal.
    fn page(&self, path: &str) -> String {
        format!("{}/portal/{}/{path}", self.address, self.business.slug)
    }

    /// A page of the console.
    fn console(&self, path: &str) -> String {
        format!("{}/console/{path}", self.address)
    }

    async fn invitation(&mut self, scope: &mut Scope, id: InvitationId) -> Result<Words> {
        if self.business.portal == Switch::Off {
            // Asked again with the row held still: whoever switches the portal on releases what is held by then.
            self.business = business::store::hold(&mut scope.tx, self.business.id).await?;
        }
        let mut invitation = invitation::store::find(scope, id).await?;
        let fresh = scope.now.plus_days(self.business.invitation_days);
        match invitation.standing(scope.now) {
            Standing::Open => {}
            Standing::Expired if self.business.portal == Switch::Off => return Ok(Err(Outcome::Held)),
            // Whatever was held for weeks is as good as new when it leaves.
            Standing::Expired if invitation::store::renew_held(scope, id, fresh).await? => {
                invitation.expires_at = fresh
            }
            Standing::Expired => return Ok(not("The invitation expired before it could be sent.")),
            Standing::Accepted => return Ok(not("The invitation was already accepted.")),
            Standing::Revoked => return Ok(not("The invitation was withdrawn.")),
            Standing::Replaced => return Ok(not("A newer invitation was sent.")),
        }
        let contact = contact::store::find(scope, invitation.contact_id).await?;
        if contact.blocked().is_some() {
            return Ok(not("The contact is blocked from the portal."));
        }
        if contact.details.email != invitation.email {
            return Ok(not("The contact’s email address was changed."));
        }
        if !invitation::acts::inviter_may_still(scope, &invitation).await? {
            return Ok(not("Whoever invited may no longer invite. Invite again."));
        }
        if self.is_disabled_here(scope, &invitation.email).await? {
            return Ok(not("The portal user with this address is disabled."));
        }
        let client = client::store::find(scope, invitation.client_id).await?;
        if client.status == client::Status::Exited {
            return Ok(not("The client has left."));
        }
        if self.business.portal == Switch::Off {
            return Ok(Err(Outcome::Held));
        }
        let business = self.business.name.clone();
        let inviter = if invitation.invited_by.0.is_nil() {
            format!("{business} invites")
        } else {
            format!("{} at {business} invites", invitation.invited_by_name)
        };
        // Who has an account keeps its password; only whoever reads this mail learns which of the two it is (S9).
        if invitation.way == Way::TemporaryPassword
            && self.business.temporary_passwords == Switch::On
            && account::store::look_for(&mut scope.tx, Realm::Portal, &invitation.email).await?.is_none()
        {
            let password = temporary::mint(scope, id).await?;
            let first_name = contact.details.first_name.as_str();
            return Ok(Ok(self.with_password(&invitation, &inviter, first_name, client.name.as_str(), &password)));
        }
        let secret = invitation::store::mint(scope, id).await?;
        Ok(Ok(Content {
            language: LANGUAGE,
            subject: format!("{business} invites you to its client portal"),
            greeting: format!("Hello {},", contact.details.first_name),
            paragraphs: vec![
                format!(
                    "{inviter} you to the client portal, where you find everything they share with {}.",
                    client.name
                ),
                "Follow the link to come in. You choose a password of your own, or sign in if you already have one."
                    .into(),
            ],
            button: Some(Button {
                text: "Accept the invitation",
                href: self.page(&format!("invitation/{}", secret.reveal())),
            }),
            small: vec![
                format!(
                    "The invitation is for you alone, works once, and is good until {}. After that, ask {business} for a new one.",
                    invitation.expires_at.words()
                ),
                "If you did not expect it, you can leave it: nothing happens unless you accept.".into(),
            ],
            why: format!(
                "You get this mail because {business} has {} on record as a contact of {}.",
                invitation.email, client.name
            ),
        }))
    }

    fn with_password(
        &self,
        invitation: &Invitation,
        inviter: &str,
        first_name: &str,
        client: &str,
        password: &TemporaryPassword,
    ) -> Content {
        let business = &self.business.name;
        Content {
            language: LANGUAGE,
            subject: format!("{business} invites you to its client portal"),
            greeting: format!("Hello {first_name},"),
            paragraphs: vec![
                format!(
                    "{inviter} you to the client portal, where you find everything they share with {client}. Sign in with {} and this temporary password:",
                    invitation.email
                ),
                password.reveal(),
                "Then you choose a password of your own.".into(),
            ],
            button: Some(Button { text: "Sign in", href: self.page("sign-in") }),
            small: vec![
                format!(
                    "The temporary password works once, for {} hours. After that, ask {business} for a new invitation.",
                    temporary::LIFE_HOURS
                ),
                "If you did not expect it, you can leave it: nothing happens unless you sign in.".into(),
            ],
            why: format!(
                "You get this mail because {business} has {} on record as a contact of {client}.",
                invitation.email
            ),
        }
    }

    async fn accepted_as_another(&self, scope: &mut Scope, id: InvitationId) -> Result<Words> {
        let invitation = invitation::store::find(scope, id).await?;
        let contact = contact::store::find(scope, invitation.contact_id).await?;
        let Some(account) = invitation.accepted_by else {
            return Ok(not("The invitation was not accepted."));
        };
        let account = account::store::find(&mut scope.tx, account).await?;
        let business = &self.business.name;
        Ok(Ok(Content {
            language: LANGUAGE,
            subject: format!("Your invitation from {business} was accepted with another address"),
            greeting: format!("Hello {},", contact.details.first_name),
            paragraphs: vec![
                format!(
                    "The invitation that was mailed to {} was accepted on {} by somebody who signed in as {}.",
                    invitation.email,
                    self.claimed.created_at.words(),
                    account.email
                ),
                format!(
                    "If that was you, all is well. If you don’t know that address, tell {business} at once, so that they can close this access."
                ),
            ],
            button: None,
            small: Vec::new(),
            why: format!("You get this mail because the invitation was addressed to {}.", invitation.email),
        }))
    }

    async fn password_reset(&self, scope: &mut Scope, id: AccountId) -> Result<Words> {
        // The account before its links, as everybody does who uses one up: else the two could wait for each other.
        let account = account::store::hold(&mut scope.tx, id).await?;
        if account.email != self.claimed.to_email {
            return Ok(not("The account’s email address was changed."));
        }
        if account.password_set_at.is_some_and(|at| at > self.claimed.created_at) {
            return Ok(not("The password was changed since."));
        }
        let shut_out = match account.realm {
            Realm::Portal => {
                let user = portal_user::store::of_account(scope, id).await?;
                user.is_some_and(|user| user.is_kept_out()).then_some("The portal user is disabled or deleted.")
            }
            Realm::Staff => {
                let member = staff::store::of_account(scope, id).await?;
                let may = member.is_some_and(|member| member.status == staff::Status::Active);
                (!may).then_some("The staff member is disabled.")
            }
        };
        if let Some(why) = shut_out {
            return Ok(not(why));
        }
        let secret = token::mint(&mut scope.tx, Purpose::ResetPassword, id, scope.business, scope.now).await?;
        let business = &self.business.name;
        let path = format!("reset/{}", secret.reveal());
        let (place, href) = match account.realm {
            Realm::Portal => ("client portal", self.page(&path)),
            Realm::Staff => ("console", self.console(&path)),
        };
        Ok(Ok(Content {
            language: LANGUAGE,
            subject: "Set a new password".into(),
            greeting: format!("Hello {},", account.first_name),
            paragraphs: vec![format!(
                "Somebody asked for a link to set a new password for {business}’s {place}. If that was you, choose one now."
            )],
            button: Some(Button { text: "Set a new password", href }),
            small: vec![
                "The link works once, for one hour. If it has run out, ask for another where you sign in.".into(),
                "If it was not you, you can leave it: your password stays as it is.".into(),
            ],
            why: format!("You get this mail because a new password was asked for with {}.", account.email),
        }))
    }

    /// Nothing that the asker typed stands in it but their own address.
    fn access_refused(&self, request: &Request) -> Content {
        let business = &self.business.name;
        Content {
            language: LANGUAGE,
            subject: format!("Your request for access to {business}’s client portal"),
            greeting: "Hello,".into(),
            paragraphs: vec![
                format!(
                    "On {} you asked for access to {business}’s client portal. They could not match your request to anybody on their records, so no access was set up.",
                    request.asked_at.words()
                ),
                "If you should have access, ask with the email address and the reference that they know you by, or ask whoever looks after the portal at your company to add you.".into(),
            ],
            button: None,
            small: vec!["If it was not you who asked, you can leave this mail: nothing has happened.".into()],
            why: format!("You get this mail because access was asked for with {}.", request.email),
        }
    }

    fn password_changed(&self, account: &Account) -> Content {
        let business = &self.business.name;
        let at = self.claimed.created_at.words();
        let (portal, wrong, button) = match account.realm {
            Realm::Portal => (
                "client portal",
                format!("If it was not, set a new one at once, and tell {business}."),
                Some(Button { text: "Set a new password", href: self.page("forgotten") }),
            ),
            Realm::Staff => (
                "console",
                "If it was not, set a new one at once, and tell whoever manages staff.".to_owned(),
                Some(Button { text: "Set a new password", href: self.console("forgotten") }),
            ),
        };
        Content {
            language: LANGUAGE,
            subject: "Your password was changed".into(),
            greeting: format!("Hello {},", account.first_name),
            paragraphs: vec![
                format!("The password with which you sign in to {business}’s {portal} was changed on {at}."),
                format!("If that was you, all is well. {wrong}"),
            ],
            button,
            small: Vec::new(),
            why: format!("You get this mail because {} is the address you sign in with.", account.email),
        }
    }

    fn renamed(&self, account: &Account) -> Content {
        let business = &self.business.name;
        Content {
            language: LANGUAGE,
            subject: "Your name was changed".into(),
            greeting: format!("Hello {},", account.first_name),
            paragraphs: vec![
                format!(
                    "The name on your account is {} since {}, as {business} asked.",
                    account.name(),
                    self.claimed.created_at.words()
                ),
                "If that is not right, tell them.".into(),
            ],
            button: None,
            small: Vec::new(),
            why: format!("You get this mail because {} is the address you sign in with.", account.email),
        }
    }

    /// Whether the person with this address is kept out of everything here: then no mail carries a link in.
    async fn is_disabled_here(&self, scope: &mut Scope, email: &Email) -> Result<bool> {
        let Some(account) = account::store::look_for(&mut scope.tx, Realm::Portal, email).await? else {
            return Ok(false);
        };
        Ok(portal_user::store::of_account(scope, account.id).await?.is_some_and(|user| user.disabled.is_some()))
    }
}

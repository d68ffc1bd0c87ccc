//! The words of letters about an invitation.

use super::{Desk, Words, not};
use crate::account::{self, Realm};
use crate::act::Scope;
use crate::base::Result;
use crate::base::id::InvitationId;
use crate::base::secret::Token;
use crate::base::text::Email;
use crate::business::{self, Switch};
use crate::invitation::temporary::{self, TemporaryPassword};
use crate::invitation::{self, Invitation, Side, Standing, Way};
use crate::language::Language;
use crate::mail::outbox::Outcome;
use crate::mail::render::{Button, Content};
use crate::{client, contact, portal_user};

/// Whom an invitation is written to.
struct Invited<'a> {
    language: Language,
    first_name: &'a str,
    client: &'a str,
    invites: String,
}

impl Invited<'_> {
    fn greeting(&self) -> String {
        self.language.say("letter-hello").with("name", self.first_name).into()
    }
}

impl Desk<'_> {
    pub(super) async fn invitation(&mut self, scope: &mut Scope, id: InvitationId) -> Result<Words> {
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
        let known = account::store::look_for(&mut scope.tx, Realm::Portal, &invitation.email).await?;
        let language = self.language(known.as_ref().and_then(|account| account.language), client.language);
        let (business, client) = (self.business.name.as_str(), client.name.as_str());
        let invites = if invitation.invited_by.is_nil() {
            language.say("letter-invitation-by-business").with("business", business).with("client", client)
        } else {
            let by = &invitation.invited_by_name;
            match invitation.inviter {
                Side::Business => language
                    .say("letter-invitation-by")
                    .with("name", by)
                    .with("business", business)
                    .with("client", client),
                Side::Client => {
                    language.say("company-letter").with("name", by).with("business", business).with("client", client)
                }
            }
        };
        let to =
            &Invited { language, first_name: contact.details.first_name.as_str(), client, invites: invites.into() };
        // Who has an account keeps its password; only whoever reads this mail learns which of the two it is (S9).
        if invitation.way == Way::TemporaryPassword
            && self.business.temporary_passwords == Switch::On
            && known.is_none()
        {
            let password = temporary::mint(scope, id).await?;
            return Ok(Ok(self.with_password(&invitation, to, &password)));
        }
        let secret = invitation::store::mint(scope, id).await?;
        Ok(Ok(self.with_link(&invitation, to, &secret)))
    }

    fn with_link(&self, invitation: &Invitation, to: &Invited<'_>, secret: &Token) -> Content {
        let business = self.business.name.as_str();
        let until = to.language.moment(invitation.expires_at.timestamp());
        Content {
            language: to.language,
            subject: to.language.say("letter-invitation").with("business", business).into(),
            greeting: to.greeting(),
            paragraphs: vec![to.invites.clone(), to.language.say("letter-invitation-follow").into()],
            button: Some(Button {
                text: to.language.say("letter-invitation-accept").into(),
                href: self.page(&format!("invitation/{}", secret.reveal())),
            }),
            small: vec![
                to.language.say("letter-invitation-until").with("until", until).with("business", business).into(),
                to.language.say("letter-invitation-leave").into(),
            ],
            why: self.why_contact(invitation, to),
            addresses: Vec::new(),
        }
    }

    fn with_password(&self, invitation: &Invitation, to: &Invited<'_>, password: &TemporaryPassword) -> Content {
        let (language, business) = (to.language, self.business.name.as_str());
        let sign_in = language.say("letter-temporary-sign-in").with("email", invitation.email.as_str());
        let hours = temporary::LIFE_HOURS;
        Content {
            language,
            subject: language.say("letter-invitation").with("business", business).into(),
            greeting: to.greeting(),
            paragraphs: vec![
                format!("{} {sign_in}", to.invites),
                password.reveal(),
                language.say("letter-temporary-then").into(),
            ],
            button: Some(Button { text: language.say("letter-temporary-button").into(), href: self.page("sign-in") }),
            small: vec![
                language.say("letter-temporary-until").with("hours", hours).with("business", business).into(),
                language.say("letter-temporary-leave").into(),
            ],
            why: self.why_contact(invitation, to),
            addresses: Vec::new(),
        }
    }

    fn why_contact(&self, invitation: &Invitation, to: &Invited<'_>) -> String {
        let (business, email) = (self.business.name.as_str(), invitation.email.as_str());
        let said = to
            .language
            .say("letter-why-contact")
            .with("business", business)
            .with("email", email)
            .with("client", to.client);
        said.into()
    }

    pub(super) async fn accepted_as_another(&self, scope: &mut Scope, id: InvitationId) -> Result<Words> {
        let invitation = invitation::store::find(scope, id).await?;
        let contact = contact::store::find(scope, invitation.contact_id).await?;
        let Some(account) = invitation.accepted_by else {
            return Ok(not("The invitation was not accepted."));
        };
        let account = account::store::find(&mut scope.tx, account).await?;
        let client = client::store::find(scope, invitation.client_id).await?;
        let (language, business) = (self.language(None, client.language), self.business.name.as_str());
        let (email, other) = (invitation.email.as_str(), account.email.as_str());
        let when = language.moment(self.claimed.created_at.timestamp());
        Ok(Ok(Content {
            language,
            subject: language.say("letter-other").with("business", business).into(),
            greeting: language.say("letter-hello").with("name", contact.details.first_name.as_str()).into(),
            paragraphs: vec![
                language.say("letter-other-text").with("email", email).with("when", when).with("other", other).into(),
                language.say("letter-other-you").with("business", business).into(),
            ],
            button: None,
            small: Vec::new(),
            why: language.say("letter-other-why").with("email", email).into(),
            addresses: vec![other.to_owned()],
        }))
    }

    /// Whether the person with this address is kept out of everything here: then no mail carries a link in.
    async fn is_disabled_here(&self, scope: &mut Scope, email: &Email) -> Result<bool> {
        let Some(account) = account::store::look_for(&mut scope.tx, Realm::Portal, email).await? else {
            return Ok(false);
        };
        Ok(portal_user::store::of_account(scope, account.id).await?.is_some_and(|user| user.disabled.is_some()))
    }
}

//! The letters about a change of a name or an address: who asks for it, and the link that confirms it.

use super::{Desk, LANGUAGE, Words, not};
use crate::account::{self, Account, Realm};
use crate::act::Scope;
use crate::base::Result;
use crate::base::id::ProposalId;
use crate::mail::render::{Button, Content};
use crate::portal_user;
use crate::portal_user::proposal::{self, Change, Proposal, Step};

impl Desk<'_> {
    /// To the person, at the address they have: confirm what staff ask for.
    pub(super) async fn confirm_change(&self, scope: &mut Scope, id: ProposalId) -> Result<Words> {
        let (proposal, account) = match self.waiting(scope, id, Step::Person).await? {
            Ok(found) => found,
            Err(why) => return Ok(why),
        };
        let secret = proposal::store::mint(scope, id, Step::Person).await?;
        let business = &self.business.name;
        let (what, then) = match &proposal.change {
            Change::Name { .. } => ("name on your account", "Nothing changes unless you confirm it."),
            Change::Email(_) => (
                "email address you sign in with",
                "Nothing changes unless you confirm it. The new address is asked as well, and then it is what you sign in with.",
            ),
        };
        Ok(Ok(Content {
            language: LANGUAGE,
            subject: format!("{business} asks you to confirm a change"),
            greeting: format!("Hello {},", account.first_name),
            paragraphs: vec![
                format!("{} at {business} asks to change the {what} to {}.", proposal.by_name, proposal.change.to()),
                then.into(),
            ],
            button: Some(Button {
                text: "Look at the change",
                href: self.page(&format!("confirm/{}", secret.reveal())),
            }),
            small: vec![
                format!("The link works once, until {}.", proposal.expires_at.words()),
                "If you don’t want this, say so on the page, or leave it.".into(),
            ],
            why: self.because_of(&account),
        }))
    }

    /// To the new address: make it the one that the person signs in with. Where that address has an account of its own, only
    /// whoever reads its mail is told.
    pub(super) async fn confirm_address(&self, scope: &mut Scope, id: ProposalId) -> Result<Words> {
        let (proposal, account) = match self.waiting(scope, id, Step::NewAddress).await? {
            Ok(found) => found,
            Err(why) => return Ok(why),
        };
        let business = &self.business.name;
        let to = &self.claimed.to_email;
        let why =
            format!("You get this mail because {to} was given to {business} as the new address of {}.", account.name());
        if account::store::look_for(&mut scope.tx, Realm::Portal, to).await?.is_some() {
            return Ok(Ok(Content {
                language: LANGUAGE,
                subject: "This address already has an account".into(),
                greeting: "Hello,".into(),
                paragraphs: vec![
                    format!(
                        "{} at {business} asked to make {to} the address with which {} signs in. There is already an account with it, so nothing was changed.",
                        proposal.by_name,
                        account.name()
                    ),
                    "If both are yours, sign in with the account that has this address, and ask them to invite it."
                        .into(),
                ],
                button: None,
                small: Vec::new(),
                why,
            }));
        }
        let secret = proposal::store::mint(scope, id, Step::NewAddress).await?;
        Ok(Ok(Content {
            language: LANGUAGE,
            subject: "Confirm your new email address".into(),
            greeting: format!("Hello {},", account.first_name),
            paragraphs: vec![
                format!(
                    "{} at {business} asked to make {to} the address you sign in with, in place of {}.",
                    proposal.by_name, account.email
                ),
                "Confirm it, and it is so from then on. You’ll be signed out everywhere; your password stays the same."
                    .into(),
            ],
            button: Some(Button {
                text: "Confirm this address",
                href: self.page(&format!("confirm/{}", secret.reveal())),
            }),
            small: vec![
                format!("The link works once, until {}.", proposal.expires_at.words()),
                "If you know nothing of this, you can leave it: nothing happens unless you confirm.".into(),
            ],
            why,
        }))
    }

    /// To the address that the person has: another one was asked for.
    pub(super) async fn email_changing(&self, scope: &mut Scope, id: ProposalId) -> Result<Words> {
        let (proposal, account) = match self.waiting(scope, id, Step::NewAddress).await? {
            Ok(found) => found,
            Err(why) => return Ok(why),
        };
        let business = &self.business.name;
        Ok(Ok(Content {
            language: LANGUAGE,
            subject: "A new email address was asked for".into(),
            greeting: format!("Hello {},", account.first_name),
            paragraphs: vec![
                format!(
                    "{} at {business} asked to make {} the address you sign in with. It takes effect when it is confirmed from there; until then {} stays.",
                    proposal.by_name,
                    proposal.change.to(),
                    account.email
                ),
                format!("If that is not right, tell {business} at once."),
            ],
            button: None,
            small: Vec::new(),
            why: self.because_of(&account),
        }))
    }

    /// To the address that the person had: it was changed.
    pub(super) async fn email_changed(&self, scope: &mut Scope, id: ProposalId) -> Result<Words> {
        let proposal = proposal::store::find(scope, id).await?;
        let account = account::store::find(&mut scope.tx, proposal.account_id).await?;
        let business = &self.business.name;
        Ok(Ok(Content {
            language: LANGUAGE,
            subject: "The address you sign in with was changed".into(),
            greeting: format!("Hello {},", account.first_name),
            paragraphs: vec![
                format!(
                    "Since {} you sign in to {business}’s client portal with {}, and no longer with {}. You were signed out everywhere.",
                    self.claimed.created_at.words(),
                    proposal.change.to(),
                    proposal.from_email
                ),
                format!("If that was not you, tell {business} at once."),
            ],
            button: None,
            small: Vec::new(),
            why: format!("You get this mail because {} was the address you signed in with.", proposal.from_email),
        }))
    }

    /// The proposal while it waits for this confirmation, and whose it is; else why nothing is mailed.
    async fn waiting(
        &self,
        scope: &mut Scope,
        id: ProposalId,
        step: Step,
    ) -> Result<std::result::Result<(Proposal, Account), Words>> {
        let proposal = proposal::store::find(scope, id).await?;
        let account = account::store::find(&mut scope.tx, proposal.account_id).await?;
        let user = portal_user::store::find(scope, proposal.portal_user_id).await?;
        Ok(match proposal::acts::refusal(&proposal, step, &account, &user, scope.now) {
            Some(why) => Err(not(why)),
            None => Ok((proposal, account)),
        })
    }

    fn because_of(&self, account: &Account) -> String {
        format!("You get this mail because {} is the address you sign in with.", account.email)
    }
}

//! The letters about a change of a name or an address: who asks for it, and the link that confirms it.

use super::{Desk, Words, not};
use crate::account::{self, Account, Realm};
use crate::act::Scope;
use crate::base::Result;
use crate::base::id::ProposalId;
use crate::language::Language;
use crate::mail::render::{Button, Content};
use crate::portal_user;
use crate::portal_user::proposal::{self, AskedBy, Change, Proposal, Step};

impl Desk<'_> {
    /// To the person, at the address they have: confirm what staff ask for.
    pub(super) async fn confirm_change(&self, scope: &mut Scope, id: ProposalId) -> Result<Words> {
        let (proposal, account) = match self.waiting(scope, id, Step::Person).await? {
            Ok(found) => found,
            Err(why) => return Ok(why),
        };
        let secret = proposal::store::mint(scope, id, Step::Person).await?;
        let (language, business) = (self.language_of(&account), self.business.name.as_str());
        let (by, to) = (&proposal.by_name, proposal.change.to());
        let (asks, then) = match &proposal.change {
            Change::Name { .. } => (
                language.say("letter-change-name").with("name", by).with("business", business).with("to", to),
                language.say("letter-change-name-then"),
            ),
            Change::Email(_) => (
                language.say("letter-change-email").with("name", by).with("business", business).with("to", to),
                language.say("letter-change-email-then"),
            ),
        };
        Ok(Ok(Content {
            language,
            subject: language.say("letter-change").with("business", business).into(),
            greeting: language.say("letter-hello").with("name", account.first_name.as_str()).into(),
            paragraphs: vec![asks.into(), then.into()],
            button: Some(Button {
                text: language.say("letter-change-button").into(),
                href: self.page(&format!("confirm/{}", secret.reveal())),
            }),
            small: vec![until(language, &proposal), language.say("letter-change-leave").into()],
            why: self.because_of(&account),
            addresses: match &proposal.change {
                Change::Name { .. } => Vec::new(),
                Change::Email(to) => vec![to.to_string()],
            },
        }))
    }

    /// To the new address: make it the one that the person signs in with. Where that address has an account of its own, only
    /// whoever reads its mail is told.
    pub(super) async fn confirm_address(&self, scope: &mut Scope, id: ProposalId) -> Result<Words> {
        let (proposal, account) = match self.waiting(scope, id, Step::NewAddress).await? {
            Ok(found) => found,
            Err(why) => return Ok(why),
        };
        let (language, business) = (self.language_of(&account), self.business.name.as_str());
        let (to, by, name) = (&self.claimed.to_email, &proposal.by_name, account.name());
        let (email, from) = (to.as_str(), account.email.as_str());
        let why =
            language.say("letter-address-why").with("email", email).with("business", business).with("name", &name);
        if account::store::look_for(&mut scope.tx, Realm::Portal, to).await?.is_some() {
            let taken = match proposal.asked_by {
                AskedBy::Staff => language
                    .say("letter-taken-text")
                    .with("by", by)
                    .with("business", business)
                    .with("email", email)
                    .with("name", &name),
                AskedBy::Person => {
                    language.say("letter-taken-own").with("name", &name).with("business", business).with("email", email)
                }
            };
            return Ok(Ok(Content {
                language,
                subject: language.say("letter-taken").into(),
                greeting: language.say("letter-hello-nobody").into(),
                paragraphs: vec![taken.into(), language.say("letter-taken-both").into()],
                button: None,
                small: Vec::new(),
                why: why.into(),
                addresses: Vec::new(),
            }));
        }
        let secret = proposal::store::mint(scope, id, Step::NewAddress).await?;
        let asked = match proposal.asked_by {
            AskedBy::Staff => language
                .say("letter-address-text")
                .with("name", by)
                .with("business", business)
                .with("to", email)
                .with("from", from),
            AskedBy::Person => {
                language.say("letter-address-own").with("to", email).with("business", business).with("from", from)
            }
        };
        Ok(Ok(Content {
            language,
            subject: language.say("letter-address").into(),
            greeting: language.say("letter-hello").with("name", account.first_name.as_str()).into(),
            paragraphs: vec![asked.into(), language.say("letter-address-then").into()],
            button: Some(Button {
                text: language.say("letter-address-button").into(),
                href: self.page(&format!("confirm/{}", secret.reveal())),
            }),
            small: vec![until(language, &proposal), language.say("letter-address-leave").into()],
            why: why.into(),
            addresses: vec![from.to_owned()],
        }))
    }

    /// To the address that the person has: another one was asked for.
    pub(super) async fn email_changing(&self, scope: &mut Scope, id: ProposalId) -> Result<Words> {
        let (proposal, account) = match self.waiting(scope, id, Step::NewAddress).await? {
            Ok(found) => found,
            Err(why) => return Ok(why),
        };
        let (language, business) = (self.language_of(&account), self.business.name.as_str());
        let (by, to, from) = (&proposal.by_name, proposal.change.to(), account.email.as_str());
        let (asked, wrong) = match proposal.asked_by {
            AskedBy::Staff => (
                language
                    .say("letter-changing-text")
                    .with("name", by)
                    .with("business", business)
                    .with("to", to)
                    .with("from", from),
                language.say("letter-changing-wrong").with("business", business),
            ),
            AskedBy::Person => (
                language.say("letter-changing-own").with("to", to).with("from", from),
                language.say("letter-changing-wrong-own"),
            ),
        };
        Ok(Ok(Content {
            language,
            subject: language.say("letter-changing").into(),
            greeting: language.say("letter-hello").with("name", account.first_name.as_str()).into(),
            paragraphs: vec![asked.into(), wrong.into()],
            button: None,
            small: Vec::new(),
            why: self.because_of(&account),
            addresses: vec![proposal.change.to()],
        }))
    }

    /// To the address that the person had: it was changed.
    pub(super) async fn email_changed(&self, scope: &mut Scope, id: ProposalId) -> Result<Words> {
        let proposal = proposal::store::find(scope, id).await?;
        let account = account::store::find(&mut scope.tx, proposal.account_id).await?;
        let (language, business) = (self.language_of(&account), self.business.name.as_str());
        let (to, from) = (proposal.change.to(), proposal.from_email.as_str());
        let when = language.moment(self.claimed.created_at.timestamp());
        let changed = language
            .say("letter-changed-text")
            .with("when", when)
            .with("business", business)
            .with("to", to)
            .with("from", from);
        Ok(Ok(Content {
            language,
            subject: language.say("letter-changed").into(),
            greeting: language.say("letter-hello").with("name", account.first_name.as_str()).into(),
            paragraphs: vec![changed.into(), language.say("letter-changed-wrong").with("business", business).into()],
            button: None,
            small: Vec::new(),
            why: language.say("letter-changed-why").with("email", from).into(),
            addresses: vec![proposal.change.to()],
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
            Some(why) => Err(not(why.to_string())),
            None => Ok((proposal, account)),
        })
    }

    fn because_of(&self, account: &Account) -> String {
        self.language_of(account).say("letter-why-sign-in").with("email", account.email.as_str()).into()
    }
}

fn until(language: Language, proposal: &Proposal) -> String {
    language.say("letter-link-until").with("until", language.moment(proposal.expires_at.timestamp())).into()
}

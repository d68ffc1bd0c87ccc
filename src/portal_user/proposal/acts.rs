//! Changing a person's name or address: what staff ask for, and what the person confirms.

use crate::access::{Actor, Permission, Who};
use crate::account::token::{self, Purpose};
use crate::account::{self, Account, Realm, session, throttle};
use crate::act::{Act, App};
use crate::audit::Entry;
use crate::base::id::{PortalUserId, ProposalId};
use crate::base::secret::Token;
use crate::base::text::{Email, PersonName};
use crate::base::{Error, Result};
use crate::language::{Sentence, say};
use crate::mail::{Asker, Letter, outbox};
use crate::portal_user::acts::only_here;
use crate::portal_user::proposal::{AskedBy, Change, LIFE_HOURS, Next, Proposal, Standing, State, Step, What, store};
use crate::portal_user::{self, PortalUser};

/// How many changes of one person staff may ask for in a day, and the person; and how many of these letters one address may be mailed (S33).
const MOST_A_DAY: i64 = 5;

/// What staff want a person's account to say.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// First name.
    pub first: PersonName,
    /// Last name.
    pub last: PersonName,
    /// The address that the person signs in with.
    pub email: Email,
}

/// What became of one part of what was wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is so already.
    Unchanged,
    /// It was changed at once, and the person is told.
    Made,
    /// The person is asked to confirm it.
    AwaitsPerson,
    /// The new address is asked to confirm it.
    AwaitsNewAddress,
}

/// What became of what was wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Saved {
    /// Of the name.
    pub name: Outcome,
    /// Of the address.
    pub email: Outcome,
}

/// Change a person's name or address. A name changes at once while theirs is the only business that the account is linked
/// with; an address changes when the new one has confirmed it, and the old one is told. Of an account that also opens another
/// business's door, both are proposed to the person first (PRODUCT.md rule 1).
///
/// # Errors
/// `Forbidden`; `NotFound`; `Conflict` when somebody changed the person since `version`; `Invalid` when the address is
/// another portal user's; `Refused` when nothing differs, or too much was mailed lately.
pub async fn save(app: &App, actor: &Actor, id: PortalUserId, version: i64, wanted: Wanted) -> Result<Saved> {
    actor.must(Permission::PortalUsersManage)?;
    let mut act = app.begin(actor).await?;
    let user = portal_user::store::find(&mut act, id).await?;
    user.must_be_here()?;
    let account = account::store::hold(&mut act.tx, user.account_id).await?;
    if user.version != version {
        return Err(Error::Conflict);
    }
    let renamed = account.first_name != wanted.first || account.last_name != wanted.last;
    let moved = account.email != wanted.email;
    if !renamed && !moved {
        return Err(Error::refused("Everything is the same as before. Nothing was changed."));
    }
    let only_here = only_here(&mut act, account.id).await?;
    let mut entries = Vec::new();
    let mut saved = Saved { name: Outcome::Unchanged, email: Outcome::Unchanged };
    if moved {
        must_be_nobodys(&mut act, &user, &wanted.email).await?;
        let step = if only_here { Step::NewAddress } else { Step::Person };
        let proposal = propose(&mut act, &account, &user, Change::Email(wanted.email), step).await?;
        entries.push(Entry::EmailChangeAsked {
            portal_user: id,
            from: account.email.to_string(),
            to: proposal.change.to(),
        });
        saved.email = if only_here { Outcome::AwaitsNewAddress } else { Outcome::AwaitsPerson };
    }
    if renamed && only_here {
        let to = rename(&mut act, &account, &wanted.first, &wanted.last).await?;
        store::end_open(&mut act, id, What::Name, State::Replaced).await?;
        entries.push(Entry::PortalUserRenamed { portal_user: id, from: user.name.clone(), to });
        saved.name = Outcome::Made;
    } else if renamed {
        let change = Change::Name { first: wanted.first, last: wanted.last };
        let proposal = propose(&mut act, &account, &user, change, Step::Person).await?;
        entries.push(Entry::NameChangeAsked { portal_user: id, from: user.name.clone(), to: proposal.change.to() });
        saved.name = Outcome::AwaitsPerson;
    }
    act.commit_all(entries).await?;
    Ok(saved)
}

/// An address that a portal user of this business signs in with is named. Whether it opens another business's door is not
/// said: only whoever reads its mail learns that (PRODUCT.md rule 3).
async fn must_be_nobodys(act: &mut Act, user: &PortalUser, email: &Email) -> Result<()> {
    match portal_user::store::with_email(act, &email.key()).await? {
        Some(other) if other.id != user.id => Err(Error::invalid(
            "email",
            format!("{} already signs in with this address. Two people cannot share one sign-in.", other.name),
        )),
        _ => Ok(()),
    }
}

/// Asks for a change, in place of one that was asked for before. Whoever looked at the person before that is told.
async fn propose(act: &mut Act, account: &Account, user: &PortalUser, change: Change, step: Step) -> Result<Proposal> {
    propose_by(act, account, user, change, step, AskedBy::Staff).await
}

/// Asks for another address, as the person themselves: the new one confirms it, and the present one is told.
pub(in crate::portal_user) async fn propose_own(
    act: &mut Act,
    account: &Account,
    user: &PortalUser,
    email: Email,
) -> Result<Proposal> {
    propose_by(act, account, user, Change::Email(email), Step::NewAddress, AskedBy::Person).await
}

async fn propose_by(
    act: &mut Act,
    account: &Account,
    user: &PortalUser,
    change: Change,
    step: Step,
    asked_by: AskedBy,
) -> Result<Proposal> {
    let (business, now) = (act.business, act.now);
    if store::made_since(act, user.id, asked_by, now.plus_days(-1)).await? >= MOST_A_DAY {
        return Err(Error::refused(say("change-enough").with("most", MOST_A_DAY)));
    }
    store::end_open(act, user.id, change.what(), State::Replaced).await?;
    let mut looked_at = portal_user::store::find(act, user.id).await?;
    portal_user::store::save(act, &mut looked_at).await?;
    let proposal = Proposal {
        id: ProposalId::new(now),
        portal_user_id: user.id,
        account_id: account.id,
        from_email: account.email.clone(),
        step,
        state: State::Open,
        asked_by,
        by_name: act.actor.name().to_owned(),
        created_at: now,
        expires_at: now.plus_seconds(LIFE_HOURS * 3600),
        agreed_at: (asked_by == AskedBy::Person).then_some(now),
        ended_at: None,
        change,
    };
    store::insert(act, &proposal).await?;
    let (id, account_id) = (proposal.id, account.id);
    match (&proposal.change, step) {
        (Change::Email(email), Step::NewAddress) => {
            within_limit(act, business, email, "confirm_address").await?;
            let warning = Letter::EmailChanging { proposal: id, account: account_id };
            act.send(warning, &account.email, &account.name()).await?;
            let asked_by = match asked_by {
                AskedBy::Staff => Asker::Staff,
                AskedBy::Person => Asker::Reader,
            };
            let letter = Letter::ConfirmAddress { proposal: id, account: account_id, asked_by };
            act.send(letter, email, &account.name()).await?;
        }
        _ => {
            within_limit(act, business, &account.email, "confirm_change").await?;
            let letter = Letter::ConfirmChange { proposal: id, account: account_id };
            act.send(letter, &account.email, &account.name()).await?;
        }
    }
    Ok(proposal)
}

async fn within_limit(
    act: &mut Act,
    business: crate::base::id::BusinessId,
    to: &Email,
    kind: &'static str,
) -> Result<()> {
    let since = act.now.plus_days(-1);
    if outbox::written_since(&mut act.tx, business, to, kind, since).await? >= MOST_A_DAY {
        return Err(Error::refused(say("change-too-often").with("email", to.as_str()).with("most", MOST_A_DAY)));
    }
    Ok(())
}

async fn rename(act: &mut Act, account: &Account, first: &PersonName, last: &PersonName) -> Result<String> {
    account::store::rename(&mut act.tx, account.id, first, last).await?;
    let renamed = account::store::find(&mut act.tx, account.id).await?;
    portal_user::store::refresh_copies(act, &renamed).await?;
    act.send(Letter::Renamed { account: account.id }, &renamed.email, &renamed.name()).await?;
    Ok(renamed.name())
}

/// What came of confirming.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Confirmed {
    /// The name is changed.
    Renamed,
    /// The new address is asked now.
    AskedNewAddress,
    /// The person is asked first: since the change was asked for, the account has come to open another business's door.
    AskedPerson,
    /// The address is changed: every session has ended.
    EmailChanged,
}

/// Confirm a change, as whoever reads the mail it was sent to. It works once (S26); with a new address every session and
/// every open link to reset the password ends, and the old address is told (PRODUCT.md rule 2). A new address alone moves
/// no account that opens another business's door: there the person has agreed first (rule 1).
///
/// # Errors
/// `NotFound` for a link that was never made; `Refused` when it cannot be confirmed any more.
pub async fn confirm(app: &App, actor: &Actor, token: &Token) -> Result<Confirmed> {
    let mut act = app.begin(actor).await?;
    let (proposal, user, account) = open(&mut act, token).await?;
    if lacks_agreement(&mut act, &proposal).await? {
        return ask_person(act, &proposal, &user, &account).await;
    }
    act.actor.who = Who::Person { account: account.id, name: account.name() };
    let to = proposal.change.to();
    match (&proposal.change, proposal.next()) {
        (Change::Email(email), Next::AskNewAddress) => {
            let expires_at = act.now.plus_seconds(LIFE_HOURS * 3600);
            store::ask_new_address(&mut act, &proposal, expires_at).await?;
            let letter = Letter::ConfirmAddress { proposal: proposal.id, account: account.id, asked_by: Asker::Reader };
            act.send(letter, email, &account.name()).await?;
            act.commit(Entry::EmailChangeAgreed { portal_user: user.id, to }).await?;
            Ok(Confirmed::AskedNewAddress)
        }
        (Change::Email(email), Next::Make) => {
            if account::store::look_for(&mut act.tx, Realm::Portal, email).await?.is_some() {
                return Err(Error::refused(say("change-taken")));
            }
            store::end(&mut act, &proposal, State::Done).await?;
            move_to(&mut act, &account, email).await?;
            let letter = Letter::EmailChanged { proposal: proposal.id, account: account.id };
            act.send(letter, &account.email, &account.name()).await?;
            let from = account.email.to_string();
            act.commit(Entry::EmailChanged { portal_user: user.id, from, to }).await?;
            Ok(Confirmed::EmailChanged)
        }
        (Change::Name { first, last }, _) => {
            store::end(&mut act, &proposal, State::Done).await?;
            rename(&mut act, &account, first, last).await?;
            act.commit(Entry::PortalUserRenamed { portal_user: user.id, from: user.name, to }).await?;
            Ok(Confirmed::Renamed)
        }
    }
}

/// Whether only the new address was asked, as long as the account opened no other business's door, and now it does. What is
/// answered stays true until the act ends: the account is held.
async fn lacks_agreement(act: &mut Act, proposal: &Proposal) -> Result<bool> {
    Ok(matches!(proposal.change, Change::Email(_))
        && proposal.next() == Next::Make
        && proposal.agreed_at.is_none()
        && !only_here(act, proposal.account_id).await?)
}

/// Asks the person after all; until they agree, nothing changes.
async fn ask_person(mut act: Act, proposal: &Proposal, user: &PortalUser, account: &Account) -> Result<Confirmed> {
    let expires_at = act.now.plus_seconds(LIFE_HOURS * 3600);
    store::ask_person(&mut act, proposal, expires_at).await?;
    let letter = Letter::ConfirmChange { proposal: proposal.id, account: account.id };
    act.send(letter, &account.email, &account.name()).await?;
    act.commit(Entry::EmailChangeUnagreed { portal_user: user.id, to: proposal.change.to() }).await?;
    Ok(Confirmed::AskedPerson)
}

/// Changes the address with all that follows from it.
async fn move_to(act: &mut Act, account: &Account, email: &Email) -> Result<()> {
    let now = act.now;
    account::store::set_email(&mut act.tx, account.id, email).await?;
    let moved = account::store::find(&mut act.tx, account.id).await?;
    portal_user::store::refresh_copies(act, &moved).await?;
    session::end_all(&mut act.tx, account.id).await?;
    token::end_all(&mut act.tx, Purpose::ResetPassword, account.id, now).await?;
    throttle::forget_browsers(&mut act.tx, account.id).await
}

/// Say no to a change, as whoever reads the mail it was sent to: nothing changes.
///
/// # Errors
/// `NotFound` for a link that was never made; `Refused` when it is over already.
pub async fn decline(app: &App, actor: &Actor, token: &Token) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let (proposal, user, _) = open(&mut act, token).await?;
    store::end(&mut act, &proposal, State::Declined).await?;
    act.commit(Entry::ChangeDeclined { portal_user: user.id, to: proposal.change.to() }).await
}

/// The proposal that a link opens, while it can be confirmed by it.
async fn open(act: &mut Act, token: &Token) -> Result<(Proposal, PortalUser, Account)> {
    let (found, step) = store::look_for(act, token).await?.ok_or(Error::NotFound("The link"))?;
    let account = account::store::hold(&mut act.tx, found.account_id).await?;
    // As it is with the account held: the act of another business may have ended it before.
    let proposal = store::find(act, found.id).await?;
    let user = portal_user::store::find(act, proposal.portal_user_id).await?;
    if let Some(why) = refusal(&proposal, step, &account, &user, act.now) {
        return Err(Error::refused(why));
    }
    Ok((proposal, user, account))
}

/// Why a link does not confirm anything any more, in words for the person; none where it does. Whom the business keeps out,
/// nothing is confirmed for (PRODUCT.md rule 10).
#[must_use]
pub fn refusal(
    proposal: &Proposal,
    step: Step,
    account: &Account,
    user: &PortalUser,
    now: crate::base::Instant,
) -> Option<Sentence> {
    if user.is_kept_out() {
        return Standing::Withdrawn.refusal();
    }
    let standing = proposal.standing(account, now);
    match standing.refusal() {
        None if step == proposal.step => None,
        None => Some(match step {
            Step::Person => say("change-agreed").into(),
            Step::NewAddress => say("change-not-agreed").into(),
        }),
        why => why,
    }
}

/// Take back a change that was not confirmed yet: its links stop working at once.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is over already.
pub async fn withdraw(app: &App, actor: &Actor, user: PortalUserId, id: ProposalId) -> Result<()> {
    actor.must(Permission::PortalUsersManage)?;
    let mut act = app.begin(actor).await?;
    let proposal = store::find(&mut act, id).await?;
    if proposal.portal_user_id != user {
        return Err(Error::NotFound("The proposed change"));
    }
    match store::end(&mut act, &proposal, State::Withdrawn).await {
        Err(Error::Conflict) => return Err(Error::refused("That change is over already. Nothing was changed.")),
        other => other?,
    }
    act.commit(Entry::ChangeWithdrawn { portal_user: user, to: proposal.change.to() }).await
}

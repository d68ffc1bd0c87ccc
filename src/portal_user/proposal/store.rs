//! Proposals in the database.

use crate::account;
use crate::act::Scope;
use crate::base::id::{AccountId, BusinessId, PortalUserId, ProposalId};
use crate::base::secret::Token;
use crate::base::text::{Email, PersonName};
use crate::base::{Error, Instant, Result};
use crate::portal_user::proposal::{AskedBy, Change, Proposal, State, Step, What};

/// People of one statement.
const PER_STATEMENT: usize = 500;

#[derive(sqlx::FromRow)]
struct Row {
    id: ProposalId,
    portal_user_id: PortalUserId,
    account_id: AccountId,
    first_name: Option<PersonName>,
    last_name: Option<PersonName>,
    email: Option<Email>,
    from_email: Email,
    #[sqlx(try_from = "String")]
    step: Step,
    #[sqlx(try_from = "String")]
    state: State,
    #[sqlx(try_from = "String")]
    asked_by: AskedBy,
    by_name: String,
    created_at: Instant,
    expires_at: Instant,
    agreed_at: Option<Instant>,
    ended_at: Option<Instant>,
}

impl TryFrom<Row> for Proposal {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let change = match (row.email, row.first_name, row.last_name) {
            (Some(email), ..) => Change::Email(email),
            (None, Some(first), Some(last)) => Change::Name { first, last },
            _ => return Err(Error::internal("a proposal that changes nothing")),
        };
        Ok(Self {
            id: row.id,
            portal_user_id: row.portal_user_id,
            account_id: row.account_id,
            change,
            from_email: row.from_email,
            step: row.step,
            state: row.state,
            asked_by: row.asked_by,
            by_name: row.by_name,
            created_at: row.created_at,
            expires_at: row.expires_at,
            agreed_at: row.agreed_at,
            ended_at: row.ended_at,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, portal_user_id, account_id, first_name, last_name, email, from_email, step, state, asked_by, by_name, created_at,
                expires_at, agreed_at, ended_at FROM proposal WHERE business_id = $1 ",
            $rest
        )
    };
}

/// The proposal.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn find(scope: &mut Scope, id: ProposalId) -> Result<Proposal> {
    let row: Row = scope.query(select!("AND id = $2")).bind(id).one(&mut scope.tx, "The proposed change").await?;
    row.try_into()
}

#[derive(sqlx::FromRow)]
struct TokenRow {
    proposal_id: ProposalId,
    #[sqlx(try_from = "String")]
    step: Step,
}

/// The proposal that a link's secret opens, whatever became of it, and the confirmation that the link is for. Looking uses
/// nothing up (S31).
///
/// # Errors
/// When the database cannot be read.
pub async fn look_for(scope: &mut Scope, token: &Token) -> Result<Option<(Proposal, Step)>> {
    let found: Option<TokenRow> = scope
        .query("SELECT proposal_id, step FROM proposal_token WHERE business_id = $1 AND hash = $2")
        .bind(&token.hash())
        .maybe(&mut scope.tx)
        .await?;
    match found {
        Some(TokenRow { proposal_id, step }) => Ok(Some((find(scope, proposal_id).await?, step))),
        None => Ok(None),
    }
}

/// The proposals about a person that wait, also those that are too old by now.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_of(scope: &mut Scope, user: PortalUserId) -> Result<Vec<Proposal>> {
    let rows: Vec<Row> = scope
        .query(select!("AND portal_user_id = $2 AND state = 'open' ORDER BY id"))
        .bind(user)
        .all(&mut scope.tx)
        .await?;
    rows.into_iter().map(Proposal::try_from).collect()
}

/// The changes of an account's address that wait, at whichever business they were asked for, also those that are too old by now,
/// each with its business: it is the person's own sign-in everywhere. Each business is visited in its own scope, so that each
/// statement names its business.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_emails_of(scope: &mut Scope, account: AccountId) -> Result<Vec<(BusinessId, Proposal)>> {
    let own = scope.business;
    let mut open = Vec::new();
    for business in account::store::businesses(&mut scope.tx, account).await? {
        scope.business = business;
        let found = open_email_here(scope, account).await;
        scope.business = own;
        open.extend(found?.map(|proposal| (business, proposal)));
    }
    Ok(open)
}

async fn open_email_here(scope: &mut Scope, account: AccountId) -> Result<Option<Proposal>> {
    let row: Option<Row> = scope
        .query(select!(
            "AND portal_user_id = (SELECT id FROM portal_user WHERE business_id = $1 AND account_id = $2)
             AND what = 'email' AND state = 'open'"
        ))
        .bind(account)
        .maybe(&mut scope.tx)
        .await?;
    row.map(Proposal::try_from).transpose()
}

/// How many changes of a person staff, or the person, have asked for since a moment, whatever became of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn made_since(scope: &mut Scope, user: PortalUserId, by: AskedBy, since: Instant) -> Result<i64> {
    let (n,): (i64,) = scope
        .query("SELECT COUNT(*) FROM proposal WHERE business_id = $1 AND portal_user_id = $2 AND asked_by = $3 AND created_at > $4")
        .bind(user)
        .bind(by)
        .bind(since)
        .one(&mut scope.tx, "The proposals")
        .await?;
    Ok(n)
}

/// Stores a new proposal.
///
/// # Errors
/// `Conflict` when another of its kind is open for the person.
pub async fn insert(scope: &mut Scope, proposal: &Proposal) -> Result<()> {
    let (first, last, email) = match &proposal.change {
        Change::Name { first, last } => (Some(first), Some(last), None),
        Change::Email(email) => (None, None, Some(email)),
    };
    scope
        .query(
            "INSERT INTO proposal (business_id, id, portal_user_id, account_id, what, from_email, first_name, last_name, email, step,
                state, by_name, created_at, expires_at, asked_by, agreed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        )
        .bind(proposal.id)
        .bind(proposal.portal_user_id)
        .bind(proposal.account_id)
        .bind(proposal.change.what())
        .bind(&proposal.from_email)
        .bind(first)
        .bind(last)
        .bind(email)
        .bind(proposal.step)
        .bind(proposal.state)
        .bind(proposal.by_name.as_str())
        .bind(proposal.created_at)
        .bind(proposal.expires_at)
        .bind(proposal.asked_by)
        .bind(proposal.agreed_at)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// Ends an open proposal. Of two who try at once, exactly one succeeds (S26).
///
/// # Errors
/// `Conflict` when it was not open any more, or waits for somebody else by now.
pub async fn end(scope: &mut Scope, proposal: &Proposal, state: State) -> Result<()> {
    scope
        .query("UPDATE proposal SET state = $4, ended_at = $5 WHERE business_id = $1 AND id = $2 AND step = $3 AND state = 'open'")
        .bind(proposal.id)
        .bind(proposal.step)
        .bind(state)
        .bind(scope.now)
        .run_one(&mut scope.tx)
        .await
}

/// Ends the open proposal about a person's name or address, if there is one.
///
/// # Errors
/// When the database refuses.
pub async fn end_open(scope: &mut Scope, user: PortalUserId, what: What, state: State) -> Result<()> {
    scope
        .query(
            "UPDATE proposal SET state = $4, ended_at = $5
             WHERE business_id = $1 AND portal_user_id = $2 AND what = $3 AND state = 'open'",
        )
        .bind(user)
        .bind(what)
        .bind(state)
        .bind(scope.now)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// Takes back every proposal that waits about these people: they are kept out from now on.
///
/// # Errors
/// When the database refuses.
pub async fn end_all_open(scope: &mut Scope, users: &[PortalUserId]) -> Result<()> {
    for users in users.chunks(PER_STATEMENT) {
        scope
            .query("UPDATE proposal SET state = $2, ended_at = $3 WHERE business_id = $1 AND state = 'open' AND portal_user_id IN")
            .bind(State::Withdrawn)
            .bind(scope.now)
            .and_list(users.iter().copied())
            .run(&mut scope.tx)
            .await?;
    }
    Ok(())
}

/// Removes every proposal about these people, for good.
///
/// # Errors
/// When the database refuses.
pub async fn remove_of(scope: &mut Scope, users: &[PortalUserId]) -> Result<()> {
    for users in users.chunks(PER_STATEMENT) {
        let tokens = scope.query(
            "DELETE FROM proposal_token WHERE business_id = $1 AND proposal_id IN (
                SELECT id FROM proposal WHERE business_id = $1 AND portal_user_id IN",
        );
        tokens.and_list(users.iter().copied()).and(")").run(&mut scope.tx).await?;
        scope
            .query("DELETE FROM proposal WHERE business_id = $1 AND portal_user_id IN")
            .and_list(users.iter().copied())
            .run(&mut scope.tx)
            .await?;
    }
    Ok(())
}

/// Takes back, at every business, the changes of an account's address that wait for the new address alone, once the account
/// opens more than one business's door: the person never agreed to them (PRODUCT.md rule 1). Each business is visited in its
/// own scope, so that each statement names its business.
///
/// # Errors
/// When the database refuses.
pub async fn end_unagreed(scope: &mut Scope, account: AccountId) -> Result<()> {
    let own = scope.business;
    let businesses = account::store::businesses(&mut scope.tx, account).await?;
    if businesses.len() < 2 {
        return Ok(());
    }
    for business in businesses {
        scope.business = business;
        let ended = end_unagreed_here(scope, account).await;
        scope.business = own;
        ended?;
    }
    Ok(())
}

async fn end_unagreed_here(scope: &mut Scope, account: AccountId) -> Result<()> {
    scope
        .query(
            "UPDATE proposal SET state = $3, ended_at = $4
             WHERE business_id = $1 AND portal_user_id = (SELECT id FROM portal_user WHERE business_id = $1 AND account_id = $2)
             AND what = 'email' AND state = 'open' AND step = 'new_address' AND agreed_at IS NULL",
        )
        .bind(account)
        .bind(State::Withdrawn)
        .bind(scope.now)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// Lets a proposal wait for the new address, now that the person has agreed to it.
///
/// # Errors
/// `Conflict` when it was not open any more, or waited for the new address already.
pub async fn ask_new_address(scope: &mut Scope, proposal: &Proposal, expires_at: Instant) -> Result<()> {
    scope
        .query(
            "UPDATE proposal SET step = 'new_address', agreed_at = $4, expires_at = $3
             WHERE business_id = $1 AND id = $2 AND step = 'person' AND state = 'open'",
        )
        .bind(proposal.id)
        .bind(expires_at)
        .bind(scope.now)
        .run_one(&mut scope.tx)
        .await
}

/// Lets a proposal wait for the person, who was not asked before the new address was.
///
/// # Errors
/// `Conflict` when it was not open any more, or the person has agreed meanwhile.
pub async fn ask_person(scope: &mut Scope, proposal: &Proposal, expires_at: Instant) -> Result<()> {
    scope
        .query(
            "UPDATE proposal SET step = 'person', expires_at = $3
             WHERE business_id = $1 AND id = $2 AND step = 'new_address' AND state = 'open' AND agreed_at IS NULL",
        )
        .bind(proposal.id)
        .bind(expires_at)
        .run_one(&mut scope.tx)
        .await
}

/// Makes a secret for a proposal's letter that is being rendered, good for one confirmation; only its hash is stored (S25).
///
/// # Errors
/// When the database refuses.
pub async fn mint(scope: &mut Scope, id: ProposalId, step: Step) -> Result<Token> {
    let token = Token::mint();
    scope
        .query(
            "INSERT INTO proposal_token (business_id, hash, proposal_id, step, minted_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&token.hash())
        .bind(id)
        .bind(step)
        .bind(scope.now)
        .run(&mut scope.tx)
        .await?;
    Ok(token)
}

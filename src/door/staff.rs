//! The console's door: staff sign in and out, and every request of theirs.

use crate::access::{Actor, Origin, Permission, Who, rights};
use crate::account::token::{self, Purpose, Spent};
use crate::account::{self, Realm, password, session, throttle};
use crate::act::{Act, App, Scope};
use crate::audit::Entry;
use crate::base::id::{AccountId, BusinessId, SessionId, StaffId};
use crate::base::secret::{PasswordHash, Token};
use crate::base::text::{Email, EmailKey};
use crate::base::{Error, Instant, Result};
use crate::business::{self, Business};
use crate::db::{Query, Tx};
use crate::door::{Candidate, Knock, SignedIn, prove, refused, touch};
use crate::mail::Letter;
use crate::staff::{self, StaffMember, Status};
use secrecy::SecretString;

/// A staff member who is signed in.
#[derive(Clone, Debug)]
pub struct StaffDoor {
    /// They, acting at their business.
    pub actor: Actor,
    /// They.
    pub staff: StaffMember,
    /// Their business.
    pub business: Business,
    /// Their session.
    pub session: session::Session,
}

/// Sign in to the console. Whatever does not fit gets the same answer after the same work (S11).
///
/// # Errors
/// The refusal that tells nothing; `TooMany`; `Busy`.
pub async fn sign_in(app: &App, knock: Knock) -> Result<SignedIn> {
    let mut tx = app.db.read().await?;
    let key = Email::parse(&knock.email).map_or_else(|_| EmailKey(String::new()), |email| email.key());
    let account = account::store::with_key(&mut tx, Realm::Staff, &key).await?;
    let business = works_for(&mut tx, account.as_ref().map(|a| a.id)).await?;
    drop(tx);
    let visitor = Actor::visitor(business.unwrap_or(BusinessId::INSTALLATION), knock.origin.clone());
    let candidate = Candidate { visitor, account, portal_user: None };
    let mut proved = prove(app, Realm::Staff, &knock, &candidate).await?;

    let member = staff::store::of_account(&mut proved.act, proved.account.id).await?;
    let Some(member) = member.filter(|member| member.status == Status::Active) else {
        let wait = proved.attempt.wait();
        drop(proved);
        return Err(refused(app, &candidate, "the staff member is disabled", wait).await?);
    };
    let business = proved.act.business;
    let (mut act, token) = proved.begin_session(Some(business), &knock).await?;
    let signed_in = SignedIn { token, account: member.account_id, name: member.name.clone(), business };
    let may = staff::store::permissions(&mut act, member.id).await?;
    act.actor.who = Who::Staff { id: member.id, account: member.account_id, name: member.name, may };
    act.commit(Entry::StaffSignedIn { staff: member.id }).await?;
    Ok(signed_in)
}

/// The business that an account works for: where it may sign in, else any. With no account it looks just the same.
pub(super) async fn works_for(tx: &mut Tx, account: Option<AccountId>) -> Result<Option<BusinessId>> {
    let row: Option<(BusinessId,)> = Query::new(
        "SELECT m.business_id FROM account_business b
         JOIN staff_member m ON m.business_id = b.business_id AND m.account_id = b.account_id
         WHERE b.account_id = $1 ORDER BY m.status, m.business_id LIMIT 1",
    )
    .bind(account.unwrap_or(AccountId(uuid::Uuid::nil())))
    .maybe(tx)
    .await?;
    Ok(row.map(|(id,)| id))
}

#[derive(sqlx::FromRow)]
struct Row {
    session_id: SessionId,
    session_created_at: Instant,
    seen_at: Instant,
    expires_at: Instant,
    address: String,
    device: String,
    staff_id: StaffId,
    account_id: AccountId,
    staff_name: String,
    staff_email: Email,
    #[sqlx(flatten)]
    business: Business,
}

/// Who asks, of the console: a live session of a staff member who may still sign in, with the permissions of this very
/// moment (S37, S47). None sends them to the sign-in page.
///
/// # Errors
/// When the database cannot be read.
pub async fn actor(app: &App, token: &Token, origin: Origin) -> Result<Option<StaffDoor>> {
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let row: Option<Row> = Query::new(
        "SELECT s.id AS session_id, s.created_at AS session_created_at, s.seen_at, s.expires_at, s.address, s.device,
            m.id AS staff_id, m.account_id, m.name AS staff_name, m.email AS staff_email,
            b.id, b.slug, b.name, b.portal, b.portal_since, b.language, b.brand_colour, b.sign_in_text, b.support_contact,
            b.postal_address, b.mail_from_name, b.auto_invitations, b.temporary_passwords, b.delegation, b.invitation_days, b.exit_grace_days, b.terms_version, b.features, b.version
         FROM session s
         JOIN staff_member m ON m.business_id = s.business_id AND m.account_id = s.account_id
         JOIN business b ON b.id = s.business_id
         WHERE s.hash = $1 AND s.realm = 'staff' AND s.expires_at > $2 AND s.seen_at > $3 AND m.status = 'active'",
    )
    .bind(&token.hash())
    .bind(now)
    .bind(now.plus_seconds(-app.config.session_idle))
    .maybe(&mut tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let may = rights::of_staff(&mut tx, row.business.id, row.staff_id).await?;
    drop(tx);
    let session = session::Session {
        id: row.session_id,
        account_id: row.account_id,
        business_id: Some(row.business.id),
        created_at: row.session_created_at,
        seen_at: row.seen_at,
        expires_at: row.expires_at,
        address: row.address,
        device: row.device,
    };
    touch(app, &session).await;
    let who = Who::Staff { id: row.staff_id, account: row.account_id, name: row.staff_name.clone(), may };
    Ok(Some(StaffDoor {
        actor: Actor { who, business: row.business.id, origin, session: Some(session.id) },
        staff: StaffMember {
            id: row.staff_id,
            account_id: row.account_id,
            name: row.staff_name,
            email: row.staff_email,
            status: Status::Active,
        },
        business: row.business,
        session,
    }))
}

/// Sign out: the session ends on the server (S42). Whoever is signed out already stays so.
///
/// # Errors
/// When the database refuses.
pub async fn sign_out(app: &App, token: &Token, origin: Origin) -> Result<()> {
    let Some(door) = actor(app, token, origin).await? else { return Ok(()) };
    let mut act = match app.begin(&door.actor).await {
        Err(Error::SignInNeeded) => return Ok(()),
        other => other?,
    };
    session::end(&mut act.tx, token).await?;
    throttle::forget(&mut act.tx, door.staff.account_id, token).await?;
    act.commit(Entry::StaffSignedOut { staff: door.staff.id }).await
}

/// What a staff member's one-time link opens.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// Whose.
    pub name: String,
    /// The address to sign in with.
    pub email: Email,
    /// At which business.
    pub business: Business,
    /// To set a password, or the demo's sign-in.
    pub purpose: Purpose,
    /// Why it does not work any more, if so.
    pub spent: Option<Spent>,
}

impl Welcome {
    /// What is said about a link that does not work any more.
    #[must_use]
    pub fn refusal(&self) -> Option<&'static str> {
        self.spent.map(spent_words)
    }
}

fn spent_words(spent: Spent) -> &'static str {
    match spent {
        Spent::Used => {
            "This link has already been used. Sign in with your password; if you have forgotten it, set a new one."
        }
        Spent::Expired => "This link has expired. Ask for a new one.",
        Spent::Ended => "A newer link was made. Use the latest one.",
    }
}

/// Look at a one-time link; that uses nothing up (S31).
///
/// # Errors
/// `NotFound` for a link that was never made, or whose staff member may not sign in.
pub async fn look_welcome(app: &App, token: &Token) -> Result<Welcome> {
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let mut found = None;
    for purpose in [Purpose::FirstPassword, Purpose::DemoSignIn] {
        if let Some(link) = token::look_for(&mut tx, purpose, token).await? {
            found = Some((purpose, link));
        }
    }
    let missing = Error::NotFound("The link");
    let Some((purpose, link)) = found else { return Err(missing) };
    let business = business::store::find(&mut tx, link.business_id).await?;
    let mut scope = Scope { tx, business: business.id, now };
    let member = staff::store::of_account(&mut scope, link.account_id).await?;
    let Some(member) = member.filter(|member| member.status == Status::Active) else { return Err(missing) };
    Ok(Welcome { name: member.name, email: member.email, business, purpose, spent: link.spent(now) })
}

/// Use a one-time link, for whatever it is for: it sets the first password, or signs in to the demo.
///
/// # Errors
/// As [`set_first_password`] and [`demo_sign_in`]; `TooMany` for somebody who guesses at links.
pub async fn use_link(
    app: &App,
    token: &Token,
    password: SecretString,
    cookie: Option<Token>,
    origin: Origin,
) -> Result<SignedIn> {
    let purpose = counted(app, &origin, look_welcome(app, token).await).await?.purpose;
    match purpose {
        Purpose::DemoSignIn => demo_sign_in(app, token, cookie, origin).await,
        Purpose::FirstPassword | Purpose::ResetPassword => {
            set_first_password(app, token, password, cookie, origin).await
        }
    }
}

/// What was found behind a link that somebody wants to use; a guess at a link is an attempt like one at a password (S15).
async fn counted(app: &App, origin: &Origin, found: Result<Welcome>) -> Result<Welcome> {
    if matches!(found, Err(Error::NotFound(_))) {
        throttle::count_visit(app, &Actor::visitor(BusinessId::INSTALLATION, origin.clone())).await?;
    }
    found
}

/// Set a staff member's password by a one-time link, and sign in. Sessions and failures from before end with that.
///
/// # Errors
/// `Invalid` for a password that cannot be taken; `Refused` for a link that does not work any more.
pub async fn set_first_password(
    app: &App,
    token: &Token,
    new: SecretString,
    cookie: Option<Token>,
    origin: Origin,
) -> Result<SignedIn> {
    let welcome = usable(app, token, Purpose::FirstPassword, &origin).await?;
    let own = [welcome.name.as_str(), welcome.email.as_str(), welcome.business.name.as_str()];
    password::check(&new, password::Factors::PasswordOnly, &own).map_err(|e| Error::invalid("password", e.0))?;
    let hash = app.hasher.hash(new).await?;
    by_link(app, token, Purpose::FirstPassword, welcome.business.id, Some(hash), cookie, origin).await
}

/// Sign in by the demo's one-time link.
///
/// # Errors
/// `Refused` for a link that does not work any more.
pub async fn demo_sign_in(app: &App, token: &Token, cookie: Option<Token>, origin: Origin) -> Result<SignedIn> {
    let welcome = usable(app, token, Purpose::DemoSignIn, &origin).await?;
    by_link(app, token, Purpose::DemoSignIn, welcome.business.id, None, cookie, origin).await
}

/// The link, if it works; one that was never made counts as an attempt.
async fn usable(app: &App, token: &Token, purpose: Purpose, origin: &Origin) -> Result<Welcome> {
    let welcome = counted(app, origin, look_welcome(app, token).await).await?;
    if welcome.purpose != purpose {
        return Err(Error::NotFound("The link"));
    }
    match welcome.refusal() {
        Some(why) => Err(Error::refused(why)),
        None => Ok(welcome),
    }
}

/// Stores a staff member's new password with all that follows from it: every session, every known browser and every open link
/// ends (S39), failures are forgotten.
pub(super) async fn replace_password(act: &mut Act, id: AccountId, hash: &PasswordHash) -> Result<()> {
    let now = act.now;
    account::store::set_password(&mut act.tx, id, hash, now).await?;
    session::end_all(&mut act.tx, id).await?;
    for purpose in [Purpose::FirstPassword, Purpose::ResetPassword] {
        token::end_all(&mut act.tx, purpose, id, now).await?;
    }
    throttle::clear(&mut act.tx, id).await?;
    throttle::forget_browsers(&mut act.tx, id).await
}

async fn by_link(
    app: &App,
    token: &Token,
    purpose: Purpose,
    business: BusinessId,
    hash: Option<PasswordHash>,
    cookie: Option<Token>,
    origin: Origin,
) -> Result<SignedIn> {
    let mut act = app.begin(&Actor::visitor(business, origin.clone())).await?;
    let now = act.now;
    let link = token::look_for(&mut act.tx, purpose, token).await?.ok_or(Error::NotFound("The link"))?;
    if !token::take(&mut act.tx, purpose, token, now).await? {
        return Err(Error::refused(spent_words(link.spent(now).unwrap_or(Spent::Used))));
    }
    let account = account::store::hold(&mut act.tx, link.account_id).await?;
    let member = staff::store::of_account(&mut act, account.id).await?;
    let member = member.filter(|member| member.status == Status::Active).ok_or(Error::NotFound("The link"))?;
    let mut entries = Vec::new();
    if let Some(hash) = hash {
        replace_password(&mut act, account.id, &hash).await?;
        if account.password_hash.is_some() {
            act.send(Letter::PasswordChanged { account: account.id }, &account.email, &account.name()).await?;
        }
        entries.push(Entry::StaffPasswordSet { staff: member.id });
    }
    entries.push(Entry::StaffSignedIn { staff: member.id });
    let beginning = session::Beginning {
        realm: Realm::Staff,
        account: account.id,
        business: Some(business),
        origin: &origin,
        old: cookie.as_ref(),
    };
    let token = session::begin(&mut act.tx, &beginning, now, app.config.session_life).await?;
    act.actor.who = Who::Staff {
        id: member.id,
        account: account.id,
        name: member.name.clone(),
        may: staff::store::permissions(&mut act, member.id).await?,
    };
    act.commit_all(entries).await?;
    Ok(SignedIn { token, account: account.id, name: member.name, business })
}

/// Make a fresh one-time link for a staff member who cannot read their mail: handed over in person or by the operator, never
/// mailed, because it signs in, and e-mail alone never signs anyone in to the console (S21). Who can read it uses
/// [`crate::door::reset::staff`].
///
/// # Errors
/// `Forbidden`; `NotFound` when no staff member of the business has this address.
pub async fn new_link(app: &App, actor: &Actor, email: &Email) -> Result<Token> {
    actor.must(Permission::StaffManage)?;
    let mut act = app.begin(actor).await?;
    let (business, now) = (act.business, act.now);
    let missing = Error::NotFound("A staff member with this address");
    let Some(account) = account::store::look_for(&mut act.tx, Realm::Staff, email).await? else { return Err(missing) };
    let Some(member) = staff::store::of_account(&mut act, account.id).await? else { return Err(missing) };
    let link = token::mint(&mut act.tx, Purpose::FirstPassword, account.id, business, now).await?;
    act.commit(Entry::StaffLinkMade { staff: member.id, name: member.name }).await?;
    Ok(link)
}

//! What a person changes about their own account: name, phones, title, the address they sign in with. It belongs to them, so
//! nobody is asked; businesses that say something else are shown the difference (C5).

use crate::access::Actor;
use crate::account::store::Particulars;
use crate::account::{self, Account};
use crate::act::App;
use crate::audit::Entry;
use crate::base::id::{AccountId, BusinessId};
use crate::base::text::{Email, Extension, PersonName, Phone, Title};
use crate::base::{Error, Problems, Result};
use crate::language::{Language, say};
use crate::portal_user::proposal::acts::propose_own;
use crate::portal_user::proposal::{Proposal, Standing, State, store as proposals};
use crate::portal_user::store;

/// The fields of the form, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)] // each field is what it is called
pub struct Typed {
    pub first_name: String,
    pub last_name: String,
    pub title: String,
    pub cell_phone: String,
    pub office_phone: String,
    pub extension: String,
}

impl Typed {
    /// What can be stored, if all of it can be used.
    ///
    /// # Errors
    /// `Invalid`, naming every field that cannot.
    pub fn parse(&self) -> Result<Particulars> {
        let mut problems = Problems::default();
        let first_name = problems.check("first_name", PersonName::parse(&self.first_name));
        let last_name = problems.check("last_name", PersonName::parse(&self.last_name));
        let title = problems.check("title", Title::parse_optional(&self.title));
        let cell_phone = problems.check("cell_phone", Phone::parse_optional(&self.cell_phone));
        let office_phone = problems.check("office_phone", Phone::parse_optional(&self.office_phone));
        let extension = problems.check("extension", Extension::parse_optional(&self.extension));
        match (first_name, last_name, title, cell_phone, office_phone, extension) {
            (Some(first_name), Some(last_name), Some(title), Some(cell_phone), Some(office_phone), Some(extension)) => {
                Ok(Particulars { first_name, last_name, title, cell_phone, office_phone, extension })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }

    /// What differs in another version: which field, what is here, what is there.
    fn differences(&self, other: &Self) -> Vec<(String, String, String)> {
        [
            ("first name", &self.first_name, &other.first_name),
            ("last name", &self.last_name, &other.last_name),
            ("title", &self.title, &other.title),
            ("cell phone", &self.cell_phone, &other.cell_phone),
            ("office phone", &self.office_phone, &other.office_phone),
            ("extension", &self.extension, &other.extension),
        ]
        .into_iter()
        .filter(|(_, here, there)| here != there)
        .map(|(field, here, there)| (field.to_owned(), here.clone(), there.clone()))
        .collect()
    }
}

impl From<&Particulars> for Typed {
    fn from(particulars: &Particulars) -> Self {
        let phone = |phone: &Option<Phone>| phone.as_ref().map(ToString::to_string).unwrap_or_default();
        Self {
            first_name: particulars.first_name.to_string(),
            last_name: particulars.last_name.to_string(),
            title: particulars.title.as_ref().map(ToString::to_string).unwrap_or_default(),
            cell_phone: phone(&particulars.cell_phone),
            office_phone: phone(&particulars.office_phone),
            extension: particulars.extension.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }
}

impl From<&Account> for Typed {
    fn from(account: &Account) -> Self {
        Self::from(&Particulars {
            first_name: account.first_name.clone(),
            last_name: account.last_name.clone(),
            title: account.title.clone(),
            cell_phone: account.cell_phone.clone(),
            office_phone: account.office_phone.clone(),
            extension: account.extension.clone(),
        })
    }
}

/// Whether something differs from before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Saved {
    /// It does.
    Changed,
    /// All is as it was.
    AsBefore,
}

/// Change one's own name, title and phones: at once, in every business that knows the account.
///
/// # Errors
/// `Conflict` when somebody changed the account since `version`.
pub async fn save(app: &App, actor: &Actor, id: AccountId, version: i64, wanted: Particulars) -> Result<Saved> {
    let mut act = app.begin(actor).await?;
    let account = account::store::hold(&mut act.tx, id).await?;
    if account.version != version {
        return Err(Error::Conflict);
    }
    let changes = Typed::from(&account).differences(&Typed::from(&wanted));
    if changes.is_empty() {
        return Ok(Saved::AsBefore);
    }
    let user = store::of_account(&mut act, id).await?.ok_or(Error::NotFound("The portal user"))?;
    account::store::set_particulars(&mut act.tx, id, &wanted).await?;
    let changed = account::store::find(&mut act.tx, id).await?;
    store::refresh_copies(&mut act, &changed).await?;
    act.commit(Entry::ProfileChanged { account: id, portal_user: user.id, changes }).await?;
    Ok(Saved::Changed)
}

/// Ask to sign in with another address: the new one confirms it, and the present one is told at once (S34). Whoever asks has
/// just shown the password of `shown`; one that was replaced since asks for nothing (S39). The answer is the same whether
/// somebody has the address or not.
///
/// # Errors
/// `Invalid` when it is the present one; `Refused` when too much was mailed to it lately; `Conflict` when the password was
/// replaced meanwhile.
pub async fn ask_new_email(app: &App, actor: &Actor, shown: &Account, email: Email) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let id = shown.id;
    let account = account::store::hold(&mut act.tx, id).await?;
    if account.password_hash != shown.password_hash {
        return Err(Error::Conflict);
    }
    if account.email == email {
        return Err(Error::invalid("email", say("profile-email-same")));
    }
    let user = store::of_account(&mut act, id).await?.ok_or(Error::NotFound("The portal user"))?;
    let from = account.email.to_string();
    let proposal = propose_own(&mut act, &account, &user, email).await?;
    act.commit(Entry::EmailChangeAsked { portal_user: user.id, from, to: proposal.change.to() }).await
}

/// The change of the address that waits to be confirmed, if one does: also one that was asked for at another business, and
/// staff's as well as the person's own. It is one sign-in.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting_email(app: &App, actor: &Actor, account: &Account) -> Result<Option<Proposal>> {
    Ok(waiting_somewhere(app, actor, account).await?.map(|(_, proposal)| proposal))
}

async fn waiting_somewhere(app: &App, actor: &Actor, account: &Account) -> Result<Option<(BusinessId, Proposal)>> {
    let mut look = app.look(actor).await?;
    let now = look.now;
    let open = proposals::open_emails_of(&mut look, account.id).await?;
    Ok(open.into_iter().find(|(_, proposal)| proposal.standing(account, now) == Standing::Open))
}

/// Take back a change of the address that waits: its links stop working at once. It is done, and recorded, at the business where
/// it was asked for.
///
/// # Errors
/// `Refused` when none waits any more.
pub async fn withdraw_email(app: &App, actor: &Actor, account: &Account) -> Result<()> {
    let over = || Error::refused(say("profile-email-over"));
    let (business, waiting) = waiting_somewhere(app, actor, account).await?.ok_or_else(over)?;
    let mut act = app.begin(&Actor { business, ..actor.clone() }).await?;
    match proposals::end(&mut act, &waiting, State::Withdrawn).await {
        Err(Error::Conflict) => return Err(over()),
        other => other?,
    }
    act.commit(Entry::ChangeWithdrawn { portal_user: waiting.portal_user_id, to: waiting.change.to() }).await
}

/// Choose the language of one's own pages and mail. A business that does not know the person does not learn of them by it
/// (PRODUCT.md rule 3).
///
/// # Errors
/// When the database refuses.
pub async fn choose_language(app: &App, actor: &Actor, id: AccountId, language: Language) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let user = store::of_account(&mut act, id).await?;
    account::store::set_language(&mut act.tx, id, Some(language)).await?;
    let here = user.filter(|user| user.deleted.is_none());
    let entry = here.map(|user| Entry::LanguageChosen { account: id, portal_user: Some(user.id), language });
    act.commit_all(entry.into_iter().collect()).await
}

//! Telling the client's people by mail that something was shared (PRODUCT.md section 6): whoever staff have chosen, as far as they
//! want it themselves. What is shared in a short time goes into one letter.

use crate::access::{Actor, Permission, RecordKind, Sight};
use crate::act::{Act, App, Scope};
use crate::audit::Entry;
use crate::base::id::{ClientId, ContactId, GroupId, LetterId, RecordId};
use crate::base::secret::Token;
use crate::base::{Error, Instant, Result};
use crate::client::Client;
use crate::contact::{self, Contact};
use crate::db::Query;
use crate::group;
use crate::invitation::{self, Carries, may_carry};
use crate::link;
use crate::mail::{Letter, outbox};
use crate::record::mailed::{self, LeftOut};
use crate::record::{Record, Sharing};
use std::collections::BTreeMap;

/// For how many seconds what is shared is gathered, after a letter that was written before: the more were written in a day, the
/// longer.
const GATHERED_FOR: i64 = 600;

/// What somebody is mailed about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The contact.
    pub contact: ContactId,
    /// At which client.
    pub client: ClientId,
    /// What staff have chosen.
    pub chosen: Sight,
    /// What the contact does not want.
    pub declined: Sight,
}

#[derive(sqlx::FromRow)]
struct ChoiceRow {
    id: ContactId,
    client_id: ClientId,
    #[sqlx(try_from = "String")]
    mailed_about: Sight,
    #[sqlx(try_from = "String")]
    mail_declined: Sight,
}

impl From<ChoiceRow> for Choice {
    fn from(row: ChoiceRow) -> Self {
        Self { contact: row.id, client: row.client_id, chosen: row.mailed_about, declined: row.mail_declined }
    }
}

/// What a contact is mailed about.
///
/// # Errors
/// `NotFound`.
pub async fn choice(scope: &mut Scope, contact: ContactId) -> Result<Choice> {
    let row: ChoiceRow = scope
        .query("SELECT id, client_id, mailed_about, mail_declined FROM contact WHERE business_id = $1 AND id = $2")
        .bind(contact)
        .one(&mut scope.tx, "The contact")
        .await?;
    Ok(row.into())
}

/// Choose what a contact is mailed about. What they do not want themselves is not mailed all the same.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is so already.
pub async fn choose(app: &App, actor: &Actor, contact: ContactId, about: Sight) -> Result<()> {
    actor.must(Permission::RecordsShare)?;
    let mut act = app.begin(actor).await?;
    let before = choice(&mut act, contact).await?;
    if before.chosen == about {
        return Err(Error::refused("That is what the contact is mailed about already. Nothing was changed."));
    }
    act.query("UPDATE contact SET mailed_about = $3 WHERE business_id = $1 AND id = $2")
        .bind(contact)
        .bind(&about)
        .run_one(&mut act.tx)
        .await?;
    act.commit(Entry::MailChosen { contact, client: before.client, about: about.code() }).await
}

/// Say what one does not want to be mailed about, for oneself: signed in, or by the link in a mail. It is not losing access
/// (PRODUCT.md rule 13).
///
/// # Errors
/// `NotFound`.
pub async fn decline(app: &App, actor: &Actor, contact: ContactId, declined: Sight) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let before = choice(&mut act, contact).await?;
    if before.declined == declined {
        return Ok(());
    }
    act.query("UPDATE contact SET mail_declined = $3 WHERE business_id = $1 AND id = $2")
        .bind(contact)
        .bind(&declined)
        .run_one(&mut act.tx)
        .await?;
    act.commit(Entry::MailDeclined { contact, client: before.client, about: declined.code() }).await
}

/// Makes the secret of a link with which the reader of a letter says what they want; only its hash is stored (S25). It can do
/// nothing else, and works for the address that the letter goes to (S28).
///
/// # Errors
/// When the database refuses.
pub async fn mint_choice(scope: &mut Scope, contact: &Contact) -> Result<Token> {
    let token = Token::mint();
    scope
        .query("INSERT INTO mail_choice_token (business_id, hash, contact_id, minted_at, email_key) VALUES ($1, $2, $3, $4, $5)")
        .bind(&token.hash())
        .bind(contact.id)
        .bind(scope.now)
        .bind(&contact.details.email.key())
        .run(&mut scope.tx)
        .await?;
    Ok(token)
}

/// Sweeps out the secrets of links in letters that were sent before then: they lead nowhere any more.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(scope: &mut Scope, before: Instant) -> Result<u64> {
    scope
        .query("DELETE FROM mail_choice_token WHERE business_id = $1 AND minted_at < $2")
        .bind(before)
        .run(&mut scope.tx)
        .await
}

/// The contact whose letter carried a link, as long as they have the address that it went to.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn of_token(scope: &mut Scope, token: &Token) -> Result<ContactId> {
    let (contact,): (ContactId,) = scope
        .query(
            "SELECT t.contact_id FROM mail_choice_token t
             JOIN contact c ON c.business_id = t.business_id AND c.id = t.contact_id AND c.email_key = t.email_key
             WHERE t.business_id = $1 AND t.hash = $2",
        )
        .bind(&token.hash())
        .one(&mut scope.tx, "The link")
        .await?;
    Ok(contact)
}

/// Somebody of the client, as far as it decides whether they are told.
#[derive(sqlx::FromRow)]
struct Reader {
    id: ContactId,
    #[sqlx(try_from = "String")]
    mailed_about: Sight,
    #[sqlx(try_from = "String")]
    mail_declined: Sight,
    /// The group that they are in now.
    group_id: Option<GroupId>,
}

impl Reader {
    /// Whether they are chosen to be told of a record, and want it.
    fn is_chosen(&self, news: &News) -> bool {
        let chosen = match &news.sharing {
            Sharing::Client => self.mailed_about.sees(news.kind),
            Sharing::Groups(groups) => {
                self.mailed_about.sees(news.kind) && self.group_id.is_some_and(|group| groups.contains(&group))
            }
            Sharing::Contacts(contacts) => contacts.contains(&self.id),
        };
        chosen && !self.mail_declined.sees(news.kind)
    }
}

/// The kinds of records that mail may tell a contact of: no mail says more than its reader sees in the portal.
///
/// Whoever is in is told of what their place shows. So is whoever is invited, or was in until they were blocked: of what their last
/// place showed, so that nobody is told more for being kept out. Whom nobody has ever invited is told by mail alone (PRODUCT.md
/// section 6), of whatever staff choose.
///
/// Whoever was removed or deleted is told nothing until somebody invites them again, and whom a colleague disabled nothing until
/// they are enabled. PRODUCT.md section 6 goes on mailing a contact that is blocked, without any link: staff block, and staff
/// choose who is mailed. But a client's own people remove or disable a colleague who has left, and cannot choose who is mailed;
/// what staff had chosen was chosen for somebody who was in. Ending a link deletes nothing (rule 11): the choice stays written
/// down, and holds again with the next invitation.
async fn told_of(scope: &mut Scope, contact: &Contact) -> Result<Sight> {
    if link::was_taken_out(scope, contact).await? || link::was_shut_out(scope, contact).await? {
        return Ok(Sight::default());
    }
    match link::places::last_of_contact(scope, contact.id).await? {
        Some(place) => Ok(place.role.sight(&group::store::may_see(scope, place.group).await?)),
        None => Ok(Sight::everything()),
    }
}

/// What was shared, as far as it decides who is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct News {
    /// Which record.
    pub record: RecordId,
    /// Its kind.
    pub kind: RecordKind,
    /// Whom it is shared with.
    pub sharing: Sharing,
}

impl From<&Record> for News {
    fn from(record: &Record) -> Self {
        Self { record: record.id, kind: record.kind, sharing: record.sharing.clone() }
    }
}

/// Writes down who is told of what was just shared with a client, and sees to their letters: one for all of it. `features` are the
/// kinds that the business has switched on: nobody is told of what nobody sees.
///
/// # Errors
/// When the database refuses.
pub async fn tell(act: &mut Act, client: &Client, news: &[News], features: &Sight) -> Result<()> {
    let news: Vec<&News> = news.iter().filter(|news| features.sees(news.kind)).collect();
    if news.is_empty() {
        return Ok(());
    }
    let readers: Vec<Reader> = act
        .query(
            "SELECT c.id, c.mailed_about, c.mail_declined, l.group_id FROM contact c
             LEFT JOIN link l ON l.business_id = c.business_id AND l.contact_id = c.id AND l.state = 'active'
             WHERE c.business_id = $1 AND c.client_id = $2 ORDER BY c.id",
        )
        .bind(client.id)
        .all(&mut act.tx)
        .await?;
    let mut chosen: BTreeMap<ContactId, Vec<&News>> = BTreeMap::new();
    for reader in &readers {
        let about: Vec<&News> = news.iter().copied().filter(|news| reader.is_chosen(news)).collect();
        if !about.is_empty() {
            chosen.insert(reader.id, about);
        }
    }
    let ids: Vec<ContactId> = chosen.keys().copied().collect();
    let mut contacts = Vec::new();
    for ids in ids.chunks(500) {
        contacts.extend(contact::store::of_ids(act, ids).await?);
    }
    for contact in contacts {
        let sight = told_of(act, &contact).await?;
        let about = chosen.remove(&contact.id).unwrap_or_default().into_iter();
        let about: Vec<RecordId> = about.filter(|news| sight.sees(news.kind)).map(|news| news.record).collect();
        if about.is_empty() {
            continue;
        }
        let letter = letter_for(act, &contact).await?;
        note(act, letter, contact.id, &about).await?;
        invite(act, client, &contact, letter).await?;
    }
    Ok(())
}

/// The letter that gathers what a contact is told: one that waits for its time, or a new one.
async fn letter_for(act: &mut Act, contact: &Contact) -> Result<LetterId> {
    let (business, now) = (act.business, act.now);
    let waiting: Option<(LetterId,)> = act
        .query(
            "UPDATE outbox SET attempts = attempts WHERE business_id = $1 AND subject_id = $2 AND kind = 'shared'
                AND state = 'queued' AND attempts = 0 RETURNING id",
        )
        .bind(contact.id)
        .maybe(&mut act.tx)
        .await?;
    if let Some((letter,)) = waiting {
        return Ok(letter);
    }
    let (written, last): (i64, Option<Instant>) = act
        .query(
            "SELECT COUNT(*), MAX(COALESCE(sent_at, due_at)) FROM outbox
             WHERE business_id = $1 AND subject_id = $2 AND kind = 'shared' AND created_at > $3",
        )
        .bind(contact.id)
        .bind(now.plus_days(-1))
        .one(&mut act.tx, "The outbox")
        .await?;
    let letter = act.send(Letter::Shared { contact: contact.id }, &contact.details.email, &contact.name()).await?;
    if let Some(last) = last {
        let due = last.plus_seconds(GATHERED_FOR * written).max(now);
        outbox::put_off(&mut act.tx, business, letter, due).await?;
    }
    Ok(letter)
}

async fn note(act: &mut Act, letter: LetterId, contact: ContactId, about: &[RecordId]) -> Result<()> {
    for about in about.chunks(500) {
        let mut rows = Query::new("INSERT INTO record_notice (business_id, letter_id, record_id, contact_id) VALUES");
        for record in about {
            let values = [act.business.into(), letter.into(), (*record).into(), contact.into()];
            rows = rows.and_row("(?, ?, ?, ?)", values);
        }
        rows.and("ON CONFLICT (business_id, letter_id, record_id) DO NOTHING").run(&mut act.tx).await?;
    }
    Ok(())
}

/// Invites a contact by the letter, where it may carry an invitation and none that still works is out already. Whom one of the
/// client's own people has brought, nobody invites by itself ([`invitation::deeds::Chosen`]).
async fn invite(act: &mut Act, client: &Client, contact: &Contact, letter: LetterId) -> Result<()> {
    if carries(act, client, contact).await? != Carries::Invitation {
        return Ok(());
    }
    let (business, now) = (act.business, act.now);
    let open = invitation::store::open_of_contact(act, contact.id).await?;
    if open.is_some_and(|open| open.standing(now) == invitation::Standing::Open) {
        return Ok(());
    }
    let by = invitation::deeds::Inviter::of(&Actor::worker(business));
    if let Ok(invitation) = invitation::deeds::carried(act, contact.id, &by, letter).await? {
        act.record(&[invitation::deeds::entry(&invitation)]).await?;
    }
    Ok(())
}

/// What a letter to a contact may carry, at this moment.
///
/// # Errors
/// When the database cannot be read.
pub async fn carries(scope: &mut Scope, client: &Client, contact: &Contact) -> Result<Carries> {
    let id = scope.business;
    let business = crate::business::store::find(&mut scope.tx, id).await?;
    let person = link::person_told(scope, contact).await?;
    if business.portal == crate::business::Switch::Off {
        return Ok(Carries::Nothing);
    }
    Ok(may_carry(contact.portal.standing(), person, client.status, business.auto_invitations))
}

/// What a letter is about, as it still is: shared with the contact, of a kind that is switched on, and not declined meanwhile.
/// Of all else is written down why the letter leaves it out.
///
/// # Errors
/// When the database refuses.
pub async fn still_told(
    scope: &mut Scope,
    letter: LetterId,
    contact: &Contact,
    features: &Sight,
) -> Result<Vec<Record>> {
    let ids: Vec<(RecordId,)> = scope
        .query("SELECT record_id FROM record_notice WHERE business_id = $1 AND letter_id = $2 ORDER BY record_id")
        .bind(letter)
        .all(&mut scope.tx)
        .await?;
    let choice = choice(scope, contact.id).await?;
    let link = link::store::of_contact(scope, contact.id).await?;
    let sight = told_of(scope, contact).await?;
    let mut told = Vec::new();
    let mut left_out: BTreeMap<Option<LeftOut>, Vec<RecordId>> = BTreeMap::new();
    for (id,) in ids {
        let record = super::store::find(scope, id).await?;
        let shared = match &record.sharing {
            Sharing::Client => true,
            Sharing::Groups(groups) => link.as_ref().is_some_and(|link| groups.contains(&link.group_id)),
            Sharing::Contacts(contacts) => contacts.contains(&contact.id),
        };
        let why = if record.withdrawn.is_some() {
            Some(LeftOut::Withdrawn)
        } else if !features.sees(record.kind) {
            Some(LeftOut::SwitchedOff)
        } else if !shared || !sight.sees(record.kind) {
            Some(LeftOut::NotShared)
        } else if choice.declined.sees(record.kind) {
            Some(LeftOut::Declined)
        } else {
            None
        };
        left_out.entry(why).or_default().push(id);
        if why.is_none() {
            told.push(record);
        }
    }
    for (why, records) in left_out {
        mailed::leave_out(scope, letter, &records, why).await?;
    }
    Ok(told)
}

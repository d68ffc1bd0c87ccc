//! What is known about a person, as a file for themselves: their account, where they are signed in, and what ties them to each
//! business. What staff write among themselves is not in it; a business answers for that.

use crate::account::{self, session, throttle};
use crate::act::{App, Scope};
use crate::audit::Entry;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::business;
use crate::door::person::PersonDoor;
use crate::language::say;
use crate::link;
use crate::portal_user;
use serde::Serialize;

#[derive(Serialize)]
struct OwnData {
    made_at: String,
    account: OwnAccount,
    sessions: Vec<OwnSession>,
    businesses: Vec<AtBusiness>,
}

#[derive(Serialize)]
struct OwnAccount {
    email: String,
    first_name: String,
    last_name: String,
    title: Option<String>,
    cell_phone: Option<String>,
    office_phone: Option<String>,
    extension: Option<String>,
    language: Option<&'static str>,
    made_at: String,
    password_set_at: Option<String>,
}

#[derive(Serialize)]
struct OwnSession {
    began_at: String,
    last_used_at: String,
    ends_at: String,
    address: String,
    device: String,
}

#[derive(Serialize)]
struct AtBusiness {
    business: String,
    known_since: String,
    last_sign_in_at: Option<String>,
    accepted_terms: Vec<Accepted>,
    client_accounts: Vec<Tie>,
}

#[derive(Serialize)]
struct Accepted {
    version: i64,
    digest: String,
    at: String,
    address: String,
    language: &'static str,
}

#[derive(Serialize)]
struct Tie {
    client: String,
    role: &'static str,
    group: String,
    state: &'static str,
    name_on_record: String,
    invited_as: String,
    since: String,
    until: Option<String>,
}

/// Take a copy of one's own data, as JSON; that it was taken is recorded, and it is taken a few times a day at most.
///
/// # Errors
/// `Refused` when it was taken often enough today.
pub async fn take(app: &App, door: &PersonDoor) -> Result<String> {
    let mut act = app.begin(&door.actor).await?;
    let (id, now) = (door.account.id, act.now);
    if !throttle::may_take_own_data(&mut act.tx, id, now).await? {
        return Err(Error::refused(say("profile-data-enough").with("most", throttle::MOST_COPIES_A_DAY)));
    }
    let account = account::store::find(&mut act.tx, id).await?;
    let sessions = session::of_account(&mut act.tx, id, now, app.config.session_idle).await?;
    let here = act.business;
    let mut businesses = Vec::new();
    for business in account::store::businesses(&mut act.tx, id).await? {
        // Each business is read in its own scope, so that each statement names its business.
        act.business = business;
        let known = at_business(&mut act, id).await;
        act.business = here;
        businesses.extend(known?);
    }
    let text = |text: &dyn ToString| text.to_string();
    let data = OwnData {
        made_at: now.rfc3339(),
        account: OwnAccount {
            email: account.email.to_string(),
            first_name: account.first_name.to_string(),
            last_name: account.last_name.to_string(),
            title: account.title.as_ref().map(|title| text(title)),
            cell_phone: account.cell_phone.as_ref().map(|phone| text(phone)),
            office_phone: account.office_phone.as_ref().map(|phone| text(phone)),
            extension: account.extension.as_ref().map(|extension| text(extension)),
            language: account.language.map(|language| language.code()),
            made_at: account.created_at.rfc3339(),
            password_set_at: account.password_set_at.map(|at| at.rfc3339()),
        },
        sessions: sessions
            .into_iter()
            .map(|session| OwnSession {
                began_at: session.created_at.rfc3339(),
                last_used_at: session.seen_at.rfc3339(),
                ends_at: session.expires_at.rfc3339(),
                address: session.address,
                device: session.device,
            })
            .collect(),
        businesses,
    };
    let data = serde_json::to_string_pretty(&data).map_err(Error::internal)?;
    act.commit(Entry::OwnDataTaken { account: id, portal_user: door.user_id() }).await?;
    Ok(data)
}

async fn at_business(scope: &mut Scope, account: AccountId) -> Result<Option<AtBusiness>> {
    let id = scope.business;
    let Some(user) = portal_user::store::of_account(scope, account).await? else { return Ok(None) };
    let business = business::store::find(&mut scope.tx, id).await?;
    let accepted = portal_user::store::acceptances(scope, user.id).await?;
    let ties = link::store::of_user(scope, user.id).await?;
    let signed_in = user.signed_in_ever().then(|| user.last_sign_in_at.rfc3339());
    Ok(Some(AtBusiness {
        business: business.name.to_string(),
        known_since: user.created_at.rfc3339(),
        last_sign_in_at: signed_in,
        accepted_terms: accepted
            .into_iter()
            .map(|accepted| Accepted {
                version: accepted.version,
                digest: accepted.digest,
                at: accepted.at.rfc3339(),
                address: accepted.address,
                language: accepted.language.code(),
            })
            .collect(),
        client_accounts: ties
            .into_iter()
            .map(|tie| Tie {
                client: tie.client_name,
                role: tie.role.code(),
                group: tie.group_name,
                state: tie.state.code(),
                name_on_record: format!("{} {}", tie.contact_first_name, tie.contact_last_name),
                invited_as: tie.invited_email,
                since: tie.made_at.rfc3339(),
                until: tie.ended_at.map(|at| at.rfc3339()),
            })
            .collect(),
    }))
}

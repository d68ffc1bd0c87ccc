//! From the ticks of a list to a job: whoever is ticked, or all that the list's own filter and search keep.

use crate::act::App;
use crate::base::Error;
use crate::base::id::ClientId;
use crate::bulk::{Kind, Selection, Subjects, acts};
use crate::contact;
use crate::web::answer::{self, Answer};
use crate::web::console::Staff;
use crate::web::console::bulk::path_of;
use crate::web::console::contacts::{self, Standings};
use crate::web::console::portal_users::{self, Filters};
use crate::web::form::{Form, Question};
use crate::web::parts::{Address, Back, Place};
use axum::extract::State;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// What was ticked: rows, or the box that stands for all of the list, which carries the list's own question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticked {
    #[serde(default)]
    id: Vec<String>,
    all: Option<String>,
}

/// Disables.
pub async fn disable(app: State<App>, staff: Staff, back: Question<Back>, ticked: Form<Ticked>) -> Answer {
    begin(app, staff, back, ticked, Kind::Disable).await
}

/// Enables.
pub async fn enable(app: State<App>, staff: Staff, back: Question<Back>, ticked: Form<Ticked>) -> Answer {
    begin(app, staff, back, ticked, Kind::Enable).await
}

/// Requires a password change.
pub async fn require_password_change(
    app: State<App>,
    staff: Staff,
    back: Question<Back>,
    ticked: Form<Ticked>,
) -> Answer {
    begin(app, staff, back, ticked, Kind::RequirePasswordChange).await
}

/// Deletes.
pub async fn delete(app: State<App>, staff: Staff, back: Question<Back>, ticked: Form<Ticked>) -> Answer {
    begin(app, staff, back, ticked, Kind::Delete).await
}

/// Restores.
pub async fn restore(app: State<App>, staff: Staff, back: Question<Back>, ticked: Form<Ticked>) -> Answer {
    begin(app, staff, back, ticked, Kind::Restore).await
}

/// Resends invitations.
pub async fn resend_invitations(app: State<App>, staff: Staff, back: Question<Back>, ticked: Form<Ticked>) -> Answer {
    begin(app, staff, back, ticked, Kind::ResendInvitations).await
}

/// Invites contacts.
pub async fn invite(app: State<App>, staff: Staff, back: Question<Back>, ticked: Form<Ticked>) -> Answer {
    begin(app, staff, back, ticked, Kind::Invite).await
}

/// Looks at whoever is selected, and leads to what was found; nothing is done yet.
async fn begin(
    State(app): State<App>,
    staff: Staff,
    Question(back): Question<Back>,
    Form(ticked): Form<Ticked>,
    kind: Kind,
) -> Answer {
    let selection = selection(&ticked, kind.subjects())?;
    match acts::prepare(&app, &staff.actor, kind, selection).await {
        Ok(job) => answer::see(&path_of(job.id)),
        Err(Error::Invalid(_)) => {
            let list = match kind.subjects() {
                Subjects::PortalUsers => portal_users::PATH,
                Subjects::Contacts => contacts::PATH,
            };
            answer::see_with(&back.or(list), "bad", "Select at least one person", "Nothing was changed.")
        }
        Err(other) => Err(other.into()),
    }
}

fn selection(ticked: &Ticked, subjects: Subjects) -> Result<Selection, Error> {
    let Some(all) = &ticked.all else {
        let ids: Result<Vec<Uuid>, _> = ticked.id.iter().map(|id| id.parse()).collect();
        return Ok(Selection::These(ids.map_err(|_| Error::NotFound("Somebody who was ticked"))?));
    };
    let place: Place = read(all)?;
    let (selection, address) = match subjects {
        Subjects::PortalUsers => {
            let filters: Filters = read(all)?;
            let address = filters.address(place.question());
            (Selection::PortalUsers { filter: filters.filter(), search: place.typed() }, address)
        }
        Subjects::Contacts => {
            let standings: Standings = read(all)?;
            let of: OfClient = read(all)?;
            let client = of.client.parse::<ClientId>().ok();
            let address = standings.address(place.question());
            let address = address.and("client", client.map(|client| client.to_string()).unwrap_or_default());
            let filter = contact::list::Filter { standings: standings.standings(), client };
            (Selection::Contacts { filter, search: place.typed() }, address)
        }
    };
    // A filter that could not be read must not become everybody.
    if address.question() != *all {
        return Err(UNREADABLE);
    }
    Ok(selection)
}

const UNREADABLE: Error =
    Error::BadRequest("What was selected can’t be read. Go back, reload the list, and select the people again.");

/// Whose contacts.
#[derive(Default, Deserialize)]
#[serde(default)]
struct OfClient {
    client: String,
}

fn read<T: DeserializeOwned>(question: &str) -> Result<T, Error> {
    serde_html_form::from_str(question).map_err(|_| UNREADABLE)
}

/// The box that stands for all of a list: how many they are, and the list's own question. Empty where the page shows all.
#[derive(Clone, Debug, Default)]
pub struct All {
    /// `all 412 that match`; may be empty.
    pub text: String,
    /// What is posted.
    pub question: String,
}

impl All {
    /// Of a list without position and order, of which the page shows so many rows.
    #[must_use]
    pub fn of(address: &Address, total: crate::listing::Total, shown: usize) -> Self {
        let more = usize::try_from(total.certain()).map_or(true, |total| total > shown);
        Self {
            text: if more { format!("all {total} that match") } else { String::new() },
            question: address.question(),
        }
    }
}

//! Changing a person's name and address. Of two who do it at once, the second is shown both values field by field and
//! chooses; nothing is overwritten without being seen.

use crate::act::App;
use crate::audit::{self, Entry};
use crate::base::id::{PortalUserId, ProposalId};
use crate::base::text::{Email, PersonName};
use crate::base::{Error, Problems};
use crate::portal_user::proposal::acts::{self, Outcome, Saved, Wanted};
use crate::portal_user::proposal::{Change, Proposal, Step};
use crate::web::answer::{self, Answer};
use crate::web::chrome::Chrome;
use crate::web::console::Staff;
use crate::web::console::portal_user::{MOST_EVENTS, Page, id, load, path_of};
use crate::web::form::{Form, Nothing};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;

/// The form, as it was shown and as it was typed.
pub(super) struct Fields {
    pub first: Field,
    pub last: Field,
    pub email: Field,
    pub version: i64,
    /// The changes that waited to be confirmed when the form was shown.
    pub asked: String,
    pub guard: &'static str,
    /// Who was quicker, if somebody was.
    pub rival: Option<String>,
}

/// One field.
pub(super) struct Field {
    pub value: String,
    pub was: String,
    /// What somebody else saved meanwhile, where it is neither what was there nor what was typed.
    pub theirs: Option<String>,
}

/// A change that waits to be confirmed, as a line.
pub(super) struct Waiting {
    pub id: String,
    pub text: String,
    pub until: (String, String),
    pub expired: bool,
}

impl Field {
    pub fn shown(now: &str) -> Self {
        Self { value: now.to_owned(), was: now.to_owned(), theirs: None }
    }

    fn typed(value: &str, was: &str) -> Self {
        Self { value: value.to_owned(), was: was.to_owned(), theirs: None }
    }

    /// What is there now, beside what was typed: a field that only one of the two has changed is theirs.
    fn against(now: &Self, value: &str, was: &str) -> Self {
        let now = &now.was;
        if value == was || value == now {
            Self::shown(now)
        } else if now == was {
            Self::typed(value, now)
        } else {
            Self { value: value.to_owned(), was: now.clone(), theirs: Some(now.clone()) }
        }
    }
}

impl Fields {
    /// What both differ in needs somebody to choose.
    pub fn has_rivals(&self) -> bool {
        [&self.first, &self.last, &self.email].iter().any(|field| field.theirs.is_some())
    }
}

impl Waiting {
    pub(super) fn of(proposal: &Proposal, now: crate::base::Instant) -> Self {
        let what = match proposal.change {
            Change::Name { .. } => "name",
            Change::Email(_) => "email address",
        };
        let whom = match proposal.step {
            Step::Person => format!("{} to agree", proposal.from_email),
            Step::NewAddress => format!("{} to confirm", proposal.change.to()),
        };
        Self {
            id: proposal.id.to_string(),
            text: format!(
                "New {what} {}, asked for by {}: waiting for {whom}.",
                proposal.change.to(),
                proposal.by_name
            ),
            until: super::details::moment(proposal.expires_at),
            expired: proposal.expires_at <= now,
        }
    }
}

/// The ids of the changes that wait, as the form carries them.
pub(super) fn asked(proposals: &[Proposal]) -> String {
    proposals.iter().map(|proposal| proposal.id.to_string()).collect::<Vec<_>>().join(" ")
}

/// The form, filled in: what was typed, and what was there when typing began.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditForm {
    first_name: String,
    last_name: String,
    email: String,
    was_first: String,
    was_last: String,
    was_email: String,
    asked: String,
    version: i64,
}

impl EditForm {
    fn unchanged(&self) -> bool {
        self.first_name == self.was_first && self.last_name == self.was_last && self.email == self.was_email
    }

    fn parse(&self) -> Result<Wanted, Problems> {
        let mut problems = Problems::default();
        let first = problems.check("first_name", PersonName::parse(&self.first_name));
        let last = problems.check("last_name", PersonName::parse(&self.last_name));
        let email = problems.check("email", Email::parse(&self.email));
        match (first, last, email) {
            (Some(first), Some(last), Some(email)) => Ok(Wanted { first, last, email }),
            _ => Err(problems),
        }
    }

    fn fields(&self) -> Fields {
        Fields {
            first: Field::typed(&self.first_name, &self.was_first),
            last: Field::typed(&self.last_name, &self.was_last),
            email: Field::typed(&self.email, &self.was_email),
            version: self.version,
            asked: self.asked.clone(),
            guard: "unsaved",
            rival: None,
        }
    }

    /// Whether the form that is shown now says what this one was filled in with.
    fn was_shown(&self, now: &Fields) -> bool {
        now.first.was == self.was_first
            && now.last.was == self.was_last
            && now.email.was == self.was_email
            && now.asked == self.asked
    }

    fn against(&self, now: Fields, by: String) -> Fields {
        Fields {
            first: Field::against(&now.first, &self.first_name, &self.was_first),
            last: Field::against(&now.last, &self.last_name, &self.was_last),
            email: Field::against(&now.email, &self.email, &self.was_email),
            guard: "unsaved",
            rival: Some(by),
            ..now
        }
    }
}

/// Saves it. Where somebody else changed the person meanwhile, both are shown, and nothing is overwritten.
pub async fn save(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(user): Path<String>,
    Form(form): Form<EditForm>,
) -> Answer {
    let id = id(&user)?;
    let wanted = match form.parse() {
        Ok(wanted) => wanted,
        Err(problems) => return again(&app, chrome, &staff, id, &form, problems).await,
    };
    if form.unchanged() {
        return answer::see_with(&path_of(id), "info", "Nothing to save", "Name and email are as they were.");
    }
    let mut version = form.version;
    // Somebody may have changed something else about the person meanwhile, a sign-in for one: that is no reason to ask.
    loop {
        match acts::save(&app, &staff.actor, id, version, wanted.clone()).await {
            Ok(saved) => return done(id, saved, &wanted),
            Err(Error::Invalid(problems)) => return again(&app, chrome, &staff, id, &form, problems).await,
            Err(Error::Conflict) => {}
            Err(other) => return Err(other.into()),
        }
        let mut page = load(&app, chrome.clone(), &staff, id, None).await?;
        if !form.was_shown(&page.fields) || page.fields.version == version {
            let by = quicker(&app, &staff, id).await?;
            page.fields = form.against(page.fields, by);
            page.chrome = page.chrome.with_error();
            return answer::page_with(StatusCode::CONFLICT, &page);
        }
        version = page.fields.version;
    }
}

async fn again(
    app: &App,
    chrome: Chrome,
    staff: &Staff,
    id: PortalUserId,
    form: &EditForm,
    problems: Problems,
) -> Answer {
    let page = load(app, chrome, staff, id, None).await?;
    answer::again(&Page { chrome: page.chrome.clone().with_error(), problems, fields: form.fields(), ..page })
}

/// Says what has happened at once, and what waits for whom.
fn done(id: PortalUserId, saved: Saved, wanted: &Wanted) -> Answer {
    let name = match saved.name {
        Outcome::Made => "The name is saved; they are told by mail. ",
        Outcome::AwaitsPerson => "They are asked by mail to confirm the new name, and it stays as it is until then. ",
        Outcome::Unchanged | Outcome::AwaitsNewAddress => "",
    };
    let email = match saved.email {
        Outcome::AwaitsNewAddress => format!(
            "{} is asked to confirm, and is what they sign in with from then on. The old address is told.",
            wanted.email
        ),
        Outcome::AwaitsPerson => {
            "They are asked at their present address to agree to the new one, which confirms it then.".to_owned()
        }
        Outcome::Unchanged | Outcome::Made => String::new(),
    };
    let title = match (saved.name, saved.email) {
        (Outcome::Made, Outcome::Unchanged) => "Name saved",
        (Outcome::Made, _) => "Saved, and one change waits",
        _ => "Waiting to be confirmed",
    };
    answer::see_with(&path_of(id), "ok", title, format!("{name}{email}").trim())
}

/// Who changed the person last.
async fn quicker(app: &App, staff: &Staff, id: PortalUserId) -> Result<String, Error> {
    let mut look = staff.look(app).await?;
    let business = look.business;
    let latest = audit::about(&mut look.tx, business, id.0, MOST_EVENTS).await?;
    let changed = latest.iter().find(|e| {
        matches!(
            e.entry,
            Some(
                Entry::PortalUserRenamed { .. }
                    | Entry::EmailChanged { .. }
                    | Entry::EmailChangeAsked { .. }
                    | Entry::NameChangeAsked { .. }
                    | Entry::ChangeWithdrawn { .. }
            )
        )
    });
    Ok(changed.map_or_else(|| "Somebody else".to_owned(), |entry| entry.actor_name.clone()))
}

/// Takes a change back that waits to be confirmed.
pub async fn withdraw(
    State(app): State<App>,
    staff: Staff,
    Path((user, change)): Path<(String, String)>,
    _: Form<Nothing>,
) -> Answer {
    let id = id(&user)?;
    let change = change.parse::<ProposalId>().map_err(|_| Error::NotFound("The proposed change"))?;
    acts::withdraw(&app, &staff.actor, id, change).await?;
    answer::see_with(&path_of(id), "ok", "Change taken back", "The link that was mailed no longer works.")
}

//! The list of invitations (C2): who was invited, how far each has come, and what can be done about it.

use crate::access::Permission;
use crate::act::App;
use crate::base::page::{Direction, Page};
use crate::contact::Standing;
use crate::invitation::Progress;
use crate::invitation::list::{self, Ask, Counts, Row};
use crate::listing::{Listed, Total};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::{Staff, counted, pace_words};
use crate::web::form::Question;
use crate::web::parts::{Address, Badge, Chip, FilterBox, Pager, Place, Tab, chosen, here};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

const PATH: &str = "/console/invitations";
/// On the way, and not accepted yet.
const WAITING: [Progress; 6] =
    [Progress::Queued, Progress::Held, Progress::Sent, Progress::Bounced, Progress::NotSent, Progress::Opened];

/// What the list is filtered by, as its address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filters {
    state: Vec<String>,
}

#[derive(Template)]
#[template(path = "console/invitations.html")]
struct Invitations {
    chrome: Chrome,
    console: ConsoleChrome,
    tabs: Vec<Tab>,
    keep: Vec<(&'static str, String)>,
    states: Vec<FilterBox>,
    chips: Vec<Chip>,
    clear: String,
    count: String,
    sorted: (String, &'static str),
    lines: Vec<Line>,
    empty: Empty,
    pager: Pager,
    back: String,
    may_invite: bool,
    pace: Option<String>,
}

/// Why there are no lines.
enum Empty {
    /// There are some.
    Filled,
    /// Nobody was ever invited.
    NobodyYet,
    /// None has come this far, or the list goes on elsewhere.
    NoMatch,
}

/// One invitation, as a line.
struct Line {
    contact_path: String,
    client_path: String,
    name: String,
    face: Face,
    email: String,
    company: String,
    badge: Badge,
    reason: String,
    by: String,
    invited: (String, String),
    expires: (String, String),
    /// It can be sent again: the contact is neither connected nor blocked, and there is no newer one.
    again: bool,
    /// It can be taken back.
    open: bool,
}

/// Shows it.
pub async fn show(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    uri: Uri,
    Question(place): Question<Place>,
    Question(filters): Question<Filters>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let progress = chosen(&filters.state, Progress::ALL, Progress::code);
    let asked = place.ask((), |code| (code == "invited").then_some(()));
    // The newest come first, unless the heading was turned.
    let direction = asked.direction.turned();
    let ask = Ask { progress, direction, position: asked.position, size: asked.size };
    let found = list::list(&mut look, &ask).await?;
    let counts = list::counts(&mut look).await?;
    let console = staff.chrome(&mut look, "invitations").await?;
    let pace = pace_words(&mut look, &app).await?;
    let here = here(&uri, PATH);
    answer::page(&Invitations { pace, ..page((chrome, console), &staff, (&place, &ask), here, &counts, found) })
}

fn page(
    (chrome, console): (Chrome, ConsoleChrome),
    staff: &Staff,
    (place, ask): (&Place, &Ask),
    here: &str,
    counts: &Counts,
    found: Page<Row>,
) -> Invitations {
    let progress = &ask.progress;
    let address = progress.iter().fold(place.address(PATH), |address, state| address.and("state", state.code()));
    let listed = Listed { total: counts.of(progress), page: found, first: None };
    let rows = &listed.page.rows;
    Invitations {
        chrome: chrome.titled("Invitations"),
        console,
        tabs: tabs(progress, counts, place),
        keep: address.keep(&["state"]),
        states: boxes(progress, counts),
        chips: chips(progress, &address),
        clear: place.address(PATH).href(),
        count: counted(listed.total, "invitation", "invitations"),
        sorted: sorted(&address, ask.direction),
        lines: rows.iter().map(Line::from).collect(),
        empty: match (rows.is_empty(), counts.of(&[]) == Total::Exactly(0)) {
            (false, _) => Empty::Filled,
            (true, true) => Empty::NobodyYet,
            (true, false) => Empty::NoMatch,
        },
        pager: Pager::of(&address, place, &listed),
        back: utf8_percent_encode(here, NON_ALPHANUMERIC).to_string(),
        may_invite: staff.actor.may(Permission::ContactsInvite),
        pace: None,
    }
}

fn sorted(address: &Address, direction: Direction) -> (String, &'static str) {
    match direction {
        Direction::Descending => (address.clone().with("sort", "invited").with("dir", "desc").href(), "descending"),
        Direction::Ascending => (address.clone().without("sort").without("dir").href(), "ascending"),
    }
}

fn tabs(progress: &[Progress], counts: &Counts, place: &Place) -> Vec<Tab> {
    let views: [(&str, &[Progress]); 6] = [
        ("All", &[]),
        ("Waiting", &WAITING),
        ("Bounced", &[Progress::Bounced, Progress::NotSent]),
        ("Expired", &[Progress::Expired]),
        ("Accepted", &[Progress::Accepted]),
        ("Withdrawn", &[Progress::Revoked]),
    ];
    let tabs = views.into_iter().map(|(text, view)| Tab {
        text: text.into(),
        href: view.iter().fold(place.address(PATH), |address, state| address.and("state", state.code())).href(),
        count: Some(counts.of(view).to_string()),
        here: progress == view,
    });
    tabs.collect()
}

fn boxes(progress: &[Progress], counts: &Counts) -> Vec<FilterBox> {
    let boxes = Progress::ALL.iter().map(|state| FilterBox {
        value: state.code().into(),
        text: state.label().into(),
        count: Some(counts.of(&[*state]).to_string()),
        checked: progress.contains(state),
    });
    boxes.collect()
}

fn chips(progress: &[Progress], address: &Address) -> Vec<Chip> {
    let chips = progress.iter().map(|state| Chip {
        text: format!("State: {}", state.label()),
        without: address.clone().without_value("state", state.code()).href(),
    });
    chips.collect()
}

impl From<&Row> for Line {
    fn from(row: &Row) -> Self {
        let failed = matches!(row.progress, Progress::Bounced | Progress::NotSent);
        let open = WAITING.contains(&row.progress);
        let latest = open || matches!(row.progress, Progress::Expired);
        Self {
            contact_path: format!("/console/contacts/{}", row.contact_id),
            client_path: format!("/console/clients/{}", row.client_id),
            name: row.name.clone(),
            face: Face::of(&row.name),
            email: row.email.clone(),
            company: row.company.clone(),
            badge: row.progress.into(),
            reason: row.mail_error.clone().filter(|_| failed).unwrap_or_default(),
            by: row.by.clone(),
            invited: (row.created_at.rfc3339(), row.created_at.day()),
            expires: (row.expires_at.rfc3339(), row.expires_at.day()),
            again: latest && row.standing == Standing::Invited,
            open,
        }
    }
}

/// How the list looks, with an invitation in every state, filtered in vain, and before anybody was invited.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::access::Role;
    use crate::base::id::{ClientId, ContactId, InvitationId};
    use crate::invitation::Side;
    use crate::web::samples::{self, NOW};
    let row = |n: usize, progress: Progress| Row {
        id: InvitationId(uuid::Uuid::from_u128(n as u128)),
        contact_id: ContactId(uuid::Uuid::from_u128(6)),
        name: "Lucy Nakamura".into(),
        standing: Standing::Invited,
        client_id: ClientId(uuid::Uuid::from_u128(110)),
        company: "Marlow Property Group".into(),
        email: "lucy.nakamura@marlow.example.com".into(),
        progress,
        side: Side::Business,
        role: Role::Member,
        by: "Hana Whitlock".into(),
        created_at: NOW,
        expires_at: NOW.plus_days(14),
        opened_at: None,
        ended_at: None,
        sent_at: Some(NOW),
        mail_error: Some("550 5.1.1 The mailbox does not exist".into()),
    };
    let list = |ask: Ask, rows| {
        let chrome = (Chrome::bare(""), samples::console_chrome("invitations"));
        let found = Page { rows, previous: None, next: None };
        samples::rendered(&page(chrome, &samples::staff(), (&Place::default(), &ask), PATH, &Counts::default(), found))
    };
    let every = Progress::ALL.iter().enumerate().map(|(n, progress)| row(n, *progress)).collect();
    vec![
        ("console/invitations", list(Ask { direction: Direction::Descending, ..Ask::default() }, every)),
        ("console/invitations-filtered", list(Ask { progress: vec![Progress::Bounced], ..Ask::default() }, Vec::new())),
        ("console/invitations-none", list(Ask::default(), Vec::new())),
    ]
}

//! Where contacts and their own portal accounts say two things (C5), over all contacts: use theirs or keep ours, one by one,
//! for those that are ticked, or for all that match.

use crate::access::Permission;
use crate::act::App;
use crate::base::id::MismatchId;
use crate::base::page::Position;
use crate::base::{Error, Instant, Result};
use crate::contact::mismatch::acts::{self, MOST, Settled};
use crate::contact::mismatch::list::{self, Ask, Filter, Row, Sort};
use crate::contact::mismatch::{Choice, Field};
use crate::listing::Listed;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::contact::path_of;
use crate::web::console::{Staff, count, counted, number};
use crate::web::form::{self, Form, Question};
use crate::web::parts::{Address, Back, Chip, FilterBox, Heading, Pager, Place, chosen, here};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

const PATH: &str = "/console/mismatches";
/// The most that are ticked at once: a page holds no more.
const MOST_TICKED: usize = 100;
/// How many reasons fit into the message afterwards.
const MOST_REASONS: usize = 3;

/// What the list is filtered by, as its address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filters {
    field: Vec<String>,
    /// Until when somebody has seen the list: what came later is not settled unseen.
    seen: String,
}

impl Filters {
    fn ask(&self, place: &Place) -> Ask {
        place.ask(Filter { fields: chosen(&self.field, Field::ALL, Field::code) }, Sort::of_code)
    }
}

#[derive(Template)]
#[template(path = "console/mismatches.html")]
struct Mismatches {
    chrome: Chrome,
    console: ConsoleChrome,
    typed: String,
    keep: Vec<(&'static str, String)>,
    fields: Vec<FilterBox>,
    chips: Vec<Chip>,
    clear: String,
    count: String,
    heads: Heads,
    lines: Vec<Line>,
    empty: Empty,
    pager: Pager,
    back: String,
    /// What “all that match” says; empty where the page shows them all.
    everything: String,
    /// What it posts.
    filter: String,
    may_edit: bool,
}

/// The heads of the columns that sort.
struct Heads {
    name: Heading,
    company: Heading,
    since: Heading,
}

/// One difference, as a line.
struct Line {
    id: String,
    name: String,
    face: Face,
    contact_path: String,
    company: String,
    client_path: String,
    field: &'static str,
    ours: String,
    theirs: String,
    since: (String, String),
}

/// Why there are no lines.
enum Empty {
    /// There are some.
    Filled,
    /// Nothing differs.
    AllAgree,
    /// What was here has gone meanwhile; the list goes on elsewhere.
    Moved(String),
    /// Nothing fits the filter and the search.
    NoMatch,
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
    let ask = filters.ask(&place);
    let listed = list::list(&mut look, &ask).await?;
    let counts = list::counts(&mut look).await?;
    let console = staff.chrome(&mut look, "mismatches").await?;
    let here = here(&uri, PATH);
    answer::page(&page((chrome, console), &staff, (&place, &ask), (here, look.now), &counts, &listed))
}

fn page(
    (chrome, console): (Chrome, ConsoleChrome),
    staff: &Staff,
    (place, ask): (&Place, &Ask),
    (here, now): (&str, Instant),
    counts: &[(Field, i64)],
    listed: &Listed<Row>,
) -> Mismatches {
    let fields = &ask.filter.fields;
    let address = fields.iter().fold(place.address(PATH), |address, field| address.and("field", field.code()));
    let head = |sort: Sort| Heading::of(&address, sort.code(), ask.sort.code(), ask.direction);
    let all: i64 = counts.iter().map(|(_, n)| n).sum();
    let empty = match (listed.page.rows.is_empty(), all, &ask.position) {
        (false, ..) => Empty::Filled,
        (true, 0, _) => Empty::AllAgree,
        (true, _, Position::After(_) | Position::Before(_)) => Empty::Moved(address.href()),
        (true, ..) => Empty::NoMatch,
    };
    let boxes = counts.iter().map(|(field, n)| FilterBox {
        value: field.code().into(),
        text: field.label().into(),
        count: Some(number(*n)),
        checked: fields.contains(field),
    });
    let chips = fields.iter().map(|field| Chip {
        text: format!("Field: {}", field.label()),
        without: address.clone().without_value("field", field.code()).href(),
    });
    let (everything, filter) = select_all(&address, now, listed);
    Mismatches {
        chrome: chrome.titled("Mismatches"),
        console,
        typed: place.typed(),
        keep: address.keep(&["q", "field"]),
        fields: boxes.collect(),
        chips: chips.collect(),
        clear: place.address(PATH).href(),
        count: counted(listed.total, "difference", "differences"),
        heads: Heads { name: head(Sort::Name), company: head(Sort::Company), since: head(Sort::Since) },
        lines: listed.page.rows.iter().map(Line::from).collect(),
        empty,
        everything,
        filter,
        pager: Pager::of(&address, place, listed),
        back: utf8_percent_encode(here, NON_ALPHANUMERIC).to_string(),
        may_edit: staff.actor.may(Permission::ClientsEdit),
    }
}

/// Offered where the page does not show them all.
fn select_all(address: &Address, now: Instant, listed: &Listed<Row>) -> (String, String) {
    let shown = i64::try_from(listed.page.rows.len()).unwrap_or(i64::MAX);
    if listed.total.certain() <= shown {
        return (String::new(), String::new());
    }
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let text = if listed.total.certain() > most {
        format!("the first {} of {} in this view", number(most), listed.total)
    } else {
        format!("all {} in this view", listed.total)
    };
    let href = address.clone().and("seen", now.micros().to_string()).href();
    (text, href.split_once('?').map(|(_, filter)| filter.to_owned()).unwrap_or_default())
}

impl From<&Row> for Line {
    fn from(row: &Row) -> Self {
        let name = format!("{} {}", row.first_name, row.last_name);
        Self {
            id: row.id.to_string(),
            face: Face::of(&name),
            name,
            contact_path: path_of(row.contact_id),
            company: row.company.clone(),
            client_path: format!("/console/clients/{}", row.client_id),
            field: row.field.label(),
            ours: row.ours.clone(),
            theirs: row.theirs.clone(),
            since: (row.since.rfc3339(), row.since.day()),
        }
    }
}

/// What was chosen: the row's own button, the rows that are ticked, or all that match.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    #[serde(default)]
    id: Vec<String>,
    #[serde(default)]
    all: String,
    #[serde(default)]
    only: String,
    #[serde(default)]
    sure: String,
}

#[derive(Template)]
#[template(path = "console/mismatches_sure.html")]
struct Sure {
    chrome: Chrome,
    console: ConsoleChrome,
    title: String,
    action: String,
    cancel: String,
    verb: String,
    keep: Vec<(&'static str, String)>,
}

/// Takes what the accounts say; asks first where it is more than one field.
pub async fn theirs(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Question(back): Question<Back>,
    Form(chosen): Form<Chosen>,
) -> Answer {
    let ids = chosen.ids(&app, &staff).await?;
    if ids.len() > 1 && chosen.sure.is_empty() {
        let n = count(i64::try_from(ids.len()).unwrap_or(i64::MAX), "field", "fields");
        let console = staff.chrome(&mut *staff.look(&app).await?, "mismatches").await?;
        let title = format!("Use what the portal accounts say in {n}?");
        return answer::page(&Sure {
            chrome: chrome.titled(title.as_str()),
            console,
            title,
            action: back.on(&format!("{PATH}/theirs")),
            cancel: back.or(PATH),
            verb: format!("Yes, use theirs in {n}"),
            keep: chosen.again(),
        });
    }
    settle(&app, &staff, &back, &ids, Choice::Theirs).await
}

/// Keeps what is on record.
pub async fn ours(
    State(app): State<App>,
    staff: Staff,
    Question(back): Question<Back>,
    Form(chosen): Form<Chosen>,
) -> Answer {
    let ids = chosen.ids(&app, &staff).await?;
    settle(&app, &staff, &back, &ids, Choice::Ours).await
}

impl Chosen {
    async fn ids(&self, app: &App, staff: &Staff) -> Result<Vec<MismatchId>> {
        let read = |id: &String| id.parse::<MismatchId>().map_err(|_| Error::NotFound("The difference"));
        if !self.only.is_empty() {
            return Ok(vec![read(&self.only)?]);
        }
        if !self.all.is_empty() {
            let place: Place = form::read(self.all.as_bytes()).map_err(|failed| failed.0)?;
            let filters: Filters = form::read(self.all.as_bytes()).map_err(|failed| failed.0)?;
            let seen = filters.seen.parse().map_or_else(|_| app.clock.now(), Instant::from_micros);
            return acts::matching(&mut *staff.look(app).await?, &filters.ask(&place), seen).await;
        }
        if self.id.len() > MOST_TICKED {
            return Err(Error::BadRequest("More is ticked than a page holds. Go back, reload, and try again."));
        }
        self.id.iter().map(read).collect()
    }

    fn again(self) -> Vec<(&'static str, String)> {
        let mut keep = vec![("sure", "yes".to_owned())];
        if self.all.is_empty() {
            keep.extend(self.id.into_iter().map(|id| ("id", id)));
        } else {
            keep.push(("all", self.all));
        }
        keep
    }
}

async fn settle(app: &App, staff: &Staff, back: &Back, ids: &[MismatchId], choice: Choice) -> Answer {
    let back = back.or(PATH);
    if ids.is_empty() {
        return answer::see_with(&back, "bad", "Select at least one difference", "Nothing was changed.");
    }
    let settled = acts::settle(app, &staff.actor, ids, choice).await?;
    told(&back, choice, &settled)
}

/// On to a page with what was settled, and what was not.
pub(super) fn told(path: &str, choice: Choice, settled: &Settled) -> Answer {
    let fields = count(i64::try_from(settled.done).unwrap_or(i64::MAX), "field", "fields");
    let said = match choice {
        Choice::Theirs => format!("{fields} taken from the portal accounts"),
        Choice::Ours => format!("{fields} kept as they are on record"),
    };
    let said = if settled.done == 1 {
        match choice {
            Choice::Theirs => "The portal account’s value is on record now".to_owned(),
            Choice::Ours => "Your value is kept".to_owned(),
        }
    } else {
        said
    };
    let (tone, title) = match (settled.done, settled.skipped.len()) {
        (0, _) => ("bad", "Nothing was changed".to_owned()),
        (_, 0) => ("ok", said),
        (_, skipped) => ("warn", format!("{said}, {skipped} skipped")),
    };
    let mut reasons = settled.skipped.clone();
    reasons.dedup();
    let more = reasons.len().saturating_sub(MOST_REASONS);
    reasons.truncate(MOST_REASONS);
    if more > 0 {
        reasons.push(format!("And {more} more."));
    }
    if choice == Choice::Ours && settled.done > 0 {
        reasons.push("It stays quiet until the portal account changes again.".into());
    }
    answer::see_with(path, tone, &title, &reasons.join(" "))
}

/// How the list looks, filled, filtered in vain, and where all agree; and the question before many are taken.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::base::id::{ClientId, ContactId};
    use crate::base::page::Page;
    use crate::base::text::PersonName;
    use crate::listing::Total;
    use crate::web::samples::{self, NOW};
    let row = |n: u128, field: Field, ours: &str, theirs: &str| Row {
        id: MismatchId(uuid::Uuid::from_u128(n)),
        contact_id: ContactId(uuid::Uuid::from_u128(6)),
        client_id: ClientId(uuid::Uuid::from_u128(110)),
        first_name: PersonName::parse("Joel").unwrap(),
        last_name: PersonName::parse("Okafor").unwrap(),
        company: "Marlow Property Group".into(),
        field,
        ours: ours.into(),
        theirs: theirs.into(),
        since: NOW,
    };
    let rows = vec![
        row(1, Field::CellPhone, "0491 570 156", "0423456789"),
        row(2, Field::Email, "joel@marlow.example.com", "joel.okafor@marlow.example.com"),
        row(3, Field::Title, "", "Building manager"),
    ];
    let list = |query: &str, each: i64, total: i64, rows: Vec<Row>| {
        let place: Place = serde_html_form::from_str(query).unwrap();
        let filters: Filters = serde_html_form::from_str(query).unwrap();
        let listed =
            Listed { page: Page { rows, previous: None, next: None }, total: Total::Exactly(total), first: Some(1) };
        let counts: Vec<_> = Field::ALL.iter().map(|field| (*field, each)).collect();
        let chrome = (Chrome::bare(""), samples::console_chrome("mismatches"));
        let ask = filters.ask(&place);
        samples::rendered(&page(chrome, &samples::staff(), (&place, &ask), (PATH, NOW), &counts, &listed))
    };
    let sure = Sure {
        chrome: Chrome::bare("Use what the portal accounts say in 23 fields?"),
        console: samples::console_chrome("mismatches"),
        title: "Use what the portal accounts say in 23 fields?".into(),
        action: "/console/mismatches/theirs".into(),
        cancel: PATH.into(),
        verb: "Yes, use theirs in 23 fields".into(),
        keep: vec![("sure", "yes".into()), ("all", "field=email".into())],
    };
    vec![
        ("console/mismatches", list("", 3, 23, rows)),
        ("console/mismatches-filtered", list("q=xyz&field=email", 3, 0, Vec::new())),
        ("console/mismatches-none", list("", 0, 0, Vec::new())),
        ("console/mismatches_sure", samples::rendered(&sure)),
    ]
}

//! A record's own page: what it says, whom it is shared with, and changing both. Of two people who do it at once, the second is
//! shown what the first changed.

use super::files::Line as FileLine;
use super::mail::Mail;
use super::{Fields, RecordForm, amount, id_of, parse, path_of};
use crate::access::Permission;
use crate::act::{App, Look};
use crate::base::{Day, Error, Problems, Result};
use crate::client;
use crate::file::FileKind;
use crate::record::acts::Saved;
use crate::record::{self, Record, Typed, TypedSharing, store};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::console::activity::Activity;
use crate::web::console::clash::Clash;
use crate::web::form::Form;
use crate::web::parts::Badge;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

/// How many entries of the log the page shows.
const MOST_EVENTS: i64 = 20;

#[derive(Template)]
#[template(path = "console/record.html")]
struct Page {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    clash: Option<Clash>,
    path: String,
    client_path: String,
    records_path: String,
    client: String,
    title: String,
    sub: String,
    icon: &'static str,
    badge: Option<Badge>,
    withdrawn: String,
    facts: Vec<(&'static str, String)>,
    text: String,
    fields: Fields,
    off: bool,
    may_change: bool,
    version: i64,
    files: Vec<FileLine>,
    limit: String,
    most_bytes: u64,
    endings: String,
    mail: Mail,
    activity: Activity,
    unsaved: &'static str,
}

/// Shows it.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff, Path(id): Path<String>) -> Answer {
    let mut look = staff.look(&app).await?;
    let record = store::find(&mut look, id_of(&id)?).await?;
    let (typed, sharing) = (Typed::from(&record.details), TypedSharing::from(&record.sharing));
    answer::page(&load(&app, &mut look, chrome, &staff, &record, typed, &sharing).await?)
}

async fn load(
    app: &App,
    look: &mut Look,
    chrome: Chrome,
    staff: &Staff,
    record: &Record,
    typed: Typed,
    sharing: &TypedSharing,
) -> Result<Page> {
    let client = client::store::find(look, record.client_id).await?;
    let fields = Fields::read(look, record.client_id, record.kind, typed, sharing).await?;
    let nothing = format!("What happens to {} shows up here.", record.what());
    let today = Day::of(look.now);
    Ok(Page {
        chrome: chrome.titled(format!("{} {}", record.kind.one(), record.details.number)),
        console: staff.chrome(look, "clients").await?,
        problems: Problems::default(),
        clash: None,
        path: path_of(record.id),
        client_path: format!("/console/clients/{}", client.id),
        records_path: format!("/console/clients/{}/records", client.id),
        client: client.name.to_string(),
        title: format!("{} {}", record.kind.one(), record.details.number),
        sub: format!("Shared by {} on {}", record.shared_by, record.created_at.day()),
        icon: record.kind.icon(),
        badge: match &record.withdrawn {
            Some(_) => Some(Badge { text: "Withdrawn", tone: "", icon: "minus" }),
            None => {
                let details = &record.details;
                Badge::of_record(record::standing(record.kind, details.stage, details.until, today))
            }
        },
        withdrawn: record
            .withdrawn
            .as_ref()
            .map(|withdrawn| format!("{} withdrew it on {}. Only staff see it.", withdrawn.by, withdrawn.at.words()))
            .unwrap_or_default(),
        facts: facts(record, &fields),
        text: record.details.text.clone(),
        off: !staff.business.features.sees(record.kind),
        may_change: staff.actor.may(Permission::RecordsShare) && record.withdrawn.is_none(),
        version: record.version,
        files: record::files::of(look, record.id).await?.iter().map(|file| FileLine::of(record.id, file)).collect(),
        limit: app.files.too_large(),
        most_bytes: app.files.most_bytes(),
        endings: FileKind::accepted(),
        mail: Mail::about(look, record.id).await?,
        activity: Activity::about(look, staff, record.id.0, MOST_EVENTS, nothing).await?,
        fields,
        unsaved: "",
    })
}

/// What it says, for those who may not change it.
fn facts(record: &Record, fields: &Fields) -> Vec<(&'static str, String)> {
    let details = &record.details;
    let (on, until) = record::day_labels(record.kind);
    let mut facts = vec![("Description", details.title.to_string()), (on, details.on.words())];
    facts.extend(details.until.map(|day| (until, day.words())));
    facts.extend(details.amount.map(|sum| ("Amount", amount(sum))));
    let chosen = |choices: &[super::Choice]| {
        let names: Vec<&str> =
            choices.iter().filter(|choice| choice.chosen).map(|choice| choice.text.as_str()).collect();
        if names.is_empty() { "Nobody".to_owned() } else { names.join(", ") }
    };
    facts.push((
        "Shared with",
        match &record.sharing {
            record::Sharing::Client => "Everybody of the client".into(),
            record::Sharing::Groups(_) => chosen(&fields.groups),
            record::Sharing::Contacts(_) => chosen(&fields.contacts),
        },
    ));
    facts
}

/// Changes it.
pub async fn save(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<RecordForm>,
) -> Answer {
    let id = id_of(&id)?;
    let (version, typed, sharing) = form.split();
    let mut look = staff.look(&app).await?;
    let record = store::find(&mut look, id).await?;
    drop(look);
    let saved = match parse(record.kind, &typed, &sharing) {
        Ok((details, with)) => record::acts::change(&app, &staff.actor, id, version, details, with).await,
        Err(problem) => Err(problem),
    };
    let problems = match saved {
        Ok(Saved::Changed) => return answer::see_with(&path_of(id), "ok", "Saved", "Its readers see it as it is now."),
        Ok(Saved::Unchanged) => return answer::see_with(&path_of(id), "info", "Nothing was changed", ""),
        Err(Error::Invalid(problems)) => Some(problems),
        Err(Error::Conflict) => None,
        Err(other) => return Err(other.into()),
    };
    let mut look = staff.look(&app).await?;
    let record = store::find(&mut look, id).await?;
    let mut page = load(&app, &mut look, chrome, &staff, &record, typed.clone(), &sharing).await?;
    page.chrome = page.chrome.with_error();
    page.unsaved = "unsaved";
    let status = if let Some(problems) = problems {
        (page.problems, page.version) = (problems, version);
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        let fields = Typed::from(&record.details).differences(&typed);
        page.clash = Some(Clash::of(&mut look, record.kind.code(), id.0, fields).await?);
        StatusCode::CONFLICT
    };
    answer::page_with(status, &page)
}

/// The same page, with what is wrong with a file that was to be added.
pub(super) async fn again_with_file_problem(
    app: &App,
    look: &mut Look,
    chrome: Chrome,
    staff: &Staff,
    record: &Record,
    problems: Problems,
) -> Answer {
    let (typed, sharing) = (Typed::from(&record.details), TypedSharing::from(&record.sharing));
    let page = load(app, look, chrome, staff, record, typed, &sharing).await?;
    let chrome = page.chrome.clone().with_error();
    answer::again(&Page { chrome, problems, ..page })
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use super::{sample_fields, sample_typed};
    use crate::access::RecordKind;
    use crate::web::console::{activity, clash};
    use crate::web::samples;
    let page = |may_change: bool, withdrawn: &str, problems: Problems, clash: Option<Clash>| {
        samples::rendered(&Page {
            chrome: Chrome::bare("Invoice 20418"),
            console: samples::console_chrome("clients"),
            problems,
            clash,
            path: "/console/records/1".into(),
            client_path: "/console/clients/110".into(),
            records_path: "/console/clients/110/records".into(),
            client: "Marlow Property Group".into(),
            title: "Invoice 20418".into(),
            sub: "Shared by Hana Whitlock on 22 Nov 2026".into(),
            icon: "receipt",
            badge: Some(Badge { text: "Open", tone: "info ring", icon: "" }),
            withdrawn: withdrawn.into(),
            facts: vec![("Description", "Cartage, October".into()), ("Due on", "24 Nov 2026".into())],
            text: "Loads 1 to 14.\nTip fees included.".into(),
            fields: sample_fields(RecordKind::Invoice, sample_typed()),
            off: !may_change,
            may_change,
            version: 1,
            files: vec![FileLine {
                name: "invoice 20418.pdf".into(),
                what: "PDF, 85 kB".into(),
                path: "/console/records/1/files/2".into(),
                by: "Hana Whitlock, 22 Nov 2026".into(),
            }],
            limit: "The file is larger than 25 MB. Share a smaller one.".into(),
            most_bytes: 26_214_400,
            endings: FileKind::accepted(),
            mail: Mail::samples().into_iter().nth(usize::from(!may_change)).unwrap(),
            activity: activity::samples().into_iter().next().unwrap(),
            unsaved: "",
        })
    };
    let gone = "Hana Whitlock withdrew it on 22 November 2026, 9:41 am UTC. Only staff see it.";
    let wrong = Problems::one("number", "The number is missing. Enter it.");
    vec![
        ("console/record", page(true, "", Problems::default(), None)),
        ("console/record-withdrawn", page(false, gone, Problems::default(), None)),
        ("console/record-file", page(true, "", Problems::one("file", "The file is empty. Choose another one."), None)),
        ("console/record-wrong", page(true, "", wrong, None)),
        ("console/record-clash", page(true, "", Problems::default(), Some(clash::sample("invoice")))),
    ]
}

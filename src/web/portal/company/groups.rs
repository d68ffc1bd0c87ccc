//! The client's groups (U6): made, renamed, deleted, and what each may see.

use crate::access::{RecordKind, Sight};
use crate::act::App;
use crate::base::id::GroupId;
use crate::base::{Error, Problems};
use crate::group::acts::{self, Edited};
use crate::group::{self, Kind, UserGroup};
use crate::language::Said;
use crate::link::people;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, PortalChrome};
use crate::web::form::{Form, Nothing};
use crate::web::group::{GroupForm, find};
use crate::web::parts::Address;
use crate::web::portal::company::questions::Ask;
use crate::web::portal::company::{Desk, Head, Here};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;

/// Which group the address of a page names.
#[derive(Deserialize)]
pub struct Which {
    group: String,
}

#[derive(Template)]
#[template(path = "portal/company_groups.html")]
struct GroupsPage {
    chrome: Chrome,
    portal: PortalChrome,
    head: Head,
    lines: Vec<Line>,
}

/// A group, as a line.
struct Line {
    name: String,
    path: String,
    /// Its people in the list.
    people_path: String,
    people: Said,
    sees: String,
    default: bool,
}

/// Shows them.
pub async fn show(State(app): State<App>, chrome: Chrome, desk: Desk) -> Answer {
    let mut look = desk.look(&app).await?;
    let groups = desk.groups(&mut look).await?;
    let counts = people::per_group(&mut look, desk.id()).await?;
    let portal = desk.portal(&mut look, &chrome).await?;
    answer::page(&groups_page(&desk, chrome, portal, &groups, &counts))
}

fn groups_page(
    desk: &Desk,
    chrome: Chrome,
    portal: PortalChrome,
    groups: &[UserGroup],
    counts: &[(GroupId, i64)],
) -> GroupsPage {
    let of = |id: GroupId| counts.iter().find(|(group, _)| *group == id).map_or(0, |(_, n)| *n);
    let line = |group: &UserGroup| Line {
        name: group.name.clone(),
        path: format!("{}/groups/{}", desk.path(), group.id),
        people_path: Address::of(desk.path()).and("group", group.id.to_string()).href(),
        people: chrome.say("company-people").with("count", of(group.id)),
        sees: sees(&group.may_see, &chrome),
        default: group.kind == Kind::Default,
    };
    let lines = groups.iter().map(line).collect();
    let title = chrome.say("company-groups-of").with("client", &desk.client.client_name);
    GroupsPage { portal, head: desk.head(Here::Groups, &chrome), lines, chrome: chrome.titled(title) }
}

/// What a kind of records is called.
fn kind_words(kind: RecordKind, page: &Chrome) -> Said {
    match kind {
        RecordKind::Booking => page.say("company-bookings"),
        RecordKind::Invoice => page.say("company-invoices"),
        RecordKind::Docket => page.say("company-dockets"),
        RecordKind::Statement => page.say("company-statements"),
        RecordKind::Document => page.say("company-documents"),
    }
}

/// What a group sees, in words.
fn sees(sight: &Sight, page: &Chrome) -> String {
    if *sight == Sight::everything() {
        return page.say("company-sees-everything").to_string();
    }
    let kinds: Vec<String> = sight.kinds().map(|kind| kind_words(kind, page).to_string()).collect();
    if kinds.is_empty() { page.say("company-sees-nothing").to_string() } else { kinds.join(", ") }
}

#[derive(Template)]
#[template(path = "portal/company_group.html")]
struct GroupPage {
    chrome: Chrome,
    portal: PortalChrome,
    head: Head,
    problems: Problems,
    heading: Said,
    /// Where it is posted.
    action: String,
    /// What was typed as its name; none where it cannot be changed.
    name: Option<String>,
    kinds: Vec<KindBox>,
    version: i64,
    /// Where it is deleted from, where it can be.
    delete: Option<String>,
    /// Whether somebody else was quicker.
    rival: bool,
    unsaved: &'static str,
}

/// A kind of records, to be ticked.
struct KindBox {
    code: &'static str,
    text: Said,
    ticked: bool,
}

fn boxes(sight: &Sight, page: &Chrome) -> Vec<KindBox> {
    let one =
        |kind: &RecordKind| KindBox { code: kind.code(), text: kind_words(*kind, page), ticked: sight.sees(*kind) };
    RecordKind::ALL.iter().map(one).collect()
}

fn blank(desk: &Desk, chrome: Chrome, portal: PortalChrome, form: &GroupForm, sight: &Sight) -> GroupPage {
    let heading = chrome.say("company-group-new");
    GroupPage {
        portal,
        head: desk.head(Here::Groups, &chrome),
        problems: Problems::default(),
        action: format!("{}/groups/new", desk.path()),
        name: Some(form.name.clone()),
        kinds: boxes(sight, &chrome),
        version: 0,
        delete: None,
        rival: false,
        unsaved: "",
        chrome: chrome.titled(heading.clone()),
        heading,
    }
}

/// The form for a new group.
pub async fn new_page(State(app): State<App>, chrome: Chrome, desk: Desk) -> Answer {
    let portal = desk.portal(&mut *desk.look(&app).await?, &chrome).await?;
    answer::page(&blank(&desk, chrome, portal, &GroupForm::default(), &Sight::everything()))
}

/// Makes it.
pub async fn new(State(app): State<App>, chrome: Chrome, desk: Desk, Form(form): Form<GroupForm>) -> Answer {
    let sight = form.sight()?;
    let made = match form.named() {
        Ok(name) => acts::create(&app, desk.actor(), desk.id(), name, sight.clone()).await,
        Err(problem) => Err(problem),
    };
    match made {
        Ok(group) => {
            let title = chrome.say("company-group-made").with("group", &group.name);
            answer::see_with(&format!("{}/groups", desk.path()), "ok", &title, &chrome.say("company-group-made-text"))
        }
        Err(error) => {
            let portal = desk.portal(&mut *desk.look(&app).await?, &chrome).await?;
            let page = blank(&desk, chrome, portal, &form, &sight);
            answer::again_with(error, |problems| GroupPage {
                chrome: page.chrome.clone().with_error(),
                problems,
                unsaved: "unsaved",
                ..page
            })
        }
    }
}

fn edit_page(desk: &Desk, chrome: Chrome, portal: PortalChrome, group: &UserGroup) -> GroupPage {
    let heading = chrome.say("company-group-edit").with("group", &group.name);
    let path = format!("{}/groups/{}", desk.path(), group.id);
    let custom = group.kind == Kind::Custom;
    GroupPage {
        portal,
        head: desk.head(Here::Groups, &chrome),
        problems: Problems::default(),
        name: custom.then(|| group.name.clone()),
        kinds: boxes(&group.may_see, &chrome),
        version: group.version,
        delete: custom.then(|| format!("{path}/delete")),
        action: path,
        rival: false,
        unsaved: "",
        chrome: chrome.titled(heading.clone()),
        heading,
    }
}

/// The form for a group that there is.
pub async fn page(State(app): State<App>, chrome: Chrome, desk: Desk, Path(Which { group }): Path<Which>) -> Answer {
    let mut look = desk.look(&app).await?;
    let group = find(&mut look, desk.id(), &group).await?;
    let portal = desk.portal(&mut look, &chrome).await?;
    answer::page(&edit_page(&desk, chrome, portal, &group))
}

/// Changes it.
pub async fn edit(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path(Which { group }): Path<Which>,
    Form(form): Form<GroupForm>,
) -> Answer {
    let sight = form.sight()?;
    let group = find(&mut *desk.look(&app).await?, desk.id(), &group).await?;
    let edited = match form.renamed(&group) {
        Ok(name) => acts::edit(&app, desk.actor(), (desk.id(), group.id), form.version, name, sight.clone()).await,
        Err(problem) => Err(problem),
    };
    let groups = format!("{}/groups", desk.path());
    let error = match edited {
        Ok(Edited::Changed(group)) => {
            let title = chrome.say("company-group-saved").with("group", &group.name);
            return answer::see_with(&groups, "ok", &title, &chrome.say("company-placed-text"));
        }
        Ok(Edited::Same(_)) => return answer::see_with(&groups, "info", &chrome.say("company-same"), ""),
        Err(error) => error,
    };
    let mut look = desk.look(&app).await?;
    let now = group::store::find(&mut look, group.id).await?;
    let portal = desk.portal(&mut look, &chrome).await?;
    let mut page = edit_page(&desk, chrome, portal, &now);
    page.name = page.name.map(|_| form.name.clone());
    page.kinds = boxes(&sight, &page.chrome);
    page.unsaved = "unsaved";
    if matches!(error, Error::Conflict) {
        page.chrome = page.chrome.with_error();
        page.rival = true;
        return answer::page_with(StatusCode::CONFLICT, &page);
    }
    page.version = form.version;
    answer::again_with(error, |problems| GroupPage { chrome: page.chrome.clone().with_error(), problems, ..page })
}

/// Asks before a group is deleted.
pub async fn ask_delete(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path(Which { group }): Path<Which>,
) -> Answer {
    let mut look = desk.look(&app).await?;
    let group = find(&mut look, desk.id(), &group).await?;
    let counts = people::per_group(&mut look, desk.id()).await?;
    let people = counts.iter().find(|(id, _)| *id == group.id).map_or(0, |(_, n)| *n);
    let ask = delete_question(&desk, &chrome, &group, people);
    desk.ask(&mut look, chrome, ask).await
}

fn delete_question(desk: &Desk, page: &Chrome, group: &UserGroup, people: i64) -> Ask {
    Ask {
        question: page.say("company-group-delete-ask").with("group", &group.name),
        text: page.say("company-group-delete-text").with("count", people),
        more: None,
        verb: page.say("company-group-delete-verb").with("group", &group.name),
        verb_class: "danger",
        action: format!("{}/groups/{}/delete", desk.path(), group.id),
        cancel: format!("{}/groups", desk.path()),
    }
}

/// Deletes it.
pub async fn delete(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path(Which { group }): Path<Which>,
    _: Form<Nothing>,
) -> Answer {
    let group = find(&mut *desk.look(&app).await?, desk.id(), &group).await?;
    let moved = acts::delete(&app, desk.actor(), (desk.id(), group.id)).await?;
    let title = chrome.say("company-group-deleted").with("group", &group.name);
    let text = chrome.say("company-group-deleted-text").with("count", moved);
    answer::see_with(&format!("{}/groups", desk.path()), "ok", &title, &text)
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::portal::company::questions::ConfirmPage;
    use crate::web::portal::company::{sample_desk, sample_groups};
    use crate::web::samples;
    let (desk, portal) = sample_desk();
    let groups = sample_groups();
    let counts: Vec<(GroupId, i64)> = groups.iter().zip(2..).map(|(group, n)| (group.id, n)).collect();
    let chrome = || Chrome::bare("");
    let edit = |group: &UserGroup, rival: bool| {
        samples::rendered(&GroupPage { rival, ..edit_page(&desk, chrome(), portal.clone(), group) })
    };
    let new = blank(&desk, chrome(), portal.clone(), &GroupForm::default(), &Sight::everything());
    vec![
        ("portal/company_groups", samples::rendered(&groups_page(&desk, chrome(), portal.clone(), &groups, &counts))),
        ("portal/company_group", edit(&groups[1], false)),
        ("portal/company_group-default", edit(&groups[0], true)),
        ("portal/company_group-new", samples::rendered(&new)),
        (
            "portal/company_confirm-group",
            samples::rendered(&ConfirmPage::of(
                chrome(),
                portal.clone(),
                delete_question(&desk, &chrome(), &groups[1], 3),
            )),
        ),
    ]
}

//! A client's groups, as staff make, rename and delete them, and say what each may see; and whether the client's own people look
//! after its users. The same acts as in the client's own pages.

use crate::access::{RecordKind, Sight};
use crate::act::{App, Scope};
use crate::base::{Error, Problems, Result};
use crate::business::Switch;
use crate::client::{self, Client};
use crate::group::acts::{self, Edited};
use crate::group::{self, Kind, UserGroup};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::{Staff, count};
use crate::web::form::{Form, Nothing};
use crate::web::group::{GroupForm, find};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "console/client_group.html")]
struct GroupPage {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    heading: String,
    client: String,
    /// The client's users and groups.
    path: String,
    action: String,
    /// What was typed as its name; none for the Default group, which keeps its own.
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
    text: &'static str,
    ticked: bool,
}

fn boxes(sight: &Sight) -> Vec<KindBox> {
    let one = |kind: &RecordKind| KindBox { code: kind.code(), text: kind.label(), ticked: sight.sees(*kind) };
    RecordKind::ALL.iter().map(one).collect()
}

async fn client_of(look: &mut Scope, id: &str) -> Result<Client> {
    client::store::find(look, id.parse().map_err(|_| Error::NotFound("The client"))?).await
}

fn users_of(client: &Client) -> String {
    format!("/console/clients/{}/users", client.id)
}

fn page(chrome: Chrome, console: ConsoleChrome, client: &Client, group: Option<&UserGroup>) -> GroupPage {
    let base = format!("/console/clients/{}/groups", client.id);
    let heading = group.map_or("New group".to_owned(), |group| format!("Group {}", group.name));
    let action = group.map_or(format!("{base}/new"), |group| format!("{base}/{}", group.id));
    let custom = group.is_none_or(|group| group.kind == Kind::Custom);
    GroupPage {
        chrome: chrome.titled(format!("{heading}, {}", client.name)),
        console,
        problems: Problems::default(),
        heading,
        client: client.name.to_string(),
        path: users_of(client),
        name: custom.then(|| group.map(|group| group.name.clone()).unwrap_or_default()),
        kinds: boxes(&group.map_or_else(Sight::everything, |group| group.may_see.clone())),
        version: group.map_or(0, |group| group.version),
        delete: (custom && group.is_some()).then(|| format!("{action}/delete")),
        action,
        rival: false,
        unsaved: "",
    }
}

/// The form for a new group.
pub async fn new_page(State(app): State<App>, chrome: Chrome, staff: Staff, Path(id): Path<String>) -> Answer {
    let mut look = staff.look(&app).await?;
    let client = client_of(&mut look, &id).await?;
    let console = staff.chrome(&mut look, "clients").await?;
    answer::page(&page(chrome, console, &client, None))
}

/// Makes it.
pub async fn new(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<GroupForm>,
) -> Answer {
    let sight = form.sight()?;
    let client = client_of(&mut *staff.look(&app).await?, &id).await?;
    let made = match form.named() {
        Ok(name) => acts::create(&app, &staff.actor, client.id, name, sight.clone()).await,
        Err(problem) => Err(problem),
    };
    match made {
        Ok(group) => {
            let text = "Nobody belongs to it yet. Set people’s role and group in the list.";
            answer::see_with(&users_of(&client), "ok", &format!("The group {} is made", group.name), text)
        }
        Err(error) => {
            let console = staff.chrome(&mut *staff.look(&app).await?, "clients").await?;
            let page = page(chrome, console, &client, None);
            answer::again_with(error, |problems| GroupPage {
                chrome: page.chrome.clone().with_error(),
                problems,
                name: Some(form.name.clone()),
                kinds: boxes(&sight),
                unsaved: "unsaved",
                ..page
            })
        }
    }
}

/// The form for a group that there is.
pub async fn edit_page(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path((id, group)): Path<(String, String)>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let client = client_of(&mut look, &id).await?;
    let group = find(&mut look, client.id, &group).await?;
    let console = staff.chrome(&mut look, "clients").await?;
    answer::page(&page(chrome, console, &client, Some(&group)))
}

/// Changes it.
pub async fn edit(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path((id, group_id)): Path<(String, String)>,
    Form(form): Form<GroupForm>,
) -> Answer {
    let sight = form.sight()?;
    let mut look = staff.look(&app).await?;
    let client = client_of(&mut look, &id).await?;
    let group = find(&mut look, client.id, &group_id).await?;
    drop(look);
    let edited = match form.renamed(&group) {
        Ok(name) => acts::edit(&app, &staff.actor, (client.id, group.id), form.version, name, sight.clone()).await,
        Err(problem) => Err(problem),
    };
    let error = match edited {
        Ok(Edited::Changed(group)) => {
            let text = "What its members may see holds from their very next request.";
            return answer::see_with(&users_of(&client), "ok", &format!("The group {} is saved", group.name), text);
        }
        Ok(Edited::Same(group)) => {
            let text = format!("The group {} is as it was.", group.name);
            return answer::see_with(&users_of(&client), "info", "Nothing to save", &text);
        }
        Err(error) => error,
    };
    let mut look = staff.look(&app).await?;
    let now = find(&mut look, client.id, &group_id).await?;
    let console = staff.chrome(&mut look, "clients").await?;
    let shown = page(chrome, console, &client, Some(&now));
    let mut shown = GroupPage {
        chrome: shown.chrome.clone().with_error(),
        name: shown.name.as_ref().map(|_| form.name.clone()),
        kinds: boxes(&sight),
        unsaved: "unsaved",
        ..shown
    };
    if matches!(error, Error::Conflict) {
        shown.rival = true;
        return answer::page_with(StatusCode::CONFLICT, &shown);
    }
    shown.version = form.version;
    answer::again_with(error, |problems| GroupPage { problems, ..shown })
}

#[derive(Template)]
#[template(path = "console/client_confirm.html")]
struct Ask {
    chrome: Chrome,
    console: ConsoleChrome,
    title: String,
    text: String,
    verb: String,
    verb_class: &'static str,
    action: String,
    cancel: String,
    keep: [(&'static str, &'static str); 0],
}

/// Asks before a group is deleted.
pub async fn ask_delete(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path((id, group)): Path<(String, String)>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let client = client_of(&mut look, &id).await?;
    let group = find(&mut look, client.id, &group).await?;
    let groups = group::store::of_client(&mut look, client.id).await?;
    let people = groups.iter().find(|one| one.group.id == group.id).map_or(0, |one| one.people);
    let title = format!("Delete the group {} of {}?", group.name, client.name);
    answer::page(&Ask {
        chrome: chrome.titled(title.as_str()),
        console: staff.chrome(&mut look, "clients").await?,
        title,
        text: match people {
            0 => "Nobody belongs to it. Whoever is invited into it will be in the Default group.".to_owned(),
            n => format!("{} of it move to the Default group, as members.", count(n, "person", "people")),
        },
        verb: format!("Yes, delete {}", group.name),
        verb_class: "danger",
        action: format!("/console/clients/{}/groups/{}/delete", client.id, group.id),
        cancel: users_of(&client),
        keep: [],
    })
}

/// Deletes it.
pub async fn delete(
    State(app): State<App>,
    staff: Staff,
    Path((id, group)): Path<(String, String)>,
    _: Form<Nothing>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let client = client_of(&mut look, &id).await?;
    let group = find(&mut look, client.id, &group).await?;
    drop(look);
    let moved = acts::delete(&app, &staff.actor, (client.id, group.id)).await?;
    let text = match moved {
        0 => "Nobody belonged to it.".to_owned(),
        n => format!("{} moved to the Default group.", count(n, "person", "people")),
    };
    answer::see_with(&users_of(&client), "ok", &format!("The group {} is deleted", group.name), &text)
}

/// Asks before the client's own people look after its users.
pub async fn ask_delegate(app: State<App>, chrome: Chrome, staff: Staff, id: Path<String>) -> Answer {
    ask_switch(app, chrome, staff, id, Switch::On).await
}

/// Asks before they cannot any more.
pub async fn ask_take_back(app: State<App>, chrome: Chrome, staff: Staff, id: Path<String>) -> Answer {
    ask_switch(app, chrome, staff, id, Switch::Off).await
}

async fn ask_switch(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    to: Switch,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let client = client_of(&mut look, &id).await?;
    let console = staff.chrome(&mut look, "clients").await?;
    answer::page(&switch_page(chrome, console, &client, to))
}

fn switch_page(chrome: Chrome, console: ConsoleChrome, client: &Client, to: Switch) -> Ask {
    let name = &client.name;
    let (title, text, verb, verb_class) = match to {
        Switch::On => (
            format!("Let {name} look after its own users?"),
            "Its Global Admins add, edit and remove its users and make groups; its Group Managers do so for their own group. You still can, too.",
            "Let them",
            "primary",
        ),
        Switch::Off => (
            format!("Take looking after {name}’s users back?"),
            "From their very next request, its Global Admins and Group Managers can’t add, edit or remove anybody. Invitations that they sent stop working. Roles and groups stay as they are.",
            "Take it back",
            "danger",
        ),
    };
    Ask {
        chrome: chrome.titled(title.as_str()),
        console,
        title,
        text: text.to_owned(),
        verb: verb.to_owned(),
        verb_class,
        action: format!("/console/clients/{}/delegation/{}", client.id, to.code()),
        cancel: users_of(client),
        keep: [],
    }
}

/// Lets them.
pub async fn delegate(app: State<App>, staff: Staff, id: Path<String>, _: Form<Nothing>) -> Answer {
    switch(app, staff, id, Switch::On).await
}

/// Takes it back.
pub async fn take_back(app: State<App>, staff: Staff, id: Path<String>, _: Form<Nothing>) -> Answer {
    switch(app, staff, id, Switch::Off).await
}

async fn switch(State(app): State<App>, staff: Staff, Path(id): Path<String>, to: Switch) -> Answer {
    let id = id.parse().map_err(|_| Error::NotFound("The client"))?;
    let client = client::acts::switch_delegation(&app, &staff.actor, id, to).await?;
    let title = match to {
        Switch::On => format!("{} looks after its own users", client.name),
        Switch::Off => format!("Only your staff look after {}’s users", client.name),
    };
    answer::see_with(&users_of(&client), "ok", &title, "It holds from their very next request.")
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::base::id::{ClientId, GroupId};
    use crate::base::text::{CompanyName, Reference};
    use crate::web::samples;
    let client = Client {
        id: ClientId(uuid::Uuid::from_u128(110)),
        reference: Reference::parse("C-1042").unwrap(),
        name: CompanyName::parse("Marlow Property Group").unwrap(),
        email: None,
        phone: None,
        language: None,
        status: client::Status::Active,
        exited_at: None,
        balance_cents: 0,
        created_at: samples::NOW,
        version: 1,
    };
    let group = |kind: Kind| UserGroup {
        id: GroupId(uuid::Uuid::from_u128(8)),
        client_id: client.id,
        name: if kind == Kind::Default { "Default" } else { "Finance" }.into(),
        kind,
        may_see: [RecordKind::Invoice].into_iter().collect(),
        version: 1,
    };
    let console = || samples::console_chrome("clients");
    let shown = |group: Option<&UserGroup>, problems: Problems, rival: bool| {
        samples::rendered(&GroupPage { problems, rival, ..page(Chrome::bare(""), console(), &client, group) })
    };
    let taken = Problems::one("name", "There is a group “Finance” already. Choose another name.");
    let ask = |to: Switch| samples::rendered(&switch_page(Chrome::bare(""), console(), &client, to));
    vec![
        ("console/client_group", shown(Some(&group(Kind::Custom)), Problems::default(), false)),
        ("console/client_group-default", shown(Some(&group(Kind::Default)), Problems::default(), true)),
        ("console/client_group-new", shown(None, taken, false)),
        ("console/client_confirm", ask(Switch::On)),
        ("console/client_confirm-off", ask(Switch::Off)),
    ]
}

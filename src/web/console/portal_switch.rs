//! Switching the portal on and off, temporary passwords, and whether clients look after their own users.

use crate::act::App;
use crate::business::{Switch, acts};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::form::{Form, Nothing, Question};
use crate::web::parts::Back;
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "console/portal_switch.html")]
struct Ask {
    chrome: Chrome,
    console: ConsoleChrome,
    title: String,
    text: &'static str,
    verb: &'static str,
    verb_class: &'static str,
    action: String,
    cancel: String,
    keep: [(&'static str, &'static str); 0],
}

/// Asks before switching it on.
pub async fn ask_on(app: State<App>, chrome: Chrome, staff: Staff, back: Question<Back>) -> Answer {
    ask(app, chrome, staff, back, Switch::On).await
}

/// Asks before switching it off.
pub async fn ask_off(app: State<App>, chrome: Chrome, staff: Staff, back: Question<Back>) -> Answer {
    ask(app, chrome, staff, back, Switch::Off).await
}

/// Asks before temporary passwords can be mailed.
pub async fn ask_passwords_on(app: State<App>, chrome: Chrome, staff: Staff, back: Question<Back>) -> Answer {
    ask_passwords(app, chrome, staff, back, Switch::On).await
}

/// Asks before temporary passwords cannot be mailed any more.
pub async fn ask_passwords_off(app: State<App>, chrome: Chrome, staff: Staff, back: Question<Back>) -> Answer {
    ask_passwords(app, chrome, staff, back, Switch::Off).await
}

/// Asks before clients look after their own users.
pub async fn ask_delegation_on(app: State<App>, chrome: Chrome, staff: Staff, back: Question<Back>) -> Answer {
    ask_delegation(app, chrome, staff, back, Switch::On).await
}

/// Asks before they cannot any more.
pub async fn ask_delegation_off(app: State<App>, chrome: Chrome, staff: Staff, back: Question<Back>) -> Answer {
    ask_delegation(app, chrome, staff, back, Switch::Off).await
}

/// What is asked.
struct Asked {
    title: String,
    text: &'static str,
    path: String,
    to: Switch,
}

async fn ask(app: State<App>, chrome: Chrome, staff: Staff, back: Question<Back>, to: Switch) -> Answer {
    let text = match to {
        Switch::On => {
            "Everybody whose other gates are open gets in again. Invitations that were held meanwhile are mailed."
        }
        Switch::Off => {
            "Nobody of any client gets in from the very next request. Invitations are held until the portal is switched on again. Nothing is deleted."
        }
    };
    let title = format!("Switch the client portal of {} {}?", staff.business.name, to.code());
    put(app, chrome, staff, back, Asked { title, text, path: format!("/console/portal/{}", to.code()), to }).await
}

async fn ask_passwords(app: State<App>, chrome: Chrome, staff: Staff, back: Question<Back>, to: Switch) -> Answer {
    let text = match to {
        Switch::On => {
            "Whoever adds a portal user can then have the invitation mail a password that works once, for 72 hours, and must be replaced at the first sign-in. Nobody but its reader sees it. A link is safer: it carries nothing that could be typed elsewhere."
        }
        Switch::Off => "Invitations carry links alone. Temporary passwords that were mailed and not used stop working.",
    };
    let title = format!("Switch temporary passwords {}?", to.code());
    put(
        app,
        chrome,
        staff,
        back,
        Asked { title, text, path: format!("/console/temporary-passwords/{}", to.code()), to },
    )
    .await
}

async fn ask_delegation(app: State<App>, chrome: Chrome, staff: Staff, back: Question<Back>, to: Switch) -> Answer {
    let (title, text) = match to {
        Switch::On => (
            "Let clients look after their own users?",
            "Their Global Admins add, edit and remove their users and make groups; their Group Managers do so for their own group. A client can be excepted on its page. Your staff still can, too.",
        ),
        Switch::Off => (
            "Take looking after users back from all clients?",
            "From their very next request, no Global Admin or Group Manager can add, edit or remove anybody. Invitations that they sent stop working. Roles and groups stay as they are.",
        ),
    };
    let path = format!("/console/delegation/{}", to.code());
    put(app, chrome, staff, back, Asked { title: title.to_owned(), text, path, to }).await
}

async fn put(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Question(back): Question<Back>,
    asked: Asked,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let (verb, verb_class) = verb(asked.to);
    answer::page(&Ask {
        chrome: chrome.titled(asked.title.as_str()),
        console: staff.chrome(&mut look, "overview").await?,
        title: asked.title,
        text: asked.text,
        verb,
        verb_class,
        action: back.on(&asked.path),
        cancel: back.or("/console"),
        keep: [],
    })
}

fn verb(to: Switch) -> (&'static str, &'static str) {
    match to {
        Switch::On => ("Switch on", "primary"),
        Switch::Off => ("Switch off", "danger"),
    }
}

/// Switches it on.
pub async fn on(app: State<App>, staff: Staff, back: Question<Back>, _: Form<Nothing>) -> Answer {
    switch(app, staff, back, Switch::On).await
}

/// Switches it off.
pub async fn off(app: State<App>, staff: Staff, back: Question<Back>, _: Form<Nothing>) -> Answer {
    switch(app, staff, back, Switch::Off).await
}

async fn switch(State(app): State<App>, staff: Staff, Question(back): Question<Back>, to: Switch) -> Answer {
    acts::switch_portal(&app, &staff.actor, to).await?;
    let (title, text) = match to {
        Switch::On => ("The client portal is on", "Invitations that waited for it are on their way."),
        Switch::Off => ("The client portal is off", "Nobody of any client gets in until it is switched on again."),
    };
    answer::see_with(&back.or("/console"), "ok", title, text)
}

/// Lets temporary passwords be mailed.
pub async fn passwords_on(app: State<App>, staff: Staff, back: Question<Back>, _: Form<Nothing>) -> Answer {
    switch_passwords(app, staff, back, Switch::On).await
}

/// Lets none be mailed any more.
pub async fn passwords_off(app: State<App>, staff: Staff, back: Question<Back>, _: Form<Nothing>) -> Answer {
    switch_passwords(app, staff, back, Switch::Off).await
}

async fn switch_passwords(State(app): State<App>, staff: Staff, Question(back): Question<Back>, to: Switch) -> Answer {
    acts::switch_temporary_passwords(&app, &staff.actor, to).await?;
    let (title, text) = match to {
        Switch::On => {
            ("Temporary passwords are on", "Choose one where you add a portal user; a link stays the usual way.")
        }
        Switch::Off => ("Temporary passwords are off", "Invitations carry links alone."),
    };
    answer::see_with(&back.or("/console"), "ok", title, text)
}

/// Lets clients look after their own users.
pub async fn delegation_on(app: State<App>, staff: Staff, back: Question<Back>, _: Form<Nothing>) -> Answer {
    switch_delegation(app, staff, back, Switch::On).await
}

/// Takes it back from all of them.
pub async fn delegation_off(app: State<App>, staff: Staff, back: Question<Back>, _: Form<Nothing>) -> Answer {
    switch_delegation(app, staff, back, Switch::Off).await
}

async fn switch_delegation(State(app): State<App>, staff: Staff, Question(back): Question<Back>, to: Switch) -> Answer {
    acts::switch_delegation(&app, &staff.actor, to).await?;
    let (title, text) = match to {
        Switch::On => ("Clients look after their own users", "Those that are excepted, on their pages, do not."),
        Switch::Off => ("Only your staff look after clients’ users", "It holds from everybody’s very next request."),
    };
    answer::see_with(&back.or("/console"), "ok", title, text)
}

/// How the questions look.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = |to: Switch| {
        samples::rendered(&Ask {
            chrome: Chrome::bare("Switch the client portal"),
            console: samples::console_chrome("overview"),
            title: format!("Switch the client portal of Tidewater Haulage {}?", to.code()),
            text: "Nobody of any client gets in from the very next request.",
            verb: verb(to).0,
            verb_class: verb(to).1,
            action: "/console/portal/on".into(),
            cancel: "/console".into(),
            keep: [],
        })
    };
    vec![("console/portal_switch", page(Switch::On)), ("console/portal_switch-off", page(Switch::Off))]
}

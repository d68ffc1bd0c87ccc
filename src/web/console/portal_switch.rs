//! Switching the portal on and off.

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
    to: Switch,
    title: String,
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

async fn ask(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Question(back): Question<Back>,
    to: Switch,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let title = format!("Switch the client portal of {} {}?", staff.business.name, to.code());
    answer::page(&Ask {
        chrome: chrome.titled(title.as_str()),
        console: staff.chrome(&mut look, "overview").await?,
        to,
        title,
        action: back.on(&format!("/console/portal/{}", to.code())),
        cancel: back.or("/console"),
        keep: [],
    })
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

/// How the questions look.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = |to: Switch| {
        samples::rendered(&Ask {
            chrome: Chrome::bare("Switch the client portal"),
            console: samples::console_chrome("overview"),
            to,
            title: format!("Switch the client portal of Tidewater Haulage {}?", to.code()),
            action: "/console/portal/on".into(),
            cancel: "/console".into(),
            keep: [],
        })
    };
    vec![("console/portal_switch", page(Switch::On)), ("console/portal_switch-off", page(Switch::Off))]
}

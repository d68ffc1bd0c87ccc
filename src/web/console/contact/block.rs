//! Block from Client Portal, and Unblock (C3, C4): each asks first, and says what happens.

use crate::act::{App, Scope};
use crate::base::text::Reason;
use crate::base::{Error, Problems, Result};
use crate::contact::{self, Contact, Standing};
use crate::link::{self, State as LinkState};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::console::contact::acts::after;
use crate::web::console::contact::{id_of, path_of};
use crate::web::form::{Form, Nothing, Question};
use crate::web::parts::Back;
use askama::Template;
use axum::extract::{Path, State};
use serde::Deserialize;

/// What the question posts besides its answer: nothing.
type Keep = [(&'static str, &'static str); 0];

#[derive(Template)]
#[template(path = "console/contact_block.html")]
struct BlockPage {
    chrome: Chrome,
    console: ConsoleChrome,
    action: String,
    cancel: String,
    keep: Keep,
    name: String,
    consequences: Vec<String>,
    because: String,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "console/contact_unblock.html")]
struct UnblockPage {
    chrome: Chrome,
    console: ConsoleChrome,
    action: String,
    cancel: String,
    keep: Keep,
    name: String,
    blocked: String,
    because: String,
}

/// The question before blocking.
pub async fn block_page(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Question(back): Question<Back>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let contact = contact::store::find(&mut look, id_of(&id)?).await?;
    answer::page(&block_question(&mut look, chrome, &staff, &contact, &back).await?)
}

async fn block_question(
    look: &mut Scope,
    chrome: Chrome,
    staff: &Staff,
    contact: &Contact,
    back: &Back,
) -> Result<BlockPage> {
    let path = path_of(contact.id);
    Ok(BlockPage {
        chrome: chrome.titled(format!("Block {} from the Client Portal?", contact.name())),
        console: staff.chrome(look, "contacts").await?,
        action: back.on(&format!("{path}/block")),
        cancel: back.or(&path),
        keep: [],
        name: contact.name(),
        consequences: consequences(look, contact).await?,
        because: String::new(),
        problems: Problems::default(),
    })
}

/// What blocking this contact does, line by line.
async fn consequences(scope: &mut Scope, contact: &Contact) -> Result<Vec<String>> {
    let first = &contact.details.first_name;
    let mut lines = Vec::new();
    if let Some(tie) = link::store::of_contact(scope, contact.id).await? {
        let links = link::store::of_user(scope, tie.portal_user_id).await?;
        lines.push(format!("{first} loses access to {} now, also where a session is open.", contact.company));
        lines.push(format!("The contact is unlinked from {first}’s portal account. The account itself stays."));
        for other in links.iter().filter(|l| l.state == LinkState::Active && l.id != tie.id) {
            lines.push(format!("{first} keeps access to {}.", other.client_name));
        }
    }
    if contact.portal.standing() == Standing::Invited {
        lines.push("The open invitation stops working.".into());
    }
    lines.push("No invitations go out to this contact, including automatic ones.".into());
    lines.push(format!(
        "{} stays blocked at {}, also if the contact is imported or added again.",
        contact.details.email, contact.company
    ));
    Ok(lines)
}

/// The answer: why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockForm {
    #[serde(default)]
    because: String,
}

/// Blocks.
pub async fn block(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Question(back): Question<Back>,
    Form(form): Form<BlockForm>,
) -> Answer {
    let id = id_of(&id)?;
    let because = match Reason::parse_optional(&form.because) {
        Ok(because) => because,
        Err(wrong) => {
            let mut look = staff.look(&app).await?;
            let contact = contact::store::find(&mut look, id).await?;
            let page = block_question(&mut look, chrome, &staff, &contact, &back).await?;
            let chrome = page.chrome.clone().with_error();
            let problems = Problems::one("because", wrong.to_string());
            return answer::again(&BlockPage { chrome, problems, because: form.because, ..page });
        }
    };
    let blocked = link::acts::block(&app, &staff.actor, id, because).await.map(|contact| {
        let text = format!("{} no longer gets in to {}.", contact.details.email, contact.company);
        (format!("{} is blocked from the Client Portal", contact.name()), text)
    });
    after(blocked, &back.or(&path_of(id)), "Nobody was blocked")
}

/// The question before unblocking.
pub async fn unblock_page(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Question(back): Question<Back>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let contact = contact::store::find(&mut look, id_of(&id)?).await?;
    let path = path_of(contact.id);
    let Some(block) = contact.blocked() else {
        return Err(
            Error::refused(format!("{} is not blocked from the portal. Nothing was changed.", contact.name())).into()
        );
    };
    answer::page(&UnblockPage {
        chrome: chrome.titled(format!("Unblock {} from the Client Portal?", contact.name())),
        action: back.on(&format!("{path}/unblock")),
        cancel: back.or(&path),
        keep: [],
        name: contact.name(),
        blocked: format!("Blocked by {} on {}.", block.by, block.at.day()),
        because: block.because.clone(),
        console: staff.chrome(&mut look, "contacts").await?,
    })
}

/// Unblocks.
pub async fn unblock(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Question(back): Question<Back>,
    Form(Nothing {}): Form<Nothing>,
) -> Answer {
    let id = id_of(&id)?;
    let unblocked = link::acts::unblock(&app, &staff.actor, id).await.map(|contact| {
        let text = format!("{} can be invited again. No link comes back by itself.", contact.details.first_name);
        (format!("{} is unblocked", contact.name()), text)
    });
    after(unblocked, &back.or(&path_of(id)), "Nobody was unblocked")
}

/// How the questions look.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let block = |problems: Problems| BlockPage {
        chrome: Chrome::bare("Block Joel Okafor from the Client Portal?"),
        console: samples::console_chrome("contacts"),
        action: "/console/contacts/6/block".into(),
        cancel: "/console/contacts/6".into(),
        keep: [],
        name: "Joel Okafor".into(),
        consequences: vec!["The contact is unlinked from Joel’s portal account. The account itself stays.".into()],
        because: String::new(),
        problems,
    };
    let unblock = UnblockPage {
        chrome: Chrome::bare("Unblock Joel Okafor from the Client Portal?"),
        console: samples::console_chrome("contacts"),
        action: "/console/contacts/6/unblock".into(),
        cancel: "/console/contacts/6".into(),
        keep: [],
        name: "Joel Okafor".into(),
        blocked: "Blocked by Hana Whitlock on 22 Nov 2026.".into(),
        because: "Changed employer".into(),
    };
    let long = Problems::one("because", "The reason is longer than 500 characters. Shorten it.");
    vec![
        ("console/contact_block", samples::rendered(&block(Problems::default()))),
        ("console/contact_block-wrong", samples::rendered(&block(long))),
        ("console/contact_unblock", samples::rendered(&unblock)),
    ]
}

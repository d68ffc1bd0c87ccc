//! Block from Client Portal, and Unblock (C3, C4): each asks first, and says what happens.

use crate::act::Scope;
use crate::base::id::ContactId;
use crate::base::text::Reason;
use crate::base::{Error, Problems, Result};
use crate::contact::{self, Contact, Standing};
use crate::link::{self, State as LinkState};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::errand::Errand;
use crate::web::form::{Form, Nothing};
use askama::Template;
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
pub async fn block_page(chrome: Chrome, errand: Errand<ContactId>) -> Answer {
    answer::page(&block_question(&errand, chrome).await?)
}

async fn block_question(errand: &Errand<ContactId>, chrome: Chrome) -> Result<BlockPage> {
    let mut look = errand.look().await?;
    let contact = contact::store::find(&mut look, errand.id).await?;
    Ok(BlockPage {
        chrome: chrome.titled(format!("Block {} from the Client Portal?", contact.name())),
        console: errand.staff.chrome(&mut look, "contacts").await?,
        action: errand.action("block"),
        cancel: errand.onward(),
        keep: [],
        name: contact.name(),
        consequences: consequences(&mut look, &contact).await?,
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
pub async fn block(chrome: Chrome, errand: Errand<ContactId>, Form(form): Form<BlockForm>) -> Answer {
    let because = match Reason::parse_optional(&form.because) {
        Ok(because) => because,
        Err(wrong) => {
            let page = block_question(&errand, chrome).await?;
            let chrome = page.chrome.clone().with_error();
            let problems = Problems::one("because", wrong.to_string());
            return answer::again(&BlockPage { chrome, problems, because: form.because, ..page });
        }
    };
    let blocked = link::acts::block(&errand.app, errand.actor(), errand.id, because).await.map(|contact| {
        let text = format!("{} no longer gets in to {}.", contact.details.email, contact.company);
        (format!("{} is blocked from the Client Portal", contact.name()), text)
    });
    errand.done_or_refused(blocked, "Nobody was blocked")
}

/// The question before unblocking.
pub async fn unblock_page(chrome: Chrome, errand: Errand<ContactId>) -> Answer {
    let mut look = errand.look().await?;
    let contact = contact::store::find(&mut look, errand.id).await?;
    let Some(block) = contact.blocked() else {
        return Err(
            Error::refused(format!("{} is not blocked from the portal. Nothing was changed.", contact.name())).into()
        );
    };
    answer::page(&UnblockPage {
        chrome: chrome.titled(format!("Unblock {} from the Client Portal?", contact.name())),
        action: errand.action("unblock"),
        cancel: errand.onward(),
        keep: [],
        name: contact.name(),
        blocked: format!("Blocked by {} on {}.", block.by, block.at.day()),
        because: block.because.clone(),
        console: errand.staff.chrome(&mut look, "contacts").await?,
    })
}

/// Unblocks.
pub async fn unblock(errand: Errand<ContactId>, _: Form<Nothing>) -> Answer {
    let unblocked = link::acts::unblock(&errand.app, errand.actor(), errand.id).await.map(|contact| {
        let text = format!("{} can be invited again. No link comes back by itself.", contact.details.first_name);
        (format!("{} is unblocked", contact.name()), text)
    });
    errand.done_or_refused(unblocked, "Nobody was unblocked")
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

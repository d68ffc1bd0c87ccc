//! All of a person's linked client accounts with a business, to be searched: for those who have more than a menu can hold.

use crate::act::App;
use crate::base::id::LinkId;
use crate::base::text::fold;
use crate::link::{self, LinkedClient};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, Face, PortalAccount, PortalChrome};
use crate::web::form::Question;
use crate::web::parts::Address;
use crate::web::portal::{Person, role_words};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use uuid::Uuid;

/// How many stand on a page.
const A_PAGE: usize = 50;
/// The most that a search takes, in letters.
const MOST_LETTERS: usize = 200;

#[derive(Template)]
#[template(path = "portal/accounts.html")]
struct AccountsPage {
    chrome: Chrome,
    portal: PortalChrome,
    typed: String,
    accounts: Vec<PortalAccount>,
    next: Option<String>,
}

/// What stands behind the question mark.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Search {
    q: String,
    after: String,
    link: String,
}

impl AccountsPage {
    fn of(person: &Person, chrome: Chrome, newest: &[LinkedClient], typed: String, found: &[LinkedClient]) -> Self {
        let base = person.base();
        let more = found.get(A_PAGE - 1).filter(|_| found.len() > A_PAGE);
        let next = more.map(|last| {
            Address::of(format!("{base}/accounts"))
                .and("q", &*typed)
                .and("after", fold(&last.client_name))
                .and("link", last.id.to_string())
                .href()
        });
        let account = |link: &LinkedClient| PortalAccount {
            name: link.client_name.clone(),
            role: role_words(link.role, &chrome),
            href: format!("{base}/clients/{}", link.client_id),
            face: Face::of(&link.client_name),
            here: false,
        };
        let accounts = found.iter().take(A_PAGE).map(account).collect();
        let title = chrome.say("accounts");
        Self { portal: person.chrome(newest, Vec::new(), &chrome), typed, accounts, next, chrome: chrome.titled(title) }
    }
}

/// The list, or what was searched for.
pub async fn page(
    State(app): State<App>,
    chrome: Chrome,
    person: Person,
    Question(Search { q, after, link }): Question<Search>,
) -> Answer {
    let typed: String = q.trim().chars().filter(|c| !c.is_control()).take(MOST_LETTERS).collect();
    let mut look = app.look(&person.door.actor).await?;
    let after = (fold(&after), link.parse().unwrap_or(LinkId(Uuid::nil())));
    let newest = person.accounts(&mut look).await?;
    let found = match &person.door.user {
        Some(user) => {
            link::store::search_of_user(&mut look, user.id, &typed, (&after.0, after.1), A_PAGE as i64 + 1).await?
        }
        None => Vec::new(),
    };
    answer::page(&AccountsPage::of(&person, chrome, &newest, typed, &found))
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let (person, links) = (samples::person(), samples::linked_clients());
    let page = |typed: &str, found: &[LinkedClient]| {
        samples::rendered(&AccountsPage::of(&person, Chrome::bare(""), &links, typed.into(), found))
    };
    vec![("portal/accounts", page("", &links)), ("portal/accounts-none", page("xyz", &[]))]
}

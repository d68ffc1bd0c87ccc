//! A portal user's home: what a business shares with a client, and whom to turn to.

use crate::access::RecordKind;
use crate::act::App;
use crate::base::Instant;
use crate::link::LinkedClient;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, PortalChrome};
use crate::web::portal::Person;
use crate::web::portal::shared::{Latest, Need, Shared};
use crate::web::portal::tabs::Here;
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    chrome: Chrome,
    portal: PortalChrome,
    first_name: String,
    client: String,
    group: String,
    ends_at: Option<Instant>,
    needs: Vec<Need>,
    latest: Vec<Latest>,
}

#[derive(Template)]
#[template(path = "portal/unconnected.html")]
struct UnconnectedPage {
    chrome: Chrome,
    portal: PortalChrome,
    first_name: String,
}

/// The way in: to the first linked client that still is one, else to any; a person without any link is told so kindly
/// (PRODUCT.md rule 11).
pub async fn way_in(State(app): State<App>, chrome: Chrome, person: Person) -> Answer {
    let accounts = person.accounts(&mut *app.look(&person.door.actor).await?).await?;
    match first(&accounts) {
        Some(account) => answer::see(&format!("{}/clients/{}", person.base(), account.client_id)),
        None => answer::page(&unconnected(&person, chrome)),
    }
}

fn first(accounts: &[LinkedClient]) -> Option<&LinkedClient> {
    accounts.iter().find(|account| account.client_exited_at.is_none()).or(accounts.first())
}

fn unconnected(person: &Person, chrome: Chrome) -> UnconnectedPage {
    UnconnectedPage {
        portal: person.chrome(&[], Vec::new(), &chrome),
        chrome: {
            let title = chrome.say("home");
            chrome.titled(title)
        },
        first_name: person.door.account.first_name.to_string(),
    }
}

/// The home of one linked client.
pub async fn show(State(app): State<App>, chrome: Chrome, person: Person) -> Answer {
    let mut look = app.look(&person.door.actor).await?;
    let accounts = person.accounts(&mut look).await?;
    let shared = Shared::read(&mut look, person.client_id()?, person.reader()?, &person.door.records).await?;
    drop(look);
    answer::page(&home(&person, &accounts, &shared, chrome))
}

fn home(person: &Person, accounts: &[LinkedClient], shared: &Shared, chrome: Chrome) -> HomePage {
    let client = person.door.client.as_ref();
    let name = client.map(|client| client.client_name.clone()).unwrap_or_default();
    let grace = person.business.exit_grace_days;
    HomePage {
        portal: person.chrome(accounts, person.tabs(Here::Home, &chrome), &chrome),
        needs: shared.needs(person, &chrome),
        latest: shared.latest(person, &chrome),
        chrome: chrome.titled(name.clone()),
        first_name: person.door.account.first_name.to_string(),
        client: name,
        group: client.map(|client| client.group_name.clone()).unwrap_or_default(),
        ends_at: client.and_then(|client| client.client_exited_at).map(|at| at.plus_days(grace)),
    }
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::portal::shared::{nothing, sample};
    use crate::web::samples;
    let mut person = samples::person();
    let accounts = samples::linked_clients();
    person.door.client = accounts.first().cloned();
    let several = home(&person, &accounts, &sample(), Chrome::bare(""));
    let one = home(&person, &accounts[..1], &nothing(), Chrome::bare(""));
    let mut closing = accounts.clone();
    closing[0].client_exited_at = Some(samples::NOW);
    person.door.client = closing.first().cloned();
    vec![
        ("portal/home", samples::rendered(&several)),
        ("portal/home-one", samples::rendered(&one)),
        ("portal/home-closing", samples::rendered(&home(&person, &closing, &nothing(), Chrome::bare("")))),
        ("portal/unconnected", samples::rendered(&unconnected(&person, Chrome::bare("")))),
    ]
}

#[cfg(test)]
mod tests {
    use super::first;
    use crate::web::samples;

    #[test]
    fn the_way_in_leads_to_a_client_that_still_is_one() {
        let mut accounts = samples::linked_clients();
        assert_eq!(first(&accounts).map(|a| a.id), Some(accounts[0].id));
        accounts[0].client_exited_at = Some(samples::NOW);
        assert_eq!(first(&accounts).map(|a| a.id), Some(accounts[1].id));
        assert_eq!(first(&accounts[..1]).map(|a| a.id), Some(accounts[0].id));
        assert!(first(&[]).is_none());
    }
}

//! Whom an access request may mean: staff choose, nothing is chosen for them.

use crate::act::Scope;
use crate::base::Result;
use crate::base::page::PageSize;
use crate::base::text::fold;
use crate::client::{self, Client};
use crate::contact::{self, Contact};
use crate::door::explain::distance;
use crate::listing::Needle;
use crate::request::Request;

/// How many contacts, and how many clients, are named.
const MOST: usize = 8;
/// How many contacts of the client that was named are looked at.
const LOOKED_AT: i64 = 500;

/// Who and what is much like what was typed.
#[derive(Clone, Debug, Default)]
pub struct Nearest {
    /// Contacts, the nearest first: of the address that was typed, then of the client that was named.
    pub contacts: Vec<Contact>,
    /// The client of the reference that was typed, else those whose name or reference holds it.
    pub clients: Vec<Named>,
}

/// A client that may be meant.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its id.
    pub id: crate::base::id::ClientId,
    /// Its name.
    pub name: String,
    /// What the business calls it in its own books.
    pub reference: String,
}

impl From<&Client> for Named {
    fn from(client: &Client) -> Self {
        Self { id: client.id, name: client.name.to_string(), reference: client.reference.to_string() }
    }
}

/// Whom a request may mean; with something typed into the search, whoever fits that.
///
/// # Errors
/// When the database cannot be read.
pub async fn nearest(scope: &mut Scope, request: &Request, search: Option<Needle>) -> Result<Nearest> {
    if let Some(search) = search {
        return found(scope, search).await;
    }
    let mut contacts = contact::store::with_email(scope, &request.email.key()).await?;
    let named = client::store::look_for(scope, &request.reference).await?;
    let mut clients: Vec<Named> = named.iter().map(Named::from).collect();
    if let Some(client) = &named {
        let mut near: Vec<(usize, Contact)> = contact::store::of_client(scope, client.id, LOOKED_AT)
            .await?
            .into_iter()
            .filter(|contact| contacts.iter().all(|known| known.id != contact.id))
            .filter_map(|contact| Some((how_near(request, &contact)?, contact)))
            .collect();
        near.sort_by_key(|(distance, contact)| (*distance, contact.id));
        // The right address at the client that was named stands before the same address elsewhere.
        contacts.sort_by_key(|contact| contact.client_id != client.id);
        contacts.extend(near.into_iter().map(|(_, contact)| contact));
    } else if let Some(search) = Needle::typed(request.reference.as_str()) {
        clients = found(scope, search).await?.clients;
    }
    contacts.truncate(MOST);
    Ok(Nearest { contacts, clients })
}

/// How far a contact is from what was typed: by the address, or by the name.
fn how_near(request: &Request, contact: &Contact) -> Option<usize> {
    let by_address = distance(&request.email.key().0, &contact.details.email.key().0);
    let (typed, name) = (fold(&request.name), fold(&contact.name()));
    let last = fold(contact.details.last_name.as_str());
    let by_name = (!typed.is_empty() && (typed == name || typed.split(' ').any(|word| word == last))).then_some(4);
    by_address.into_iter().chain(by_name).min()
}

async fn found(scope: &mut Scope, search: Needle) -> Result<Nearest> {
    let size = PageSize::asked(Some(10));
    let ask = contact::list::Ask { search: Some(search.clone()), size, ..contact::list::Ask::default() };
    let ids: Vec<_> = contact::list::list(scope, &ask).await?.page.rows.iter().map(|row| row.id).take(MOST).collect();
    let mut contacts = contact::store::of_ids(scope, &ids).await?;
    contacts.sort_by_key(|contact| ids.iter().position(|id| *id == contact.id));
    let ask = client::list::Ask { search: Some(search), size, ..client::list::Ask::default() };
    let clients = client::list::list(scope, &ask).await?.page.rows.into_iter().take(MOST);
    let clients = clients
        .map(|row| Named { id: row.id, name: row.name.to_string(), reference: row.reference.to_string() })
        .collect();
    Ok(Nearest { contacts, clients })
}

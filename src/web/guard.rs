//! The guard before every route: finds out who asks, and lets them through only as far as the route's access says. What it
//! found, handlers are given; they cannot be reached without it.

use crate::access::Origin;
use crate::act::App;
use crate::base::Error;
use crate::base::secret::Token;
use crate::door;
use crate::language::Wishes;
use crate::web::answer::Failed;
use crate::web::console::Staff;
use crate::web::portal::AtDoor;
use crate::web::routes::Access;
use crate::web::{client_address, cookies, portal};
use axum::extract::{ConnectInfo, RawPathParams, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::net::SocketAddr;

/// The most of a browser's description that is kept.
const MOST_OF_DEVICE: usize = 200;

/// Checks one request. The answer, also an error, carries the language that its reader reads.
pub async fn check(
    State((app, access)): State<(App, Access)>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    path: RawPathParams,
    request: Request,
    next: Next,
) -> Response {
    let mut wishes = Wishes::default();
    let origin = origin(&app, peer, request.headers());
    let answered = let_in(&app, access, origin, &path, request, next, &mut wishes).await;
    let mut response = answered.into_response();
    response.extensions_mut().insert(wishes.choose());
    response
}

async fn let_in(
    app: &App,
    access: Access,
    origin: Origin,
    path: &RawPathParams,
    mut request: Request,
    next: Next,
    wishes: &mut Wishes,
) -> Result<Response, Failed> {
    let here = portal::at_door(app, path).await?;
    if let Some(AtDoor(business)) = &here {
        *wishes = portal::language::wishes(request.headers(), business);
    }
    match access {
        Access::Open => {}
        Access::AnyStaff | Access::Staff(_) => {
            let staff = staff(app, request.headers(), &origin).await?;
            if let Access::Staff(permission) = access {
                staff.actor.must(permission)?;
            }
            request.extensions_mut().insert(staff);
        }
        Access::Person(door) => {
            let AtDoor(business) = here.clone().ok_or(Error::NotFound("The portal"))?;
            let asked = portal::enter::Asked::of(path, &request);
            match portal::enter::person(app, business, asked, door, &origin, wishes).await? {
                Ok(person) => {
                    request.extensions_mut().insert(person);
                }
                Err(elsewhere) => return Ok(elsewhere),
            }
        }
    }
    if let Some(here) = here {
        request.extensions_mut().insert(here);
    }
    request.extensions_mut().insert(*wishes);
    request.extensions_mut().insert(origin);
    Ok(next.run(request).await)
}

/// From where a request comes.
fn origin(app: &App, peer: SocketAddr, headers: &HeaderMap) -> Origin {
    let address = client_address::of(peer.ip(), headers, &app.config.trusted_proxies);
    let device = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Origin { address: Some(address), device: device.chars().take(MOST_OF_DEVICE).collect() }
}

/// The staff member whose session the cookie opens.
async fn staff(app: &App, headers: &HeaderMap, origin: &Origin) -> Result<Staff, Failed> {
    let token = cookies::read(headers, cookies::STAFF).and_then(Token::presented).ok_or(Error::SignInNeeded)?;
    let found = door::staff::actor(app, &token, origin.clone()).await?.ok_or(Error::SignInNeeded)?;
    Ok(Staff { actor: found.actor, business: found.business, email: found.staff.email.to_string() })
}

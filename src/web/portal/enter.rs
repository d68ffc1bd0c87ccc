//! The guard's question at a portal: who asks, for which client, and which gate is closed. The gates themselves are decided
//! elsewhere ([`crate::access::gates`]); here each closed one becomes a way on.

use crate::access::gates::Gate;
use crate::access::{Charge, Origin, RecordKind};
use crate::act::App;
use crate::base::id::ClientId;
use crate::base::secret::Token;
use crate::base::{Error, Result};
use crate::business::{self, Business};
use crate::door;
use crate::door::person::Wanted;
use crate::language::{Sentence, Wishes, say};
use crate::link::keeping;
use crate::portal_user::PortalUser;
use crate::web::answer::{self, Failed};
use crate::web::cookies;
use crate::web::portal::{Person, SWITCHER};
use crate::web::routes::Door;
use axum::extract::{RawPathParams, Request};
use axum::http::Method;
use axum::response::Response;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// What a request asks for.
pub struct Asked {
    client: Option<std::result::Result<ClientId, ()>>,
    kind: Option<RecordKind>,
    token: Option<Token>,
    back: String,
}

impl Asked {
    /// Reads it from the path and the cookie.
    pub fn of(path: &RawPathParams, request: &Request) -> Self {
        let named = |wanted: &str| path.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value);
        let back = match (request.method(), request.uri().path_and_query()) {
            (&Method::GET, Some(path)) => path.to_string(),
            _ => String::new(),
        };
        Self {
            client: named("client").map(|id| id.parse().map_err(|_| ())),
            kind: named("kind").and_then(RecordKind::at_path),
            token: cookies::read(request.headers(), cookies::PORTAL).and_then(Token::presented),
            back,
        }
    }
}

/// Lets somebody in as far as a route needs, or answers where they must go first.
pub async fn person(
    app: &App,
    business: Business,
    asked: Asked,
    door: Door,
    origin: &Origin,
    wishes: &mut Wishes,
) -> Result<Result<Person, Response>, Failed> {
    let token = asked.token.ok_or(Error::SignInNeeded)?;
    let wanted = match (door, asked.client, asked.kind) {
        (Door::Client | Door::Company | Door::WholeCompany, Some(Ok(client)), _) => Wanted::Client(client),
        (Door::Records, Some(Ok(client)), Some(kind)) => Wanted::Records(client, kind),
        (Door::Client | Door::Records | Door::Company | Door::WholeCompany, _, _) => {
            return Err(Error::NotFound("The client account").into());
        }
        (Door::SignedIn | Door::Known | Door::Terms | Door::Business, _, _) => Wanted::Business,
    };
    let found = door::person::enter_for(app, &business, &token, wanted, origin.clone()).await?;
    wishes.person = found.account.language.or(wishes.person);
    wishes.client = found.client.as_ref().and_then(|client| client.client_language);
    let closed = match door {
        Door::SignedIn => None,
        // What happens to their account is nothing that this business learns (PRODUCT.md rule 3).
        Door::Known => found.user.is_none().then_some(Gate::NotDisabled),
        Door::Terms => found.closed().filter(|gate| *gate != Gate::TermsAccepted),
        Door::Business | Door::Client | Door::Records | Door::Company | Door::WholeCompany => found.closed(),
    };
    let base = format!("/portal/{}", business.slug);
    let on_to = |step: &str| {
        let next = utf8_percent_encode(&asked.back, NON_ALPHANUMERIC);
        answer::see(&format!("{base}/{step}?next={next}"))
    };
    match closed {
        None => {
            let mut tx = app.db.read().await?;
            let most = SWITCHER as i64;
            let elsewhere = business::store::others_of(&mut tx, found.account.id, business.id, most).await?;
            looks_after_others(Person { business, door: found, elsewhere }, door).map(Ok)
        }
        Some(Gate::PasswordFresh) => Ok(Err(on_to("password")?)),
        Some(Gate::TermsAccepted) => Ok(Err(on_to("terms")?)),
        Some(Gate::NotDisabled) => Err(Error::Shut(kept_out(app, &business, found.user.as_ref()).await?).into()),
        // What is switched off, or not for the person's group, is as if it did not exist.
        Some(Gate::FeatureOn | Gate::GroupMaySee) => Err(Error::NotFound("The page").into()),
        Some(gate) => Err(Error::Shut(words(gate, business.name.as_str())).into()),
    }
}

/// Goes on, behind the doors for those who look after others, only with somebody who does.
fn looks_after_others(person: Person, door: Door) -> Result<Person, Failed> {
    let charge = match door {
        Door::SignedIn | Door::Known | Door::Terms | Door::Business | Door::Client | Door::Records => {
            return Ok(person);
        }
        Door::Company | Door::WholeCompany => person.charge()?,
    };
    match (door, charge) {
        (Door::WholeCompany, Charge::Group(_)) => Err(Error::Shut(say("company-beyond").into()).into()),
        _ => Ok(person),
    }
}

/// What a person is told whom this business has disabled, or does not know: they have signed in elsewhere.
async fn kept_out(app: &App, business: &Business, user: Option<&PortalUser>) -> crate::base::Result<Sentence> {
    match user {
        Some(user) => keeping::whom_to_ask(&mut *app.look_at(business.id).await?, business, user).await,
        None => Ok(say("shut-stranger").with("business", business.name.as_str()).into()),
    }
}

/// What a person who has signed in is told about a closed gate, and whom to turn to.
fn words(gate: Gate, business: &str) -> Sentence {
    let said = match gate {
        Gate::PortalEnabled => say("shut-portal-off").with("business", business),
        Gate::Linked => say("shut-unlinked").with("business", business),
        Gate::ClientCurrent => say("shut-closed").with("business", business),
        Gate::AccountExists
        | Gate::NotDisabled
        | Gate::NotLocked
        | Gate::Credential
        | Gate::SecondFactor
        | Gate::PasswordFresh
        | Gate::TermsAccepted
        | Gate::FeatureOn
        | Gate::GroupMaySee => say("shut-sign-in-again").with("business", business),
    };
    said.into()
}

//! Errors as pages, and as `application/problem+json` for programs: what happened, what to do next, nothing of the inside
//! (S53).

use crate::act::App;
use crate::base::Error;
use crate::base::text::Slug;
use crate::business::{self, Business};
use crate::language::{Language, Said};
use crate::web::chrome::{Chrome, EntryBusiness, EntryChrome};
use crate::web::{answer, cookies, portal};
use askama::Template;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "error/page.html")]
struct ErrorPage {
    chrome: Chrome,
    entry: EntryChrome,
    heading: Said,
    text: String,
    way_on: Option<(Said, String)>,
    sign_out: Option<String>,
}

/// Renders an error that a handler, or a layer below, answered with; and forgets the message that a page has just shown.
pub async fn render(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (method, path, query) =
        (parts.method.clone(), parts.uri.path().to_owned(), parts.uri.query().map(ToOwned::to_owned));
    let wants_json =
        parts.headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/"));
    let headers = parts.headers.clone();
    let Ok(chrome) = Chrome::from_request_parts(&mut parts, &()).await;
    let had_flash = chrome.flash.is_some();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let error =
        response.extensions().get::<Arc<Error>>().cloned().or_else(|| of_status(response.status()).map(Arc::new));
    let Some(error) = error else {
        let shown = response.status() == StatusCode::OK
            && response
                .headers()
                .get(header::CONTENT_TYPE)
                .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        if had_flash && shown {
            cookies::add(&mut response, &cookies::forgotten(cookies::FLASH));
        }
        return response;
    };
    if response.status().is_server_error() {
        tracing::error!(error = %chain(&error), %method, status = error.status(), "answered with an error");
    }
    if wants_json {
        return problem(&error);
    }
    if matches!(*error, Error::SignInNeeded) {
        let back =
            if method == Method::GET { query.map_or(path.clone(), |q| format!("{path}?{q}")) } else { String::new() };
        return to_sign_in(&path, &back);
    }
    let business = at(&app, &error, &path).await;
    let lang = match (response.extensions().get::<Language>(), &business) {
        (Some(language), _) => *language,
        (None, Some(business)) => portal::language::wishes(&headers, business).choose(),
        (None, None) => chrome.lang,
    };
    page(&error, &path, business.as_ref(), Chrome { lang, ..chrome })
}

/// Whose portal a path is in, so that an error there looks like the rest of it. Where that cannot be known now, it looks like
/// Vestibule.
async fn at(app: &App, error: &Error, path: &str) -> Option<Business> {
    if matches!(error, Error::Away(_) | Error::Busy(_)) {
        return None;
    }
    let slug = Slug::parse(slug_in(path)?).ok()?;
    let mut tx = app.db.read().await.ok()?;
    business::store::look_for(&mut tx, &slug).await.ok()?
}

/// The part of a path that names the business: of its portal, and of the links in its letters.
fn slug_in(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/portal/").or_else(|| path.strip_prefix("/mail/"));
    rest.and_then(|rest| rest.split('/').next()).filter(|slug| !slug.is_empty())
}

/// An error and what caused it, for the log.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

/// The error that a bare status of a layer below stands for.
fn of_status(status: StatusCode) -> Option<Error> {
    match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(Error::NotFound("This page")),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Error::TooLarge("What was sent is too large. Send less at once.".into())),
        StatusCode::REQUEST_TIMEOUT => Some(Error::BadRequest("The request took too long. Try again.")),
        StatusCode::BAD_REQUEST => {
            Some(Error::BadRequest("The request cannot be read. Go back, reload, and try again."))
        }
        StatusCode::INTERNAL_SERVER_ERROR => Some(Error::internal("a handler failed")),
        _ => None,
    }
}

fn to_sign_in(path: &str, back: &str) -> Response {
    let door = match slug_in(path) {
        Some(slug) => format!("/portal/{slug}/sign-in"),
        None => "/console/sign-in".to_owned(),
    };
    let next = if answer::own_path(back).is_some() {
        format!("{door}?next={}", utf8_percent_encode(back, NON_ALPHANUMERIC))
    } else {
        door
    };
    answer::see(&next).unwrap_or_else(answer::Failed::into_response)
}

fn made(error: &Error, path: &str, business: Option<&Business>, chrome: Chrome) -> ErrorPage {
    let heading = match error {
        Error::NotFound(_) => chrome.say("heading-not-found"),
        Error::SignInNeeded => chrome.say("heading-sign-in"),
        Error::Forbidden(_) => chrome.say("heading-forbidden"),
        Error::Shut(_) => chrome.say("heading-shut"),
        Error::Invalid(_) | Error::BadRequest(_) => chrome.say("heading-unusable"),
        Error::Refused(_) => chrome.say("heading-refused"),
        Error::Conflict | Error::Crossed => chrome.say("heading-conflict"),
        Error::TooMany(_) => chrome.say("heading-too-many"),
        Error::Busy(_) => chrome.say("heading-busy"),
        Error::Away(_) => chrome.say("heading-away"),
        Error::Full => chrome.say("heading-full"),
        Error::TooLarge(_) => chrome.say("heading-too-large"),
        Error::Internal(_) => chrome.say("heading-internal"),
    };
    let home = match slug_in(path) {
        Some(slug) => Some(format!("/portal/{slug}")),
        None if path.starts_with("/console") => Some("/console".to_owned()),
        None => None,
    };
    let again = matches!(error, Error::Away(_) | Error::Busy(_));
    let way_on = match home {
        _ if again => Some((chrome.say("ui-try-again"), path.to_owned())),
        Some(home) if home == path => Some((chrome.say("ui-try-again"), home)),
        Some(home) => Some((chrome.say("ui-to-start"), home)),
        None => None,
    };
    ErrorPage {
        text: error.to(chrome.lang),
        chrome: Chrome { flash: None, here: None, ..chrome }.titled(heading.to_string()),
        entry: EntryChrome { business: business.map(EntryBusiness::of) },
        heading,
        way_on: way_on.filter(|(_, href)| answer::own_path(href).is_some()),
        // Somebody whom a gate stops may be the wrong person, on the right machine.
        sign_out: business
            .filter(|_| matches!(error, Error::Shut(_)))
            .map(|business| format!("/portal/{}/sign-out", business.slug)),
    }
}

fn page(error: &Error, path: &str, business: Option<&Business>, chrome: Chrome) -> Response {
    let page = made(error, path, business, chrome);
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = answer::page_with(status, &page).unwrap_or_else(|_| status.into_response());
    retry_after(error, &mut response);
    response
}

/// RFC 9457.
fn problem(error: &Error) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "detail": error.to_string(),
    });
    let mut response = (status, body.to_string()).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    retry_after(error, &mut response);
    response
}

fn retry_after(error: &Error, response: &mut Response) {
    if let Some(seconds) = error.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let business = samples::business();
    let made = |error: Error, path: &str, business| samples::rendered(&made(&error, path, business, Chrome::bare("")));
    let shut = || {
        Error::Shut(
            "You’re no longer connected to this client account. Ask Tidewater Haulage if you think that is a mistake."
                .into(),
        )
    };
    vec![
        ("error/page", made(Error::NotFound("The contact"), "/console/contacts/x", None)),
        ("error/page-shut", made(shut(), "/portal/tidewater/clients/x", Some(&business))),
        (
            "error/page-missing",
            made(Error::NotFound("The invitation"), "/portal/tidewater/invitation/x", Some(&business)),
        ),
        ("error/page-away", made(Error::Away("gone".into()), "/portal/tidewater", None)),
    ]
}

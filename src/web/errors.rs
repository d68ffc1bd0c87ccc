//! Errors as pages, and as `application/problem+json` for programs: what happened, what to do next, nothing of the inside
//! (S53).

use crate::base::Error;
use crate::web::chrome::{Chrome, EntryChrome};
use crate::web::{answer, cookies};
use askama::Template;
use axum::extract::{FromRequestParts as _, Request};
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
    heading: &'static str,
    text: String,
    way_on: Option<(&'static str, String)>,
}

/// Renders an error that a handler, or a layer below, answered with; and forgets the message that a page has just shown.
pub async fn render(request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (method, path, query) =
        (parts.method.clone(), parts.uri.path().to_owned(), parts.uri.query().map(ToOwned::to_owned));
    let wants_json =
        parts.headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/"));
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
    page(&error, &path, chrome)
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
    let door = match path.strip_prefix("/portal/").and_then(|rest| rest.split('/').next()) {
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

fn page(error: &Error, path: &str, chrome: Chrome) -> Response {
    let heading = match error {
        Error::NotFound(_) => "We can’t find that",
        Error::SignInNeeded => "Sign in to go on",
        Error::Forbidden(_) => "You may not open this",
        Error::Shut(_) => "You can’t get in right now",
        Error::Invalid(_) | Error::BadRequest(_) => "That can’t be used as it is",
        Error::Refused(_) => "That can’t be done now",
        Error::Conflict => "Somebody else was quicker",
        Error::TooMany(_) => "Too many attempts",
        Error::Busy(_) => "The server is busy",
        Error::Away(_) => "We’ll be back in a moment",
        Error::Full => "There is no space left",
        Error::TooLarge(_) => "That is too large",
        Error::Internal(_) => "Something went wrong on our side",
    };
    let home = match path.strip_prefix("/portal/").and_then(|rest| rest.split('/').next()) {
        Some(slug) if !slug.is_empty() => Some(format!("/portal/{slug}")),
        _ if path.starts_with("/console") => Some("/console".to_owned()),
        _ => None,
    };
    let way_on = match error {
        Error::Away(_) | Error::Busy(_) => Some(("Try again", path.to_owned())),
        _ => home.map(|home| ("Go to the start page", home)),
    };
    let page = ErrorPage {
        chrome: Chrome { flash: None, ..chrome }.titled(heading),
        entry: EntryChrome { business: None },
        heading,
        text: error.to_string(),
        way_on: way_on.filter(|(_, href)| answer::own_path(href).is_some()),
    };
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

//! What handlers answer with.

use crate::base::{Error, Problems};
use crate::import::Download;
use crate::web::chrome::Flash;
use crate::web::cookies;
use askama::Template;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;
use tokio_util::io::ReaderStream;

/// What a handler answers: a response, or an error that becomes a page.
pub type Answer = Result<Response, Failed>;

/// An error on its way to becoming a page; [`crate::web::errors`] renders it, where the reader's theme and side are known.
#[derive(Debug)]
pub struct Failed(pub Error);

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let mut response =
            StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response();
        response.extensions_mut().insert(Arc::new(self.0));
        response
    }
}

/// A page.
pub fn page(template: &impl Template) -> Answer {
    page_with(StatusCode::OK, template)
}

/// The same page again, with what is wrong on it.
pub fn again(template: &impl Template) -> Answer {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// The same page again, with why the act did not happen on it, so that what was typed stays there. Errors that have nothing
/// to do with the form go on to a page of their own.
pub fn again_with<T: Template>(error: Error, page: impl FnOnce(Problems) -> T) -> Answer {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let wait = error.retry_after();
    let problems = match error {
        Error::Invalid(problems) => problems,
        Error::Refused(_) | Error::TooMany(_) | Error::Busy(_) => Problems::one("", error.to_string()),
        other => return Err(other.into()),
    };
    let mut response = page_with(status, &page(problems))?;
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// A page with a status.
pub fn page_with(status: StatusCode, template: &impl Template) -> Answer {
    let html = template.render().map_err(|e| Failed(Error::internal(e)))?;
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Ok(response)
}

/// A file to keep, sent while it is read: never shown in the browser (S57).
pub fn download(file: Download) -> Answer {
    let body = Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file.file)));
    let mut response = attachment(&file.name, file.media_type, body)?;
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(file.size));
    Ok(response)
}

/// The same for what is at hand already.
pub fn attachment(name: &str, media_type: &'static str, body: Body) -> Answer {
    // The plain name for old programs, the true one for the others (RFC 6266).
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    let disposition =
        format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, NON_ALPHANUMERIC));
    let disposition = HeaderValue::from_str(&disposition).map_err(|e| Failed(Error::internal(e)))?;
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}

/// After a form: on to another page of ours (S52).
pub fn see(path: &str) -> Answer {
    let location = HeaderValue::from_str(own_path(path).unwrap_or("/")).map_err(|e| Failed(Error::internal(e)))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
}

/// After a form: on to another page, which says once what has just happened.
pub fn see_with(path: &str, tone: &'static str, title: &str, text: &str) -> Answer {
    let mut response = see(path)?;
    cookies::add(&mut response, &Flash::cookie(tone, title, text));
    Ok(response)
}

/// The path, if it leads nowhere but to a page of our own: one leading slash, no second host, nothing that a browser would
/// read as one (S52).
#[must_use]
pub fn own_path(path: &str) -> Option<&str> {
    let fine = path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 2000
        && path.chars().all(|c| !c.is_control() && c != '\\' && c.is_ascii());
    fine.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::own_path;
    use proptest::prelude::*;

    #[test]
    fn s52_only_own_paths_are_gone_to() {
        for bad in [
            "//evil.test",
            "https://evil.test",
            "/\\evil.test",
            "\\/evil.test",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x",
            "",
            "evil.test",
            "/\t/evil.test",
        ] {
            assert_eq!(own_path(bad), None, "{bad:?}");
        }
        assert_eq!(own_path("/console/contacts?q=a%20b"), Some("/console/contacts?q=a%20b"));
    }

    proptest! {
        #[test]
        fn s52_a_path_never_leaves_our_address(path in any::<String>()) {
            if let Some(path) = own_path(&path) {
                let there = format!("https://portal.example{path}").parse::<axum::http::Uri>();
                prop_assert!(there.is_err() || there.unwrap().host() == Some("portal.example"));
            }
        }
    }
}

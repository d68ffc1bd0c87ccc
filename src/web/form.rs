//! Forms: what a browser posted, read into a type that names every field. An unknown field, one too many, or one that is
//! too long is refused (S46).

use crate::base::Error;
use crate::web::answer::Failed;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, header, request::Parts};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The most that a form may weigh, in bytes. Pages with more to say (an import) have their own way in.
pub(super) const MOST_BYTES: usize = 64 * 1024;

/// A posted form. `T` should carry `#[serde(deny_unknown_fields)]`.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Failed;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failed> {
        if !is_form(request.headers()) {
            return Err(Failed(Error::BadRequest("This page takes forms only. Go back, reload, and try again.")));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| Failed(too_large()))?;
        if bytes.len() > MOST_BYTES {
            return Err(Failed(too_large()));
        }
        read(&bytes).map(Self)
    }
}

/// Whether a request brings a form, be it only a button without any field.
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    let said = headers.get(header::CONTENT_TYPE);
    said.is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"))
        || headers.get(header::CONTENT_LENGTH).is_some_and(|length| length == "0")
}

pub(super) fn too_large() -> Error {
    Error::TooLarge("The form is too large. Shorten what you entered.".into())
}

/// A form that is only a button.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Reads `a=1&b=2`.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failed> {
    serde_html_form::from_bytes(bytes).map_err(|_| {
        Failed(Error::BadRequest(
            "The form has fields that this page does not know, or misses some. Go back, reload, and try again.",
        ))
    })
}

/// What stands behind the `?` of an address. Parts that are not known are ignored: an address may come from an older page
/// or carry somebody's marks.
pub struct Question<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Question<T> {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failed> {
        serde_html_form::from_str(parts.uri.query().unwrap_or_default()).map(Self).map_err(|_| {
            Failed(Error::BadRequest(
                "The address has a part that cannot be read. Shorten it at the question mark and try again.",
            ))
        })
    }
}

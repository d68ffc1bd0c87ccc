//! A form whose act crossed with another transaction is done again, so that nobody notices.

use crate::base::Error;
use crate::db;
use crate::web::answer::Failed;
use crate::web::form;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

/// Gives a handler the same form again when its act was taken back (`Error::Crossed`). What a handler commits before its act
/// is only ever a counted attempt, so doing all of it again does nothing twice. A file that goes up is not kept for that:
/// taking it in holds no lock that another waits for.
pub async fn when_crossed(request: Request, next: Next) -> Response {
    if !form::is_form(request.headers()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, form::MOST_BYTES).await else { return Failed(form::too_large()).into_response() };
    let answered = db::again(async || {
        let request = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
        let response = next.clone().run(request).await;
        let error = response.extensions().get::<Arc<Error>>();
        if error.is_some_and(|error| matches!(**error, Error::Crossed)) { Err(Error::Crossed) } else { Ok(response) }
    });
    answered.await.unwrap_or_else(|error| Failed(error).into_response())
}

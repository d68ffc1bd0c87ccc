//! A business's colours, as a stylesheet of one rule.

use crate::web::answer::Answer;
use crate::web::portal::AtDoor;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse as _;

/// The stylesheet.
pub async fn show(AtDoor(business): AtDoor) -> Answer {
    let mut response = business.brand_css().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    Ok(response)
}

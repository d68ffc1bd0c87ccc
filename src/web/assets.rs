//! Stylesheet, scripts, font and icons: in the binary, served under the hash of their content, kept by browsers for a year.

use crate::base::Error;
use crate::web::answer::{Answer, Failed};
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse as _;
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// The folder under which all assets are served: `/assets/` and eight letters that change when any of them does.
static FOLDER: LazyLock<String> = LazyLock::new(|| {
    let mut all = Sha256::new();
    for name in Files::iter() {
        all.update(name.as_bytes());
        all.update(Files::get(&name).map(|file| file.metadata.sha256_hash()).unwrap_or_default());
    }
    format!("/assets/{}", &data_encoding::HEXLOWER.encode(&all.finalize())[..8])
});

/// See [`FOLDER`].
pub fn folder() -> &'static str {
    &FOLDER
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("csv") => "text/csv; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    }
}

/// One asset. An address of an older version is answered with the present one, but not kept: a page that was open during
/// an update still finds its style.
pub async fn show(Path((hash, name)): Path<(String, String)>) -> Answer {
    let file = Files::get(&name).ok_or(Failed(Error::NotFound("The file")))?;
    let current = folder().ends_with(&hash) && hash.len() == 8;
    let keep = if current { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = (StatusCode::OK, file.data.into_owned()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(&name)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    Ok(response)
}

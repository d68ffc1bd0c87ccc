//! Cookies: the two sessions, the message that is shown once, and the theme.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

/// The session of a staff member. `__Host-` binds it to this host, to HTTPS and to the whole site (S35).
pub const STAFF: &str = "__Host-vestibule_staff";
/// The session of a portal user.
pub const PORTAL: &str = "__Host-vestibule_portal";
/// A message that the next page shows once.
pub const FLASH: &str = "__Host-vestibule_flash";
/// The language that somebody has chosen in this browser.
pub const LANGUAGE: &str = "__Host-vestibule_language";
/// `light` or `dark`; written by the page's own script.
pub const THEME: &str = "theme";

/// The value of a cookie, if the browser sent it.
#[must_use]
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// A cookie that only the server reads; it lives until the browser closes, or for these seconds.
#[must_use]
pub fn made(name: &str, value: &str, life_seconds: Option<i64>) -> String {
    let life = life_seconds.map(|s| format!("; Max-Age={s}")).unwrap_or_default();
    format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{life}")
}

/// What makes the browser forget a cookie.
#[must_use]
pub fn forgotten(name: &str) -> String {
    made(name, "", Some(0))
}

/// Adds a cookie to an answer.
pub fn add(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

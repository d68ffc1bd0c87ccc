//! What protects every answer: headers, and the proof that a change was asked for by a page of ours.

use crate::act::App;
use crate::base::Error;
use crate::web::answer::Failed;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Nothing from elsewhere, nothing inline, in no frame (S51).
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Refuses changes that another site asks for.
pub async fn same_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || comes_from_us(request.headers(), &app.config.address) {
        next.run(request).await
    } else {
        Failed(Error::BadRequest(
            "This request did not come from a page of ours. Go back, reload the page, and try again.",
        ))
        .into_response()
    }
}

/// Puts the protecting headers on every answer, also on errors.
pub async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::CACHE_CONTROL, "no-store");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if app.config.address.starts_with("https://") {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    response
}

/// Browsers say with every form where it comes from: `Sec-Fetch-Site`, and `Origin`. One of the two must prove that it was a
/// page of ours; a request that says nothing proves nothing (S50).
fn comes_from_us(headers: &HeaderMap, address: &str) -> bool {
    match (headers.get("sec-fetch-site"), headers.get(header::ORIGIN)) {
        (Some(site), origin) => site == "same-origin" && origin.is_none_or(|origin| origin == address),
        (None, Some(origin)) => origin == address,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s50_only_our_own_pages_prove_a_change() {
        let ask = |pairs: &[(&'static str, &'static str)]| {
            let headers =
                pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect();
            comes_from_us(&headers, "https://portal.example.com")
        };
        assert!(ask(&[("sec-fetch-site", "same-origin"), ("origin", "https://portal.example.com")]));
        assert!(ask(&[("origin", "https://portal.example.com")]));
        assert!(!ask(&[]));
        assert!(!ask(&[("origin", "null")]));
        assert!(!ask(&[("origin", "https://portal.example.com.evil.test")]));
        assert!(!ask(&[("sec-fetch-site", "same-site"), ("origin", "https://portal.example.com")]));
        assert!(!ask(&[("sec-fetch-site", "cross-site")]));
        assert!(!ask(&[("sec-fetch-site", "same-origin"), ("origin", "https://evil.test")]));
    }
}

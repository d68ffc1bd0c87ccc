//! What protects every page.

use crate::http::{PORTAL, STAFF};
use crate::world::{Everything, PASSWORD, both};
use axum::http::{Method, StatusCode};

both! {
    async fn s50_a_change_that_no_page_of_ours_asked_for_is_refused(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let mut browser = w.console(&nadia.token);
        for headers in [
            &[][..],
            &[("origin", "https://evil.test")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:8080")],
        ] {
            let reply = browser.ask(Method::POST, "/console/sign-out", Some(&[]), headers).await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{headers:?}");
        }
        assert_eq!(browser.get("/console").await.status, StatusCode::OK, "still signed in");
        assert_eq!(browser.post("/console/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get("/console").await.location(), "/console/sign-in?next=%2Fconsole");
    }

    async fn s51_every_answer_carries_the_protecting_headers(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let mut browser = w.console(&nadia.token);
        for path in ["/console", "/console/sign-in", "/healthz", "/nowhere", "/portal/nowhere/sign-in"] {
            let reply = browser.get(path).await;
            let header = |name: &str| reply.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
            let policy = header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
            assert!(!policy.contains("unsafe"), "{path}: {policy}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(header("cache-control"), "no-store", "{path}");
        }
    }

    async fn s52_after_signing_in_only_own_pages_are_gone_to(w: World) {
        w.staff("nadia").may(Everything).await;
        for (next, there) in [
            ("/console/audit", "/console/audit"),
            ("https://evil.test/console", "/console"),
            ("//evil.test/console", "/console"),
            ("/console/\\evil.test", "/console"),
            ("/portal/tidewater-haulage", "/console"),
        ] {
            let email = format!("nadia@{}.test", w.business.slug);
            let reply = w.browser().post("/console/sign-in", &[("email", &email), ("password", PASSWORD), ("next", next)]).await;
            assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, there), "{next}");
        }
    }

    async fn s53_programs_get_problems_without_anything_of_the_inside(w: World) {
        let mut browser = w.browser();
        let reply = browser.ask(Method::GET, "/nowhere", None, &[("accept", "application/json")]).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
        assert_eq!(reply.headers["content-type"], "application/problem+json");
        let problem: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
        assert_eq!(problem["status"], 404);
        assert!(problem["detail"].as_str().unwrap().starts_with("This page was not found"));
    }

    async fn s46_unknown_repeated_and_oversized_fields_are_refused(w: World) {
        let mut browser = w.browser();
        let sign_in = [("email", "a@b.test"), ("password", "x"), ("next", "")];
        let mut more = sign_in.to_vec();
        more.push(("role", "global_admin"));
        assert_eq!(browser.post("/console/sign-in", &more).await.status, StatusCode::BAD_REQUEST);
        let mut twice = sign_in.to_vec();
        twice.push(("email", "c@d.test"));
        assert_eq!(browser.post("/console/sign-in", &twice).await.status, StatusCode::BAD_REQUEST);
        let long = "x".repeat(100_000);
        let reply = browser.post("/console/sign-in", &[("email", &long), ("password", "x"), ("next", "")]).await;
        assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(reply.body.contains("Shorten what you entered"), "{}", reply.body);
        assert_eq!(browser.post("/console/sign-in", &[("email", "a@b.test")]).await.status, StatusCode::BAD_REQUEST);
        let control = browser.post("/console/sign-in", &[("email", "a\u{0}@b.test"), ("password", "x"), ("next", "")]).await;
        assert_eq!(control.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn s35_the_session_cookie_is_bound_to_the_host_and_hidden_from_scripts(w: World) {
        w.staff("nadia").may(Everything).await;
        let email = format!("nadia@{}.test", w.business.slug);
        let mut browser = w.browser();
        let reply = browser.post("/console/sign-in", &[("email", &email), ("password", PASSWORD), ("next", "")]).await;
        let cookie = reply.headers["set-cookie"].to_str().unwrap();
        assert!(cookie.starts_with(STAFF) && STAFF.starts_with("__Host-") && PORTAL.starts_with("__Host-"), "{cookie}");
        for part in ["; Path=/;", "; Secure;", "; HttpOnly;", "; SameSite=Lax"] {
            assert!(cookie.contains(part), "{part} in {cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }

    async fn s44_a_session_of_one_realm_opens_nothing_of_the_other(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let mut as_staff = w.browser().with_cookie(STAFF, omar.token.reveal());
        assert!(as_staff.get("/console").await.location().starts_with("/console/sign-in"));
        let mut as_person = w.browser().with_cookie(PORTAL, nadia.token.reveal());
        assert_ne!(as_person.get(&format!("/portal/{}", w.business.slug)).await.status, StatusCode::OK);
    }
}

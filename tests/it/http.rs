//! A browser without a window: it asks the real router, keeps cookies, and says where its forms come from.

#![allow(dead_code)] // what browsers can do: each test needs some of it

use crate::world::World;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use tower::ServiceExt as _;
use vestibule::act::App;
use vestibule::base::secret::Token;
use vestibule::web;

/// The cookies' names, as the pages set them.
pub const STAFF: &str = "__Host-vestibule_staff";
pub const PORTAL: &str = "__Host-vestibule_portal";

/// Somebody's browser.
#[derive(Clone)]
pub struct Browser {
    world: World,
    router: axum::Router,
    cookies: BTreeMap<String, String>,
    /// From which network address it asks.
    pub address: SocketAddr,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Reply {
    /// Where it leads on to.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|l| l.to_str().ok()).unwrap_or_default()
    }
}

impl World {
    /// A browser that nobody has signed in with.
    pub fn browser(&self) -> Browser {
        self.browser_at(&self.app)
    }

    /// The same, asking another node.
    pub fn browser_at(&self, node: &App) -> Browser {
        Browser {
            world: self.clone(),
            router: web::router(node),
            cookies: BTreeMap::new(),
            address: SocketAddr::from(([198, 51, 100, 77], 50_000)),
        }
    }

    /// A browser with this session of the console.
    pub fn console(&self, session: &Token) -> Browser {
        self.browser().with_cookie(STAFF, session.reveal())
    }

    /// A browser with this session of the portal.
    pub fn portal(&self, session: &Token) -> Browser {
        self.browser().with_cookie(PORTAL, session.reveal())
    }
}

impl Browser {
    #[must_use]
    pub fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The same browser, asking another node.
    #[must_use]
    pub fn browsing(mut self, node: &App) -> Self {
        self.router = web::router(node);
        self
    }

    /// The cookie it carries.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub async fn get(&mut self, path: &str) -> Reply {
        self.ask(Method::GET, path, None, &[]).await
    }

    /// Posts a form from a page of ours.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Reply {
        let origin = self.world.app.config.address.clone();
        self.ask(Method::POST, path, Some(form), &[("origin", &origin)]).await
    }

    /// Asks with these headers, as they are.
    pub async fn ask(
        &mut self,
        method: Method,
        path: &str,
        form: Option<&[(&str, &str)]>,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match form {
            Some(form) => {
                request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
                Body::from(serde_html_form::to_string(form).unwrap())
            }
            None => Body::empty(),
        };
        self.send(request.body(body).unwrap()).await
    }

    /// Hands in a file, as the field of this name in a form of a page of ours.
    pub async fn upload(&mut self, path: &str, field: &str, name: &str, file: &[u8]) -> Reply {
        self.upload_all(path, &[(field, name, file)]).await
    }

    /// Hands in several: of each the field, the name and the content.
    pub async fn upload_all(&mut self, path: &str, files: &[(&str, &str, &[u8])]) -> Reply {
        let mut body = Vec::new();
        for (field, name, file) in files {
            let head = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(file);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--edge--\r\n");
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::ORIGIN, &self.world.app.config.address)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        request.extensions_mut().insert(ConnectInfo(self.address));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        for cookie in headers.get_all(header::SET_COOKIE) {
            let (pair, rest) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = axum::body::to_bytes(response.into_body(), 50_000_000).await.unwrap();
        Reply { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

/// A client for programs that run beside the tests.
pub fn client() -> reqwest::ClientBuilder {
    // Whoever comes second finds it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
}

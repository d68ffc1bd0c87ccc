//! Staff who work as fast as they can, over several connections, until the server is gone.

use crate::http::STAFF;
use crate::world::{Staff, World};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc;
use vestibule::base::id::{ContactId, PortalUserId};

/// From how many browsers they work at the same time.
const BROWSERS: usize = 6;

/// What they do, each to somebody else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed {
    Invite(ContactId),
    Block(ContactId),
    Disable(PortalUserId),
}

impl Deed {
    fn form(self) -> (String, &'static [(&'static str, &'static str)]) {
        let because = &[("because", "Left the company")];
        match self {
            Self::Invite(id) => (format!("/console/contacts/{id}/invite"), &[]),
            Self::Block(id) => (format!("/console/contacts/{id}/block"), because),
            Self::Disable(id) => (format!("/console/portal-users/{id}/disable"), because),
        }
    }
}

/// A browser's way to a real server.
pub struct Way {
    http: Client,
    to: String,
    cookie: String,
    origin: String,
}

impl Way {
    pub fn to(address: &str, w: &World, staff: &Staff) -> Self {
        Self {
            http: crate::http::client().redirect(Policy::none()).build().unwrap(),
            to: address.to_owned(),
            cookie: format!("{STAFF}={}", staff.token.reveal()),
            origin: w.app.config.address.clone(),
        }
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.to)).header("cookie", &self.cookie)
    }

    /// A form of a page of ours.
    pub fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(format!("{}{path}", self.to)).header("cookie", &self.cookie).header("origin", &self.origin)
    }

    /// The server is ready, and shows its lists.
    pub async fn is_well(&self) {
        for path in ["/readyz", "/console/contacts", "/console/portal-users", "/console/invitations"] {
            assert_eq!(self.get(path).send().await.unwrap().status(), StatusCode::OK, "{path}");
        }
    }
}

/// Deeds that are being done.
pub struct Storm {
    acknowledged: mpsc::UnboundedReceiver<Deed>,
    done: Vec<Deed>,
}

impl Storm {
    pub fn begin(address: &str, w: &World, staff: &Staff, deeds: &Arc<Mutex<Vec<Deed>>>) -> Self {
        let (acknowledge, acknowledged) = mpsc::unbounded_channel();
        for _ in 0..BROWSERS {
            let (way, deeds, acknowledge) = (Way::to(address, w, staff), deeds.clone(), acknowledge.clone());
            tokio::spawn(async move {
                loop {
                    let next = deeds.lock().unwrap().pop();
                    let Some(deed) = next else { return };
                    let (path, form) = deed.form();
                    let Ok(reply) = way.post(&path).form(form).send().await else { return };
                    assert_eq!(reply.status(), StatusCode::SEE_OTHER, "{deed:?}");
                    acknowledge.send(deed).unwrap();
                }
            });
        }
        Self { acknowledged, done: Vec::new() }
    }

    /// Comes back when so many deeds have been acknowledged.
    pub async fn has_done(&mut self, many: usize) {
        while self.done.len() < many {
            self.done.push(self.acknowledged.recv().await.expect("there is more to do, and the server runs"));
        }
    }

    /// Everything that was acknowledged before the server was gone.
    pub async fn ends(mut self) -> Vec<Deed> {
        while let Some(deed) = self.acknowledged.recv().await {
            self.done.push(deed);
        }
        self.done
    }
}

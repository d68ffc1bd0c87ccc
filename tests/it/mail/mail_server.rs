//! The mail server of `tests/smtp/server.js`: a process of its own, that misbehaves when told to.

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use vestibule::config::{Smtp, Tls, Transport};

/// A running mail server; it ends with the test.
pub struct MailServer {
    process: Child,
    ready: Value,
    http: reqwest::Client,
}

impl MailServer {
    pub fn start() -> Self {
        let mut process = Command::new("node")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp/server.js"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node runs the mail server");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready = serde_json::from_str(&line)
            .expect("the mail server tells its ports; run `./test` once to install what it needs");
        Self { process, ready, http: crate::http::client().build().unwrap() }
    }

    /// The way out to it: with encryption and login, or without either.
    pub fn transport(&self, tls: Tls) -> Transport {
        Transport::Smtp(self.settings(tls))
    }

    pub fn settings(&self, tls: Tls) -> Smtp {
        let text = |key: &str| self.ready[key].as_str().unwrap().to_owned();
        let port = match tls {
            Tls::None => "plain",
            Tls::Starttls => "starttls",
            Tls::Tls => "tls",
        };
        Smtp {
            host: text("host"),
            port: u16::try_from(self.ready[port].as_u64().unwrap()).unwrap(),
            tls,
            login: (tls != Tls::None).then(|| (text("user"), text("password").into())),
            timeout_seconds: 20,
            ca_file: (tls != Tls::None).then(|| text("ca_file").into()),
        }
    }

    /// Treats the next callers so; see the head of `tests/smtp/server.js`.
    pub async fn behave(&self, behaviour: Value) {
        let url = format!("{}/behaviour", self.control());
        self.http.put(url).body(behaviour.to_string()).send().await.unwrap().error_for_status().unwrap();
    }

    pub async fn accept(&self) {
        self.behave(json!({"kind": "accept"})).await;
    }

    /// Answers everything that was held back.
    pub async fn release(&self) {
        self.http.post(format!("{}/release", self.control())).send().await.unwrap().error_for_status().unwrap();
    }

    /// The first event of a kind, now or when it comes.
    pub async fn next(&self, event: &str) -> Value {
        let url = format!("{}/events/next?event={event}", self.control());
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// All events of a kind so far.
    pub async fn all(&self, event: &str) -> Vec<Value> {
        let url = format!("{}/events", self.control());
        let events: Vec<Value> = self.http.get(url).send().await.unwrap().json().await.unwrap();
        events.into_iter().filter(|e| e["event"] == event).collect()
    }

    /// All letters taken so far.
    pub async fn letters(&self) -> Vec<Value> {
        self.all("message").await
    }

    fn control(&self) -> &str {
        self.ready["control"].as_str().unwrap()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // It ends when its input closes.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

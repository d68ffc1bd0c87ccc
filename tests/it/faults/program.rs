//! The real program as a process of its own, to be killed in the middle of what it does.

use crate::world::World;
use secrecy::ExposeSecret as _;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Output, Stdio};
use vestibule::config::{Smtp, Tls};

/// A server that runs; it is killed at the latest when the test ends.
pub struct Program {
    process: Child,
    /// Where it listens.
    pub address: String,
}

impl Program {
    /// Starts it on a world's database, and waits until it listens.
    pub fn start(w: &World, mail: &Smtp) -> Self {
        let mut process = command(w, mail).arg("serve").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("it said “{line}”"));
        Self { address: address.to_owned(), process }
    }

    /// Ends it as a power cut does: nothing of it runs on.
    pub fn kill(self) {}
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs a command on a world's database to its end.
pub fn run(w: &World, mail: &Smtp, arguments: &[&str]) -> Output {
    command(w, mail).args(arguments).output().unwrap()
}

fn command(w: &World, mail: &Smtp) -> Command {
    assert_eq!(mail.tls, Tls::None, "logins and certificates have tests of their own");
    let config = &w.app.config;
    let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
    command
        .env_clear()
        .current_dir(std::env::temp_dir())
        .env("VESTIBULE_SERVER__LISTEN", "127.0.0.1:0")
        .env("VESTIBULE_SERVER__ADDRESS", &config.address)
        .env("VESTIBULE_DATABASE__URL", config.database.url.expose_secret())
        .env("VESTIBULE_MAIL__FROM", config.mail.from.as_str())
        .env("VESTIBULE_MAIL__SMTP__HOST", &mail.host)
        .env("VESTIBULE_MAIL__SMTP__PORT", mail.port.to_string())
        .env("VESTIBULE_MAIL__SMTP__TLS", "none")
        .env("VESTIBULE_LOG__LEVEL", "error");
    command
}

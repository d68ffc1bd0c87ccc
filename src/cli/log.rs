//! The log: on stderr, for people or for machines. Addresses of people may be in it, secrets never.

use crate::config::{Log, LogFormat};
use tracing_subscriber::EnvFilter;

/// Starts it. What cannot be read in `log.level` falls back to `info`.
pub fn start(log: &Log) {
    let filter = EnvFilter::try_new(&log.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match log.format {
        LogFormat::Text => {
            lines.with_target(false).with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).init()
        }
        LogFormat::Json => lines.json().init(),
    }
}

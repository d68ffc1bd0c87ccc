//! `vestibule serve`.

use crate::act::App;
use crate::base::{Error, Result};
use crate::web;
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

/// Serves until SIGTERM or Ctrl-C; then finishes the requests and the mail in hand.
pub async fn run(app: App) -> Result<ExitCode> {
    let serving = web::serve(app).await?;
    println!("listening on http://{}", serving.address);
    until_told_to_stop().await?;
    tracing::info!("stopping: finishing the requests and the mail in hand");
    serving.stop().await?;
    Ok(ExitCode::SUCCESS)
}

/// Waits for SIGTERM or Ctrl-C.
pub async fn until_told_to_stop() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate()).map_err(Error::internal)?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(())
}

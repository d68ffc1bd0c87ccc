//! The server: the router with everything around it, and its life from start to SIGTERM.

use crate::act::App;
use crate::base::{Error, Result};
use crate::web::answer::Failed;
use crate::web::{errors, listen, protection, routes};
use crate::worker::Worker;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;

/// The most that a request may weigh, in bytes, where a page does not say otherwise.
const MOST_BYTES: usize = 256 * 1024;
/// How long the requests and the mail in hand may take after SIGTERM.
const MOST_TIME_TO_STOP: Duration = Duration::from_secs(30);

/// The router, with every layer.
pub fn router(app: &App) -> Router {
    routes::router(app)
        .layer(from_fn_with_state(app.clone(), until_migrated))
        .layer(CatchPanicLayer::new())
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(from_fn_with_state(app.clone(), protection::same_origin))
        .layer(from_fn_with_state(app.clone(), errors::render))
        .layer(from_fn_with_state(app.clone(), protection::headers))
        .with_state(app.clone())
}

async fn until_migrated(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let needs_no_tables = path == "/healthz" || path.starts_with("/assets/");
    if app.is_migrated() || needs_no_tables {
        next.run(request).await
    } else {
        Failed(Error::Away("the database has not been reached since the start".into())).into_response()
    }
}

/// A server that is running.
pub struct Serving {
    /// Where it listens.
    pub address: SocketAddr,
    stop: CancellationToken,
    server: tokio::task::JoinHandle<()>,
    worker: tokio::task::JoinHandle<()>,
    app: App,
}

/// Binds the address and starts to serve, with the worker beside it. A database that is away is no reason not to start:
/// pages say so until it is back, and then go on by themselves.
///
/// # Errors
/// When the address cannot be bound, or the database was made by a newer version.
pub async fn serve(app: App) -> Result<Serving> {
    let listener = TcpListener::bind(app.config.listen).await.map_err(|e| {
        Error::refused(format!(
            "server.listen: {} cannot be listened on ({e}). Choose another address or port.",
            app.config.listen
        ))
    })?;
    let address = listener.local_addr().map_err(Error::internal)?;
    let worker = Worker::new(&app).map_err(|wrong| Error::refused(wrong.to_string()))?;
    let stop = CancellationToken::new();
    match app.migrate().await {
        Ok(()) => {}
        Err(error @ (Error::Away(_) | Error::Full)) => {
            tracing::warn!(?error, "the database cannot be used yet; pages say so until it can");
            tokio::spawn(migrate_when_back(app.clone(), stop.clone()));
        }
        Err(error) => return Err(error),
    }
    let server = tokio::spawn({
        let (app, stop) = (app.clone(), stop.clone());
        async move { listen::run(listener, router(&app), &app.config.trusted_proxies, stop).await }
    });
    let worker = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await }
    });
    Ok(Serving { address, stop, server, worker, app })
}

async fn migrate_when_back(app: App, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            () = stop.cancelled() => return,
        }
        match app.migrate().await {
            Ok(()) => {
                tracing::info!("the database is there");
                return;
            }
            Err(Error::Away(_) | Error::Full) => {}
            Err(error) => tracing::error!(%error, "the database cannot be used"),
        }
    }
}

impl Serving {
    /// Finishes the requests and the mail in hand, then stops.
    ///
    /// # Errors
    /// When the server failed.
    pub async fn stop(self) -> Result<()> {
        self.stop.cancel();
        let finished = async {
            let _ = self.worker.await;
            self.server.await
        };
        match tokio::time::timeout(MOST_TIME_TO_STOP, finished).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(Error::internal(error)),
            Err(_) => tracing::warn!("some requests did not end in time and were cut off"),
        }
        self.app.db.close().await;
        Ok(())
    }
}

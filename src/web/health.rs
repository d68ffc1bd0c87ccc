//! For the machines that watch over the server.

use crate::act::App;
use crate::db::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The process can serve people: its database answers, and has the tables of this version.
pub async fn ready(State(app): State<App>) -> Response {
    let asked = async {
        let mut tx = app.db.read().await?;
        Query::new("SELECT COUNT(*) FROM business").one::<(i64,)>(&mut tx, "The database").await
    };
    match asked.await {
        Ok(_) => "ready\n".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}

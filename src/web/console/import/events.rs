//! How far an import is, as it happens.

use crate::access::Actor;
use crate::act::App;
use crate::base::id::ImportId;
use crate::import::{self, State as Stage, progress};
use crate::web::answer::Answer;
use crate::web::console::Staff;
use crate::web::console::import::id_of;
use crate::web::console::import::preview::Said;
use crate::web::events::{self, Followed, Now};
use askama::Template;
use axum::extract::{Path, State};
use std::time::Duration;

/// The least time between two events: faster is not seen.
const STEP: Duration = Duration::from_millis(150);
/// How often something is sent while nothing happens.
const QUIET: Duration = Duration::from_secs(2);

#[derive(Template)]
#[template(path = "console/part/import_progress.html")]
struct Part {
    progress: Option<Said>,
}

/// An import that somebody follows.
struct Import {
    app: App,
    actor: Actor,
    id: ImportId,
}

/// Follows it.
pub async fn follow(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Answer {
    let id = id_of(&id)?;
    import::acts::preview(&app, &staff.actor, id).await?;
    Ok(events::follow(Import { app, actor: staff.actor, id }))
}

impl Followed for Import {
    async fn now(&mut self) -> Now {
        match progress::follow(self.id) {
            Some(now) => {
                let progress = Some(Said::from(*now.borrow()));
                Now::Part(Part { progress }.render().unwrap_or_default())
            }
            None if self.runs_elsewhere().await => Now::Quiet,
            None => Now::Over,
        }
    }

    async fn wait(&mut self) {
        let Some(mut progress) = progress::follow(self.id) else {
            tokio::time::sleep(QUIET).await;
            return;
        };
        tokio::time::sleep(STEP).await;
        // Ended, changed, or quiet: in each case the caller looks again.
        let _ = tokio::time::timeout(QUIET, progress.changed()).await;
    }
}

impl Import {
    /// Whether another node writes it. A database that is away is no end: the browser comes back.
    async fn runs_elsewhere(&self) -> bool {
        match import::acts::preview(&self.app, &self.actor, self.id).await {
            Ok(import) => import.state == Stage::Running,
            Err(_) => true,
        }
    }
}

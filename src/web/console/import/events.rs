//! How far an import is, as it happens (server-sent events): the same part of the page that a reload would show.

use crate::access::Actor;
use crate::act::App;
use crate::base::id::ImportId;
use crate::import::{self, State as Stage, progress};
use crate::web::answer::Answer;
use crate::web::console::Staff;
use crate::web::console::import::id_of;
use crate::web::console::import::preview::Said;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use axum::response::sse::{Event, Sse};
use futures_util::stream;
use std::convert::Infallible;
use std::time::Duration;
use tokio::time::Instant;

/// How long one stream lasts. The browser comes back by itself; so a server that stops need not wait long, and whoever may
/// no longer look is asked again.
const MOST_TIME: Duration = Duration::from_secs(10);
/// The least time between two events: faster is not seen.
const STEP: Duration = Duration::from_millis(150);
/// How often something is sent while nothing happens.
const QUIET: Duration = Duration::from_secs(2);
/// After how many milliseconds the browser comes back.
const COMES_BACK: Duration = Duration::from_millis(500);

#[derive(Template)]
#[template(path = "console/part/import_progress.html")]
struct Part {
    progress: Option<Said>,
}

/// Somebody who follows an import.
struct Follower {
    app: App,
    actor: Actor,
    id: ImportId,
    until: Instant,
    told: Told,
}

/// What the browser was told.
enum Told {
    Nothing,
    Something,
    TheEnd,
}

/// Follows it.
pub async fn follow(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Answer {
    let id = id_of(&id)?;
    import::acts::preview(&app, &staff.actor, id).await?;
    let follower = Follower { app, actor: staff.actor, id, until: Instant::now() + MOST_TIME, told: Told::Nothing };
    let events = stream::unfold(follower, |mut follower| async move {
        let event = follower.next().await?;
        Some((Ok::<_, Infallible>(event), follower))
    });
    Ok(Sse::new(events).into_response())
}

impl Follower {
    async fn next(&mut self) -> Option<Event> {
        match self.told {
            Told::Nothing => self.told = Told::Something,
            Told::Something if Instant::now() < self.until => self.wait().await,
            Told::Something | Told::TheEnd => return None,
        }
        match progress::follow(self.id) {
            Some(now) => Some(said(Some(Said::from(*now.borrow())))),
            None if self.runs_elsewhere().await => Some(Event::default().retry(COMES_BACK).comment("still running")),
            None => {
                self.told = Told::TheEnd;
                Some(Event::default().event("done").data("done"))
            }
        }
    }

    /// Waits until there is something to tell, or it has been quiet for too long.
    async fn wait(&self) {
        let Some(mut progress) = progress::follow(self.id) else {
            tokio::time::sleep(QUIET).await;
            return;
        };
        tokio::time::sleep(STEP).await;
        // Ended, changed, or quiet: in each case the caller looks again.
        let _ = tokio::time::timeout(QUIET, progress.changed()).await;
    }

    /// Whether another node writes it. A database that is away is no end: the browser comes back.
    async fn runs_elsewhere(&self) -> bool {
        match import::acts::preview(&self.app, &self.actor, self.id).await {
            Ok(import) => import.state == Stage::Running,
            Err(_) => true,
        }
    }
}

fn said(progress: Option<Said>) -> Event {
    let html = Part { progress }.render().unwrap_or_default();
    Event::default().retry(COMES_BACK).event("progress").data(html.replace(['\r', '\n'], ""))
}

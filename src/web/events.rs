//! Something that goes on, followed as it happens (server-sent events): each event carries the same part of the page that a
//! reload would show, and the last one says that it is over.

use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;
use tokio::time::Instant;

/// How long one stream lasts. The browser comes back by itself; so a server that stops need not wait long, and whoever may
/// no longer look is asked again.
const MOST_TIME: Duration = Duration::from_secs(10);
/// After how many milliseconds the browser comes back.
const COMES_BACK: Duration = Duration::from_millis(500);

/// How it stands.
pub enum Now {
    /// It has come this far: the part of the page that says so.
    Part(String),
    /// It goes on, and there is nothing to say.
    Quiet,
    /// It is over.
    Over,
}

/// Something that can be followed.
pub trait Followed: Send + 'static {
    /// How it stands.
    fn now(&mut self) -> impl Future<Output = Now> + Send;

    /// Waits until there is something to tell, or it has been quiet for too long.
    fn wait(&mut self) -> impl Future<Output = ()> + Send;
}

/// Follows it.
pub fn follow(followed: impl Followed) -> Response {
    let follower = Follower { followed, until: Instant::now() + MOST_TIME, told: Told::Nothing };
    let events = stream::unfold(follower, |mut follower| async move {
        let event = follower.next().await?;
        Some((Ok::<_, Infallible>(event), follower))
    });
    Sse::new(events).into_response()
}

struct Follower<F> {
    followed: F,
    until: Instant,
    told: Told,
}

/// What the browser was told.
enum Told {
    Nothing,
    Something,
    TheEnd,
}

impl<F: Followed> Follower<F> {
    async fn next(&mut self) -> Option<Event> {
        match self.told {
            Told::Nothing => self.told = Told::Something,
            Told::Something if Instant::now() < self.until => self.followed.wait().await,
            Told::Something | Told::TheEnd => return None,
        }
        Some(match self.followed.now().await {
            Now::Part(html) => {
                Event::default().retry(COMES_BACK).event("progress").data(html.replace(['\r', '\n'], ""))
            }
            Now::Quiet => Event::default().retry(COMES_BACK).comment("still running"),
            Now::Over => {
                self.told = Told::TheEnd;
                Event::default().event("done").data("done")
            }
        })
    }
}

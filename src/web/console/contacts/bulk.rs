//! Inviting several contacts at once: each is an act of its own, and whoever cannot be invited is named with the reason.

use crate::act::App;
use crate::base::Error;
use crate::base::id::ContactId;
use crate::business::Switch;
use crate::db;
use crate::invitation;
use crate::web::answer::{self, Answer};
use crate::web::console::contact::HELD;
use crate::web::console::{Staff, count, pace_words};
use crate::web::form::{Form, Question};
use crate::web::parts::Back;
use axum::extract::State;
use serde::Deserialize;

/// The most that are ticked at once: a page holds no more.
const MOST: usize = 100;
/// How many reasons fit into the message afterwards.
const MOST_REASONS: usize = 3;

/// The rows that were ticked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticked {
    #[serde(default)]
    id: Vec<String>,
}

/// Invites them.
pub async fn invite(
    State(app): State<App>,
    staff: Staff,
    Question(back): Question<Back>,
    Form(Ticked { id }): Form<Ticked>,
) -> Answer {
    let back = back.or(super::PATH);
    if id.is_empty() {
        return answer::see_with(&back, "bad", "Select at least one person", "Nobody was invited.");
    }
    if id.len() > MOST {
        return Err(
            Error::BadRequest("More people are ticked than a page holds. Go back, reload, and try again.").into()
        );
    }
    let mut invited = 0;
    let mut refused = Vec::new();
    for id in &id {
        let id: ContactId = id.parse().map_err(|_| Error::NotFound("The contact"))?;
        match db::again(|| invitation::acts::invite(&app, &staff.actor, id)).await {
            Ok(_) => invited += 1,
            Err(Error::Refused(why)) => refused.push(why),
            // Who was invited before stays invited: the message says how far it came.
            Err(other) if invited > 0 => {
                refused.push(other.to_string());
                break;
            }
            Err(other) => return Err(other.into()),
        }
    }
    let (tone, title) = match (invited, refused.len()) {
        (0, _) => ("bad", "Nobody was invited".to_owned()),
        (n, 0) => ("ok", format!("{} invited", count(n, "person", "people"))),
        (n, skipped) => ("warn", format!("{} invited, {skipped} skipped", count(n, "person", "people"))),
    };
    let mut text: Vec<String> = refused.iter().take(MOST_REASONS).cloned().collect();
    if refused.len() > MOST_REASONS {
        text.push(format!("And {} more.", refused.len() - MOST_REASONS));
    }
    if invited > 0 && staff.business.portal == Switch::Off {
        text.push(HELD.to_owned());
    }
    text.extend(pace_words(&mut *staff.look(&app).await?, &app).await?);
    answer::see_with(&back, tone, &title, &text.join(" "))
}

//! A forgotten password of staff: the portal's pages, at the console's door.

use crate::access::Origin;
use crate::act::App;
use crate::base::Error;
use crate::base::secret::Token;
use crate::base::text::Email;
use crate::door::reset::staff;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, EntryChrome};
use crate::web::form::{Form, Question};
use crate::web::portal::forgotten::{
    AskForm, AtForgotten, ForgottenPage, ResetForm, ResetPage, Step, on_to_sign_in, presented,
};
use axum::Extension;
use axum::extract::{Path, State};

const HOME: &str = "/console";

fn at() -> AtForgotten {
    AtForgotten { entry: EntryChrome { business: None }, home: HOME.into() }
}

/// The form, or what is said after it.
pub async fn page(chrome: Chrome, Question(Step { asked }): Question<Step>) -> Answer {
    answer::page(&ForgottenPage::at(at(), chrome, asked))
}

/// Asks for a link. The answer is the same whether the address is a staff member's or not (S12).
pub async fn ask(
    State(app): State<App>,
    chrome: Chrome,
    Extension(origin): Extension<Origin>,
    Form(form): Form<AskForm>,
) -> Answer {
    let asked = match Email::parse(&form.email) {
        Ok(_) => staff::ask(&app, &form.email, origin).await,
        Err(why) => Err(Error::invalid("email", why.0)),
    };
    ForgottenPage::after(at(), chrome, form.email, asked)
}

async fn look(app: &App, chrome: Chrome, token: &Token) -> Result<ResetPage, Error> {
    Ok(ResetPage::at(at(), chrome, &staff::look(app, token).await?))
}

/// The page of a link; looking at it uses nothing up (S31).
pub async fn reset_page(State(app): State<App>, chrome: Chrome, Path(token): Path<String>) -> Answer {
    answer::page(&look(&app, chrome, &presented(&token)?).await?)
}

/// Sets the new password, and leads to the door: e-mail alone never signs anyone in to the console (S21).
pub async fn reset(
    State(app): State<App>,
    chrome: Chrome,
    Path(token): Path<String>,
    Extension(origin): Extension<Origin>,
    Form(form): Form<ResetForm>,
) -> Answer {
    let token = presented(&token)?;
    match staff::set(&app, &token, form.password, origin).await {
        Ok(()) => on_to_sign_in(HOME, chrome.lang),
        Err(error @ (Error::NotFound(_) | Error::TooMany(_))) => Err(error.into()),
        Err(error) => look(&app, chrome, &token).await?.again(error),
    }
}

/// The pages as samples: those of the portal's door in the console's frame.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::door::reset::ResetLook;
    use crate::web::portal::forgotten::Asked;
    use crate::web::samples;
    let forgotten = |asked| samples::rendered(&ForgottenPage::at(at(), Chrome::bare(""), asked));
    let email = Email::parse("hana@tidewater.example.com").unwrap();
    let look = ResetLook { name: "Hana Whitlock".into(), email, spent: None };
    vec![
        ("portal/forgotten-staff", forgotten(Asked::No)),
        ("portal/forgotten-staff-asked", forgotten(Asked::Yes)),
        ("portal/reset-staff", samples::rendered(&ResetPage::at(at(), Chrome::bare(""), &look))),
    ]
}

//! Who gets in, and who does not.

mod explanations;
mod invitations;
mod limits;
mod passwords;
mod sessions;
mod sign_in;

use vestibule::base::Error;

/// What an outsider sees of a refusal: the status and the words.
fn seen<T>(answer: Result<T, Error>) -> (u16, String) {
    match answer {
        Ok(_) => (200, String::new()),
        Err(error) => (error.status(), error.to_string()),
    }
}

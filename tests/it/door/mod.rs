//! Who gets in, and who does not.

mod acceptance;
mod explanations;
mod forgotten;
mod invitations;
mod limits;
mod passwords;
mod rights;
mod sessions;
mod sign_in;
mod staff_reset;

use vestibule::base::Error;

/// What an outsider sees of a refusal: the status and the words.
fn seen<T>(answer: Result<T, Error>) -> (u16, String) {
    match answer {
        Ok(_) => (200, String::new()),
        Err(error) => (error.status(), error.to_string()),
    }
}

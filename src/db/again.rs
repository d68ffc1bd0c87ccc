//! Doing again what another transaction cut short.

use crate::base::{Error, Result};

/// How often a step is done at the most.
const TRIES: usize = 5;

/// Does a step, and does it again from its beginning when it crossed with another transaction and was taken back. It needs no
/// pause: the other one goes on by that, and this one waits for it at the lock. A step begins and commits its transaction
/// itself, so nothing of the earlier try is left.
///
/// # Errors
/// What the step answers; `Crossed` when it was taken back each time.
pub async fn again<T, F: Future<Output = Result<T>>>(mut step: impl FnMut() -> F) -> Result<T> {
    for _ in 1..TRIES {
        match step().await {
            // Often, it would tell of a lock that is taken out of order.
            Err(Error::Crossed) => tracing::info!("a transaction crossed with another and is done again"),
            done => return done,
        }
    }
    step().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    async fn tried(outcomes: &[fn() -> Result<u8>]) -> (Result<u8>, usize) {
        let tries = Cell::new(0);
        let done = again(async || {
            let nth = tries.replace(tries.get() + 1);
            outcomes[nth.min(outcomes.len() - 1)]()
        })
        .await;
        (done, tries.get())
    }

    #[tokio::test]
    async fn only_what_was_taken_back_is_done_again_and_not_for_ever() {
        let crossed = || Err(Error::Crossed);
        assert!(matches!(tried(&[crossed, crossed, || Ok(7)]).await, (Ok(7), 3)));
        assert!(matches!(tried(&[|| Err(Error::Conflict)]).await, (Err(Error::Conflict), 1)));
        assert!(matches!(tried(&[crossed]).await, (Err(Error::Crossed), TRIES)));
    }
}

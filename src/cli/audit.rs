//! `vestibule audit`.

use crate::act::App;
use crate::audit::{self, Verified};
use crate::base::Result;
use crate::base::id::BusinessId;
use crate::business;
use clap::Subcommand;
use std::process::ExitCode;

/// What can be done with the log.
#[derive(Subcommand)]
pub enum Audit {
    /// Prove that no entry was changed, removed or inserted; names the first that was. Keep the printed hash elsewhere:
    /// whoever can rewrite the whole chain cannot make it end in the same hash.
    Verify,
}

impl Audit {
    /// Verifies every chain.
    pub async fn run(self, app: &App) -> Result<ExitCode> {
        let businesses = business::store::all(&mut app.db.read().await?).await?;
        let chains = businesses.into_iter().map(|b| (b.id, b.name.to_string()));
        let mut whole = true;
        for (id, name) in chains.chain([(BusinessId::INSTALLATION, "The installation".to_owned())]) {
            match audit::verify(&app.db, id).await? {
                Verified::Whole { entries, newest } => println!("{name}: {entries} entries, whole. Newest: {newest}"),
                Verified::Broken { seq, why } => {
                    whole = false;
                    println!("{name}: BROKEN at entry {seq}: {why}.");
                }
            }
        }
        Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(2) })
    }
}

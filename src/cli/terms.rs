//! `vestibule terms`.

use crate::act::App;
use crate::base::{Error, Result};
use crate::business::terms;
use crate::cli::the_business;
use crate::db;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `terms` asks for.
#[derive(Args)]
pub struct Terms {
    /// The Terms and Conditions, in Markdown.
    file: PathBuf,
    /// The business's place in addresses; needed where there are several.
    #[arg(long, value_name = "SLUG")]
    business: Option<String>,
}

impl Terms {
    /// Publishes them as the next version.
    pub async fn run(self, app: &App) -> Result<ExitCode> {
        let (business, actor) = the_business(app, self.business.as_deref()).await?;
        let text = tokio::fs::read_to_string(&self.file).await.map_err(|e| {
            Error::refused(format!(
                "{} cannot be read as text ({e}). Check the path, and save it as UTF-8.",
                self.file.display()
            ))
        })?;
        let published = db::again(|| terms::publish(app, &actor, &text)).await?;
        println!(
            "{}: version {} of the terms is published. Everybody is asked to accept it.",
            business.name, published.version
        );
        Ok(ExitCode::SUCCESS)
    }
}

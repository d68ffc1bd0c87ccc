//! `vestibule import`.

use crate::act::App;
use crate::base::Result;
use crate::cli::the_business;
use crate::import::acts;
use crate::import::progress::{self, Phase};
use crate::import::upload::Upload;
use crate::import::{Findings, Preview};
use clap::Args;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

/// What `import` asks for.
#[derive(Args)]
pub struct Import {
    /// The file: CSV (commas, semicolons or tabs) or XLSX.
    file: PathBuf,
    /// The business's place in addresses; needed where there are several.
    #[arg(long, value_name = "SLUG")]
    business: Option<String>,
    /// Import without asking.
    #[arg(long)]
    yes: bool,
}

impl Import {
    /// Shows what would change; imports all of it when that is agreed to.
    pub async fn run(self, app: &App) -> Result<ExitCode> {
        let (_, actor) = the_business(app, self.business.as_deref()).await?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let upload = Upload::of_file(&self.file).await?;
        let preview = acts::prepare(app, &actor, &name, upload).await?;
        show(&preview);
        let counts = preview.findings.counts;
        if counts.new + counts.changed == 0 {
            println!("Nothing to import.");
            return Ok(ExitCode::SUCCESS);
        }
        if !self.yes && !agreed()? {
            println!("Nothing was imported.");
            return Ok(ExitCode::SUCCESS);
        }
        let running = acts::start(app, &actor, preview.id).await?;
        let ticker = tokio::spawn(show_progress(preview.id));
        let done = running.await.map_err(crate::base::Error::internal)?;
        let _ = ticker.await;
        let counts = done?;
        println!(
            "Imported: {} new, {} changed, {} unchanged, {} refused.",
            counts.new, counts.changed, counts.unchanged, counts.refused
        );
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints what would change.
fn show(preview: &Preview) {
    let Findings { format, counts, clients, contacts, refused, ignored, .. } = &preview.findings;
    println!("{} ({format})", preview.file_name);
    println!("  clients:  {} new, {} changed, {} unchanged", clients.new, clients.changed, clients.unchanged);
    println!("  contacts: {} new, {} changed, {} unchanged", contacts.new, contacts.changed, contacts.unchanged);
    println!("  refused:  {} rows", counts.refused);
    for row in refused.iter().take(20) {
        for problem in &row.problems {
            println!("    row {}, {}: {}", row.row, problem.column, problem.reason);
        }
    }
    if refused.len() > 20 {
        println!("    … and {} more rows", counts.refused - 20);
    }
    if !ignored.is_empty() {
        println!("  columns that nothing is made of: {}", ignored.join(", "));
    }
}

/// Asks; without a terminal to ask at, the answer is no.
fn agreed() -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        println!("Add --yes to import it.");
        return Ok(false);
    }
    print!("Import all of it? [y/N] ");
    std::io::stdout().flush().map_err(crate::base::Error::internal)?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(crate::base::Error::internal)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// Shows how far it is: one line that moves on a terminal, one line per phase elsewhere.
async fn show_progress(id: crate::base::id::ImportId) {
    let Some(mut progress) = progress::follow(id) else { return };
    let terminal = std::io::stderr().is_terminal();
    let mut said = None;
    while progress.changed().await.is_ok() {
        let now = *progress.borrow_and_update();
        let words = match now.phase {
            Phase::Reading => "reading",
            Phase::Writing => "writing",
            Phase::Finishing => "finishing",
        };
        if terminal {
            eprint!("\r  {words}: {} of {} rows   ", now.done, now.total);
        } else if said != Some(words) {
            eprintln!("  {words}");
            said = Some(words);
        }
    }
    if terminal {
        eprintln!();
    }
}

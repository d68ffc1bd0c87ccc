//! `vestibule import`.

use crate::access::Actor;
use crate::act::App;
use crate::base::{Error, Result};
use crate::cli::the_business;
use crate::import::acts;
use crate::import::progress::{self, Phase};
use crate::import::records::attachments::Source;
use crate::import::upload::Upload;
use crate::import::{About, Findings, Preview, Sorts};
use clap::{Args, Subcommand};
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What `import` asks for.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Import {
    #[command(subcommand)]
    what: Option<What>,
    /// The file: CSV (commas, semicolons or tabs) or XLSX.
    #[arg(required = true)]
    file: Option<PathBuf>,
    #[command(flatten)]
    how: How,
}

/// What is imported, where it is not clients and contacts.
#[derive(Subcommand)]
enum What {
    /// Import records (bookings, invoices, dockets, statements, documents) and share them with clients, with their files.
    Records(Records),
}

#[derive(Args)]
struct Records {
    /// The table: CSV (commas, semicolons or tabs) or XLSX.
    file: PathBuf,
    /// A folder, or a ZIP archive, that holds the files which the column Attachments names.
    #[arg(long, value_name = "FOLDER_OR_ZIP")]
    attachments: Option<PathBuf>,
    #[command(flatten)]
    how: How,
}

#[derive(Args)]
struct How {
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
        if let Some(What::Records(records)) = self.what {
            return records.run(app).await;
        }
        let file = self.file.ok_or_else(|| Error::refused("Name the file to import."))?;
        let (_, actor) = the_business(app, self.how.business.as_deref()).await?;
        let preview = acts::prepare(app, &actor, &name_of(&file), Upload::of_file(&file).await?).await?;
        self.how.carry_out(app, &actor, preview).await
    }
}

impl Records {
    async fn run(self, app: &App) -> Result<ExitCode> {
        let (_, actor) = the_business(app, self.how.business.as_deref()).await?;
        let source = match self.attachments {
            None => Source::Nothing,
            Some(folder) if folder.is_dir() => Source::Folder(folder),
            Some(archive) => Source::Archive(Upload::of_file(&archive).await?),
        };
        let upload = Upload::of_file(&self.file).await?;
        let preview = acts::prepare_records(app, &actor, &name_of(&self.file), upload, source).await?;
        self.how.carry_out(app, &actor, preview).await
    }
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

impl How {
    /// Shows what an import would do, and does it when that is agreed to.
    async fn carry_out(&self, app: &App, actor: &Actor, preview: Preview) -> Result<ExitCode> {
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
        let running = acts::start(app, actor, preview.id).await?;
        let ticker = tokio::spawn(show_progress(preview.id));
        let done = running.await.map_err(Error::internal)?;
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
    let Findings { format, counts, refused, ignored, .. } = &preview.findings;
    println!("{} ({format})", preview.file_name);
    let line = |what: &str, sorts: &Sorts| {
        println!("  {what:<9} {} new, {} changed, {} unchanged", sorts.new, sorts.changed, sorts.unchanged);
    };
    match preview.about {
        About::People => {
            line("clients:", &preview.findings.clients);
            line("contacts:", &preview.findings.contacts);
        }
        About::Records => {
            line("records:", &preview.findings.records);
            println!("  files:    {}", preview.findings.files);
        }
    }
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
    if !preview.findings.unnamed.is_empty() {
        println!("  files that no row names: {}", preview.findings.unnamed.join(", "));
    }
}

/// Asks; without a terminal to ask at, the answer is no.
fn agreed() -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        println!("Add --yes to import it.");
        return Ok(false);
    }
    print!("Import all of it? [y/N] ");
    std::io::stdout().flush().map_err(Error::internal)?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(Error::internal)?;
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

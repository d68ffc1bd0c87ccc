//! The command line: every command calls the same acts as the pages. An error is one clear line on stderr and an exit code.

mod audit;
mod demo;
mod explain;
mod import;
mod init;
mod log;
mod seed;
mod serve;
mod terms;

use crate::access::Actor;
use crate::act::App;
use crate::base::text::Slug;
use crate::base::{Clock, Error, Result};
use crate::business::{self, Business};
use crate::config::Config;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// The self-hosted front door of a business's client portal.
///
/// Configuration comes from vestibule.toml (or --config FILE) and, above it, from the environment:
/// server.listen is VESTIBULE_SERVER__LISTEN, database.url is VESTIBULE_DATABASE__URL, and so on.
#[derive(Parser)]
#[command(version, propagate_version = true)]
struct Cli {
    /// The configuration file; vestibule.toml in this folder if there is one.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the pages and deliver the mail, until SIGTERM.
    Serve,
    /// Try Vestibule: a sample business, captured mail, and a link to walk in. Needs no configuration, keeps nothing.
    Demo(demo::Demo),
    /// Create a business and its first staff member; prints the one-time link that sets the password.
    Init(init::Init),
    /// Bring the database's tables up to this version.
    Migrate,
    /// Import clients and contacts (or records) from a CSV or XLSX file: a preview, then (with --yes, or when you agree) all of it
    /// or none.
    Import(import::Import),
    /// Publish the Terms and Conditions: everybody is asked to accept the new version.
    Terms(terms::Terms),
    /// Fill an empty database with a big synthetic business: for trying out and measuring.
    Seed(seed::Seed),
    /// Why somebody can or cannot get in: every gate, for every linked client.
    Explain(explain::Explain),
    /// The audit log.
    Audit {
        #[command(subcommand)]
        command: audit::Audit,
    },
}

/// Runs the command that was given.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("vestibule: the program cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(command(cli)) {
        Ok(code) => code,
        Err(error) => {
            let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(&error);
            eprintln!("vestibule: {error}");
            while let Some(inner) = cause {
                eprintln!("  because: {inner}");
                cause = inner.source();
            }
            ExitCode::from(if matches!(error, Error::Internal(_)) { 70 } else { 1 })
        }
    }
}

async fn command(cli: Cli) -> Result<ExitCode> {
    if let Command::Demo(demo) = cli.command {
        return demo.run().await;
    }
    let config = match Config::load(cli.config.as_deref()) {
        Ok(config) => config,
        Err(error) => {
            eprintln!("vestibule: {error}");
            return Ok(ExitCode::from(78)); // EX_CONFIG of sysexits(3)
        }
    };
    log::start(&config.log);
    let app = App::new(config, Clock::System)?;
    if matches!(cli.command, Command::Serve) {
        return serve::run(app).await;
    }
    app.migrate().await?;
    let done = match cli.command {
        Command::Serve | Command::Demo(_) => Ok(ExitCode::SUCCESS),
        Command::Migrate => {
            println!("The {} database is at version {}.", app.db.kind(), app.db.newest_migration());
            Ok(ExitCode::SUCCESS)
        }
        Command::Init(init) => init.run(&app).await,
        Command::Import(import) => import.run(&app).await,
        Command::Terms(terms) => terms.run(&app).await,
        Command::Seed(seed) => seed.run(&app).await,
        Command::Explain(explain) => explain.run(&app).await,
        Command::Audit { command } => command.run(&app).await,
    };
    app.db.close().await;
    done
}

/// The business that a command is about: the one named, or the only one there is.
async fn the_business(app: &App, named: Option<&str>) -> Result<(Business, Actor)> {
    let mut tx = app.db.read().await?;
    let business = match named {
        Some(slug) => {
            let slug = Slug::parse(slug).map_err(|e| Error::invalid("business", format!("--business: {e}")))?;
            let found = business::store::look_for(&mut tx, &slug).await?;
            found.ok_or_else(|| Error::refused(format!("There is no business at “{slug}”.")))?
        }
        None => {
            let mut all = business::store::all(&mut tx).await?;
            match (all.len(), all.pop()) {
                (1, Some(only)) => only,
                (0, _) => return Err(Error::refused("There is no business yet. Create one with: vestibule init")),
                _ => return Err(Error::refused("There are several businesses. Say which with --business SLUG.")),
            }
        }
    };
    let actor = Actor::operator(business.id);
    Ok((business, actor))
}

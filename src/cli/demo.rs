//! `vestibule demo`: everything at once, to look around in.

use crate::access::Actor;
use crate::account::token::Purpose;
use crate::act::App;
use crate::base::hashing::Cost;
use crate::base::text::{CompanyName, Email, PersonName, Slug};
use crate::base::{Clock, Error, Result};
use crate::business::{self, terms};
use crate::cli::{log, serve};
use crate::config::{Config, FilePlace, Files, Log, LogFormat, Mail, Pace, Transport};
use crate::db::Place;
use crate::import::upload::Upload;
use crate::import::{self, SAMPLE, SAMPLE_NAME};
use crate::{staff, web};
use clap::Args;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

/// What `demo` can be told.
#[derive(Args)]
pub struct Demo {
    /// The port to listen on; another free one is taken when it is not free.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// What the sample business asks of its people.
const TERMS: &str = include_str!("demo_terms.md");

impl Demo {
    /// Starts the demo, and serves it until it is stopped. Its database is a file in a fresh temporary folder, removed at
    /// the end: every start begins anew, and two can run side by side.
    pub async fn run(self) -> Result<ExitCode> {
        let folder = std::env::temp_dir().join(format!("vestibule-demo-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(Error::internal)?;
        let done = self.run_in(&folder).await;
        let _ = std::fs::remove_dir_all(&folder);
        done
    }

    async fn run_in(&self, folder: &std::path::Path) -> Result<ExitCode> {
        log::start(&Log { format: LogFormat::Text, level: "warn".into() });
        let listen = free_address(self.port)?;
        let app = App::new(config(folder, listen)?, Clock::System)?;
        app.migrate().await?;
        println!("Vestibule demo: creating a sample business …");
        let name = CompanyName::parse("Tidewater Haulage").map_err(Error::internal)?;
        let slug = Slug::parse("tidewater").map_err(Error::internal)?;
        let business = business::acts::create(&app, name, slug, None).await?;
        let operator = Actor::operator(business.id);
        terms::publish(&app, &operator, TERMS).await?;
        let (member, link) = staff::acts::add(
            &app,
            &operator,
            Email::parse("hana@tidewater.example.com").map_err(Error::internal)?,
            PersonName::parse("Hana").map_err(Error::internal)?,
            PersonName::parse("Whitlock").map_err(Error::internal)?,
            staff::acts::Rights::Administrator,
            Purpose::DemoSignIn,
        )
        .await?;
        println!("Vestibule demo: importing {SAMPLE_NAME} …");
        let prepared = import::acts::prepare(&app, &operator, SAMPLE_NAME, Upload::of_bytes(SAMPLE).await?).await?;
        let counts = import::acts::confirm(&app, &operator, prepared.id).await?;
        println!("Vestibule demo: {} rows imported.", counts.new);
        let address = app.config.address.clone();
        let serving = web::serve(app).await?;
        println!();
        println!("  Staff console, signed in as {} (this link works once):", member.name);
        println!("    {address}/console/welcome/{}", link.reveal());
        println!("  Mail that would have been sent:");
        println!("    {address}/demo/mail");
        println!("  The clients’ portal:");
        println!("    {address}/portal/{}", business.slug);
        println!();
        println!("  Nothing leaves this machine, and nothing is kept. Ctrl-C stops it.");
        println!("listening on http://{}", serving.address);
        serve::until_told_to_stop().await?;
        serving.stop().await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The port that was asked for, or another one that is free.
fn free_address(port: u16) -> Result<SocketAddr> {
    let free = |port| std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|l| l.local_addr());
    free(port).or_else(|_| free(0)).map_err(Error::internal)
}

fn config(folder: &std::path::Path, listen: SocketAddr) -> Result<Config> {
    Ok(Config {
        listen,
        address: format!("http://{listen}"),
        trusted_proxies: Vec::new(),
        database: Place {
            url: format!("sqlite:{}", folder.join("demo.db").display()).into(),
            connections: 4,
            pooler: false,
        },
        files: Files { place: FilePlace::Folder(folder.join("files")), most_bytes: 25 * 1024 * 1024 },
        mail: Mail {
            from: Email::parse("portal@tidewater.example.com").map_err(Error::internal)?,
            transport: Transport::Capture,
            pace: Pace::default(),
        },
        hashing: Cost { memory_kib: 19 * 1024, passes: 2 },
        hashes_at_once: 2,
        session_idle: 3600,
        session_life: 86_400,
        log: Log { format: LogFormat::Text, level: "warn".into() },
    })
}

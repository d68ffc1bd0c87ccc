//! `vestibule seed`.

use crate::access::Actor;
use crate::account::token::Purpose;
use crate::act::App;
use crate::base::text::{Email, PersonName};
use crate::base::{Error, Result};
use crate::seed::{self, Onto, Seeding};
use crate::staff::{self, acts::Rights};
use clap::Args;
use secrecy::ExposeSecret as _;
use std::io::IsTerminal as _;
use std::process::ExitCode;

/// What `seed` asks for.
#[derive(Args)]
pub struct Seed {
    /// How many portal users; clients, contacts and invitations follow from it.
    #[arg(long, default_value_t = 10_000)]
    portal_users: usize,
    /// The number that decides who they are: the same number makes the same people.
    #[arg(long, default_value_t = 1)]
    number: u64,
    /// The password that all of them share; made up and printed when it is not given.
    #[arg(long)]
    password: Option<String>,
    /// The work email of a staff member of the made-up business, who may do everything and comes in by a link that is printed.
    #[arg(long, value_name = "EMAIL")]
    staff: Option<String>,
    /// Put the made-up business beside what the database holds already.
    #[arg(long)]
    force: bool,
}

impl Seed {
    /// Makes them, telling how far it is.
    pub async fn run(self, app: &App) -> Result<ExitCode> {
        let seeding = Seeding {
            portal_users: self.portal_users,
            number: self.number,
            password: self.password.map(Into::into),
            onto: if self.force { Onto::Anything } else { Onto::Nothing },
        };
        let staff = self.staff.as_deref().map(Email::parse).transpose();
        let staff = staff.map_err(|wrong| Error::invalid("staff", wrong.to_string()))?;
        let goal = self.portal_users;
        let terminal = std::io::stderr().is_terminal();
        let seeded = seed::run(app, &seeding, |so_far| {
            if terminal {
                eprint!("\r{so_far} of {goal} portal users ");
            }
        })
        .await?;
        if terminal {
            eprintln!();
        }
        println!("{} portal users, {} clients, {} contacts.", seeded.portal_users, seeded.clients, seeded.contacts);
        println!("Their portal: {}/portal/{}", app.config.address, seeded.slug);
        println!("One of them: {} with the password {}", seeded.somebody, seeded.password.expose_secret());
        if let Some(email) = staff {
            let (first, last) = (PersonName::parse("Hana"), PersonName::parse("Whitlock"));
            let (Ok(first), Ok(last)) = (first, last) else { return Err(Error::internal("a name of ours is a name")) };
            let actor = Actor::operator(seeded.business);
            let rights = Rights::Administrator;
            let (_, link) = staff::acts::add(app, &actor, email, first, last, rights, Purpose::FirstPassword).await?;
            println!("Its staff: {}/console/welcome/{}", app.config.address, link.reveal());
        }
        Ok(ExitCode::SUCCESS)
    }
}

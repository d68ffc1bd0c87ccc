//! `vestibule init`.

use crate::access::Actor;
use crate::account::token::Purpose;
use crate::act::App;
use crate::base::text::{CompanyName, Email, PersonName, Slug};
use crate::base::{Error, Problems, Result};
use crate::language::Language;
use crate::{business, staff};
use clap::Args;
use std::process::ExitCode;

/// What `init` asks for.
#[derive(Args)]
pub struct Init {
    /// The business's name.
    #[arg(long, value_name = "NAME")]
    business: String,
    /// Its place in addresses: tidewater for /portal/tidewater. Made from the name if it is not given.
    #[arg(long)]
    slug: Option<String>,
    /// The first staff member's work email.
    #[arg(long)]
    email: String,
    /// Their first name.
    #[arg(long, value_name = "NAME")]
    first_name: String,
    /// Their last name.
    #[arg(long, value_name = "NAME")]
    last_name: String,
    /// The language of the portal and of mail: en, de, fr or es. Without it, pages follow each visitor's browser.
    #[arg(long)]
    language: Option<String>,
}

impl Init {
    /// Creates both, and prints the link.
    pub async fn run(self, app: &App) -> Result<ExitCode> {
        let mut problems = Problems::default();
        let name = problems.check("business", CompanyName::parse(&self.business));
        let slug = self.slug.as_deref().map(|slug| problems.check("slug", Slug::parse(slug)));
        let email = problems.check("email", Email::parse(&self.email));
        let first = problems.check("first_name", PersonName::parse(&self.first_name));
        let last = problems.check("last_name", PersonName::parse(&self.last_name));
        let wanted = |code: &str| Language::of_code(code).ok_or("--language is one of en, de, fr, es.");
        let language = self.language.as_deref().map(|code| problems.check("language", wanted(code)));
        let (Some(name), Some(email), Some(first), Some(last)) = (name, email, first, last) else {
            return Err(Error::Invalid(problems));
        };
        problems.into_result()?;
        let slug = slug.flatten().unwrap_or_else(|| Slug::suggested_by(&name));
        let business = business::acts::create(app, name, slug, language.flatten()).await?;
        let actor = Actor::operator(business.id);
        let rights = staff::acts::Rights::Administrator;
        let (member, link) = staff::acts::add(app, &actor, email, first, last, rights, Purpose::FirstPassword).await?;
        println!("{} is ready. Its portal will be at {}/portal/{}", business.name, app.config.address, business.slug);
        println!("{} sets a password, once and within 72 hours, at:", member.name);
        println!("{}/console/welcome/{}", app.config.address, link.reveal());
        Ok(ExitCode::SUCCESS)
    }
}

//! `vestibule explain`.

use crate::access::Actor;
use crate::access::gates::Stand;
use crate::act::App;
use crate::base::text::Email;
use crate::base::{Error, Result};
use crate::business;
use crate::cli::the_business;
use crate::door::explain::{Explanation, Line, explain};
use clap::Args;
use std::process::ExitCode;

/// What `explain` asks for.
#[derive(Args)]
pub struct Explain {
    /// The person's email address.
    email: String,
    /// Only at this business; all of them if it is not given.
    #[arg(long, value_name = "SLUG")]
    business: Option<String>,
}

impl Explain {
    /// Prints every gate, for every client. Exit code 0: gets in everywhere that was asked; 2: some gate is closed.
    pub async fn run(self, app: &App) -> Result<ExitCode> {
        let email = Email::parse(&self.email).map_err(|e| Error::invalid("email", e.to_string()))?;
        let actors = match self.business.as_deref() {
            Some(slug) => vec![the_business(app, Some(slug)).await?],
            None => {
                let all = business::store::all(&mut app.db.read().await?).await?;
                all.into_iter()
                    .map(|business| {
                        let actor = Actor::operator(business.id);
                        (business, actor)
                    })
                    .collect()
            }
        };
        let mut in_everywhere = true;
        for (business, actor) in &actors {
            let explanation = explain(app, actor, &email).await?;
            in_everywhere &=
                !explanation.clients.is_empty() && explanation.clients.iter().all(|at| at.decision.lets_in());
            println!("{}", business.name);
            show(&explanation);
        }
        Ok(if in_everywhere { ExitCode::SUCCESS } else { ExitCode::from(2) })
    }
}

fn show(explanation: &Explanation) {
    println!("  {}", explanation.verdict);
    if explanation.clients.is_empty() {
        show_gates(&explanation.door);
    }
    for at in &explanation.clients {
        println!("\n  {}", at.verdict);
        show_gates(&at.gates);
    }
    for near in &explanation.nearest {
        println!("  Did you mean {}, {}?", near.email, near.name);
    }
    for letter in explanation.mailed.iter().take(5) {
        let error = letter.last_error.as_deref().map(|e| format!(" ({e})")).unwrap_or_default();
        println!("  Mailed {}: {}{error}", letter.created_at.words(), letter.state.label());
    }
}

fn show_gates(lines: &[Line]) {
    for line in lines {
        let mark = match line.stand {
            Stand::Open => "open   ",
            Stand::Closed => "CLOSED ",
            Stand::WaitingOnPerson => "waiting",
            Stand::Unknown | Stand::NotAsked => continue,
        };
        let fix = line.fix.map(|fix| format!(" [{}]", fix.label())).unwrap_or_default();
        println!("    {mark}  {}: {}{fix}", line.name, line.evidence);
    }
}

//! Finds the words for a letter at the moment it leaves: who and what it is about, as it is now. A letter whose reason is
//! gone by then is not sent. Its secret is made here, and only its hash is stored (S25).

mod changes;
mod invited;
mod shared;

use crate::account::token::{self, Purpose};
use crate::account::{self, Account, Realm};
use crate::act::{App, Scope};
use crate::base::id::AccountId;
use crate::base::text::Email;
use crate::base::{Error, Result};
use crate::business::{self, Business};
use crate::language::{Language, Wishes};
use crate::mail::Letter;
use crate::mail::outbox::{self, Claimed, Outcome};
use crate::mail::post::Mail;
use crate::mail::render::{Button, Content, Look, one_line, render};
use crate::request::{self, Request};
use crate::{portal_user, staff};

/// A letter with its words, or what becomes of it without leaving.
pub(super) enum Composed {
    /// It can leave.
    Ready(Box<Mail>),
    /// It does not leave; what became of it is written down already.
    Settled(Outcome),
}

/// What a letter says, or why it need not be sent.
type Words = Result<Content, Outcome>;

/// Finds the words for a letter in hand.
pub(super) async fn compose(app: &App, claimed: &Claimed, letter: &Letter) -> Result<Composed> {
    let mut scope = Scope { tx: app.db.write().await?, business: claimed.business, now: app.clock.now() };
    let business = business::store::find(&mut scope.tx, claimed.business).await?;
    let mut desk = Desk { address: &app.config.address, claimed, business, choice: None };
    let words = match desk.words(&mut scope, letter).await {
        Err(Error::NotFound(what)) => not(format!("{what} is no longer there.")),
        words => words?,
    };
    let content = match words {
        Ok(content) => content,
        Err(outcome) => {
            outbox::settle(&mut scope.tx, claimed, &outcome, scope.now).await?;
            scope.tx.commit().await?;
            return Ok(Composed::Settled(outcome));
        }
    };
    let mail = Mail {
        id: claimed.id,
        business: claimed.business,
        at: scope.now,
        from_name: one_line(&desk.business.mail_from_name),
        reply_to: Email::parse(&desk.business.support_contact).ok(),
        to: claimed.to_email.clone(),
        to_name: one_line(&claimed.to_name),
        words: render(content, desk.look(), &claimed.to_email, desk.choice.as_deref())?,
        choice: desk.choice,
    };
    scope.tx.commit().await?;
    Ok(Composed::Ready(Box::new(mail)))
}

fn not(why: impl Into<String>) -> Words {
    Err(Outcome::Cancelled(why.into()))
}

/// Where letters of one business are written.
struct Desk<'a> {
    /// What every link begins with: the configured address, and nothing that a request said (S32).
    address: &'a str,
    claimed: &'a Claimed,
    business: Business,
    /// Where the reader says which mail they want, where they may.
    choice: Option<String>,
}

impl Desk<'_> {
    async fn words(&mut self, scope: &mut Scope, letter: &Letter) -> Result<Words> {
        match letter {
            Letter::Invitation { invitation } => self.invitation(scope, *invitation).await,
            Letter::Shared { contact } => self.shared(scope, *contact).await,
            Letter::AcceptedAsAnother { invitation } => self.accepted_as_another(scope, *invitation).await,
            Letter::PasswordReset { account } => {
                if outbox::newer_exists(&mut scope.tx, self.claimed, letter).await? {
                    return Ok(not("A newer link was asked for."));
                }
                self.password_reset(scope, *account).await
            }
            Letter::AccessRefused { request } => {
                let request = request::store::find(scope, *request).await?;
                Ok(Ok(self.access_refused(&request)))
            }
            Letter::PasswordChanged { account } => {
                let account = account::store::find(&mut scope.tx, *account).await?;
                Ok(Ok(self.password_changed(&account)))
            }
            Letter::Renamed { account } => {
                let account = account::store::find(&mut scope.tx, *account).await?;
                Ok(Ok(self.renamed(&account)))
            }
            Letter::ConfirmChange { proposal, .. } => self.confirm_change(scope, *proposal).await,
            Letter::ConfirmAddress { proposal, .. } => self.confirm_address(scope, *proposal).await,
            Letter::EmailChanging { proposal, .. } => self.email_changing(scope, *proposal).await,
            Letter::EmailChanged { proposal, .. } => self.email_changed(scope, *proposal).await,
        }
    }

    /// The language of somebody's mail: theirs, else the client's, else the business's.
    fn language(&self, person: Option<Language>, client: Option<Language>) -> Language {
        Wishes { person, client, business: self.business.language, browser: None }.choose()
    }

    /// The language of mail to whoever has an account; the console, and mail about it, is English.
    fn language_of(&self, account: &Account) -> Language {
        match account.realm {
            Realm::Portal => self.language(account.language, None),
            Realm::Staff => Language::En,
        }
    }

    fn look(&self) -> Look {
        let colour = self.business.colour();
        Look {
            name: self.business.name.to_string(),
            colour: colour.to_string(),
            on_colour: colour.on().to_string(),
            link: colour.link().to_string(),
            link_on_dark: colour.link_on_dark().to_string(),
            support: self.business.support_contact.clone(),
            postal_address: self.business.postal_address.clone(),
        }
    }

    /// A page of the business's portal.
    fn page(&self, path: &str) -> String {
        format!("{}/portal/{}/{path}", self.address, self.business.slug)
    }

    /// A page of the console.
    fn console(&self, path: &str) -> String {
        format!("{}/console/{path}", self.address)
    }

    async fn password_reset(&self, scope: &mut Scope, id: AccountId) -> Result<Words> {
        // The account before its links, as everybody does who uses one up: else the two could wait for each other.
        let account = account::store::hold(&mut scope.tx, id).await?;
        if account.email != self.claimed.to_email {
            return Ok(not("The account’s email address was changed."));
        }
        if account.password_set_at.is_some_and(|at| at > self.claimed.created_at) {
            return Ok(not("The password was changed since."));
        }
        let shut_out = match account.realm {
            Realm::Portal => {
                let user = portal_user::store::of_account(scope, id).await?;
                user.is_some_and(|user| user.is_kept_out()).then_some("The portal user is disabled or deleted.")
            }
            Realm::Staff => {
                let member = staff::store::of_account(scope, id).await?;
                let may = member.is_some_and(|member| member.status == staff::Status::Active);
                (!may).then_some("The staff member is disabled.")
            }
        };
        if let Some(why) = shut_out {
            return Ok(not(why));
        }
        let secret = token::mint(&mut scope.tx, Purpose::ResetPassword, id, scope.business, scope.now).await?;
        let (language, business) = (self.language_of(&account), self.business.name.as_str());
        let path = format!("reset/{}", secret.reveal());
        let (asked, href) = match account.realm {
            Realm::Portal => (language.say("letter-reset-portal").with("business", business), self.page(&path)),
            Realm::Staff => (language.say("letter-reset-console").with("business", business), self.console(&path)),
        };
        Ok(Ok(Content {
            language,
            subject: language.say("letter-reset").into(),
            greeting: language.say("letter-hello").with("name", account.first_name.as_str()).into(),
            paragraphs: vec![asked.into()],
            button: Some(Button { text: language.say("letter-reset").into(), href }),
            small: vec![language.say("letter-reset-once").into(), language.say("letter-reset-leave").into()],
            why: language.say("letter-reset-why").with("email", account.email.as_str()).into(),
            addresses: Vec::new(),
        }))
    }

    /// Nothing that the asker typed stands in it but their own address.
    fn access_refused(&self, request: &Request) -> Content {
        let (language, business) = (self.language(None, None), self.business.name.as_str());
        let when = language.moment(request.asked_at.timestamp());
        Content {
            language,
            subject: language.say("letter-refused").with("business", business).into(),
            greeting: language.say("letter-hello-nobody").into(),
            paragraphs: vec![
                language.say("letter-refused-text").with("when", when).with("business", business).into(),
                language.say("letter-refused-next").into(),
            ],
            button: None,
            small: vec![language.say("letter-refused-leave").into()],
            why: language.say("letter-refused-why").with("email", request.email.as_str()).into(),
            addresses: Vec::new(),
        }
    }

    fn password_changed(&self, account: &Account) -> Content {
        let (language, business) = (self.language_of(account), self.business.name.as_str());
        let when = language.moment(self.claimed.created_at.timestamp());
        let (changed, wrong, href) = match account.realm {
            Realm::Portal => (
                language.say("letter-password-portal").with("business", business).with("when", when),
                language.say("letter-password-wrong-portal").with("business", business),
                self.page("forgotten"),
            ),
            Realm::Staff => (
                language.say("letter-password-console").with("business", business).with("when", when),
                language.say("letter-password-wrong-console"),
                self.console("forgotten"),
            ),
        };
        Content {
            language,
            subject: language.say("letter-password").into(),
            greeting: language.say("letter-hello").with("name", account.first_name.as_str()).into(),
            paragraphs: vec![changed.into(), wrong.into()],
            button: Some(Button { text: language.say("letter-password-button").into(), href }),
            small: Vec::new(),
            why: language.say("letter-why-sign-in").with("email", account.email.as_str()).into(),
            addresses: Vec::new(),
        }
    }

    fn renamed(&self, account: &Account) -> Content {
        let (language, business) = (self.language_of(account), self.business.name.as_str());
        let (name, when) = (account.name(), language.moment(self.claimed.created_at.timestamp()));
        Content {
            language,
            subject: language.say("letter-renamed").into(),
            greeting: language.say("letter-hello").with("name", account.first_name.as_str()).into(),
            paragraphs: vec![
                language
                    .say("letter-renamed-text")
                    .with("name", name)
                    .with("when", when)
                    .with("business", business)
                    .into(),
                language.say("letter-renamed-wrong").into(),
            ],
            button: None,
            small: Vec::new(),
            why: language.say("letter-why-sign-in").with("email", account.email.as_str()).into(),
            addresses: Vec::new(),
        }
    }
}

//! A record as somebody typed it, and what differs between two of them.

use crate::access::RecordKind;
use crate::base::money::Currency;
use crate::base::text::{Headline, Reference, TextError};
use crate::base::{Day, Error, Money, Problems, Result};
use crate::record::{Audience, Details, Has, Sharing, Stage, has_amount, has_until, stages};

/// The longest that is taken of whatever else there is to say, in characters.
pub const MOST_TEXT: usize = 4_000;

/// What a record says, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)] // each field is what it is called
pub struct Typed {
    pub number: String,
    pub title: String,
    pub text: String,
    pub stage: String,
    pub on: String,
    pub until: String,
    pub amount: String,
    pub currency: String,
}

impl Typed {
    /// The details of a record of this kind, if all of them can be used. What a kind does not have is as if it had not
    /// been typed.
    ///
    /// # Errors
    /// `Invalid`, naming every field that cannot.
    pub fn parse(&self, kind: RecordKind) -> Result<Details> {
        let mut problems = Problems::default();
        let number =
            Reference::parse(&self.number).map_err(|e| e.to_string().replacen("The reference", "The number", 1));
        let number = problems.check("number", number);
        let title = problems.check("title", Headline::parse(&self.title));
        let text = problems.check("text", lines(&self.text));
        let stage = problems.check("stage", self.stage(kind));
        let on = problems.check("on", Day::parse(&self.on));
        let until = problems.check("until", self.until(kind));
        if let (Some(on), Some(Some(until))) = (on, until)
            && until < on
        {
            problems.add("until", "This day is before the other one. Check both.");
        }
        let amount = match has_amount(kind) {
            Has::Never => None,
            Has::Perhaps if self.amount.trim().is_empty() => None,
            _ => match (Money::cents_of(&self.amount), Currency::parse(&self.currency)) {
                (Ok(cents), Ok(currency)) => Some(Money { cents, currency }),
                (cents, currency) => {
                    problems.check("amount", cents);
                    problems.check("currency", currency);
                    None
                }
            },
        };
        match (number, title, text, stage, on, until) {
            (Some(number), Some(title), Some(text), Some(stage), Some(on), Some(until)) if problems.is_empty() => {
                Ok(Details { number, title, text, stage, on, until, amount })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }

    fn stage(&self, kind: RecordKind) -> Result<Stage, TextError> {
        let typed = self.stage.trim().to_lowercase();
        let first = stages(kind).first().copied();
        let chosen = if typed.is_empty() { first } else { Stage::of_code(&typed) };
        chosen.filter(|stage| stages(kind).contains(stage)).ok_or_else(|| {
            let words: Vec<&str> = stages(kind).iter().map(|stage| stage.code()).collect();
            TextError(format!("Use one of these: {}.", words.join(", ")).into())
        })
    }

    fn until(&self, kind: RecordKind) -> Result<Option<Day>, TextError> {
        match has_until(kind) {
            Has::Never => Ok(None),
            Has::Perhaps => Day::parse_optional(&self.until),
            Has::Always => Day::parse(&self.until).map(Some),
        }
    }

    /// What differs in another version: which field, what is here, what is there.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<(&'static str, String, String)> {
        let money = |typed: &Self| format!("{} {}", typed.amount, typed.currency).trim().to_owned();
        let named = |typed: &Self| {
            [
                ("number", typed.number.clone()),
                ("description", typed.title.clone()),
                ("details", typed.text.clone()),
                ("state", typed.stage.clone()),
                ("date", typed.on.clone()),
                ("second date", typed.until.clone()),
                ("amount", if typed.amount.is_empty() { String::new() } else { money(typed) }),
            ]
        };
        let pairs = named(self).into_iter().zip(named(other));
        pairs
            .map(|((name, here), (_, there))| (name, here.trim().to_owned(), there.trim().to_owned()))
            .filter(|(_, here, there)| here != there)
            .collect()
    }
}

/// Text of several lines: ends of lines in one way, nothing that cannot be seen.
fn lines(text: &str) -> Result<String, TextError> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    if text.chars().any(|c| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    }) {
        return Err(TextError(
            "The details contain a character that cannot be shown. Type them again instead of pasting.".into(),
        ));
    }
    if text.chars().count() > MOST_TEXT {
        return Err(TextError(format!("The details are longer than {MOST_TEXT} characters. Shorten them.").into()));
    }
    Ok(text.to_owned())
}

impl From<&Details> for Typed {
    fn from(details: &Details) -> Self {
        Self {
            number: details.number.to_string(),
            title: details.title.to_string(),
            text: details.text.clone(),
            stage: details.stage.code().to_owned(),
            on: details.on.to_string(),
            until: details.until.map(|day| day.to_string()).unwrap_or_default(),
            amount: details.amount.map(Money::plain).unwrap_or_default(),
            currency: details.amount.map(|amount| amount.currency.to_string()).unwrap_or_default(),
        }
    }
}

/// Whom a record is shared with, as a form says it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct TypedSharing {
    pub audience: String,
    pub groups: Vec<String>,
    pub contacts: Vec<String>,
}

impl TypedSharing {
    /// The sharing, if it names somebody.
    ///
    /// # Errors
    /// `Invalid` when it does not.
    pub fn parse(&self) -> Result<Sharing> {
        fn ids<T: std::str::FromStr + Ord>(named: &[String]) -> Result<Vec<T>> {
            let ids: std::result::Result<Vec<T>, _> = named.iter().map(|id| id.parse()).collect();
            let mut ids = ids.map_err(|_| {
                Error::BadRequest("The form names nobody of this client. Go back, reload, and try again.")
            })?;
            ids.sort_unstable();
            ids.dedup();
            Ok(ids)
        }
        match Audience::of_code(&self.audience) {
            Some(Audience::Client) => Ok(Sharing::Client),
            Some(Audience::Groups) if self.groups.is_empty() => {
                Err(Error::invalid("groups", "Choose at least one group."))
            }
            Some(Audience::Groups) => Ok(Sharing::Groups(ids(&self.groups)?)),
            Some(Audience::Contacts) if self.contacts.is_empty() => {
                Err(Error::invalid("contacts", "Choose at least one contact."))
            }
            Some(Audience::Contacts) => Ok(Sharing::Contacts(ids(&self.contacts)?)),
            None => Err(Error::invalid("audience", "Choose whom it is shared with.")),
        }
    }
}

impl From<&Sharing> for TypedSharing {
    fn from(sharing: &Sharing) -> Self {
        let mut typed = Self { audience: sharing.audience().code().to_owned(), ..Self::default() };
        match sharing {
            Sharing::Client => {}
            Sharing::Groups(groups) => typed.groups = groups.iter().map(ToString::to_string).collect(),
            Sharing::Contacts(contacts) => typed.contacts = contacts.iter().map(ToString::to_string).collect(),
        }
        typed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn invoice() -> Typed {
        Typed {
            number: "20418".into(),
            title: "Cartage, October, 14 loads".into(),
            on: "2026-11-03".into(),
            until: "24/11/2026".into(),
            amount: "4,862.00".into(),
            currency: "aud".into(),
            ..Typed::default()
        }
    }

    #[test]
    fn an_invoice_has_a_due_day_and_an_amount_and_a_document_has_neither() {
        let details = invoice().parse(RecordKind::Invoice).unwrap();
        assert_eq!(details.until.unwrap().to_string(), "2026-11-24");
        assert_eq!((details.amount.unwrap().cents, details.stage), (486_200, Stage::Open));
        let details = invoice().parse(RecordKind::Document).unwrap();
        assert_eq!((details.until, details.amount, details.stage), (None, None, Stage::Issued));
    }

    #[test]
    fn one_answer_names_every_field_that_cannot_be_used() {
        let typed = Typed { on: "soon".into(), stage: "signed".into(), text: "a\u{0}".into(), ..Typed::default() };
        let Err(Error::Invalid(problems)) = typed.parse(RecordKind::Invoice) else { panic!("it was taken") };
        let fields: Vec<_> = problems.all().iter().map(|p| p.field).collect();
        assert_eq!(fields, ["number", "title", "text", "stage", "on", "until", "amount", "currency"]);
        assert_eq!(problems.of("number"), Some("The number is missing. Enter it."));
        assert_eq!(problems.of("stage"), Some("Use one of these: open, paid, cancelled."));
        let turned = Typed { until: "2026-11-02".into(), ..invoice() };
        let Err(Error::Invalid(problems)) = turned.parse(RecordKind::Invoice) else { panic!("it was taken") };
        assert!(problems.of("until").unwrap().contains("before"));
    }

    #[test]
    fn a_sharing_names_somebody() {
        let of = |audience: &str| TypedSharing { audience: audience.into(), ..TypedSharing::default() }.parse();
        assert_eq!(of("client").unwrap(), Sharing::Client);
        for wrong in ["", "groups", "contacts", "everybody"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_was_taken_is_taken_again_as_it_is(number in "\\PC{1,60}", title in "\\PC{1,40}", text in "[\\PC\n]{0,60}", kind in 0usize..5) {
            let kind = RecordKind::ALL[kind];
            let typed = Typed { number, title, text, ..invoice() };
            if let Ok(details) = typed.parse(kind) {
                prop_assert_eq!(Typed::from(&details).parse(kind).unwrap(), details);
            }
        }
    }
}

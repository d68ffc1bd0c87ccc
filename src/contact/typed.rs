//! A contact's details as somebody typed them, and what differs between two of them.

use crate::base::text::{Email, Extension, PersonName, Phone, Title};
use crate::base::{Problems, Result};
use crate::contact::Details;

/// The seven fields, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)] // each field is what it is called
pub struct Typed {
    pub first_name: String,
    pub last_name: String,
    pub title: String,
    pub email: String,
    pub cell_phone: String,
    pub office_phone: String,
    pub extension: String,
}

impl Typed {
    /// The details, if all of them can be used.
    ///
    /// # Errors
    /// `Invalid`, naming every field that cannot.
    pub fn parse(&self) -> Result<Details> {
        let mut problems = Problems::default();
        let named =
            |text: &str, name: &str| PersonName::parse(text).map_err(|e| e.to_string().replacen("The name", name, 1));
        let first = problems.check("first_name", named(&self.first_name, "The first name"));
        let last = problems.check("last_name", named(&self.last_name, "The last name"));
        let title = problems.check("title", Title::parse_optional(&self.title));
        let email = problems.check("email", Email::parse(&self.email));
        let cell = problems.check("cell_phone", Phone::parse_optional(&self.cell_phone));
        let office = problems.check("office_phone", Phone::parse_optional(&self.office_phone));
        let extension = problems.check("extension", Extension::parse_optional(&self.extension));
        match (first, last, title, email, cell, office, extension) {
            (
                Some(first_name),
                Some(last_name),
                Some(title),
                Some(email),
                Some(cell_phone),
                Some(office_phone),
                Some(extension),
            ) => Ok(Details { first_name, last_name, title, email, cell_phone, office_phone, extension }),
            _ => Err(crate::base::Error::Invalid(problems)),
        }
    }

    /// Every field with its name in a sentence.
    fn named(&self) -> [(&'static str, &str); 7] {
        [
            ("first name", &self.first_name),
            ("last name", &self.last_name),
            ("title", &self.title),
            ("email", &self.email),
            ("cell phone", &self.cell_phone),
            ("office phone", &self.office_phone),
            ("extension", &self.extension),
        ]
    }

    /// What differs in another version: which field, what is here, what is there.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<(&'static str, String, String)> {
        let pairs = self.named().into_iter().zip(other.named());
        pairs
            .map(|((name, here), (_, there))| (name, here.trim(), there.trim()))
            .filter(|(_, here, there)| here != there)
            .map(|(name, here, there)| (name, here.to_owned(), there.to_owned()))
            .collect()
    }
}

impl From<&Details> for Typed {
    fn from(details: &Details) -> Self {
        Self {
            first_name: details.first_name.to_string(),
            last_name: details.last_name.to_string(),
            title: details.title.as_ref().map(ToString::to_string).unwrap_or_default(),
            email: details.email.to_string(),
            cell_phone: details.cell_phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            office_phone: details.office_phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            extension: details.extension.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Error;
    use proptest::prelude::*;

    fn omar() -> Typed {
        Typed {
            first_name: "Omar".into(),
            last_name: "Haddad".into(),
            email: "omar@client.test".into(),
            ..Typed::default()
        }
    }

    #[test]
    fn one_answer_names_every_field_that_cannot_be_used() {
        let typed = Typed { email: "omar@".into(), office_phone: "call me".into(), ..Typed::default() };
        let Err(Error::Invalid(problems)) = typed.parse() else { panic!("it was taken") };
        let fields: Vec<_> = problems.all().iter().map(|p| p.field).collect();
        assert_eq!(fields, ["first_name", "last_name", "email", "office_phone"]);
        assert_eq!(problems.of("first_name"), Some("The first name is missing. Enter it."));
        assert_eq!(problems.of("last_name"), Some("The last name is missing. Enter it."));
    }

    #[test]
    fn only_what_differs_is_told() {
        let before = Typed { title: "Clerk".into(), ..omar() };
        let after = Typed { cell_phone: "0423 456 789".into(), email: " omar@client.test ".into(), ..omar() };
        let told =
            [("title", "Clerk".to_owned(), String::new()), ("cell phone", String::new(), "0423 456 789".to_owned())];
        assert_eq!(before.differences(&after), told);
        assert!(before.differences(&before).is_empty());
    }

    proptest! {
        #[test]
        fn what_was_taken_is_taken_again_as_it_is(first in "\\PC{1,40}", title in "\\PC{0,40}", phone in "[0-9 +()-]{0,20}") {
            let typed = Typed { first_name: first, title, cell_phone: phone, ..omar() };
            if let Ok(details) = typed.parse() {
                prop_assert_eq!(Typed::from(&details).parse().unwrap(), details);
            }
        }
    }
}

//! A client's details as somebody typed them.

use crate::base::text::{CompanyName, Email, Phone, Reference};
use crate::base::{Error, Problems, Result};
use crate::client::Details;
use crate::language::Language;

/// The fields, as typed; the language as its code.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)] // each field is what it is called
pub struct Typed {
    pub name: String,
    pub reference: String,
    pub email: String,
    pub phone: String,
    pub language: String,
}

impl Typed {
    /// The details, if all of them can be used.
    ///
    /// # Errors
    /// `Invalid`, naming every field that cannot.
    pub fn parse(&self) -> Result<Details> {
        let mut problems = Problems::default();
        let name = problems.check("name", CompanyName::parse(&self.name));
        let reference = problems.check("reference", Reference::parse(&self.reference));
        let email = match self.email.trim() {
            "" => Some(None),
            typed => problems.check("email", Email::parse(typed)).map(Some),
        };
        let phone = problems.check("phone", Phone::parse_optional(&self.phone));
        let language = match self.language.as_str() {
            "" => Some(None),
            code => problems.check("language", Language::of_code(code).ok_or("Choose one of the languages.")).map(Some),
        };
        match (name, reference, email, phone, language) {
            (Some(name), Some(reference), Some(email), Some(phone), Some(language)) => {
                Ok(Details { name, reference, email, phone, language })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }
}

impl Typed {
    /// What differs in another version: which field, what is here, what is there.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<(&'static str, String, String)> {
        [
            ("name", &self.name, &other.name),
            ("reference", &self.reference, &other.reference),
            ("email", &self.email, &other.email),
            ("phone", &self.phone, &other.phone),
            ("language", &self.language, &other.language),
        ]
        .into_iter()
        .map(|(field, here, there)| (field, here.trim().to_owned(), there.trim().to_owned()))
        .filter(|(_, here, there)| here != there)
        .collect()
    }
}

impl From<&Details> for Typed {
    fn from(details: &Details) -> Self {
        Self {
            name: details.name.to_string(),
            reference: details.reference.to_string(),
            email: details.email.as_ref().map(ToString::to_string).unwrap_or_default(),
            phone: details.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            language: details.language.map(Language::code).unwrap_or_default().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_answer_names_every_field_that_cannot_be_used() {
        let typed = Typed { email: "office".into(), phone: "call us".into(), ..Typed::default() };
        let Err(Error::Invalid(problems)) = typed.parse() else { panic!("it was taken") };
        let fields: Vec<_> = problems.all().iter().map(|p| p.field).collect();
        assert_eq!(fields, ["name", "reference", "email", "phone"]);
    }

    #[test]
    fn only_what_differs_is_told() {
        let before = Typed { name: "Bramble Civil".into(), reference: "C-1042".into(), ..Typed::default() };
        let after = Typed { name: " Bramble Civil ".into(), phone: "08 5550 0140".into(), ..before.clone() };
        assert_eq!(before.differences(&after), [("phone", String::new(), "08 5550 0140".to_owned())]);
    }

    #[test]
    fn address_and_phone_may_be_missing() {
        let typed = Typed { name: "Bramble Civil".into(), reference: "C-1042".into(), ..Typed::default() };
        let details = typed.parse().unwrap();
        assert_eq!((details.email, details.phone), (None, None));
    }
}

//! A client's details as somebody typed them.

use crate::base::text::{CompanyName, Email, Phone, Reference};
use crate::base::{Error, Problems, Result};
use crate::client::Details;

/// The four fields, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)] // each field is what it is called
pub struct Typed {
    pub name: String,
    pub reference: String,
    pub email: String,
    pub phone: String,
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
        match (name, reference, email, phone) {
            (Some(name), Some(reference), Some(email), Some(phone)) => Ok(Details { name, reference, email, phone }),
            _ => Err(Error::Invalid(problems)),
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
    fn address_and_phone_may_be_missing() {
        let typed = Typed { name: "Bramble Civil".into(), reference: "C-1042".into(), ..Typed::default() };
        let details = typed.parse().unwrap();
        assert_eq!((details.email, details.phone), (None, None));
    }
}

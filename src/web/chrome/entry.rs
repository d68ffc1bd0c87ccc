//! What stands around pages before somebody is in, and whom they can turn to there.

use super::Face;
use crate::base::text::{Email, Phone};
use crate::business::Business;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Whom a business's people turn to.
#[derive(Clone, Debug)]
pub struct Support {
    /// An address, a number, or whatever else the business says.
    pub text: String,
    /// What opens it, where something can: `mailto:` or `tel:`.
    pub href: Option<String>,
}

impl Support {
    /// What an e-mail address keeps in a `mailto:` link; the rest would start its options.
    const IN_MAILTO: &'static AsciiSet = &NON_ALPHANUMERIC.remove(b'@').remove(b'.').remove(b'-').remove(b'_');

    /// Of a business; none where it names nobody.
    #[must_use]
    pub fn of(contact: &str) -> Option<Self> {
        let text = contact.trim();
        let href = match (Email::parse(text), Phone::parse_optional(text)) {
            (Ok(email), _) => Some(format!("mailto:{}", utf8_percent_encode(email.as_str(), Self::IN_MAILTO))),
            (_, Ok(Some(phone))) => Some(format!("tel:{}", phone.key())),
            _ => None,
        };
        (!text.is_empty()).then(|| Self { text: text.to_owned(), href })
    }
}

/// A business at whose door somebody stands.
#[derive(Clone, Debug)]
pub struct EntryBusiness {
    /// Its name.
    pub name: String,
    /// Its initials.
    pub initials: String,
    /// The address of its logo, if it has one.
    pub logo: Option<String>,
    /// The address of its colours.
    pub brand_css: String,
    /// Whom people turn to.
    pub support: Option<Support>,
    /// The address of its portal.
    pub home: String,
}

impl EntryBusiness {
    /// As a page at the business's door shows it.
    #[must_use]
    pub fn of(business: &Business) -> Self {
        let home = format!("/portal/{}", business.slug);
        Self {
            name: business.name.to_string(),
            initials: Face::of(business.name.as_str()).initials,
            logo: None,
            brand_css: format!("{home}/brand.css"),
            support: Support::of(&business.support_contact),
            home,
        }
    }
}

/// The frame around pages before somebody is in.
#[derive(Clone, Debug)]
pub struct EntryChrome {
    /// The business; none for the console's own door.
    pub business: Option<EntryBusiness>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_to_turn_to_opens_in_the_right_program() {
        let href = |text| Support::of(text).map(|support| support.href);
        assert_eq!(href("office@tidewater.test"), Some(Some("mailto:office@tidewater.test".into())));
        assert_eq!(href("a?b@tidewater.test"), Some(Some("mailto:a%3Fb@tidewater.test".into())));
        assert_eq!(href("+61 8 5550 0100"), Some(Some("tel:+61855500100".into())));
        assert_eq!(href("the front desk"), Some(None));
        assert_eq!(href("javascript:alert(1)"), Some(None));
        assert_eq!(href("  "), None);
    }
}

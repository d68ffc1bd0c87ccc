//! The form of every letter: HTML and text, in the business's look, from words that were put together elsewhere. The words
//! are data here: nothing in them acts as HTML, as a header or as a template (S56).

use crate::base::text::{Email, unlinked};
use crate::base::{Error, Result};
use crate::language::Language;
use askama::Template;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What an address keeps in a `mailto:` link; the rest would start its options.
const IN_MAILTO: &AsciiSet = &NON_ALPHANUMERIC.remove(b'@').remove(b'.').remove(b'-').remove(b'_');

/// What a letter says. It may hold a secret in its button: it has no `Debug`.
#[derive(Clone)]
pub struct Content {
    /// The language that it is written in.
    pub language: Language,
    /// The subject, also the heading.
    pub subject: String,
    /// `Hello Omar,`
    pub greeting: String,
    /// What it says, before the button.
    pub paragraphs: Vec<String>,
    /// The one thing to do.
    pub button: Option<Button>,
    /// What else there is to know, after the button.
    pub small: Vec<String>,
    /// Why the person gets it.
    pub why: String,
    /// Addresses that it names beside its reader's own. They stay as they are, so that they can be copied.
    pub addresses: Vec<String>,
}

/// The one thing to do.
#[derive(Clone)]
pub struct Button {
    /// The words on it: a verb and a thing.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// Whose letter it is, and how that business looks.
#[derive(Clone, Debug)]
pub struct Look {
    /// The business's name.
    pub name: String,
    /// Its colour, as `#0d736e`.
    pub colour: String,
    /// What is written on the colour.
    pub on_colour: String,
    /// Links on a light page.
    pub link: String,
    /// Links on a dark page.
    pub link_on_dark: String,
    /// Whom people turn to: an e-mail address or a number; may be empty.
    pub support: String,
    /// The postal address; may be empty, may have several lines.
    pub postal_address: String,
}

/// A letter's words in both forms.
#[derive(Clone)]
pub struct Rendered {
    /// The subject: one line.
    pub subject: String,
    /// As HTML.
    pub html: String,
    /// As text.
    pub plain: String,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'a> {
    content: &'a Content,
    look: &'a Look,
    choice: Option<&'a str>,
    support_href: Option<String>,
    postal_lines: &'a [String],
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct Plain<'a> {
    content: &'a Content,
    look: &'a Look,
    choice: Option<&'a str>,
    postal_lines: &'a [String],
}

/// Gives a letter its form; `to` is the address that it goes to, `choice` is where its reader says which mail they want, where they
/// may. The only links are the letter's own: of a name in its words that is a host, mail programs make none (S56). Its reader's
/// address stays as it is, and those that it names.
///
/// # Errors
/// When the template fails; that would be a defect.
pub fn render(content: Content, look: Look, to: &Email, choice: Option<&str>) -> Result<Rendered> {
    let postal_lines: Vec<_> = look.postal_address.lines().map(one_line).filter(|line| !line.is_empty()).collect();
    let Content { language, subject, greeting, paragraphs, button, small, why, addresses } = content;
    let kept: Vec<&str> = addresses.iter().map(String::as_str).chain([to.as_str()]).collect();
    let words = |text: &String| unlinked_but(&kept, &one_line(text));
    let content = Content {
        language,
        subject: words(&subject),
        greeting: words(&greeting),
        paragraphs: paragraphs.iter().map(words).collect(),
        button: button.map(|button| Button { text: words(&button.text), ..button }),
        small: small.iter().map(words).collect(),
        why: words(&why),
        addresses: Vec::new(),
    };
    let look = Look { name: one_line(&look.name), support: one_line(&look.support), ..look };
    let support_href = Email::parse(&look.support)
        .ok()
        .map(|email| format!("mailto:{}", utf8_percent_encode(email.as_str(), IN_MAILTO)));
    let (content, look, postal_lines) = (&content, &look, postal_lines.as_slice());
    let html = Html { content, look, choice, support_href, postal_lines }.render().map_err(Error::internal)?;
    let plain = Plain { content, look, choice, postal_lines }.render().map_err(Error::internal)?;
    // A header is read as it is: nothing in it becomes a link, and it is searched for.
    Ok(Rendered { subject: one_line(&subject), html, plain })
}

/// A text of which mail programs make no link, but for some addresses in it.
fn unlinked_but(addresses: &[&str], text: &str) -> String {
    match addresses.split_first() {
        Some((address, others)) => {
            text.split(address).map(|part| unlinked_but(others, part)).collect::<Vec<_>>().join(address)
        }
        None => unlinked(text),
    }
}

/// A text as one line without anything that cannot be seen: line ends would begin a header in a subject and a paragraph in a
/// text, marks of direction would make one name look like another.
#[must_use]
pub fn one_line(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{00ad}')
    };
    text.split(|c: char| c.is_whitespace() || hidden(c)).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn look(name: &str) -> Look {
        Look {
            name: name.into(),
            colour: "#0d736e".into(),
            on_colour: "#ffffff".into(),
            link: "#0d736e".into(),
            link_on_dark: "#7fd6d0".into(),
            support: "office@tidewater.test".into(),
            postal_address: "1 Quay Street\nFremantle".into(),
        }
    }

    fn rendered(content: Content, look: Look) -> Rendered {
        render(content, look, &Email::parse("omar@client.test").unwrap(), None).unwrap()
    }

    fn content(text: &str) -> Content {
        Content {
            language: Language::En,
            subject: text.into(),
            greeting: text.into(),
            paragraphs: vec![text.into()],
            button: Some(Button {
                text: "Accept the invitation".into(),
                href: "https://portal.test/portal/x/invitation/y".into(),
            }),
            small: vec![text.into()],
            why: text.into(),
            addresses: vec!["joel@client.test".into()],
        }
    }

    #[test]
    fn s56_a_name_is_never_html() {
        let nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&";
        let letter = rendered(content(nasty), look(nasty));
        assert!(!letter.html.contains("<script") && !letter.html.contains("<img"), "{}", letter.html);
        assert!(letter.plain.contains(nasty), "a text shows it as it is");
    }

    #[test]
    fn s56_a_name_is_never_a_template() {
        let letter = rendered(content("{{ 7 * 7 }} {% include 'x' %}"), look("{{ look.support }}"));
        assert!(letter.html.contains("{{ 7 * 7 }} {% include") && letter.html.contains("{{ look.support }}"));
    }

    #[test]
    fn s56_a_name_is_never_a_link() {
        let letter = rendered(
            content("Booking.com has omar@client.test and joel@client.test on record, and lucy@evil.com"),
            look("x"),
        );
        for form in [&letter.html, &letter.plain] {
            assert!(
                form.contains(
                    "Booking.\u{2060}com has omar@client.test and joel@client.test on record, and lucy@evil.\u{2060}com"
                ),
                "{form}"
            );
            assert!(!form.contains("Booking.com") && !form.contains("evil.com"), "{form}");
        }
        assert!(letter.subject.starts_with("Booking.com has"), "nothing in a header becomes a link");
    }

    #[test]
    fn both_forms_carry_the_link_and_who_writes() {
        let letter = rendered(content("Come in"), look("Tidewater Haulage"));
        for form in [&letter.html, &letter.plain] {
            assert!(form.contains("https://portal.test/portal/x/invitation/y"), "{form}");
            for part in ["Tidewater Haulage", "1 Quay Street", "Fremantle", "office@tidewater.test"] {
                assert!(form.contains(part), "{part} is missing in {form}");
            }
        }
        assert!(letter.html.contains("lang=\"en\""));
    }

    proptest! {
        #[test]
        fn s56_whatever_the_words_the_letter_keeps_its_form(text: String, name: String) {
            let tags = |html: &str| html.matches('<').count();
            let plain = rendered(content("x"), look("x"));
            let letter = rendered(content(&text), look(&name));
            prop_assert!(!letter.subject.contains(['\r', '\n', '\0']));
            prop_assert_eq!(tags(&letter.html), tags(&plain.html));
            prop_assert_eq!(letter.plain.lines().count(), plain.plain.lines().count());
        }
    }
}

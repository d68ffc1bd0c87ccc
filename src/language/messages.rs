//! Messages, said in a language. A message that a language lacks is said in English; one that no language has is said by its
//! name: a page never fails for want of words. That none is missing is proved by a test (`tests/it/languages.rs`).

use crate::language::Language;
use askama::filters::{Escaper as _, HtmlSafe};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use std::fmt;
use std::ops::Deref;
use std::sync::{LazyLock, OnceLock};

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Files;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 4]> = LazyLock::new(|| Language::ALL.map(bundle));

fn bundle(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(language.code().parse().into_iter().collect());
    // Marks of direction around every name would be copied along with it, and no language here is written from the right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::En => |value, _| number(value, Language::En),
        Language::De => |value, _| number(value, Language::De),
        Language::Fr => |value, _| number(value, Language::Fr),
        Language::Es => |value, _| number(value, Language::Es),
    }));
    let folder = format!("{language}/");
    for name in Files::iter().filter(|name| name.starts_with(&folder)) {
        let text = Files::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
        let resource = FluentResource::try_new(text).unwrap_or_else(|(readable, errors)| {
            tracing::error!(%name, ?errors, "messages that cannot be read");
            readable
        });
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn number(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        #[allow(clippy::cast_possible_truncation)] // made of whole numbers
        FluentValue::Number(FluentNumber { value, .. }) => Some(language.number(*value as i64)),
        _ => None,
    }
}

/// What stands in the place of a message's argument.
#[derive(Clone, PartialEq, Debug)]
enum Arg {
    Text(String),
    Number(i64),
}

/// Something that can stand in the place of an argument: a text, or a number, which also decides between singular and plural.
pub trait Argument {
    #[doc(hidden)]
    fn number(&self) -> Option<i64> {
        None
    }
    #[doc(hidden)]
    fn text(&self) -> String;
}

macro_rules! numbers {
    ($($t:ty),+) => {$(
        impl Argument for $t {
            fn number(&self) -> Option<i64> { Some(i64::try_from(*self).unwrap_or(i64::MAX)) }
            fn text(&self) -> String { self.to_string() }
        }
    )+};
}
numbers!(i64, u64, u32, usize);

impl Argument for str {
    fn text(&self) -> String {
        self.to_owned()
    }
}
impl Argument for String {
    fn text(&self) -> String {
        self.clone()
    }
}
impl Argument for Said {
    fn text(&self) -> String {
        self.to_string()
    }
}
impl<T: Argument + ?Sized> Argument for &T {
    fn number(&self) -> Option<i64> {
        (**self).number()
    }
    fn text(&self) -> String {
        (**self).text()
    }
}

/// A message with what stands in its places.
#[derive(Clone, PartialEq, Debug)]
struct Message {
    id: &'static str,
    args: Vec<(&'static str, Arg)>,
}

impl Message {
    const fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    fn with(&mut self, name: &'static str, value: &impl Argument) {
        self.args.push((name, value.number().map_or_else(|| Arg::Text(value.text()), Arg::Number)));
    }

    fn to(&self, language: Language) -> String {
        let mut args = FluentArgs::with_capacity(self.args.len());
        for (name, value) in &self.args {
            match value {
                Arg::Text(text) => args.set(*name, text.as_str()),
                Arg::Number(number) => args.set(*name, *number),
            }
        }
        [language, Language::En]
            .into_iter()
            .find_map(|language| said(&BUNDLES[language as usize], self.id, &args))
            .unwrap_or_else(|| self.id.to_owned())
    }
}

fn said(bundle: &Bundle, id: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors);
    if !errors.is_empty() {
        tracing::error!(id, ?errors, "a message that cannot be said as it is meant");
    }
    Some(text.into_owned())
}

/// A message, said. It is text: a page escapes it like any other.
#[derive(Clone, Debug)]
pub struct Said {
    language: Language,
    message: Message,
    text: OnceLock<String>,
}

/// A message, said in English; what is said of a sentence that travels until somebody reads it ([`crate::language::Sentence`]).
#[must_use]
pub fn say(id: &'static str) -> Said {
    Language::En.say(id)
}

impl Language {
    /// Says a message.
    #[must_use]
    pub fn say(self, id: &'static str) -> Said {
        Said { language: self, message: Message::new(id), text: OnceLock::new() }
    }

    /// Says a message that holds markup of its own; its name ends in `-html`.
    #[must_use]
    pub fn rich(self, id: &'static str) -> Rich {
        Rich { language: self, message: Message::new(id) }
    }
}

impl Said {
    /// With something in the place of an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Argument) -> Self {
        self.message.with(name, &value);
        self.text = OnceLock::new();
        self
    }

    /// The same, said in another language.
    #[must_use]
    pub fn to(&self, language: Language) -> String {
        self.message.to(language)
    }
}

impl Deref for Said {
    type Target = str;
    fn deref(&self) -> &str {
        self.text.get_or_init(|| self.message.to(self.language))
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl From<Said> for String {
    fn from(said: Said) -> Self {
        said.to_string()
    }
}

/// A piece of a page that is markup already: a moment in its element.
#[derive(Clone, Debug)]
pub struct Html(String);

impl Html {
    /// Of markup that this program has made.
    pub(crate) fn made(markup: String) -> Self {
        Self(markup)
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

/// A message that holds markup of its own. What stands in the places of its arguments is escaped here (S56).
#[derive(Clone, Debug)]
pub struct Rich {
    language: Language,
    message: Message,
}

impl Rich {
    /// With a text, escaped, or a number in the place of an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Argument) -> Self {
        match value.number() {
            Some(_) => self.message.with(name, &value),
            None => self.message.with(name, &escaped(&value.text())),
        }
        self
    }

    /// With a piece of a page in the place of an argument.
    #[must_use]
    pub fn html(mut self, name: &'static str, value: Html) -> Self {
        self.message.with(name, &value.0);
        self
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing into a string cannot fail.
    let _ = askama::filters::Html.write_escaped_str(&mut out, text);
    out
}

impl fmt::Display for Rich {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.to(self.language))
    }
}

impl HtmlSafe for Rich {}

//! The messages are whole: what a page, a letter or an error says exists in every language, with the arguments that it is
//! given, and nothing is kept that nobody says. How a page says something: docs/ARCHITECTURE.md, "Languages".

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use vestibule::language::Language;

/// The arguments of each message of a language.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn files(folder: &Path, endings: &[&str], into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, endings, into);
        } else if path.extension().is_some_and(|e| endings.contains(&e.to_str().unwrap())) {
            into.push(path);
        }
    }
}

fn variables(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, into);
        }
    }
}

fn of_expression(expression: &Expression<&str>, into: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, into),
        Expression::Select { selector, variants } => {
            of_inline(selector, into);
            for variant in variants {
                variables(&variant.value, into);
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, into: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            into.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => of_expression(expression, into),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => panic!("messages hold texts, arguments and choices, and nothing else: {other:?}"),
    }
}

/// The messages of a language; that each file can be read and names nothing twice is asked on the way.
fn messages(language: Language) -> Messages {
    let mut found = Messages::new();
    let mut paths = Vec::new();
    files(&Path::new("locales").join(language.code()), &["ftl"], &mut paths);
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let resource = fluent_syntax::parser::parse(text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{} cannot be read: {errors:?}", path.display()));
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut arguments = BTreeSet::new();
            variables(message.value.as_ref().unwrap_or_else(|| panic!("{} is empty", message.id.name)), &mut arguments);
            let before = found.insert(message.id.name.to_owned(), arguments);
            assert!(before.is_none(), "{language}: {} stands there twice", message.id.name);
        }
    }
    found
}

/// The part of a text up to the bracket that closes the one before it.
fn bracketed(text: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (1, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    text
}

/// What is said: the message, its arguments, and where. `say("id")` and `rich("id")` name it, `.with("name", …)` and
/// `.html("name", …)` right behind give its arguments.
fn said() -> Vec<(String, BTreeSet<String>, String)> {
    let mut paths = Vec::new();
    files(Path::new("src"), &["rs"], &mut paths);
    files(Path::new("templates"), &["html", "txt"], &mut paths);
    let mut found = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        for (at, call) in text.match_indices("say(\"").chain(text.match_indices("rich(\"")) {
            let rest = &text[at + call.len()..];
            let Some((id, mut rest)) = rest.split_once('"') else { continue };
            let Some(after) = rest.trim_start().strip_prefix(')') else { continue };
            rest = after;
            let mut arguments = BTreeSet::new();
            loop {
                let next = rest.trim_start();
                let Some(call) = next.strip_prefix(".with(\"").or_else(|| next.strip_prefix(".html(\"")) else { break };
                let (name, value) = call.split_once('"').unwrap();
                arguments.insert(name.to_owned());
                rest = &value[bracketed(value).len() + 1..];
            }
            let line = text[..at].lines().count();
            found.push((id.to_owned(), arguments, format!("{}:{line}", path.display())));
        }
    }
    found
}

#[test]
fn no_message_is_missing_unused_or_given_other_arguments_in_any_language() {
    let said = said();
    assert!(said.len() > 100, "{} messages are said", said.len());
    let mut wrong = Vec::new();
    for language in Language::ALL {
        let messages = messages(language);
        for (id, arguments, place) in &said {
            match messages.get(id) {
                None => wrong.push(format!("{place}: {id} is missing in {language}")),
                Some(wanted) if arguments != wanted => {
                    wrong.push(format!("{place}: {id} is given {arguments:?} and wants {wanted:?} in {language}"));
                }
                Some(_) => {}
            }
        }
        let used: BTreeSet<&String> = said.iter().map(|(id, ..)| id).collect();
        for id in messages.keys().filter(|id| !used.contains(id)) {
            wrong.push(format!("{language}: nobody says {id}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn markup_stands_only_in_messages_that_say_so() {
    for language in Language::ALL {
        let mut paths = Vec::new();
        files(&Path::new("locales").join(language.code()), &["ftl"], &mut paths);
        for path in paths {
            let text = fs::read_to_string(&path).unwrap();
            for block in text.split("\n\n").flat_map(|part| part.split_inclusive('\n')) {
                let Some((id, value)) = block.split_once(" = ") else { continue };
                assert!(!value.contains('<') || id.ends_with("-html"), "{}: {id} holds markup", path.display());
            }
        }
    }
    for (id, _, place) in said() {
        let file = place.split(':').next().unwrap();
        let rich = fs::read_to_string(file).unwrap().contains(&format!("rich(\"{id}\")"));
        assert_eq!(rich, id.ends_with("-html"), "{place}: {id} is said by rich() if it holds markup, and only then");
    }
}

#[test]
fn a_message_is_said_in_each_language_and_falls_back_to_english() {
    let said = Language::ALL.map(|language| language.say("error-too-many-minutes").with("count", 1i64).to_string());
    assert_eq!(said[0], "Too many attempts. Try again in 1 minute.");
    assert_eq!(said[1], "Zu viele Versuche. Versuchen Sie es in 1 Minute erneut.");
    let many = Language::De.say("error-too-many-minutes").with("count", 1200i64).to_string();
    assert_eq!(many, "Zu viele Versuche. Versuchen Sie es in 1.200 Minuten erneut.");
    let unknown: &'static str = "no-such-message";
    assert_eq!(Language::De.say(unknown).to_string(), "no-such-message", "a page never fails for want of words");
}

#[test]
fn s56_what_stands_in_a_message_with_markup_is_escaped() {
    let rich = Language::Fr.rich("reset-for-html").with("email", "<script>\"&'").to_string();
    assert!(rich.contains("<b>&#60;script&#62;&#34;&#38;&#39;</b>"), "{rich}");
}

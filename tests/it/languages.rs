//! The messages are whole: what a page, a letter or an error says exists in every language, with the arguments that it is
//! given, and nothing is kept that nobody says. How a page says something: docs/ARCHITECTURE.md, "Languages".

use crate::http::Browser;
use crate::world::{Everything, PASSWORD, World, both};
use axum::http::{Method, StatusCode};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use vestibule::business::terms;
use vestibule::db::Query;
use vestibule::language::Language;
use vestibule::portal_user;

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

/// What a business, or a client, would like.
async fn wish(w: &World, statement: &'static str, language: &str) {
    let mut tx = w.app.db.write().await.unwrap();
    Query::new(statement).bind(w.business.id).bind(language).run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

const OF_BUSINESS: &str = "UPDATE business SET language = $2 WHERE id = $1";
const OF_CLIENTS: &str = "UPDATE client SET language = $2 WHERE business_id = $1";

async fn asked_in(browser: &mut Browser, path: &str, languages: &str) -> String {
    browser.ask(Method::GET, path, None, &[("accept-language", languages)]).await.body
}

both! {
    async fn a_visitor_reads_the_language_they_chose_else_the_businesss_else_the_browsers(w: World) {
        let path = format!("/portal/{}/sign-in", w.business.slug);
        let mut browser = w.browser();
        assert!(asked_in(&mut browser, &path, "pl").await.contains("<html lang=\"en\""));
        let french = asked_in(&mut browser, &path, "fr-CA,en;q=0.5").await;
        assert!(french.contains("<html lang=\"fr\"") && french.contains("Mot de passe oublié"), "{french}");
        wish(&w, OF_BUSINESS, "es").await;
        assert!(asked_in(&mut browser, &path, "fr").await.contains("Iniciar sesión"));
        let choose = format!("/portal/{}/language", w.business.slug);
        let chosen = browser.post(&choose, &[("language", "de"), ("next", &path)]).await;
        assert_eq!((chosen.status, chosen.location()), (StatusCode::SEE_OTHER, path.as_str()));
        let german = asked_in(&mut browser, &path, "fr").await;
        assert!(german.contains("<html lang=\"de\"") && german.contains("Passwort vergessen?"), "{german}");
        let wrong = browser.post(&path, &[("email", "omar@client.test"), ("password", "wrong"), ("next", "")]).await;
        assert!(wrong.body.contains("Fehler: Anmelden") && wrong.body.contains("gibt es kein Konto"), "{}", wrong.body);
        let missing = browser.get(&format!("/portal/{}/nowhere", w.business.slug)).await;
        assert!(missing.status == StatusCode::NOT_FOUND && missing.body.contains("Das können wir nicht finden"), "{}", missing.body);
        let unknown = browser.post(&choose, &[("language", "tlh"), ("next", &path)]).await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
        assert!(browser.get("/console/sign-in").await.body.contains("<html lang=\"en\""), "the console is English");
    }

    async fn a_person_reads_their_language_else_their_clients(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let home = format!("/portal/{}/clients/{}", w.business.slug, omar.client);
        wish(&w, OF_BUSINESS, "es").await;
        let mut browser = w.portal(&omar.token);
        assert!(browser.get(&home).await.body.contains("Aún no hay nada compartido"));
        wish(&w, OF_CLIENTS, "fr").await;
        assert!(browser.get(&home).await.body.contains("Rien n’a encore été partagé"));
        browser.post(&format!("/portal/{}/language", w.business.slug), &[("language", "de"), ("next", &home)]).await;
        let elsewhere = w.portal(&omar.token).get(&home).await;
        assert!(elsewhere.body.contains("Noch nichts freigegeben"), "it goes with the account: {}", elsewhere.body);
    }

    async fn mail_is_in_the_language_of_whoever_reads_it(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        wish(&w, OF_BUSINESS, "fr").await;
        wish(&w, OF_CLIENTS, "de").await;
        let contact = w.contact("lucy.nakamura@client.test", &client).await;
        let link = w.invite(&nadia.actor, &contact).await;
        let letter = w.mail_to("lucy.nakamura@client.test").await.remove(0);
        assert_eq!(letter.subject, "Tidewater Haulage lädt Sie in das Kundenportal ein");
        assert!(letter.html.contains("<html lang=\"de\"") && letter.plain.contains("6. Dezember 2026"), "{}", letter.plain);

        let path = format!("/portal/{}/invitation/{}", w.business.slug, link.reveal());
        assert!(w.browser().get(&path).await.body.contains("Ihr Zugang zum Portal für Bellweather"), "as the letter");
        let mut browser = w.browser().with_cookie("__Host-vestibule_language", "es");
        let form = [("first_name", "Lucy"), ("last_name", "Nakamura"), ("password", PASSWORD)];
        assert_eq!(browser.post(&path, &form).await.status, StatusCode::SEE_OTHER);
        w.pass(1);
        browser.post(&format!("/portal/{}/forgotten", w.business.slug), &[("email", "lucy.nakamura@client.test")]).await;
        let reset = w.mail_to("lucy.nakamura@client.test").await.remove(0);
        assert_eq!(reset.subject, "Establezca una contraseña nueva", "the language they accepted in is theirs");
        assert!(w.mail_to(&nadia.email).await.iter().all(|letter| letter.html.contains("lang=\"en\"")), "staff read English");
    }

    async fn u1_accepted_terms_name_version_digest_time_address_and_language(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let published = terms::publish(&w.app, &nadia.actor, "# Rules").await.unwrap();
        let path = format!("/portal/{}/terms", w.business.slug);
        let mut browser = w.portal(&omar.token).with_cookie("__Host-vestibule_language", "fr");
        assert!(browser.get(&path).await.body.contains("Conditions d’utilisation"));
        browser.post(&path, &[("agree", "on"), ("version", "1"), ("next", "")]).await;
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let accepted = portal_user::store::acceptances(&mut look, omar.user).await.unwrap().remove(0);
        assert_eq!((accepted.version, accepted.language), (1, Language::Fr));
        assert_eq!((accepted.at, accepted.address.as_str()), (w.app.clock.now(), "198.51.100.77"));
        assert_eq!(accepted.digest, published.digest);
    }
}

//! A sample of every page: rendered in one test, so that no page can break unseen, and looked at as a whole.

mod world;

pub use world::*;

use crate::web::{console, demo, errors, portal};
use askama::Template;

/// A page as it goes out.
pub fn rendered(page: &impl Template) -> String {
    page.render().unwrap()
}

/// Every sample there is.
fn all() -> Vec<(&'static str, String)> {
    [
        portal::door::samples(),
        portal::ask::samples(),
        portal::forgotten::samples(),
        portal::password::samples(),
        portal::confirm::samples(),
        portal::profile::samples(),
        portal::accounts::samples(),
        portal::terms::samples(),
        portal::invitation::samples(),
        portal::home::samples(),
        portal::company::samples(),
        portal::records::samples(),
        portal::record::samples(),
        portal::mails::samples(),
        errors::samples(),
        demo::samples(),
        console::door::samples(),
        console::forgotten::samples(),
        console::overview::samples(),
        console::portal_users::samples(),
        console::portal_user::samples(),
        console::portal_user::acts::samples(),
        console::portal_user::add::samples(),
        console::portal_user::choose::samples(),
        console::portal_user::delete::samples(),
        console::portal_user::links::samples(),
        console::portal_switch::samples(),
        console::why::samples(),
        console::search::samples(),
        console::audit::samples(),
        console::clients::samples(),
        console::client::samples(),
        console::contacts::samples(),
        console::contact::samples(),
        console::invitations::samples(),
        console::mismatches::samples(),
        console::requests::samples(),
        console::request::samples(),
        console::record::samples(),
        console::features::samples(),
        console::import::samples(),
        console::bulk::samples(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::all;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Folders of templates whose pages all have a sample, named after the template (and, behind a hyphen, the state).
    const FOLDERS: [&str; 4] = ["console", "portal", "demo", "error"];

    /// With `VESTIBULE_SAMPLES=folder` the samples are written there, to be looked at in a browser.
    #[test]
    fn every_page_has_a_sample_that_is_rendered() {
        if let Some(folder) = std::env::var_os("VESTIBULE_SAMPLES") {
            for (name, html) in all() {
                let file = Path::new(&folder).join(format!("{name}.html"));
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                std::fs::write(file, html).unwrap();
            }
        }
        let shown: BTreeSet<String> =
            all().into_iter().map(|(name, _)| name.split('-').next().unwrap().to_owned()).collect();
        for folder in FOLDERS {
            for file in std::fs::read_dir(Path::new("templates").join(folder)).unwrap() {
                let file = file.unwrap();
                // A folder in there holds parts of pages.
                if file.file_type().unwrap().is_dir() {
                    continue;
                }
                let name = file.file_name().into_string().unwrap();
                let page = format!("{folder}/{}", name.trim_end_matches(".html"));
                assert!(shown.contains(&page), "{page} has no sample");
            }
        }
    }

    #[test]
    fn pages_hold_nothing_that_the_content_security_policy_forbids() {
        for (name, html) in all() {
            for forbidden in [" style=\"", "<style", " onclick=", " onsubmit=", "javascript:"] {
                assert!(!html.contains(forbidden), "{forbidden} in {name}");
            }
            assert_eq!(html.matches("<script").count(), 1, "{name}: one module and nothing inline");
            assert!(html.contains("<title>") && !html.contains("<title> ·"), "{name} has a title");
            assert_eq!(html.matches("<h1").count(), 1, "{name} has one heading");
        }
    }

    /// The tags of a page that begin like this.
    fn tags<'a>(html: &'a str, begins: &'a str) -> impl Iterator<Item = &'a str> {
        html.match_indices(begins).filter_map(|(at, _)| html[at..].split_inclusive('>').next())
    }

    #[test]
    fn s10_password_managers_and_paste_work_on_every_form() {
        let mut passwords = 0;
        for (name, html) in all() {
            // Staff in the console, and whoever looks after a company, write about others: their browser has nothing of its own to fill in there.
            let about_others = name.starts_with("console/") || name.starts_with("portal/company");
            if about_others && !html.contains("type=\"password\"") {
                continue;
            }
            for tag in tags(&html, "<input") {
                let autocomplete = tag.split("autocomplete=\"").nth(1).and_then(|rest| rest.split('"').next());
                if tag.contains("type=\"password\"") {
                    passwords += 1;
                    assert!(matches!(autocomplete, Some("current-password" | "new-password")), "{name}: {tag}");
                    assert!(!tag.contains("value="), "{name}: a typed password is never sent back: {tag}");
                    assert!(!tag.contains("pattern=") && !tag.contains("minlength="), "{name}: {tag}");
                }
                if tag.contains("type=\"email\"") {
                    // Another address to sign in with stands beside the one that is the user name now.
                    let wanted = if name.starts_with("portal/profile") { "email" } else { "username" };
                    assert_eq!(autocomplete, Some(wanted), "{name}: {tag}");
                }
                if let Some(wanted) = [("first_name", "given-name"), ("last_name", "family-name")]
                    .into_iter()
                    .find_map(|(field, wanted)| tag.contains(&format!("name=\"{field}\"")).then_some(wanted))
                {
                    assert_eq!(autocomplete, Some(wanted), "{name}: {tag}");
                }
                // A search holds nothing that a password manager knows.
                let off = tag.contains("autocomplete=\"off\"") && !tag.contains("type=\"search\"");
                assert!(!off && !tag.contains("onpaste"), "{name}: {tag}");
            }
            for form in html.split("<form").skip(1).map(|form| form.split("</form>").next().unwrap_or_default()) {
                if form.contains("type=\"password\"") {
                    assert!(
                        form.contains("autocomplete=\"username\""),
                        "{name}: whose password it is stands beside it"
                    );
                }
            }
        }
        assert!(passwords >= 8, "{passwords} password fields were looked at");
    }
}

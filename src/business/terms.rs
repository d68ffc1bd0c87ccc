//! Terms and Conditions, in published versions: written in Markdown, shown as safe HTML, known by their digest.

use crate::access::{Actor, Permission};
use crate::act::{Act, App, Scope};
use crate::audit::Entry;
use crate::base::{Error, Instant, Result};
use crate::business::store;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use sha2::{Digest as _, Sha256};

/// A published version.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Terms {
    /// Its number, from 1.
    pub version: i64,
    /// Its text, in Markdown.
    pub body: String,
    /// The SHA-256 of the text, in hexadecimal: what an acceptance names.
    pub digest: String,
    /// When it was published.
    pub published_at: Instant,
}

impl Terms {
    /// The text as HTML that cannot carry a script: Markdown's own elements only, raw HTML shown as text, links to web
    /// pages and mail only (S56). Its highest headings are of the second rank, for the page has its own of the first.
    #[must_use]
    pub fn html(&self) -> String {
        let parsed = || Parser::new_ext(&self.body, Options::ENABLE_TABLES);
        let highest = parsed().filter_map(|event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(level),
            _ => None,
        });
        let down = 2 - highest.map(|level| level as usize).min().unwrap_or(2).cast_signed();
        let moved = |level: HeadingLevel| {
            HeadingLevel::try_from((level as usize).saturating_add_signed(down)).unwrap_or(HeadingLevel::H6)
        };
        let events = parsed().map(|event| match event {
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                Event::Start(Tag::Heading { level: moved(level), id, classes, attrs })
            }
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(moved(level))),
            Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
            other => other,
        });
        let mut unsafe_html = String::new();
        html::push_html(&mut unsafe_html, events);
        ammonia::clean(&unsafe_html)
    }
}

/// The current terms, if the business has any.
///
/// # Errors
/// When the database cannot be read.
pub async fn current(scope: &mut Scope) -> Result<Option<Terms>> {
    scope
        .query("SELECT version, body, digest, published_at FROM terms WHERE business_id = $1 ORDER BY version DESC LIMIT 1")
        .maybe(&mut scope.tx)
        .await
}

/// Publishes a version: from then on everyone is asked to accept it.
///
/// # Errors
/// `Forbidden`; `Invalid` when the text is empty or longer than 200,000 characters.
pub async fn publish(app: &App, actor: &Actor, body: &str) -> Result<Terms> {
    actor.must(Permission::SettingsManage)?;
    let body = body.trim();
    if body.is_empty() {
        return Err(Error::invalid("body", "The terms are empty. Write them, then publish."));
    }
    if body.chars().count() > 200_000 {
        return Err(Error::invalid("body", "The terms are longer than 200,000 characters. Shorten them."));
    }
    let mut act: Act = app.begin(actor).await?;
    let before = current(&mut act).await?.map_or(0, |terms| terms.version);
    let terms = Terms {
        version: before + 1,
        body: body.to_owned(),
        digest: data_encoding::HEXLOWER.encode(&Sha256::digest(body.as_bytes())),
        published_at: act.now,
    };
    act.query("INSERT INTO terms (business_id, version, body, digest, published_at, published_by) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(terms.version)
        .bind(terms.body.as_str())
        .bind(terms.digest.as_str())
        .bind(terms.published_at)
        .bind(actor.name())
        .run(&mut act.tx)
        .await?;
    let business = act.business;
    store::set_terms_version(&mut act.tx, business, terms.version).await?;
    act.commit(Entry::TermsPublished { version: terms.version, digest: terms.digest.clone() }).await?;
    Ok(terms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s56_terms_never_carry_a_script() {
        let body = "# Terms\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1)) and **bold** <b onclick=x>b</b>";
        let terms = Terms { version: 1, body: body.into(), digest: String::new(), published_at: Instant::default() };
        let html = terms.html();
        assert!(html.contains("<h2>Terms</h2>") && html.contains("<strong>bold</strong>"), "{html}");
        for bad in ["<script", "<img", "<b ", "javascript:"] {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
    }

    #[test]
    fn the_highest_heading_is_of_the_second_rank() {
        let html = |body: &str| {
            Terms { version: 1, body: body.into(), digest: String::new(), published_at: Instant::default() }.html()
        };
        assert_eq!(html("# A\n\n## B\n\n###### C"), "<h2>A</h2>\n<h3>B</h3>\n<h6>C</h6>\n");
        assert_eq!(html("### A\n\n#### B"), "<h2>A</h2>\n<h3>B</h3>\n");
        assert_eq!(html("text"), "<p>text</p>\n");
    }
}

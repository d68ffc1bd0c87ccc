//! Two people change the same thing: the second is shown what the first changed, and nothing is overwritten without being
//! seen.

use crate::act::Look;
use crate::audit::{self, Entry};
use crate::base::Result;
use uuid::Uuid;

/// What somebody else changed while this person was typing.
pub struct Clash {
    /// What was changed: `contact`, `client`.
    pub what: &'static str,
    /// What happened last, and who did it.
    pub latest: String,
    /// Which field, what it is now, what was typed.
    pub fields: Vec<(String, String, String)>,
}

impl Clash {
    /// About a subject, with the fields in which what is there now differs from what was typed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(
        look: &mut Look,
        what: &'static str,
        subject: Uuid,
        fields: Vec<(&'static str, String, String)>,
    ) -> Result<Self> {
        let business = look.business;
        let latest = audit::about(&mut look.tx, business, subject, 1).await?;
        let latest = latest.first().map(|recorded| {
            let what = recorded.entry.as_ref().map_or_else(|| "changed it".to_owned(), Entry::sentence);
            format!("{} {what}.", recorded.actor_name)
        });
        let shown = |text: String| if text.is_empty() { "nothing".to_owned() } else { format!("“{text}”") };
        let fields = fields.into_iter().map(|(field, now, typed)| {
            let mut name = field.to_owned();
            if let Some(first) = name.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            (name, shown(now), shown(typed))
        });
        Ok(Self { what, latest: latest.unwrap_or_default(), fields: fields.collect() })
    }
}

/// What the second person sees.
#[cfg(test)]
pub fn sample(what: &'static str) -> Clash {
    Clash {
        what,
        latest: "Hana Whitlock set the title to “Foreman”.".into(),
        fields: vec![("Title".into(), "“Foreman”".into(), "“Building manager”".into())],
    }
}

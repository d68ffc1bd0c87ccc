//! What a file is called.

use crate::base::text::TextError;
use std::fmt;

/// A file's name, without folders: as it is shown, and as a download is called.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::Type)]
#[sqlx(transparent)]
pub struct FileName(String);

/// The longest that is taken, in characters.
const MOST: usize = 160;

impl FileName {
    /// Parses what a browser or an archive calls a file: the folders before it are left out, and so is what cannot be shown.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
        let hidden = |c: &char| {
            c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{00ad}')
        };
        let shown: String = last.chars().filter(|c| !hidden(c)).collect();
        let name = shown.trim().trim_start_matches('.').trim();
        if name.is_empty() {
            return Err(TextError("The file has no name. Give it one, and try again.".into()));
        }
        if name.chars().count() > MOST {
            return Err(TextError(format!("The file’s name is longer than {MOST} characters. Shorten it.").into()));
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its ending, in small letters; empty without one.
    #[must_use]
    pub fn ending(&self) -> String {
        self.0.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&FileName> for crate::db::Value {
    fn from(name: &FileName) -> Self {
        name.as_str().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_has_no_folders_and_nothing_hidden() {
        for (text, name) in [
            ("invoice 20418.pdf", "invoice 20418.pdf"),
            ("C:\\Users\\hana\\Lease.PDF", "Lease.PDF"),
            ("../../etc/passwd", "passwd"),
            ("a/b/ plan\u{202e}fdp.exe ", "planfdp.exe"),
            (".htaccess", "htaccess"),
        ] {
            assert_eq!(FileName::parse(text).unwrap().as_str(), name);
        }
        for wrong in ["", "/", "..", "\u{200b}", &"x".repeat(161)] {
            assert!(FileName::parse(wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(FileName::parse("Lease.PDF").unwrap().ending(), "pdf");
    }

    proptest! {
        #[test]
        fn s57_no_name_leads_out_of_a_folder(text: String) {
            if let Ok(name) = FileName::parse(&text) {
                prop_assert!(!name.as_str().contains(['/', '\\', '\0', '\n', '\r']) && name.as_str() != "..");
                prop_assert_eq!(FileName::parse(name.as_str()).unwrap(), name);
            }
        }
    }
}

//! What stands around a portal user's pages.

use super::{Face, Support};

/// A place in the portal.
#[derive(Clone, Debug)]
pub struct PortalTab {
    /// Its name.
    pub text: String,
    /// Its address.
    pub href: String,
    /// Its icon.
    pub icon: &'static str,
    /// Whether we are in it.
    pub here: bool,
}

/// A linked client account, as the switcher shows it.
#[derive(Clone, Debug)]
pub struct PortalAccount {
    /// The client's name.
    pub name: String,
    /// The person's role there.
    pub role: String,
    /// Its address.
    pub href: String,
    /// Its initials.
    pub face: Face,
    /// Whether we are in it.
    pub here: bool,
}

/// Another business whose portal somebody knows.
#[derive(Clone, Debug)]
pub struct OtherBusiness {
    /// Its name.
    pub name: String,
    /// Its initials.
    pub face: Face,
    /// Its portal.
    pub href: String,
}

/// The frame around a portal user's pages.
#[derive(Clone, Debug)]
pub struct PortalChrome {
    /// The business.
    pub business_name: String,
    /// Its initials.
    pub initials: String,
    /// The address of its logo, if it has one.
    pub logo: Option<String>,
    /// The address of its colours.
    pub brand_css: String,
    /// Whom people turn to.
    pub support: Option<Support>,
    /// `/portal/tidewater`.
    pub base: String,
    /// Who is signed in.
    pub person_name: String,
    /// With which address.
    pub person_email: String,
    /// Their initials.
    pub person_face: Face,
    /// Where one can go.
    pub tabs: Vec<PortalTab>,
    /// The linked client accounts.
    pub accounts: Vec<PortalAccount>,
    /// Whether there are more of them than are shown.
    pub more_accounts: bool,
    /// The other businesses whose portals they know.
    pub elsewhere: Vec<OtherBusiness>,
    /// Whether there are terms to look at again.
    pub has_terms: bool,
}

impl PortalChrome {
    /// The client account whose things are shown.
    #[must_use]
    pub fn current(&self) -> Option<&PortalAccount> {
        self.accounts.iter().find(|account| account.here)
    }

    /// Whether there is somewhere else to go: another client account, or another business; on a page of no client account,
    /// any.
    #[must_use]
    pub fn may_choose(&self) -> bool {
        match self.current() {
            Some(_) => self.accounts.len() > 1 || self.more_accounts || !self.elsewhere.is_empty(),
            None => !self.accounts.is_empty(),
        }
    }
}

//! What stands around staff's pages.

use super::Face;

/// The frame around staff's pages.
#[derive(Clone, Debug)]
pub struct ConsoleChrome {
    /// The business.
    pub business_name: String,
    /// Its initials.
    pub business_face: Face,
    /// Whether its portal is on.
    pub portal_on: bool,
    /// Who is signed in.
    pub person_name: String,
    /// With which address.
    pub person_email: String,
    /// Their initials.
    pub person_face: Face,
    /// The page of the side bar that we are in.
    pub here: &'static str,
    /// The pages of the side bar that this person may open.
    pub pages: Vec<&'static str>,
    /// How many portal users there are.
    pub portal_users: Option<String>,
    /// How many invitations wait to be accepted.
    pub invitations_waiting: Option<String>,
    /// How many access requests wait for staff.
    pub requests_waiting: Option<String>,
    /// In how many fields contacts and accounts differ.
    pub mismatches: Option<String>,
}

impl ConsoleChrome {
    /// Whether the side bar leads to a page.
    #[must_use]
    pub fn may_see(&self, page: &str) -> bool {
        self.pages.contains(&page)
    }
}

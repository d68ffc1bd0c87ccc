//! The form of a user group, as staff and the client's own people fill it in.

use crate::access::{RecordKind, Sight};
use crate::act::Scope;
use crate::base::id::{ClientId, GroupId};
use crate::base::text::GroupName;
use crate::base::{Error, Problems, Result};
use crate::group::{self, Kind, UserGroup};
use serde::Deserialize;

/// The form, filled in.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupForm {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Which version of the group was shown.
    #[serde(default)]
    pub version: i64,
    #[serde(default)]
    sees: Vec<String>,
}

impl GroupForm {
    /// What was ticked.
    ///
    /// # Errors
    /// `BadRequest` for a word that no page offers (S46).
    pub fn sight(&self) -> Result<Sight> {
        let unknown = || Error::BadRequest("This page does not offer that. Go back, reload, and try again.");
        self.sees.iter().map(|word| RecordKind::of_code(word).ok_or_else(unknown)).collect()
    }

    /// The name of a new group.
    ///
    /// # Errors
    /// `Invalid` on the field `name`.
    pub fn named(&self) -> Result<GroupName> {
        let mut problems = Problems::default();
        problems.check("name", GroupName::parse(&self.name)).ok_or(Error::Invalid(problems))
    }

    /// The new name of a group; none for the Default one, which keeps its own.
    ///
    /// # Errors
    /// `Invalid` on the field `name`.
    pub fn renamed(&self, group: &UserGroup) -> Result<Option<GroupName>> {
        match group.kind {
            Kind::Default => Ok(None),
            Kind::Custom => self.named().map(Some),
        }
    }
}

/// A client's group, as an address names it.
///
/// # Errors
/// `NotFound`, also for another client's.
pub async fn find(scope: &mut Scope, client: ClientId, id: &str) -> Result<UserGroup> {
    let id = id.parse::<GroupId>().map_err(|_| Error::NotFound("The group"))?;
    let group = group::store::find(scope, id).await?;
    if group.client_id == client { Ok(group) } else { Err(Error::NotFound("The group")) }
}

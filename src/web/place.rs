//! The fields for somebody's group and role at a client, as forms of staff and of the client's own people show them, and what
//! comes back from there.

use crate::access::{Place, Role};
use crate::base::{Error, Result};
use crate::group::{Kind, UserGroup};
use crate::language::say;
use serde::Deserialize;

/// The fields for a group and a role, as several forms show them.
#[derive(Clone, Debug)]
pub struct PlaceFields {
    /// The groups: id, name, chosen; the Default one carries the word `default` for the stylesheet.
    pub groups: Vec<GroupChoice>,
    /// Whether Global Admin is ticked.
    pub global_admin: bool,
    /// Whether Group Manager is ticked.
    pub group_manager: bool,
    /// The client, which the hints name.
    pub client: String,
}

/// A group to choose.
#[derive(Clone, Debug)]
pub struct GroupChoice {
    /// What is posted: `default`, or the id of a group that the client made.
    pub value: String,
    /// Its name.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What is posted for a group and a role.
#[derive(Clone, Debug, Default)]
pub struct PlaceTyped {
    /// `default` or an id.
    pub group: String,
    /// Whether the box was ticked.
    pub global_admin: bool,
    /// Whether the box was ticked.
    pub group_manager: bool,
}

/// The form of a place, filled in: what was chosen, and what was so when it was shown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceForm {
    group: String,
    #[serde(default)]
    global_admin: String,
    #[serde(default)]
    group_manager: String,
    was_group: String,
    was_role: String,
}

impl PlaceForm {
    /// What was chosen.
    #[must_use]
    pub fn typed(&self) -> PlaceTyped {
        PlaceTyped::posted(&self.group, &self.global_admin, &self.group_manager)
    }

    /// What was so when the form was shown; what cannot be read of it is taken to be as it is now.
    #[must_use]
    pub fn was(&self, now: Place) -> Place {
        Place {
            group: self.was_group.parse().unwrap_or(now.group),
            role: Role::of_code(&self.was_role).unwrap_or(now.role),
        }
    }
}

impl PlaceTyped {
    /// What a form posts. A box that is not ticked posts nothing.
    #[must_use]
    pub fn posted(group: &str, global_admin: &str, group_manager: &str) -> Self {
        Self {
            group: group.to_owned(),
            global_admin: !global_admin.is_empty(),
            group_manager: !group_manager.is_empty(),
        }
    }

    /// A place as the form shows it.
    #[must_use]
    pub fn of(place: Place, groups: &[UserGroup]) -> Self {
        Self {
            group: groups.iter().find(|group| group.id == place.group).map(value_of).unwrap_or_default(),
            global_admin: place.role == Role::GlobalAdmin,
            group_manager: place.role == Role::GroupManager,
        }
    }

    /// The place that was meant. Only the box that belongs to the chosen kind of group counts: the other one is not shown.
    ///
    /// # Errors
    /// `Invalid` when the group is none of these.
    pub fn place(&self, groups: &[UserGroup]) -> Result<Place> {
        let chosen = groups.iter().find(|group| value_of(group) == self.group);
        let chosen = chosen.ok_or_else(|| Error::invalid("group", say("company-group-gone")))?;
        let role = match chosen.kind {
            Kind::Default if self.global_admin => Role::GlobalAdmin,
            Kind::Custom if self.group_manager => Role::GroupManager,
            Kind::Default | Kind::Custom => Role::Member,
        };
        Ok(Place { group: chosen.id, role })
    }
}

fn value_of(group: &UserGroup) -> String {
    match group.kind {
        Kind::Default => "default".to_owned(),
        Kind::Custom => group.id.to_string(),
    }
}

impl PlaceFields {
    /// The fields with what was typed, or what is so.
    #[must_use]
    pub fn of(groups: &[UserGroup], typed: &PlaceTyped, client: &str) -> Self {
        let choice = |group: &UserGroup| GroupChoice {
            value: value_of(group),
            text: group.name.clone(),
            chosen: value_of(group) == typed.group,
        };
        Self {
            groups: groups.iter().map(choice).collect(),
            global_admin: typed.global_admin,
            group_manager: typed.group_manager,
            client: client.to_owned(),
        }
    }

    /// The group that the client made, where somebody has no other choice.
    #[must_use]
    pub fn only(&self) -> Option<&GroupChoice> {
        match self.groups.as_slice() {
            [only] if only.value != "default" => Some(only),
            _ => None,
        }
    }
}

//! One record: sharing it, what it says, whom it is shared with, and taking it back.

mod edit;
mod files;
mod mail;
mod new;
mod withdraw;

pub use edit::{save, show};
pub use files::{MOST_REQUEST_BYTES, add as add_file, download, remove as remove_file};
pub use new::{page as new_page, share};
pub use withdraw::{ask as ask_withdraw, withdraw};

use crate::access::RecordKind;
use crate::act::Scope;
use crate::base::id::{ClientId, RecordId};
use crate::base::{Error, Money, Result};
use crate::contact::{self, Contact};
use crate::group::{self, UserGroup};
use crate::record::{self, Audience, Has, Stage, Standing, Typed, TypedSharing};
use crate::web::console::money;
use crate::web::parts::Badge;
use serde::Deserialize;

/// How many contacts are offered to share with, by name.
const MOST_CONTACTS: i64 = 200;

/// A record's page.
#[must_use]
pub fn path_of(id: RecordId) -> String {
    format!("/console/records/{id}")
}

fn id_of(text: &str) -> Result<RecordId> {
    text.parse().map_err(|_| Error::NotFound("The record"))
}

/// An amount, as staff read it: `1,234.50 AUD`.
#[must_use]
pub fn amount(amount: Money) -> String {
    format!("{} {}", money(amount.cents), amount.currency)
}

impl Badge {
    /// How a record stands; none where there is nothing to say.
    #[must_use]
    pub fn of_record(standing: Standing) -> Option<Self> {
        let (text, tone, icon) = match standing {
            Standing::Overdue => ("Overdue", "bad", "alert"),
            Standing::At(Stage::Issued) => return None,
            Standing::At(stage) => match stage {
                Stage::Planned => (stage.label(), "warn", "clock"),
                Stage::Open => (stage.label(), "info ring", ""),
                Stage::Confirmed => (stage.label(), "ok", "check"),
                Stage::Completed | Stage::Paid | Stage::Signed | Stage::Issued => (stage.label(), "plain", "check"),
                Stage::Cancelled => (stage.label(), "", "minus"),
            },
        };
        Some(Self { text, tone, icon })
    }
}

/// The form, filled in. What a kind does not have is not on its form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordForm {
    #[serde(default)]
    version: i64,
    number: String,
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    stage: String,
    on: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    audience: String,
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    contacts: Vec<String>,
}

impl RecordForm {
    fn split(self) -> (i64, Typed, TypedSharing) {
        let Self { version, number, title, text, stage, on, until, amount, currency, audience, groups, contacts } =
            self;
        let typed = Typed { number, title, text, stage, on, until, amount, currency };
        (version, typed, TypedSharing { audience, groups, contacts })
    }
}

/// Both halves of a form, with every mistake of both.
fn parse(kind: RecordKind, typed: &Typed, sharing: &TypedSharing) -> Result<(record::Details, record::Sharing)> {
    match (typed.parse(kind), sharing.parse()) {
        (Ok(details), Ok(sharing)) => Ok((details, sharing)),
        (Err(Error::Invalid(mut problems)), Err(Error::Invalid(more))) => {
            for problem in more.all() {
                problems.add(problem.field, problem.message.clone());
            }
            Err(Error::Invalid(problems))
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

/// The fields of a record's form.
struct Fields {
    kind: RecordKind,
    typed: Typed,
    on_label: &'static str,
    until: Option<(&'static str, Optional)>,
    amount: Option<Optional>,
    stages: Vec<Choice>,
    audience: [Choice; 3],
    groups: Vec<Choice>,
    contacts: Vec<Choice>,
    more_contacts: bool,
}

/// Whether a field may be left empty.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Optional {
    Yes,
    No,
}

impl Optional {
    fn of(has: Has) -> Option<Self> {
        match has {
            Has::Always => Some(Self::No),
            Has::Perhaps => Some(Self::Yes),
            Has::Never => None,
        }
    }

    fn is(self) -> bool {
        self == Self::Yes
    }
}

/// Something to choose.
struct Choice {
    value: String,
    text: String,
    hint: &'static str,
    chosen: bool,
}

impl Fields {
    async fn read(
        scope: &mut Scope,
        client: ClientId,
        kind: RecordKind,
        typed: Typed,
        sharing: &TypedSharing,
    ) -> Result<Self> {
        let groups = group::store::choices(scope, client).await?;
        let mut contacts = contact::store::of_client(scope, client, MOST_CONTACTS + 1).await?;
        let more = contacts.len() > usize::try_from(MOST_CONTACTS).unwrap_or(usize::MAX);
        contacts.truncate(usize::try_from(MOST_CONTACTS).unwrap_or(usize::MAX));
        // Whoever is chosen stands there, however far behind in the list.
        let named = sharing.contacts.iter().filter_map(|id| id.parse().ok());
        let missing: Vec<_> = named.filter(|id| !contacts.iter().any(|contact| contact.id == *id)).collect();
        if !missing.is_empty() {
            let chosen = contact::store::of_ids(scope, &missing).await?;
            contacts.extend(chosen.into_iter().filter(|contact| contact.client_id == client));
        }
        Ok(Self::of(kind, typed, sharing, &groups, &contacts, more))
    }

    fn of(
        kind: RecordKind,
        typed: Typed,
        sharing: &TypedSharing,
        groups: &[UserGroup],
        contacts: &[Contact],
        more_contacts: bool,
    ) -> Self {
        let first = record::stages(kind).first().map(|stage| stage.code()).unwrap_or_default();
        let stage = |stage: &Stage| Choice {
            value: stage.code().to_owned(),
            text: stage.label().to_owned(),
            hint: "",
            chosen: stage.code() == if typed.stage.is_empty() { first } else { &typed.stage },
        };
        let audience = |audience: Audience, text: &str, hint| Choice {
            value: audience.code().to_owned(),
            text: text.to_owned(),
            hint,
            chosen: audience.code() == sharing.audience,
        };
        let (on_label, until_label) = record::day_labels(kind);
        Self {
            kind,
            on_label,
            until: Optional::of(record::has_until(kind)).map(|optional| (until_label, optional)),
            amount: Optional::of(record::has_amount(kind)),
            stages: match record::stages(kind) {
                [_] => Vec::new(),
                several => several.iter().map(stage).collect(),
            },
            audience: [
                audience(Audience::Client, "Everybody of the client", "Whoever is in a group that may see this kind."),
                audience(Audience::Groups, "Some groups", "Only the members of the groups you choose."),
                audience(Audience::Contacts, "Some contacts", "Only the people you choose."),
            ],
            groups: groups
                .iter()
                .map(|group| Choice {
                    value: group.id.to_string(),
                    text: group.name.clone(),
                    hint: "",
                    chosen: sharing.groups.contains(&group.id.to_string()),
                })
                .collect(),
            contacts: contacts
                .iter()
                .map(|contact| Choice {
                    value: contact.id.to_string(),
                    text: format!("{} ({})", contact.name(), contact.details.email),
                    hint: "",
                    chosen: sharing.contacts.contains(&contact.id.to_string()),
                })
                .collect(),
            more_contacts,
            typed,
        }
    }
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    [new::samples(), edit::samples(), withdraw::samples()].concat()
}

/// An amount for samples.
#[cfg(test)]
pub fn sample_amount() -> Money {
    Money { cents: 486_200, currency: crate::base::money::Currency::parse("AUD").unwrap() }
}

#[cfg(test)]
fn sample_typed() -> Typed {
    Typed {
        number: "20418".into(),
        title: "Cartage, October, 14 loads".into(),
        text: "Loads 1 to 14.\nTip fees included.".into(),
        stage: "open".into(),
        on: "2026-11-03".into(),
        until: "2026-11-24".into(),
        amount: "4862.00".into(),
        currency: "AUD".into(),
    }
}

#[cfg(test)]
fn sample_fields(kind: RecordKind, typed: Typed) -> Fields {
    use crate::access::Sight;
    use crate::base::id::GroupId;
    use uuid::Uuid;
    let groups =
        [("Default", group::Kind::Default), ("Site crew", group::Kind::Custom)].map(|(name, kind)| UserGroup {
            id: GroupId(Uuid::from_u128(300)),
            client_id: ClientId(Uuid::from_u128(110)),
            name: name.into(),
            kind,
            may_see: Sight::everything(),
            version: 1,
        });
    let sharing = TypedSharing { audience: "groups".into(), ..TypedSharing::default() };
    Fields::of(kind, typed, &sharing, &groups, &[], true)
}

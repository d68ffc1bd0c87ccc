//! Where a contact and the person's own account say two things (C5): staff are shown both, and say which is kept. Nothing
//! is overwritten unasked, and what was kept stays quiet until the person's own account changes again.
//!
//! What the account leaves empty says nothing: most people never fill in their title, and that contradicts nobody.

pub mod acts;
pub mod list;
pub mod store;

use crate::account::Account;
use crate::contact::Details;

crate::words! {
    /// A field that a contact and an account both have.
    pub enum Field {
        /// First name.
        FirstName = "first_name",
        /// Last name.
        LastName = "last_name",
        /// Title at work.
        Title = "title",
        /// E-mail address.
        Email = "email",
        /// Cell phone.
        CellPhone = "cell_phone",
        /// Office phone.
        OfficePhone = "office_phone",
        /// Extension of the office phone.
        Extension = "extension",
    }
}

impl Field {
    /// What a list calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::FirstName => "First name",
            Self::LastName => "Last name",
            Self::Title => "Title",
            Self::Email => "Email",
            Self::CellPhone => "Cell phone",
            Self::OfficePhone => "Office phone",
            Self::Extension => "Extension",
        }
    }

    /// What a sentence calls it that tells it from the others.
    #[must_use]
    pub fn named(self) -> &'static str {
        match self {
            Self::FirstName => "first name",
            Self::LastName => "last name",
            Self::Title => "title",
            Self::Email => "email",
            Self::CellPhone => "cell phone",
            Self::OfficePhone => "office phone",
            Self::Extension => "extension",
        }
    }

    /// What the notice under the field calls what is in it: “This phone number does not match the phone number in …”.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::CellPhone | Self::OfficePhone => "phone number",
            other => other.named(),
        }
    }
}

crate::words! {
    /// Which of the two is right.
    pub enum Choice {
        /// What the person's account says.
        Theirs = "theirs",
        /// What the business has on record.
        Ours = "ours",
    }
}

/// One field in which the two differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// Which.
    pub field: Field,
    /// What the business has on record; may be empty.
    pub ours: String,
    /// What the person's account says.
    pub theirs: String,
}

/// What was kept against the person's account: the field, and what the account said then, in the form in which two are
/// compared.
pub type Kept = (Field, String);

/// What an account says in the fields that a contact has, too.
#[must_use]
pub fn details_of(account: &Account) -> Details {
    Details {
        first_name: account.first_name.clone(),
        last_name: account.last_name.clone(),
        title: account.title.clone(),
        email: account.email.clone(),
        cell_phone: account.cell_phone.clone(),
        office_phone: account.office_phone.clone(),
        extension: account.extension.clone(),
    }
}

/// What stands in a field; may be empty.
#[must_use]
pub fn text(details: &Details, field: Field) -> String {
    let optional = |text: Option<&str>| text.unwrap_or_default().to_owned();
    match field {
        Field::FirstName => details.first_name.to_string(),
        Field::LastName => details.last_name.to_string(),
        Field::Title => optional(details.title.as_ref().map(|title| title.as_str())),
        Field::Email => details.email.to_string(),
        Field::CellPhone => optional(details.cell_phone.as_ref().map(|phone| phone.as_str())),
        Field::OfficePhone => optional(details.office_phone.as_ref().map(|phone| phone.as_str())),
        Field::Extension => optional(details.extension.as_ref().map(|extension| extension.as_str())),
    }
}

/// The same in the form in which two are compared: two spellings of one number or address are the same.
#[must_use]
pub fn key(details: &Details, field: Field) -> String {
    match field {
        Field::Email => details.email.key().0,
        Field::CellPhone => details.cell_phone.as_ref().map(|phone| phone.key()).unwrap_or_default(),
        Field::OfficePhone => details.office_phone.as_ref().map(|phone| phone.key()).unwrap_or_default(),
        other => text(details, other),
    }
}

/// Puts what theirs says into a field of ours.
pub fn take(ours: &mut Details, field: Field, theirs: &Details) {
    match field {
        Field::FirstName => ours.first_name = theirs.first_name.clone(),
        Field::LastName => ours.last_name = theirs.last_name.clone(),
        Field::Title => ours.title.clone_from(&theirs.title),
        Field::Email => ours.email = theirs.email.clone(),
        Field::CellPhone => ours.cell_phone.clone_from(&theirs.cell_phone),
        Field::OfficePhone => ours.office_phone.clone_from(&theirs.office_phone),
        Field::Extension => ours.extension.clone_from(&theirs.extension),
    }
}

/// What staff are shown: every field in which theirs says something else than ours, but not what was kept.
#[must_use]
pub fn shown(ours: &Details, theirs: &Details, kept: &[Kept]) -> Vec<Difference> {
    let differs = |field: &Field| {
        let says = key(theirs, *field);
        !says.is_empty() && says != key(ours, *field) && !kept.contains(&(*field, says))
    };
    let difference = |field: Field| Difference { field, ours: text(ours, field), theirs: text(theirs, field) };
    Field::ALL.iter().copied().filter(differs).map(difference).collect()
}

/// Whether what was kept still is: theirs has not changed since.
#[must_use]
pub fn still_kept(theirs: &Details, kept: &Kept) -> bool {
    key(theirs, kept.0) == kept.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Typed;
    use proptest::prelude::*;

    fn details(phone: &str, title: &str, email: &str) -> Details {
        let typed = Typed {
            first_name: "Joel".into(),
            last_name: "Okafor".into(),
            title: title.into(),
            email: email.into(),
            cell_phone: phone.into(),
            ..Typed::default()
        };
        typed.parse().unwrap()
    }

    #[test]
    fn c5_two_spellings_are_the_same_and_an_empty_account_contradicts_nobody() {
        let ours = details("0491 570 156", "Building manager", "joel@marlow.test");
        assert_eq!(shown(&ours, &details("(0491) 570-156", "", "JOEL@marlow.test"), &[]), []);
        let theirs = details("0423456789", "", "joel.okafor@marlow.test");
        let fields: Vec<Field> = shown(&ours, &theirs, &[]).iter().map(|difference| difference.field).collect();
        assert_eq!(fields, [Field::Email, Field::CellPhone]);
        let nothing = details("", "", "joel@marlow.test");
        assert_eq!(shown(&nothing, &details("0423456789", "", "joel@marlow.test"), &[])[0].ours, "");
    }

    /// Something that happens to a contact, its person's account, or the question between them.
    #[derive(Clone, Debug)]
    enum Step {
        Ours(Field, usize),
        Theirs(Field, usize),
        Keep(Field),
        Take(Field),
    }

    const PHONES: [&str; 3] = ["", "0491 570 156", "0423456789"];
    const TITLES: [&str; 3] = ["", "Clerk", "Foreman"];

    fn put(details: &mut Details, field: Field, n: usize) {
        let mut typed = Typed::from(&*details);
        match field {
            Field::Title => typed.title = TITLES[n].into(),
            _ => typed.cell_phone = PHONES[n].into(),
        }
        *details = typed.parse().unwrap();
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let field = prop_oneof![Just(Field::Title), Just(Field::CellPhone)];
        let step = (field, 0usize..3, 0u8..4).prop_map(|(field, n, what)| match what {
            0 => Step::Ours(field, n),
            1 => Step::Theirs(field, n),
            2 => Step::Keep(field),
            _ => Step::Take(field),
        });
        prop::collection::vec(step, 0..40)
    }

    proptest! {
        /// Whatever happens in whatever order: what is shown is what differs, less what was kept since theirs last changed.
        #[test]
        fn c5_what_is_shown_is_what_differs_and_what_was_kept_is_quiet_until_theirs_changes(steps in steps()) {
            let mut ours = details("0491 570 156", "Clerk", "joel@marlow.test");
            let mut theirs = ours.clone();
            let mut kept: Vec<Kept> = Vec::new();
            let mut quiet: Vec<Field> = Vec::new();
            for step in steps {
                match step {
                    Step::Ours(field, n) => put(&mut ours, field, n),
                    Step::Theirs(field, n) => {
                        let before = key(&theirs, field);
                        put(&mut theirs, field, n);
                        if key(&theirs, field) != before {
                            quiet.retain(|known| *known != field);
                        }
                    }
                    Step::Keep(field) if shown(&ours, &theirs, &kept).iter().any(|d| d.field == field) => {
                        kept.push((field, key(&theirs, field)));
                        quiet.push(field);
                    }
                    Step::Take(field) if shown(&ours, &theirs, &kept).iter().any(|d| d.field == field) => {
                        take(&mut ours, field, &theirs);
                        prop_assert_eq!(key(&ours, field), key(&theirs, field));
                    }
                    Step::Keep(_) | Step::Take(_) => {}
                }
                kept.retain(|kept| still_kept(&theirs, kept));
                let expected: Vec<Field> = Field::ALL
                    .iter()
                    .copied()
                    .filter(|field| !key(&theirs, *field).is_empty() && key(&ours, *field) != key(&theirs, *field))
                    .filter(|field| !quiet.contains(field))
                    .collect();
                let told: Vec<Field> = shown(&ours, &theirs, &kept).iter().map(|d| d.field).collect();
                prop_assert_eq!(told, expected);
            }
        }
    }
}

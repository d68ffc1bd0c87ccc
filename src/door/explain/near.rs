//! Who may be meant with an address that nobody has: most people who "cannot get in" have typed it wrong, or use another.
//!
//! However long the lists are, only a few pages of them are looked at: the neighbours of the address in the order of
//! addresses (right at the beginning, wrong further on), then who has the end of the address, its domain or the name in it.

use crate::access::{Actor, Permission};
use crate::act::Look;
use crate::base::Result;
use crate::base::id::{ContactId, PortalUserId};
use crate::base::page::{Cursor, Key, PageSize, Position};
use crate::base::text::{Email, fold};
use crate::listing::{Ask, Needle};
use crate::{contact, portal_user};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use uuid::Uuid;

/// How many are named.
const MOST: usize = 5;
/// How many rows of each list are looked at in one way.
const LOOKED_AT: u16 = 100;
/// From how many letters on two domains are two, and not one with a slip.
const OTHER_DOMAIN: usize = 3;
/// The shortest part of an address that is looked for by itself.
const SHORTEST: usize = 3;

/// Somebody who may be meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nearest {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// Who it is.
    pub near: Near,
    /// In what they are like what was asked about.
    pub likeness: Likeness,
}

/// Who has the address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Near {
    /// A contact.
    Contact(ContactId),
    /// A portal user.
    PortalUser(PortalUserId),
}

/// In what somebody is like what was asked about; the likeliest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Likeness {
    /// The address is so many letters away.
    Letters(usize),
    /// The same stands before the @.
    OtherDomain,
    /// The name is the one in the address.
    Name,
    /// The surname is.
    Surname,
}

impl Likeness {
    /// What pages call it.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Letters(1) => "1 letter differs".into(),
            Self::Letters(n) => format!("{n} letters differ"),
            Self::OtherDomain => "the same at another domain".into(),
            Self::Name => "has that name".into(),
            Self::Surname => "has that surname".into(),
        }
    }
}

/// The nearest few, the likeliest first; a person who is both is named as portal user. Contacts are named to those who may
/// see them.
pub(super) async fn nearest(look: &mut Look, actor: &Actor, email: &Email) -> Result<Vec<Nearest>> {
    let wanted = Wanted::of(email);
    let mut found: BTreeMap<String, Nearest> = BTreeMap::new();
    for way in wanted.ways() {
        for row in portal_user::list::list(look, &way.ask(portal_user::list::Sort::Email)).await?.page.rows {
            wanted.keep(&mut found, Near::PortalUser(row.id), row.name, row.email.to_string());
        }
        if actor.may(Permission::ClientsView) {
            for row in contact::list::list(look, &way.ask(contact::list::Sort::Email)).await?.page.rows {
                wanted.keep(&mut found, Near::Contact(row.id), row.name, row.email.to_string());
            }
        }
        if found.len() >= MOST {
            break;
        }
    }
    let mut nearest: Vec<Nearest> = found.into_values().collect();
    nearest.sort_by_key(|who| who.likeness);
    nearest.truncate(MOST);
    Ok(nearest)
}

/// Where somebody may be found.
enum Way {
    /// Just before this address in the order of addresses.
    Before(String),
    /// Just behind it.
    After(String),
    /// Where this stands in a name, an address or a company.
    Holding(Needle),
}

impl Way {
    /// The page of a list.
    fn ask<F: Default, S: Default>(&self, by_email: S) -> Ask<F, S> {
        let beside = |address: &str| Cursor { key: Key::Text(address.to_owned()), id: Uuid::nil() };
        let (position, search) = match self {
            Self::Before(address) => (Position::Before(beside(address)), None),
            Self::After(address) => (Position::After(beside(address)), None),
            Self::Holding(needle) => (Position::Start, Some(needle.clone())),
        };
        Ask { sort: by_email, position, search, size: PageSize::asked(Some(LOOKED_AT)), ..Ask::default() }
    }
}

/// The address that nobody has, in its parts.
struct Wanted {
    address: String,
    local: String,
    domain: String,
    /// The words before the @ that may be a name.
    words: Vec<String>,
}

impl Wanted {
    fn of(email: &Email) -> Self {
        let address = email.key().0;
        let (local, domain) = address.rsplit_once('@').unwrap_or((&address, ""));
        let words = local.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= SHORTEST);
        let (words, local, domain) = (words.map(fold).collect(), local.to_owned(), domain.to_owned());
        Self { address, local, domain, words }
    }

    /// The likeliest way first.
    fn ways(&self) -> Vec<Way> {
        let mut ways = vec![Way::After(self.address.clone()), Way::Before(self.address.clone())];
        let letters: Vec<char> = self.local.chars().collect();
        let back: String = letters.iter().skip(letters.len().div_ceil(2)).collect();
        let mut texts = vec![format!("{back}@{}", self.domain), format!("@{}", self.domain)];
        if let [first, .., last] = self.words.as_slice() {
            texts.push(format!("{first} {last}"));
            texts.push(format!("{last} {first}"));
        }
        let mut longest_first = self.words.clone();
        longest_first.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        texts.extend(longest_first.into_iter().take(2));
        ways.extend(texts.iter().filter_map(|text| Needle::typed(text)).map(Way::Holding));
        ways
    }

    /// Keeps somebody who is like it.
    fn keep(&self, found: &mut BTreeMap<String, Nearest>, near: Near, name: String, email: String) {
        let key = email.to_lowercase();
        let Some(likeness) = self.likeness(&key, &name) else { return };
        match found.entry(key) {
            Entry::Vacant(free) => {
                free.insert(Nearest { email, name, near, likeness });
            }
            Entry::Occupied(mut known) => {
                if matches!((known.get().near, near), (Near::Contact(_), Near::PortalUser(_))) {
                    known.insert(Nearest { email, name, near, likeness });
                }
            }
        }
    }

    fn likeness(&self, address: &str, name: &str) -> Option<Likeness> {
        let name = fold(name);
        let mut names = name.split(' ');
        let (first, last) = (names.next().unwrap_or_default(), names.next_back());
        let has = |word: &str| self.words.iter().any(|known| known == word);
        let same_local = address.rsplit_once('@').is_some_and(|(local, _)| local == self.local);
        match (distance(&self.address, address), last) {
            (Some(letters), _) if same_local && letters >= OTHER_DOMAIN => Some(Likeness::OtherDomain),
            (Some(letters), _) => Some(Likeness::Letters(letters)),
            (None, Some(last)) if has(first) && has(last) => Some(Likeness::Name),
            (None, Some(last)) if has(last) => Some(Likeness::Surname),
            (None, _) => None,
        }
    }
}

/// How far two addresses are apart; none where nobody would take one for the other. The same person at another domain, or
/// another person of the same first letters at the same domain, is near; else a few slips of the fingers.
#[must_use]
pub fn distance(a: &str, b: &str) -> Option<usize> {
    let (a_local, a_domain) = a.rsplit_once('@')?;
    let (b_local, b_domain) = b.rsplit_once('@')?;
    let (local, domain) = (edits(a_local, b_local), edits(a_domain, b_domain));
    let slips = 1 + a_local.chars().count() / 4;
    (local == 0 || (local <= slips && domain <= OTHER_DOMAIN)).then_some(local + domain.min(OTHER_DOMAIN))
}

/// The fewest letters to add, drop, change or swap with the next to make one of the other (Damerau–Levenshtein, adjacent
/// swaps only).
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let at = |row: &[usize], n: usize| row.get(n).copied().unwrap_or(usize::MAX / 2);
            let mut least = (at(&row, j) + usize::from(x != y)).min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(&y) && b.get(j - 1) == Some(&x);
            if swapped {
                least = least.min(at(&before, j - 1) + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slips_of_the_fingers_and_other_domains_are_near() {
        assert_eq!(distance("omar.hadad@client.test", "omar.haddad@client.test"), Some(1));
        assert_eq!(distance("omar.ahddad@client.test", "omar.haddad@client.test"), Some(1));
        assert!(distance("omar.haddad@gmail.com", "omar.haddad@client.test").is_some());
        assert_eq!(distance("olga@client.test", "omar.haddad@client.test"), None);
        assert_eq!(distance("omar", "omar.haddad@client.test"), None);
    }

    #[test]
    fn people_are_told_in_what_they_are_like_the_address() {
        let wanted = Wanted::of(&Email::parse("Omar.Haddad@Client.test").unwrap());
        let like = |address: &str, name: &str| wanted.likeness(address, name);
        assert_eq!(like("omar.hadad@client.test", "Omar Hadad"), Some(Likeness::Letters(1)));
        assert_eq!(like("omar.haddad@gmail.com", "Omar Haddad"), Some(Likeness::OtherDomain));
        assert_eq!(like("omar.haddad@cleint.test", "Omar Haddad"), Some(Likeness::Letters(1)));
        assert_eq!(like("oh@elsewhere.test", "Omar Haddad"), Some(Likeness::Name));
        assert_eq!(like("layla@elsewhere.test", "Layla Haddád"), Some(Likeness::Surname));
        assert_eq!(like("omar@elsewhere.test", "Omar Lund"), None);
        assert_eq!(like("office@elsewhere.test", "Haddad"), None);
        assert!(Likeness::Letters(9) < Likeness::OtherDomain && Likeness::Name < Likeness::Surname);
    }

    proptest! {
        #[test]
        fn edits_are_none_for_the_same_and_alike_both_ways(a in "[a-d]{0,8}", b in "[a-d]{0,8}") {
            prop_assert_eq!(edits(&a, &a), 0);
            prop_assert_eq!(edits(&a, &b), edits(&b, &a));
            prop_assert!(edits(&a, &b) <= a.len().max(b.len()));
        }

        #[test]
        fn whatever_address_is_asked_about_has_bounded_ways(local in "[a-z.éß+_]{1,40}", domain in "[a-z]{1,12}\\.test") {
            if let Ok(email) = Email::parse(&format!("{local}@{domain}")) {
                prop_assert!(Wanted::of(&email).ways().len() <= 8);
            }
        }
    }
}

//! Whose address is much like one that nobody has: most people who "cannot get in" have typed it wrong, or use another.

use crate::access::{Actor, Permission};
use crate::act::Look;
use crate::base::Result;
use crate::base::id::{ContactId, PortalUserId};
use crate::base::text::{Email, PersonName, full_name};

/// How many are named.
const MOST: usize = 5;
/// How many letters of the beginning must be right for an address to be looked at.
const SAME_BEGINNING: usize = 2;
/// How many addresses with the same beginning are looked at.
const LOOKED_AT: i64 = 2000;

/// Somebody with an address much like the one that was asked about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nearest {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// Who it is.
    pub near: Near,
}

/// Who has the address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Near {
    /// A contact.
    Contact(ContactId),
    /// A portal user.
    PortalUser(PortalUserId),
}

#[derive(sqlx::FromRow)]
struct ContactRow {
    id: ContactId,
    email: String,
    first_name: PersonName,
    last_name: PersonName,
}

#[derive(sqlx::FromRow)]
struct UserRow {
    id: PortalUserId,
    email: String,
    name: String,
}

/// The nearest few, the nearest first; a person who is both is named as portal user. Contacts are named to those who may see
/// them.
pub(super) async fn nearest(look: &mut Look, actor: &Actor, email: &Email) -> Result<Vec<Nearest>> {
    let key = email.key().0;
    let beginning: String = key.chars().take(SAME_BEGINNING).collect();
    let after = format!("{beginning}\u{10ffff}");
    let users: Vec<UserRow> = look
        .query(
            "SELECT u.id, u.email, u.name FROM account a JOIN portal_user u ON u.business_id = $1 AND u.account_id = a.id
             WHERE a.realm = 'portal' AND a.email_key >= $2 AND a.email_key < $3 LIMIT $4",
        )
        .bind(beginning.as_str())
        .bind(after.as_str())
        .bind(LOOKED_AT)
        .all(&mut look.tx)
        .await?;
    let mut contacts: Vec<ContactRow> = Vec::new();
    if actor.may(Permission::ClientsView) {
        contacts = look
            .query(
                "SELECT id, email, first_name, last_name FROM contact
                 WHERE business_id = $1 AND email_key >= $2 AND email_key < $3 LIMIT $4",
            )
            .bind(beginning.as_str())
            .bind(after.as_str())
            .bind(LOOKED_AT)
            .all(&mut look.tx)
            .await?;
    }
    let users = users.into_iter().map(|u| Nearest { email: u.email, name: u.name, near: Near::PortalUser(u.id) });
    let contacts = contacts.into_iter().map(|c| {
        let name = full_name(&c.first_name, &c.last_name);
        Nearest { email: c.email, name, near: Near::Contact(c.id) }
    });
    let mut found: Vec<(usize, Nearest)> = users
        .chain(contacts)
        .filter_map(|who| distance(&key, &who.email.to_lowercase()).map(|distance| (distance, who)))
        .collect();
    found.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.email.cmp(&y.email)));
    found.dedup_by(|(_, b), (_, a)| a.email.eq_ignore_ascii_case(&b.email));
    Ok(found.into_iter().map(|(_, who)| who).take(MOST).collect())
}

/// How far two addresses are apart; none where nobody would take one for the other. The same person at another domain, or
/// another person of the same first letters at the same domain, is near; else a few slips of the fingers.
#[must_use]
pub fn distance(a: &str, b: &str) -> Option<usize> {
    let (a_local, a_domain) = a.rsplit_once('@')?;
    let (b_local, b_domain) = b.rsplit_once('@')?;
    let (local, domain) = (edits(a_local, b_local), edits(a_domain, b_domain));
    let slips = 1 + a_local.chars().count() / 4;
    (local == 0 || (local <= slips && domain <= 3)).then_some(local + domain.min(3))
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

    proptest! {
        #[test]
        fn edits_are_none_for_the_same_and_alike_both_ways(a in "[a-d]{0,8}", b in "[a-d]{0,8}") {
            prop_assert_eq!(edits(&a, &a), 0);
            prop_assert_eq!(edits(&a, &b), edits(&b, &a));
            prop_assert!(edits(&a, &b) <= a.len().max(b.len()));
        }
    }
}

//! Whom somebody looks after at a client: staff everybody, a Global Admin everybody of their client, a Group Manager the
//! members of their own group. Nobody reaches above themselves, and nobody gives more than they hold (S45).

use crate::access::{Actor, Permission, Role, Who};
use crate::base::id::{AccountId, BusinessId, ClientId, GroupId, PortalUserId};
use crate::base::{Error, Result};
use crate::db::{Query, Tx};
use crate::language::say;

/// A group, and the role in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The group.
    pub group: GroupId,
    /// The role.
    pub role: Role,
}

/// Whom one of a client's own people looks after.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Charge {
    /// Everybody of the client.
    Everybody,
    /// The members of this group.
    Group(GroupId),
}

impl Charge {
    /// Whom somebody in a place looks after, if anybody.
    #[must_use]
    pub fn of(place: Place) -> Option<Self> {
        match place.role {
            Role::GlobalAdmin => Some(Self::Everybody),
            Role::GroupManager => Some(Self::Group(place.group)),
            Role::Member => None,
        }
    }

    /// Whether they look after whoever is in that place, and may put somebody there.
    #[must_use]
    pub fn reaches(self, place: Place) -> bool {
        match (self, place.role) {
            (Self::Everybody, _) => true,
            (Self::Group(own), Role::Member | Role::GroupManager) => own == place.group,
            (Self::Group(_), Role::GlobalAdmin) => false,
        }
    }

    /// Whether they stand above whoever is in that place: who may keep them out. A Group Manager does not stand above another.
    #[must_use]
    pub fn stands_above(self, place: Place) -> bool {
        self.reaches(place) && (self == Self::Everybody || place.role == Role::Member)
    }
}

/// By what right somebody does something about a client's people.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Authority {
    /// The business's: it may do everything, and is warned where a client would be left without a Global Admin.
    Business,
    /// The client's own, of this portal user, who looks after them.
    Client(PortalUserId, Charge),
}

impl Authority {
    /// Goes on only about whoever is in that place, or to put somebody there.
    ///
    /// # Errors
    /// `Shut`, in words for the person.
    pub fn must_reach(self, place: Place) -> Result<()> {
        match self {
            Self::Client(_, charge) if !charge.reaches(place) => Err(Error::Shut(say("company-beyond").into())),
            Self::Business | Self::Client(..) => Ok(()),
        }
    }

    /// Goes on only about somebody whom they may keep out.
    ///
    /// # Errors
    /// `Shut`, in words for the person.
    pub fn must_stand_above(self, place: Place) -> Result<()> {
        match self {
            Self::Client(_, charge) if !charge.stands_above(place) => Err(Error::Shut(say("company-beyond").into())),
            Self::Business | Self::Client(..) => Ok(()),
        }
    }

    /// Goes on only with the right to make groups, and to say what they may see.
    ///
    /// # Errors
    /// `Shut`, in words for the person.
    pub fn must_look_after_everybody(self) -> Result<()> {
        match self {
            Self::Client(_, Charge::Group(_)) => Err(Error::Shut(say("company-beyond").into())),
            Self::Business | Self::Client(_, Charge::Everybody) => Ok(()),
        }
    }

    /// The portal user who acts for their own client.
    #[must_use]
    pub fn user(self) -> Option<PortalUserId> {
        match self {
            Self::Business => None,
            Self::Client(user, _) => Some(user),
        }
    }
}

/// What stands against looking after a client's people oneself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Delegated {
    /// Nothing: the business lets the client's own people do it.
    Yes,
    /// The business does it alone, for this client or for all; or the client has left.
    No,
}

/// Whom somebody in a place looks after, where that is delegated to the client's own people.
///
/// # Errors
/// `Shut`, in words for the person, who looks after nobody.
pub fn charge(place: Place, delegated: Delegated) -> Result<Charge> {
    let charge = Charge::of(place).ok_or_else(|| Error::Shut(say("company-not-yours").into()))?;
    match delegated {
        Delegated::Yes => Ok(charge),
        Delegated::No => Err(Error::Shut(say("company-not-delegated").into())),
    }
}

/// By what right an actor does something about a client's people, at this very moment: staff by their permission, one of the
/// client's own people as far as they look after others. Asked in the transaction in which it is done, so that a right that
/// was taken away meanwhile is gone (S47).
///
/// # Errors
/// `Forbidden`, naming the permission; `Shut`, in words for the person; `NotFound` for a client that is not theirs.
pub async fn authority(tx: &mut Tx, actor: &Actor, permission: Permission, client: ClientId) -> Result<Authority> {
    match actor.who {
        Who::Person { account, .. } => {
            let seat = Seat::of(tx, actor.business, Whose::Account(account), client).await?;
            let (user, charge) = seat.ok_or(Error::NotFound("The client account"))?.charge()?;
            Ok(Authority::Client(user, charge))
        }
        Who::Staff { .. } | Who::Visitor | Who::Operator | Who::Worker => {
            actor.must(permission)?;
            Ok(Authority::Business)
        }
    }
}

/// Whom a portal user looks after at a client now, if anybody: what their open invitations rest on (S30).
///
/// # Errors
/// When the database cannot be read.
pub async fn charge_of(
    tx: &mut Tx,
    business: BusinessId,
    user: PortalUserId,
    client: ClientId,
) -> Result<Option<Charge>> {
    let seat = Seat::of(tx, business, Whose::User(user), client).await?;
    Ok(seat.and_then(|seat| seat.charge().ok()).map(|(_, charge)| charge))
}

/// Whether a client has a Global Admin who gets in, and may look after its people now.
///
/// # Errors
/// When the database cannot be read.
pub async fn looks_after_itself(tx: &mut Tx, business: BusinessId, client: ClientId) -> Result<bool> {
    Ok(Seat::of(tx, business, Whose::GlobalAdmin, client).await?.is_some_and(|seat| seat.charge().is_ok()))
}

enum Whose {
    Account(AccountId),
    User(PortalUserId),
    /// Any Global Admin's.
    GlobalAdmin,
}

/// Where somebody sits at a client, and whether it looks after its own people.
#[derive(sqlx::FromRow)]
struct Seat {
    portal_user_id: PortalUserId,
    group_id: GroupId,
    #[sqlx(try_from = "String")]
    role: Role,
    delegated: i64,
}

impl Seat {
    async fn of(tx: &mut Tx, business: BusinessId, whose: Whose, client: ClientId) -> Result<Option<Self>> {
        let query = Query::new(
            "SELECT l.portal_user_id, l.group_id, l.role,
                CASE WHEN b.portal = 'on' AND b.delegation = 'on' AND c.delegation = 'on' AND c.status = 'active'
                    THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS delegated
             FROM link l
             JOIN portal_user u ON u.business_id = l.business_id AND u.id = l.portal_user_id
             JOIN client c ON c.business_id = l.business_id AND c.id = l.client_id
             JOIN business b ON b.id = l.business_id
             WHERE l.business_id = $1 AND l.client_id = $2 AND l.state = 'active' AND u.status IN ('active', 'password_due')",
        )
        .bind(business)
        .bind(client);
        let query = match whose {
            Whose::Account(account) => query.and_with("AND u.account_id = ?", [account.into()]),
            Whose::User(user) => query.and_with("AND u.id = ?", [user.into()]),
            Whose::GlobalAdmin => query.and("AND l.role = 'global_admin' LIMIT 1"),
        };
        query.maybe(tx).await
    }

    fn charge(&self) -> Result<(PortalUserId, Charge)> {
        let delegated = if self.delegated == 1 { Delegated::Yes } else { Delegated::No };
        let place = Place { group: self.group_id, role: self.role };
        Ok((self.portal_user_id, charge(place, delegated)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    /// The groups of a client: the first is the Default one.
    fn group() -> impl Strategy<Value = GroupId> {
        (0u128..4).prop_map(|n| GroupId(Uuid::from_u128(n)))
    }

    /// A place that the rules allow: a Global Admin in the Default group, a Group Manager in another.
    fn place() -> impl Strategy<Value = Place> {
        (group(), 0usize..2).prop_map(|(group, leads)| {
            let leader = if group.0.is_nil() { Role::GlobalAdmin } else { Role::GroupManager };
            Place { group, role: [Role::Member, leader][leads] }
        })
    }

    #[test]
    fn a_member_looks_after_nobody() {
        let place = Place { group: GroupId(Uuid::nil()), role: Role::Member };
        assert_eq!(Charge::of(place), None);
        assert!(matches!(charge(place, Delegated::Yes), Err(Error::Shut(_))));
    }

    proptest! {
        #[test]
        fn u5_a_group_manager_reaches_their_own_group_alone_and_nobody_above_them(own in group(), other in place()) {
            let manager = Charge::of(Place { group: own, role: Role::GroupManager }).unwrap();
            prop_assert_eq!(manager.reaches(other), other.group == own && other.role != Role::GlobalAdmin);
        }

        #[test]
        fn u5_a_group_manager_stands_above_the_members_of_their_group_alone(own in group(), other in place()) {
            let manager = Charge::of(Place { group: own, role: Role::GroupManager }).unwrap();
            prop_assert_eq!(manager.stands_above(other), other.group == own && other.role == Role::Member);
        }

        #[test]
        fn u5_a_global_admin_reaches_everybody(other in place()) {
            let admin = Charge::of(Place { group: GroupId(Uuid::nil()), role: Role::GlobalAdmin }).unwrap();
            prop_assert!(admin.reaches(other) && admin.stands_above(other));
        }

        #[test]
        fn s45_whom_somebody_puts_somewhere_reaches_no_further_than_they_do(own in place(), given in place(), third in place()) {
            if let Some(charge) = Charge::of(own)
                && charge.reaches(given)
                && let Some(new) = Charge::of(given)
            {
                prop_assert!(!new.reaches(third) || charge.reaches(third), "{own:?} gave {given:?}, which reaches {third:?}");
            }
        }

        #[test]
        fn where_it_is_not_delegated_nobody_of_the_client_looks_after_anybody(own in place()) {
            prop_assert!(charge(own, Delegated::No).is_err());
        }
    }
}

//! Who and what the samples are about.

use crate::access::gates::{AccountFacts, Allowed, Credential, Facts, LinkQuestion, PortalUserFacts, decide};
use crate::access::{Actor, Origin, Permissions, Role, Sight, Who};
use crate::account::{Account, Realm, session::Session};
use crate::base::Instant;
use crate::base::id::{
    AccountId, BusinessId, ClientId, ContactId, GroupId, InvitationId, LetterId, LinkId, PortalUserId, SessionId,
    StaffId,
};
use crate::base::text::{CompanyName, Email, PersonName, Slug};
use crate::business::{Business, Switch};
use crate::door::invitation::{InvitationLook, Known};
use crate::door::person::PersonDoor;
use crate::invitation::acts::AskAgain;
use crate::invitation::{Invitation, Side, Standing, State, Way};
use crate::link::{self, LinkedClient};
use crate::portal_user::PortalUser;
use crate::web::chrome::{ConsoleChrome, Face};
use crate::web::console::Staff;
use crate::web::portal::{AtDoor, Person};
use crate::web::timeline::Event;
use uuid::Uuid;

/// Sunday 22 November 2026, 9:41 in the morning.
pub const NOW: Instant = Instant::from_micros(1_795_340_460_000_000);

/// The sample business.
pub fn business() -> Business {
    Business {
        id: BusinessId(Uuid::from_u128(1)),
        slug: Slug::parse("tidewater").unwrap(),
        name: CompanyName::parse("Tidewater Haulage").unwrap(),
        portal: Switch::On,
        portal_since: NOW,
        language: None,
        brand_colour: "#0d736e".into(),
        sign_in_text: "Bookings, invoices and dockets from Tidewater Haulage.".into(),
        support_contact: "office@tidewater.example.com".into(),
        postal_address: "14 Wharf Road\nPort Adelaide".into(),
        mail_from_name: "Tidewater Haulage".into(),
        auto_invitations: Switch::On,
        temporary_passwords: Switch::Off,
        delegation: Switch::On,
        invitation_days: 14,
        exit_grace_days: 30,
        terms_version: 4,
        features: Sight::everything(),
        version: 1,
    }
}

/// Its door.
pub fn at_door() -> AtDoor {
    AtDoor(business())
}

/// A person who is in.
pub fn person() -> Person {
    let account = Account {
        id: AccountId(Uuid::from_u128(2)),
        realm: Realm::Portal,
        email: Email::parse("priya.raman@marlow.example.com").unwrap(),
        first_name: PersonName::parse("Priya").unwrap(),
        last_name: PersonName::parse("Raman").unwrap(),
        title: None,
        cell_phone: None,
        office_phone: None,
        extension: None,
        language: None,
        password_hash: None,
        password_set_at: None,
        password_due_since: None,
        created_at: NOW,
        version: 1,
    };
    let user = PortalUser {
        id: PortalUserId(Uuid::from_u128(3)),
        account_id: account.id,
        email: account.email.clone(),
        name: account.name(),
        company: "Marlow Property Group and 2 more".into(),
        password_due: None,
        disabled: None,
        deleted: None,
        terms_version: 4,
        terms_at: NOW,
        last_sign_in_at: NOW,
        created_at: NOW,
        version: 1,
    };
    let session = Session {
        id: SessionId(Uuid::from_u128(4)),
        account_id: account.id,
        business_id: None,
        created_at: NOW,
        seen_at: NOW,
        expires_at: NOW.plus_days(1),
        address: "203.0.113.7".into(),
        device: "Firefox".into(),
    };
    let decision = decide(&Facts {
        now: NOW,
        account: Some(AccountFacts { locked_until: None, credential: Credential::Right, password_due_since: None }),
        second_factor: Allowed::NotAsked,
        portal: Allowed::Yes,
        terms_current: 4,
        exit_grace_days: 30,
        portal_user: Some(PortalUserFacts { disabled_at: None, deleted_at: None, terms_accepted: 4 }),
        link: LinkQuestion::NotAsked,
        feature: Allowed::NotAsked,
        group: Allowed::NotAsked,
    });
    let who = Who::Person { account: account.id, name: account.name() };
    let actor = Actor { who, business: business().id, origin: Origin::default(), session: None };
    Person {
        business: business(),
        door: PersonDoor {
            actor,
            account,
            user: Some(user),
            client: None,
            records: Sight::everything(),
            decision,
            session,
        },
        elsewhere: vec![crate::business::store::Elsewhere {
            slug: Slug::parse("harbour").unwrap(),
            name: CompanyName::parse("Harbour Accounting").unwrap(),
        }],
    }
}

/// Their linked clients.
pub fn linked_clients() -> Vec<LinkedClient> {
    [
        ("Marlow Property Group", Role::GlobalAdmin, "Default"),
        ("Dockside Strata Committee", Role::GroupManager, "Residents"),
        ("Quill & Ledger Accounting", Role::Member, "Default"),
    ]
    .into_iter()
    .zip(10u128..)
    .map(|((name, role, group), n)| LinkedClient {
        id: LinkId(Uuid::from_u128(n)),
        client_id: ClientId(Uuid::from_u128(100 + n)),
        client_name: name.into(),
        client_status: "active".into(),
        client_exited_at: None,
        client_language: None,
        contact_id: ContactId(Uuid::from_u128(200 + n)),
        contact_first_name: "Priya".into(),
        contact_last_name: "Raman".into(),
        contact_portal: "connected".into(),
        role,
        group_id: GroupId(Uuid::from_u128(n)),
        group_name: group.into(),
        group_may_see: Sight::everything(),
        client_delegation: Switch::On,
        state: link::State::Active,
        invited_email: "priya.raman@marlow.example.com".into(),
        made_at: NOW,
        ended_at: None,
        ended_by: None,
    })
    .collect()
}

/// An invitation that can be accepted, looked at by somebody new.
pub fn invitation() -> InvitationLook {
    InvitationLook {
        invitation: Invitation {
            id: InvitationId(Uuid::from_u128(5)),
            contact_id: ContactId(Uuid::from_u128(6)),
            client_id: ClientId(Uuid::from_u128(110)),
            email: Email::parse("lucy.nakamura@marlow.example.com").unwrap(),
            group_id: GroupId(Uuid::from_u128(7)),
            role: Role::Member,
            way: Way::Link,
            state: State::Open,
            inviter: Side::Business,
            invited_by: Uuid::from_u128(8),
            invited_by_name: "Hana Whitlock".into(),
            created_at: NOW,
            expires_at: NOW.plus_days(14),
            opened_at: None,
            ended_at: None,
            accepted_by: None,
            letter_id: LetterId(Uuid::from_u128(9)),
            version: 1,
        },
        first_name: PersonName::parse("Lucy").unwrap(),
        last_name: PersonName::parse("Nakamura").unwrap(),
        client_name: "Marlow Property Group".into(),
        client_language: None,
        standing: Standing::Open,
        refusal: None,
        known: Known::New,
        signed_in: None,
        may_ask_again: AskAgain::NotOffered,
    }
}

/// A staff member who may do everything.
pub fn staff() -> Staff {
    let who = Who::Staff {
        id: StaffId(Uuid::from_u128(8)),
        account: AccountId(Uuid::from_u128(9)),
        name: "Hana Whitlock".into(),
        may: Permissions::everything(),
    };
    let actor = Actor { who, business: business().id, origin: Origin::default(), session: None };
    Staff { actor, business: business(), email: "hana@tidewater.example.com".into() }
}

/// The frame around their pages.
pub fn console_chrome(here: &'static str) -> ConsoleChrome {
    ConsoleChrome {
        business_name: "Tidewater Haulage".into(),
        business_face: Face::of("Tidewater Haulage"),
        portal_on: true,
        person_name: "Hana Whitlock".into(),
        person_email: "hana@tidewater.example.com".into(),
        person_face: Face::of("Hana Whitlock"),
        here,
        pages: vec![
            "overview",
            "clients",
            "contacts",
            "portal-users",
            "invitations",
            "requests",
            "mismatches",
            "import",
            "features",
            "audit",
        ],
        portal_users: Some("412".into()),
        invitations_waiting: Some("38".into()),
        requests_waiting: Some("2".into()),
        mismatches: Some("23".into()),
    }
}

/// What happened lately.
pub fn events() -> Vec<Event> {
    let event = |tone, icon, what: &str, note: &str| Event {
        tone,
        icon,
        who: "Hana Whitlock".into(),
        what: what.into(),
        note: note.into(),
        at: NOW.rfc3339(),
        when: NOW.words(),
        context: "from 203.0.113.5".into(),
    };
    vec![
        event("bad", "ban", "blocked the contact from the portal: “Changed employer”", "Joel Okafor"),
        event("info", "send", "invited lucy.nakamura@marlow.example.com to the portal", ""),
    ]
}

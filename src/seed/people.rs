//! Clients and their people, in the proportions and states of a real list.

use crate::access::Role;
use crate::account::{Account, Realm};
use crate::base::Instant;
use crate::base::id::{
    AccountId, ClientId, ContactId, GroupId, InvitationId, LetterId, LinkId, MismatchId, PortalUserId,
};
use crate::base::secret::PasswordHash;
use crate::base::text::{CompanyName, Email, PersonName, Phone, Reference, Title};
use crate::client::{self, Client};
use crate::contact::{Block, Contact, Details, Portal, mismatch};
use crate::invitation::{self, Invitation, Side, Way};
use crate::language::Language;
use crate::link::{self, EndReason, Link};
use crate::portal_user::store::Acceptance;
use crate::portal_user::{Behalf, Disabled, PortalUser};
use crate::seed::chance::Chance;
use crate::seed::names;
use crate::seed::tables::Tables;
use std::collections::HashSet;

/// How many versions of the terms there are.
pub(super) const TERMS: i64 = 4;
/// One client in so many is large, and has so many people.
const LARGE: (usize, usize) = (12_000, 2_000);
/// Who did what had to be done.
const STAFF: &str = "Nadia Hart";

/// What all of them share.
pub(super) struct Ground {
    pub(super) now: Instant,
    pub(super) hash: PasswordHash,
    pub(super) digest: String,
}

/// A client that has been made.
#[derive(Clone)]
struct Made {
    id: ClientId,
    group: GroupId,
    name: CompanyName,
}

/// Everybody.
pub(super) struct Crowd {
    chance: Chance,
    ground: Ground,
    pub(super) tables: Tables,
    pub(super) portal_users: usize,
    pub(super) clients: usize,
    pub(super) contacts: usize,
    /// The address of somebody who gets in.
    pub(super) somebody: String,
    goal: usize,
    taken: HashSet<String>,
    /// Clients that other clients' people work for as well.
    shared: Vec<Made>,
}

impl Crowd {
    pub(super) fn new(chance: Chance, ground: Ground, tables: Tables, goal: usize) -> Self {
        Self {
            chance,
            ground,
            tables,
            portal_users: 0,
            clients: 0,
            contacts: 0,
            somebody: String::new(),
            goal,
            taken: HashSet::new(),
            shared: Vec::new(),
        }
    }

    /// Whether all are there that were asked for.
    pub(super) fn is_complete(&self) -> bool {
        self.portal_users >= self.goal
    }

    /// A moment of the last three years: the later, the more people are there.
    fn moment(&mut self) -> Instant {
        let days = i64::try_from(self.portal_users * 1065 / self.goal.max(1)).unwrap_or(0);
        let begun = self.ground.now.plus_days(days - 1095);
        self.chance.between(begun, begun.plus_days(20))
    }

    /// Adds a client with its people.
    pub(super) fn add_client(&mut self) {
        self.clients += 1;
        let at = self.moment();
        let (name, domain) = names::company(&mut self.chance, self.clients);
        let parsed = (CompanyName::parse(&name), Reference::parse(&format!("C-{:06}", self.clients)));
        let (Ok(name), Ok(reference)) = parsed else { return };
        let exited_at = if self.chance.per_mille(60) { Some(self.chance.between(at, self.ground.now)) } else { None };
        let owes = if self.chance.per_mille(300) { self.chance.below(900_000) } else { 0 };
        let client = Client {
            id: ClientId(self.chance.id(at)),
            reference,
            name,
            email: Email::parse(&format!("office@{domain}")).ok(),
            phone: self.phone(700),
            status: if exited_at.is_some() { client::Status::Exited } else { client::Status::Active },
            exited_at,
            language: None,
            balance_cents: i64::try_from(owes).unwrap_or(0),
            created_at: at,
            version: 1,
        };
        let group = GroupId(self.chance.id(at));
        self.tables.client(&client, group);
        let client = Made { id: client.id, group, name: client.name };

        let people = if self.clients % LARGE.0 == 7 {
            LARGE.1
        } else if self.chance.per_mille(10) {
            20 + self.chance.below(80)
        } else {
            1 + self.chance.below(3) + self.chance.below(5)
        };
        for n in 0..people.min(self.goal - self.portal_users) {
            self.add_user(&client, &domain, at, if n == 0 { Role::GlobalAdmin } else { Role::Member });
            // One contact in six has no sign-in: never invited, invited, or kept out.
            if self.chance.per_mille(180) {
                self.add_contact_alone(&client, &domain, at);
            }
        }
        if self.shared.len() < 40 {
            self.shared.push(client);
        } else if self.chance.per_mille(5) {
            let place = self.chance.below(40);
            if let Some(place) = self.shared.get_mut(place) {
                *place = client;
            }
        }
    }

    /// Somebody of a client, with an address that nobody else has.
    fn person(&mut self, domain: &str) -> Details {
        loop {
            let named = names::person(&mut self.chance);
            let mut email = format!("{}@{domain}", named.local);
            if !self.taken.insert(email.clone()) {
                email = format!("{}{}@{domain}", named.local, self.taken.len());
                self.taken.insert(email.clone());
            }
            let parsed = (PersonName::parse(named.first), PersonName::parse(named.last), Email::parse(&email));
            if let (Ok(first_name), Ok(last_name), Ok(email)) = parsed {
                return Details {
                    first_name,
                    last_name,
                    title: names::title(&mut self.chance).and_then(|title| Title::parse(title).ok()),
                    email,
                    cell_phone: self.phone(800),
                    office_phone: self.phone(200),
                    extension: None,
                };
            }
        }
    }

    fn phone(&mut self, per_mille: usize) -> Option<Phone> {
        let (a, b) = (self.chance.below(100), self.chance.below(1000));
        let phone = Phone::parse_optional(&format!("04{a:02} 555 {b:03}")).ok().flatten();
        if self.chance.per_mille(per_mille) { phone } else { None }
    }

    fn add_contact(&mut self, client: &Made, details: Details, portal: Portal, at: Instant) -> Contact {
        self.contacts += 1;
        let id = ContactId(self.chance.id(at));
        let company = client.name.to_string();
        let contact = Contact { id, client_id: client.id, company, details, portal, created_at: at, version: 1 };
        self.tables.contact(&contact);
        contact
    }

    /// A contact who is not connected.
    fn add_contact_alone(&mut self, client: &Made, domain: &str, at: Instant) {
        let details = self.person(domain);
        let now = self.ground.now;
        match self.chance.below(10) {
            0..=4 => {
                let contact = self.add_contact(client, details, Portal::None, at);
                // Some were invited once, and the invitation was withdrawn.
                if self.chance.per_mille(100) {
                    self.add_invitation(client, &contact, invitation::State::Revoked, at, None);
                }
            }
            5..=7 => {
                let contact = self.add_contact(client, details, Portal::Invited, at);
                if self.chance.per_mille(200) {
                    self.add_invitation(client, &contact, invitation::State::Replaced, at, None);
                }
                // Half of the open ones have expired by now.
                let recent = if self.chance.per_mille(500) { now.plus_days(-10) } else { at };
                let invited = self.chance.between(recent, now.plus_days(-1));
                self.add_invitation(client, &contact, invitation::State::Open, invited, None);
            }
            _ => {
                let blocked = self.chance.between(at, now);
                let because = self.chance.one(&["Left the company", "Asked by the client", ""]).unwrap_or_default();
                let block = Block { because: because.into(), at: blocked, by: STAFF.into() };
                self.add_contact(client, details, Portal::Blocked(block), at);
            }
        }
    }

    fn add_invitation(
        &mut self,
        client: &Made,
        contact: &Contact,
        state: invitation::State,
        at: Instant,
        by: Option<AccountId>,
    ) {
        let invitation = Invitation {
            id: InvitationId(self.chance.id(at)),
            contact_id: contact.id,
            client_id: client.id,
            email: contact.details.email.clone(),
            group_id: client.group,
            role: Role::Member,
            way: Way::Link,
            state,
            inviter: Side::Business,
            invited_by: uuid::Uuid::nil(),
            invited_by_name: STAFF.into(),
            created_at: at,
            expires_at: at.plus_days(14),
            opened_at: None,
            ended_at: (state != invitation::State::Open).then(|| at.plus_days(2)),
            accepted_by: by,
            letter_id: LetterId(self.chance.id(at)),
            version: 1,
        };
        self.tables.invitation(&invitation, &contact.name());
    }

    /// A person with a sign-in, at one client or at several.
    fn add_user(&mut self, client: &Made, domain: &str, at: Instant, role: Role) {
        self.portal_users += 1;
        let details = self.person(domain);
        let account = self.add_account(&details, at);
        let id = PortalUserId(self.chance.id(at));
        let mut company = client.name.to_string();
        let mut more = Vec::new();
        if self.chance.per_mille(40) {
            let other = self.chance.below(self.shared.len());
            more.extend(self.shared.get(other).filter(|other| other.id != client.id).cloned());
        }
        // Some have lost their link: their contact was kept out, or removed.
        let ended = self.chance.per_mille(15);
        match (ended, more.len()) {
            (true, 0) => company.clear(),
            (true, _) => company = more.first().map(|m| m.name.to_string()).unwrap_or_default(),
            (false, 0) => {}
            (false, n) => company = format!("{company} and {n} more"),
        }
        let user = self.portal_user(id, &account, company, at);
        self.tables.user(&user);
        self.add_acceptances(&user);
        // Some have changed their phone since it was recorded.
        let mut recorded = details.clone();
        if self.chance.per_mille(30) {
            recorded.cell_phone = self.phone(1000);
        }
        self.add_link(client, &user, (recorded, &account), role, at, ended.then_some(EndReason::Blocked));
        for other in &more {
            self.add_link(other, &user, (details.clone(), &account), Role::Member, at, None);
        }
        if self.somebody.is_empty() && user.disabled.is_none() && user.password_due.is_none() && !ended {
            self.somebody = user.email.to_string();
        }
    }

    fn add_account(&mut self, details: &Details, at: Instant) -> Account {
        let due = self.chance.per_mille(30);
        let account = Account {
            id: AccountId(self.chance.id(at)),
            realm: Realm::Portal,
            email: details.email.clone(),
            first_name: details.first_name.clone(),
            last_name: details.last_name.clone(),
            title: details.title.clone(),
            cell_phone: details.cell_phone.clone(),
            office_phone: None,
            extension: None,
            language: None,
            password_hash: Some(self.ground.hash.clone()),
            password_set_at: Some(at),
            password_due_since: due.then_some(self.ground.now.plus_days(-3)),
            created_at: at,
            version: 1,
        };
        self.tables.account(&account);
        account
    }

    fn portal_user(&mut self, id: PortalUserId, account: &Account, company: String, at: Instant) -> PortalUser {
        let now = self.ground.now;
        let seen = self.chance.between(at, now);
        let last_sign_in_at = if self.chance.per_mille(850) { seen } else { Instant::default() };
        let terms_version = match self.chance.below(100) {
            0..=13 => 0,
            14..=18 => 1,
            19..=28 => 2,
            29..=48 => 3,
            _ => TERMS,
        };
        let disabled = if self.chance.per_mille(40) {
            let at = self.chance.between(at, now);
            Some(Disabled { at, by: STAFF.into(), behalf: Behalf::Business, because: "Left the company".into() })
        } else {
            None
        };
        PortalUser {
            id,
            account_id: account.id,
            email: account.email.clone(),
            name: account.name(),
            company,
            password_due: account.password_due_since,
            disabled,
            deleted: None,
            terms_version,
            terms_at: if terms_version > 0 { seen } else { Instant::default() },
            last_sign_in_at,
            created_at: at,
            version: 1,
        }
    }

    fn add_acceptances(&mut self, user: &PortalUser) {
        if user.terms_version > 0 {
            let acceptance = Acceptance {
                version: user.terms_version,
                digest: self.ground.digest.clone(),
                at: user.terms_at,
                address: "192.0.2.7".into(),
                language: Language::En,
            };
            self.tables.acceptance(user, &acceptance);
        }
    }

    fn add_link(
        &mut self,
        client: &Made,
        user: &PortalUser,
        (details, account): (Details, &Account),
        role: Role,
        at: Instant,
        end: Option<EndReason>,
    ) {
        let ended_at = end.map(|_| self.ground.now.plus_days(-5));
        let block = ended_at.map(|at| Block { because: "Left the company".into(), at, by: STAFF.into() });
        let contact = self.add_contact(client, details, block.map_or(Portal::Connected, Portal::Blocked), at);
        let link = Link {
            id: LinkId(self.chance.id(at)),
            contact_id: contact.id,
            client_id: client.id,
            portal_user_id: user.id,
            group_id: client.group,
            role,
            state: if end.is_some() { link::State::Ended } else { link::State::Active },
            invited_email: contact.details.email.clone(),
            made_at: at,
            ended_at,
        };
        self.tables.link(&link, end);
        if end.is_none() {
            for difference in mismatch::shown(&contact.details, &mismatch::details_of(account), &[]) {
                let id = MismatchId(self.chance.id(at));
                self.tables.mismatch(&contact, &difference, id, at);
            }
        }
        if self.chance.per_mille(300) {
            self.add_invitation(client, &contact, invitation::State::Accepted, at, Some(user.account_id));
        }
    }
}

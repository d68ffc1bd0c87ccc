//! What has been made up, as rows, each counted in the facet that it belongs to.

use crate::account::Account;
use crate::act::Scope;
use crate::base::id::{BusinessId, GroupId, MismatchId};
use crate::base::text::fold;
use crate::base::{Instant, Result};
use crate::client::{self, Client};
use crate::contact::Contact;
use crate::contact::mismatch::Difference;
use crate::db::Value;
use crate::invitation::Invitation;
use crate::link::{EndReason, Link};
use crate::listing::{self, List};
use crate::mail::Letter;
use crate::portal_user::PortalUser;
use crate::portal_user::store::Acceptance;
use crate::seed::rows::Rows;
use std::collections::BTreeMap;

/// Rows that wait to be written.
pub(super) struct Tables {
    business: BusinessId,
    clients: Rows<16>,
    groups: Rows<7>,
    contacts: Rows<23>,
    kept_out: Rows<7>,
    accounts: Rows<14>,
    doors: Rows<2>,
    users: Rows<21>,
    links: Rows<13>,
    mismatches: Rows<11>,
    acceptances: Rows<7>,
    invitations: Rows<16>,
    letters: Rows<13>,
    tally: BTreeMap<(&'static str, String), i64>,
}

impl Tables {
    pub(super) fn of(business: BusinessId) -> Self {
        Self {
            business,
            clients: Rows::new(
                "INSERT INTO client (business_id, id, reference, reference_key, name, name_key, email, phone, status, exited_at,
                    balance_cents, facet, search, created_at, updated_at, version) VALUES",
            ),
            groups: Rows::new(
                "INSERT INTO user_group (business_id, id, client_id, name, name_key, kind, created_at) VALUES",
            ),
            contacts: Rows::new(
                "INSERT INTO contact (business_id, id, client_id, first_name, last_name, title, email, email_key, cell_phone,
                    office_phone, extension, company, name_key, company_key, portal, facet, search, block_because, blocked_at,
                    blocked_by, created_at, updated_at, version) VALUES",
            ),
            kept_out: Rows::new(
                "INSERT INTO portal_block (business_id, client_id, email_key, contact_id, because, at, by_name) VALUES",
            ),
            accounts: Rows::new(
                "INSERT INTO account (id, realm, email, email_key, first_name, last_name, title, cell_phone, language, password_hash,
                    password_set_at, password_due_since, created_at, version) VALUES",
            ),
            doors: Rows::new("INSERT INTO account_business (account_id, business_id) VALUES"),
            users: Rows::new(
                "INSERT INTO portal_user (business_id, id, account_id, email, email_key, name, name_key, company, company_key, status,
                    status_rank, disabled_at, disabled_by, disabled_because, terms_version, terms_at, last_sign_in_at, facet, search,
                    created_at, version) VALUES",
            ),
            links: Rows::new(
                "INSERT INTO link (business_id, id, contact_id, client_id, portal_user_id, group_id, role, state, invited_email,
                    made_at, ended_at, end_reason, version) VALUES",
            ),
            mismatches: Rows::new(
                "INSERT INTO mismatch (business_id, id, contact_id, field, ours, theirs, since, name_key, company_key, facet, search)
                    VALUES",
            ),
            acceptances: Rows::new(
                "INSERT INTO acceptance (business_id, portal_user_id, version, digest, at, address, language) VALUES",
            ),
            invitations: Rows::new(
                "INSERT INTO invitation (business_id, id, contact_id, client_id, email, group_id, role, state, invited_by,
                    invited_by_name, created_at, expires_at, ended_at, accepted_by, letter_id, version) VALUES",
            ),
            letters: Rows::new(
                "INSERT INTO outbox (business_id, id, kind, letter, to_email, to_email_key, to_name, subject_id, state, attempts,
                    due_at, created_at, sent_at) VALUES",
            ),
            tally: BTreeMap::new(),
        }
    }

    /// Writes what waits, parents before children, and counts it.
    pub(super) async fn write(&mut self, scope: &mut Scope) -> Result<()> {
        self.clients.write(scope).await?;
        self.groups.write(scope).await?;
        self.contacts.write(scope).await?;
        self.kept_out.write(scope).await?;
        self.accounts.write(scope).await?;
        self.doors.write(scope).await?;
        self.users.write(scope).await?;
        self.links.write(scope).await?;
        self.mismatches.write(scope).await?;
        self.acceptances.write(scope).await?;
        self.invitations.write(scope).await?;
        self.letters.write(scope).await?;
        for list in List::ALL {
            for (facet, rows) in
                self.tally.iter().filter(|((name, _), _)| *name == list.code()).map(|((_, f), n)| (f, n))
            {
                listing::count_into(scope, list, facet, *rows).await?;
            }
        }
        self.tally.clear();
        Ok(())
    }

    fn count(&mut self, list: List, facet: &str) {
        *self.tally.entry((list.code(), facet.to_owned())).or_insert(0) += 1;
    }

    pub(super) fn client(&mut self, client: &Client, group: GroupId) {
        let facet = client.status.code();
        self.count(List::Clients, facet);
        self.clients.add([
            self.business.into(),
            client.id.into(),
            (&client.reference).into(),
            client::reference_key(&client.reference).into(),
            (&client.name).into(),
            fold(client.name.as_str()).into(),
            client.email.as_ref().into(),
            client.phone.as_ref().into(),
            client.status.into(),
            client.exited_at.into(),
            client.balance_cents.into(),
            facet.into(),
            client::search_text(&client.name, &client.reference, client.email.as_ref()).into(),
            client.created_at.into(),
            client.exited_at.unwrap_or(client.created_at).into(),
            1.into(),
        ]);
        self.groups.add([
            self.business.into(),
            group.into(),
            client.id.into(),
            "Default".into(),
            "default".into(),
            "default".into(),
            client.created_at.into(),
        ]);
    }

    pub(super) fn contact(&mut self, contact: &Contact) {
        let details = &contact.details;
        let (name, email_key) = (details.name(), details.email.key());
        let facet = contact.portal.standing().code();
        let block = contact.blocked();
        self.count(List::Contacts, facet);
        self.contacts.add([
            self.business.into(),
            contact.id.into(),
            contact.client_id.into(),
            (&details.first_name).into(),
            (&details.last_name).into(),
            details.title.as_ref().into(),
            (&details.email).into(),
            (&email_key).into(),
            details.cell_phone.as_ref().into(),
            details.office_phone.as_ref().into(),
            details.extension.as_ref().into(),
            contact.company.as_str().into(),
            fold(&name).into(),
            fold(&contact.company).into(),
            facet.into(),
            facet.into(),
            details.search_text(&contact.company).into(),
            block.map(|b| b.because.clone()).into(),
            block.map(|b| b.at).into(),
            block.map(|b| b.by.clone()).into(),
            contact.created_at.into(),
            contact.created_at.into(),
            1.into(),
        ]);
        if let Some(block) = block {
            self.kept_out.add([
                self.business.into(),
                contact.client_id.into(),
                (&email_key).into(),
                contact.id.into(),
                block.because.as_str().into(),
                block.at.into(),
                block.by.as_str().into(),
            ]);
        }
    }

    pub(super) fn account(&mut self, account: &Account) {
        self.accounts.add([
            account.id.into(),
            account.realm.into(),
            (&account.email).into(),
            (&account.email.key()).into(),
            (&account.first_name).into(),
            (&account.last_name).into(),
            account.title.as_ref().into(),
            account.cell_phone.as_ref().into(),
            account.language.into(),
            account.password_hash.as_ref().into(),
            account.password_set_at.into(),
            account.password_due_since.into(),
            account.created_at.into(),
            1.into(),
        ]);
        self.doors.add([account.id.into(), self.business.into()]);
    }

    pub(super) fn user(&mut self, user: &PortalUser) {
        let facet = user.facet().code();
        let disabled = user.disabled.as_ref();
        self.count(List::PortalUsers, &facet);
        self.users.add([
            self.business.into(),
            user.id.into(),
            user.account_id.into(),
            (&user.email).into(),
            (&user.email.key()).into(),
            user.name.as_str().into(),
            fold(&user.name).into(),
            user.company.as_str().into(),
            fold(&user.company).into(),
            user.status().into(),
            user.status().rank().into(),
            disabled.map(|d| d.at).into(),
            disabled.map(|d| d.by.clone()).into(),
            disabled.map(|d| d.because.clone()).into(),
            user.terms_version.into(),
            user.terms_at.into(),
            user.last_sign_in_at.into(),
            facet.into(),
            user.search_text().into(),
            user.created_at.into(),
            1.into(),
        ]);
    }

    pub(super) fn link(&mut self, link: &Link, end: Option<EndReason>) {
        self.links.add([
            self.business.into(),
            link.id.into(),
            link.contact_id.into(),
            link.client_id.into(),
            link.portal_user_id.into(),
            link.group_id.into(),
            link.role.into(),
            link.state.into(),
            (&link.invited_email).into(),
            link.made_at.into(),
            link.ended_at.into(),
            end.map_or(Value::Text(None), Value::from),
            1.into(),
        ]);
    }

    pub(super) fn mismatch(&mut self, contact: &Contact, difference: &Difference, id: MismatchId, since: Instant) {
        let Difference { field, ours, theirs } = difference;
        self.count(List::Mismatches, field.code());
        self.mismatches.add([
            self.business.into(),
            id.into(),
            contact.id.into(),
            (*field).into(),
            ours.as_str().into(),
            theirs.as_str().into(),
            since.into(),
            fold(&contact.name()).into(),
            fold(&contact.company).into(),
            (*field).into(),
            contact.details.search_text(&contact.company).into(),
        ]);
    }

    pub(super) fn acceptance(&mut self, user: &PortalUser, acceptance: &Acceptance) {
        self.acceptances.add([
            self.business.into(),
            user.id.into(),
            acceptance.version.into(),
            acceptance.digest.as_str().into(),
            acceptance.at.into(),
            acceptance.address.as_str().into(),
            acceptance.language.into(),
        ]);
    }

    /// An invitation whose letter has left long ago.
    pub(super) fn invitation(&mut self, invitation: &Invitation, to: &str) {
        let letter = Letter::Invitation { invitation: invitation.id };
        self.invitations.add([
            self.business.into(),
            invitation.id.into(),
            invitation.contact_id.into(),
            invitation.client_id.into(),
            (&invitation.email).into(),
            invitation.group_id.into(),
            invitation.role.into(),
            invitation.state.into(),
            invitation.invited_by.into(),
            invitation.invited_by_name.as_str().into(),
            invitation.created_at.into(),
            invitation.expires_at.into(),
            invitation.ended_at.into(),
            invitation.accepted_by.into(),
            invitation.letter_id.into(),
            1.into(),
        ]);
        let sent: Instant = invitation.created_at.plus_seconds(4);
        self.letters.add([
            self.business.into(),
            invitation.letter_id.into(),
            letter.kind().into(),
            serde_json::to_string(&letter).unwrap_or_default().into(),
            (&invitation.email).into(),
            (&invitation.email.key()).into(),
            to.into(),
            invitation.id.0.into(),
            "sent".into(),
            1.into(),
            invitation.created_at.into(),
            invitation.created_at.into(),
            sent.into(),
        ]);
    }
}

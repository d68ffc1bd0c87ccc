//! What is done about staff members.

use crate::access::{Actor, Permission};
use crate::account::store::NewAccount;
use crate::account::token::{self, Purpose};
use crate::account::{self, Realm};
use crate::act::App;
use crate::audit::Entry;
use crate::base::id::StaffId;
use crate::base::secret::Token;
use crate::base::text::{Email, PersonName, full_name};
use crate::base::{Error, Result};
use crate::staff::{StaffMember, Status, store};

/// What a new staff member may do.
#[derive(Clone, Debug)]
pub enum Rights {
    /// Everything, through the group Administrators.
    Administrator,
    /// These.
    Only(Vec<Permission>),
}

/// Adds a staff member, and makes the one-time link with which they set their password (or, in the demo, sign in).
/// The link is answered, to be handed over; it is stored only as a hash.
///
/// # Errors
/// `Forbidden`; `Refused` when the address already belongs to a staff member.
pub async fn add(
    app: &App,
    actor: &Actor,
    email: Email,
    first: PersonName,
    last: PersonName,
    rights: Rights,
    link: Purpose,
) -> Result<(StaffMember, Token)> {
    actor.must(Permission::StaffManage)?;
    let mut act = app.begin(actor).await?;
    let (business, now) = (act.business, act.now);
    if account::store::look_for(&mut act.tx, Realm::Staff, &email).await?.is_some() {
        return Err(Error::refused(format!("{email} already belongs to a staff member. Use another address.")));
    }
    let name = full_name(&first, &last);
    let new = NewAccount {
        realm: Realm::Staff,
        email: email.clone(),
        first_name: first,
        last_name: last,
        language: None,
        password_hash: None,
    };
    let account_id = account::store::insert(&mut act.tx, &new, now).await?;
    account::store::add_business(&mut act.tx, account_id, business).await?;
    let member = StaffMember { id: StaffId::new(now), account_id, name, email, status: Status::Active };
    store::insert(&mut act, &member).await?;
    match rights {
        Rights::Administrator => {
            let group = store::administrators(&mut act).await?;
            store::join_group(&mut act, group, member.id).await?;
        }
        Rights::Only(permissions) => {
            for permission in permissions {
                store::permit(&mut act, member.id, permission).await?;
            }
        }
    }
    let link = token::mint(&mut act.tx, link, account_id, business, now).await?;
    act.commit(Entry::StaffAdded { staff: member.id, name: member.name.clone() }).await?;
    Ok((member, link))
}

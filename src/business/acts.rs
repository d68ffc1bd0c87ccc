//! What is done about a business itself.

use crate::access::{Actor, Permission, Sight};
use crate::act::App;
use crate::audit::Entry;
use crate::base::id::BusinessId;
use crate::base::text::{CompanyName, Slug};
use crate::base::{Error, Result};
use crate::business::{Business, Switch, store};
use crate::language::Language;
use crate::mail::outbox;

/// Creates a business, with its portal on: what `vestibule init` and the demo do.
///
/// # Errors
/// `Refused` when its place in addresses is taken.
pub async fn create(app: &App, name: CompanyName, slug: Slug, language: Option<Language>) -> Result<Business> {
    let now = app.clock.now();
    let business = Business {
        id: BusinessId::new(now),
        mail_from_name: name.to_string(),
        slug,
        name,
        portal: Switch::On,
        portal_since: now,
        language,
        brand_colour: "#0d736e".into(),
        sign_in_text: String::new(),
        support_contact: String::new(),
        postal_address: String::new(),
        auto_invitations: Switch::On,
        temporary_passwords: Switch::Off,
        delegation: Switch::On,
        invitation_days: 14,
        exit_grace_days: 30,
        terms_version: 0,
        features: Sight::everything(),
        version: 1,
    };
    let mut act = app.begin_business(&Actor::operator(business.id)).await?;
    if store::look_for(&mut act.tx, &business.slug).await?.is_some() {
        return Err(Error::refused(format!(
            "There is already a business at “{}”. Choose another --slug.",
            business.slug
        )));
    }
    store::insert(&mut act.tx, &business).await?;
    act.commit(Entry::BusinessCreated { name: business.name.to_string() }).await?;
    Ok(business)
}

/// Switches the portal on or off: off, nobody of any client gets in, from the very next request.
///
/// # Errors
/// `Forbidden`; `Refused` when it is so already.
pub async fn switch_portal(app: &App, actor: &Actor, to: Switch) -> Result<()> {
    actor.must(Permission::SettingsManage)?;
    let mut act = app.begin(actor).await?;
    let (id, now) = (act.business, act.now);
    let business = store::find(&mut act.tx, id).await?;
    if business.portal == to {
        return Err(Error::refused(format!("The client portal is already {}. Nothing was changed.", to.code())));
    }
    store::set_portal(&mut act.tx, &business, to, now).await?;
    if to == Switch::On {
        // Invitations that were written meanwhile have waited for this (P4).
        outbox::release(&mut act.tx, id, now).await?;
    }
    act.commit(match to {
        Switch::On => Entry::PortalSwitchedOn {},
        Switch::Off => Entry::PortalSwitchedOff {},
    })
    .await
}

/// Switches temporary passwords on or off. They are off until a business wants them; off, none that was mailed works any more.
///
/// # Errors
/// `Forbidden`; `Refused` when it is so already.
pub async fn switch_temporary_passwords(app: &App, actor: &Actor, to: Switch) -> Result<()> {
    actor.must(Permission::SettingsManage)?;
    let mut act = app.begin(actor).await?;
    let id = act.business;
    let business = store::find(&mut act.tx, id).await?;
    if business.temporary_passwords == to {
        return Err(Error::refused(format!("Temporary passwords are already {}. Nothing was changed.", to.code())));
    }
    store::set_temporary_passwords(&mut act.tx, &business, to).await?;
    act.commit(match to {
        Switch::On => Entry::TemporaryPasswordsSwitchedOn {},
        Switch::Off => Entry::TemporaryPasswordsSwitchedOff {},
    })
    .await
}

/// Lets clients' own Global Admins and Group Managers look after their people, or takes that back: then only staff do, for every
/// client, from the very next request.
///
/// # Errors
/// `Forbidden`; `Refused` when it is so already.
pub async fn switch_delegation(app: &App, actor: &Actor, to: Switch) -> Result<()> {
    actor.must(Permission::SettingsManage)?;
    let mut act = app.begin(actor).await?;
    let id = act.business;
    let business = store::find(&mut act.tx, id).await?;
    if business.delegation == to {
        return Err(Error::refused(match to {
            Switch::On => "Clients look after their own users already. Nothing was changed.",
            Switch::Off => "Your staff alone look after clients’ users already. Nothing was changed.",
        }));
    }
    store::set_delegation(&mut act.tx, &business, to).await?;
    act.commit(match to {
        Switch::On => Entry::DelegationSwitchedOn {},
        Switch::Off => Entry::DelegationSwitchedOff {},
    })
    .await
}

/// Switches record kinds on and off for all clients: what is off does not exist in the portal from the very next request.
/// Nothing is deleted; what was shared is there again when its kind is switched on.
///
/// # Errors
/// `Forbidden`; `Refused` when it is so already.
pub async fn set_features(app: &App, actor: &Actor, to: Sight) -> Result<()> {
    actor.must(Permission::SettingsManage)?;
    let mut act = app.begin(actor).await?;
    let id = act.business;
    let business = store::find(&mut act.tx, id).await?;
    if business.features == to {
        return Err(Error::refused("These are the record kinds that are on already. Nothing was changed."));
    }
    store::set_features(&mut act.tx, &business, &to).await?;
    let (on, off) = (to.but(&business.features), business.features.but(&to));
    act.commit(Entry::FeaturesChanged { on: on.code(), off: off.code() }).await
}

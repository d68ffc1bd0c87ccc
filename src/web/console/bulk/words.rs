//! What pages say about each kind of bulk action.

use crate::bulk::{Job, Kind, State, Subjects, Unadministered};
use crate::business::{Business, Switch};
use crate::portal_user::RESTORE_DAYS;
use crate::web::console::contact::HELD;
use crate::web::console::count;

/// `1 portal user`, `300 contacts`.
pub fn people(kind: Kind, n: i64) -> String {
    match kind.subjects() {
        Subjects::PortalUsers => count(n, "portal user", "portal users"),
        Subjects::Contacts => count(n, "contact", "contacts"),
    }
}

/// The heading of a job that is so far.
pub fn title(job: &Job) -> String {
    let counts = &job.counts;
    let to_do = people(job.kind, counts.waiting + counts.done + counts.failed);
    let done = people(job.kind, counts.done);
    match job.state {
        State::Preparing => "Looking at who is selected".into(),
        State::Ready if counts.waiting == 0 => "Nothing to do".into(),
        State::Ready => format!("{}?", verb(job.kind, &to_do)),
        State::Running => doing(job.kind, &to_do),
        State::Done | State::Cancelled | State::Stopped => did(job.kind, &done, counts.done),
    }
}

/// What the button does.
pub fn verb(kind: Kind, people: &str) -> String {
    match kind {
        Kind::Disable => format!("Disable {people}"),
        Kind::Enable => format!("Enable {people}"),
        Kind::RequirePasswordChange => format!("Require a password change of {people}"),
        Kind::Delete => format!("Delete {people}"),
        Kind::Restore => format!("Restore {people}"),
        Kind::ResendInvitations => format!("Resend the invitations of {people}"),
        Kind::Invite => format!("Invite {people}"),
    }
}

/// What the button that confirms it says: what loses something is said yes to (P6).
pub fn confirm(kind: Kind, people: &str) -> String {
    match kind {
        Kind::Delete => format!("Yes, delete {people}"),
        _ => verb(kind, people),
    }
}

/// What is being done.
pub fn doing(kind: Kind, people: &str) -> String {
    match kind {
        Kind::Disable => format!("Disabling {people}"),
        Kind::Enable => format!("Enabling {people}"),
        Kind::RequirePasswordChange => format!("Requiring a password change of {people}"),
        Kind::Delete => format!("Deleting {people}"),
        Kind::Restore => format!("Restoring {people}"),
        Kind::ResendInvitations => format!("Resending the invitations of {people}"),
        Kind::Invite => format!("Inviting {people}"),
    }
}

fn did(kind: Kind, people: &str, n: i64) -> String {
    match kind {
        Kind::Disable => format!("{people} disabled"),
        Kind::Enable => format!("{people} enabled"),
        Kind::RequirePasswordChange if n == 1 => format!("{people} is asked for a new password"),
        Kind::RequirePasswordChange => format!("{people} are asked for a new password"),
        Kind::Delete => format!("{people} deleted"),
        Kind::Restore => format!("{people} restored"),
        Kind::ResendInvitations => format!("The invitations of {people} resent"),
        Kind::Invite => format!("{people} invited"),
    }
}

/// What becomes of those to whom it is done, as a class: `Will be disabled`.
pub fn will(kind: Kind) -> &'static str {
    match kind {
        Kind::Disable => "Will be disabled",
        Kind::Enable => "Will be enabled",
        Kind::RequirePasswordChange => "Will be asked for a new password",
        Kind::Delete => "Will be deleted",
        Kind::Restore => "Will be restored",
        Kind::ResendInvitations => "Will be mailed again",
        Kind::Invite => "Will be invited",
    }
}

/// The same when it was done: `Disabled`.
pub fn was(kind: Kind) -> &'static str {
    match kind {
        Kind::Disable => "Disabled",
        Kind::Enable => "Enabled",
        Kind::RequirePasswordChange => "Asked for a new password",
        Kind::Delete => "Deleted",
        Kind::Restore => "Restored",
        Kind::ResendInvitations => "Mailed again",
        Kind::Invite => "Invited",
    }
}

/// What happens to them.
pub fn consequence(kind: Kind, business: &Business) -> String {
    let mailed = matches!(kind, Kind::ResendInvitations | Kind::Invite);
    let held = if mailed && business.portal == Switch::Off { format!(" {HELD}") } else { String::new() };
    let business = &business.name;
    match kind {
        Kind::Disable => format!(
            "They can’t get in to anything of {business} from the very next request, until you enable them again. Open invitations and links to reset the password stop working. Nothing is deleted, and what they use elsewhere stays as it is."
        ),
        Kind::Enable => format!("They get in to {business} again, to what was linked before."),
        Kind::RequirePasswordChange => "They are asked for a new password before anything else.".into(),
        Kind::Delete => format!(
            "They can’t get in to anything of {business} from the very next request: each is unlinked from their clients, and open invitations, links to reset the password and changes that wait stop working. For {RESTORE_DAYS} days they can be restored, then they are gone. The audit log stays, and what they use elsewhere stays as it is."
        ),
        Kind::Restore => format!(
            "They get in to {business} again, to what was linked before, as far as each contact is still free and not blocked."
        ),
        Kind::ResendInvitations => {
            format!("Each gets a new link by mail. The links in earlier mails say that a newer one exists.{held}")
        }
        Kind::Invite => {
            format!("Each gets a link by mail to join the portal. Earlier invitations are replaced.{held}")
        }
    }
}

/// The colour of the button.
pub fn verb_class(kind: Kind) -> &'static str {
    match kind {
        Kind::Disable | Kind::Delete => "danger block",
        _ => "primary block",
    }
}

/// The icon that stands for it.
pub fn icon(kind: Kind) -> &'static str {
    match kind {
        Kind::Disable => "ban",
        Kind::Enable => "unlock",
        Kind::RequirePasswordChange => "key",
        Kind::Delete => "trash",
        Kind::Restore => "refresh",
        Kind::ResendInvitations => "refresh",
        Kind::Invite => "send",
    }
}

/// What the button says that takes it back.
pub fn undo(kind: Kind, people: &str) -> Option<String> {
    kind.taken_back_by().map(|back| format!("Undo: {}", verb(back, people).to_lowercase()))
}

/// What taking it back leaves as it is.
pub fn undo_note(kind: Kind) -> &'static str {
    match kind {
        Kind::Disable => {
            "Whoever was changed by somebody since stays as they are, and whom a client’s own people had disabled before is disabled by them again. Invitations that were withdrawn stay withdrawn, and people sign in again."
        }
        Kind::Delete => {
            "Whoever was changed by somebody since stays as they are. A link comes back where its contact is still free and not blocked, and people sign in again."
        }
        _ => "Whoever was changed by somebody since stays as they are.",
    }
}

/// The warning about clients that nobody would look after any more, where there are any.
pub fn unadministered(left: &Unadministered) -> Option<String> {
    let more = left.clients - i64::try_from(left.first.len()).unwrap_or_default();
    let names = left.first.join(", ");
    match (left.clients, more) {
        (0, _) => None,
        (1, _) => Some(format!("{names} is left without a Global Admin: nobody there can look after its people.")),
        (_, 0) => Some(format!("{names} are left without a Global Admin: nobody there can look after their people.")),
        (_, more) => Some(format!(
            "{names} and {} are left without a Global Admin: nobody there can look after their people.",
            count(more, "more client", "more clients")
        )),
    }
}

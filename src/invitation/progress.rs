//! How far an invitation has come, as staff see it (C2): what became of it, joined with where its letter is.

use crate::base::Instant;
use crate::invitation::{Invitation, Standing, State};
use crate::mail::outbox;

crate::words! {
    /// How far an invitation has come, as lists filter it.
    pub enum Progress {
        /// Its letter waits for its turn.
        Queued = "queued",
        /// Its letter waits until the portal is switched on.
        Held = "held",
        /// The mail server took its letter.
        Sent = "sent",
        /// The mail server refused its letter for good.
        Bounced = "bounced",
        /// Its letter never left.
        NotSent = "not_sent",
        /// Its page was looked at.
        Opened = "opened",
        /// It was accepted.
        Accepted = "accepted",
        /// Nobody accepted it in time.
        Expired = "expired",
        /// It was withdrawn.
        Revoked = "revoked",
        /// A newer one took its place.
        Replaced = "replaced",
    }
}

impl Progress {
    /// What is stored of it: everything on the way to an end, and expiry as well, is stored as open.
    #[must_use]
    pub fn stored(self) -> State {
        match self {
            Self::Accepted => State::Accepted,
            Self::Revoked => State::Revoked,
            Self::Replaced => State::Replaced,
            Self::Queued | Self::Held | Self::Sent | Self::Bounced | Self::NotSent | Self::Opened | Self::Expired => {
                State::Open
            }
        }
    }

    /// What pages call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Queued => "Queued",
            Self::Held => "Held until the portal is on",
            Self::Sent => "Sent",
            Self::Bounced => "Bounced",
            Self::NotSent => "Not sent",
            Self::Opened => "Opened",
            Self::Accepted => "Accepted",
            Self::Expired => "Expired",
            Self::Revoked => "Withdrawn",
            Self::Replaced => "Replaced",
        }
    }
}

impl Invitation {
    /// How far it has come at this moment. What became of the invitation says more than where its letter is; a page that was
    /// looked at says more than a mail server that complained.
    #[must_use]
    pub fn progress(&self, letter: outbox::State, now: Instant) -> Progress {
        Progress::of(self.standing(now), self.opened_at, letter)
    }
}

impl Progress {
    /// The same of what it is made of: how the invitation stands, when its page was first looked at, and where its letter is.
    #[must_use]
    pub fn of(standing: Standing, opened_at: Option<Instant>, letter: outbox::State) -> Self {
        match standing {
            Standing::Accepted => Self::Accepted,
            Standing::Revoked => Self::Revoked,
            Standing::Replaced => Self::Replaced,
            // Its days are counted anew when it leaves.
            Standing::Expired if letter == outbox::State::Held => Self::Held,
            Standing::Expired => Self::Expired,
            Standing::Open if opened_at.is_some() => Self::Opened,
            Standing::Open => match letter {
                outbox::State::Queued | outbox::State::Sending => Self::Queued,
                outbox::State::Held => Self::Held,
                outbox::State::Sent => Self::Sent,
                outbox::State::Bounced => Self::Bounced,
                outbox::State::Failed | outbox::State::Cancelled => Self::NotSent,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::base::id::{ClientId, ContactId, GroupId, InvitationId, LetterId, StaffId};
    use crate::base::text::Email;
    use crate::invitation::{Side, Way};

    fn invitation(state: State) -> Invitation {
        let now = Instant::default();
        Invitation {
            id: InvitationId::new(now),
            contact_id: ContactId::new(now),
            client_id: ClientId::new(now),
            email: Email::parse("omar@client.test").unwrap(),
            group_id: GroupId::new(now),
            role: Role::Member,
            way: Way::Link,
            state,
            inviter: Side::Business,
            invited_by: StaffId::new(now).0,
            invited_by_name: "Nadia Noor".into(),
            created_at: now,
            expires_at: now.plus_days(14),
            opened_at: None,
            ended_at: None,
            accepted_by: None,
            letter_id: LetterId::new(now),
            version: 1,
        }
    }

    #[test]
    fn an_open_invitation_shows_where_its_letter_is() {
        let now = Instant::default();
        let open = invitation(State::Open);
        for (letter, shown) in [
            (outbox::State::Queued, "Queued"),
            (outbox::State::Sending, "Queued"),
            (outbox::State::Held, "Held until the portal is on"),
            (outbox::State::Sent, "Sent"),
            (outbox::State::Bounced, "Bounced"),
            (outbox::State::Failed, "Not sent"),
            (outbox::State::Cancelled, "Not sent"),
        ] {
            assert_eq!(open.progress(letter, now).label(), shown);
        }
        let opened = Invitation { opened_at: Some(now), ..invitation(State::Open) };
        assert_eq!(opened.progress(outbox::State::Bounced, now), Progress::Opened);
        assert_eq!(opened.progress(outbox::State::Sent, now.plus_days(14)), Progress::Expired);
        assert_eq!(open.progress(outbox::State::Held, now.plus_days(99)), Progress::Held);
    }

    #[test]
    fn an_ended_invitation_shows_how_it_ended_wherever_its_letter_is() {
        for letter in outbox::State::ALL {
            for (state, shown) in
                [(State::Accepted, "Accepted"), (State::Revoked, "Withdrawn"), (State::Replaced, "Replaced")]
            {
                let now = Instant::default();
                assert_eq!(invitation(state).progress(*letter, now).label(), shown);
                assert_eq!(invitation(state).progress(*letter, now.plus_days(99)).label(), shown);
            }
        }
    }
}

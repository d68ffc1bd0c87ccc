//! The states of a job, in whatever order things happen to it.

use super::*;
use proptest::prelude::*;

fn job(kind: Kind) -> Job {
    Job {
        id: BulkId(Uuid::from_u128(1)),
        kind,
        by: StaffId(Uuid::from_u128(2)),
        by_name: "Nadia".into(),
        by_address: String::new(),
        because: None,
        selection: Selection::These(Vec::new()),
        undo_of: None,
        state: State::Preparing,
        counts: Counts::default(),
        error: None,
        created_at: Instant::default(),
        started_at: None,
        ended_at: None,
        reached: Uuid::nil(),
    }
}

/// What can happen to a job, at any time and in any order.
#[derive(Clone, Debug)]
enum Happening {
    Seen(bool),
    Prepared,
    Confirm,
    Cancel,
    Did(u8),
    WorkedOff,
    Stop,
    Pass(i64),
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        any::<bool>().prop_map(Happening::Seen),
        Just(Happening::Prepared),
        Just(Happening::Confirm),
        Just(Happening::Cancel),
        (0u8..3).prop_map(Happening::Did),
        Just(Happening::WorkedOff),
        Just(Happening::Stop),
        (1i64..900).prop_map(Happening::Pass),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_a_job_ends_once_and_loses_nobody(happenings in proptest::collection::vec(happening(), 0..60)) {
        let mut job = job(Kind::Disable);
        let mut now = Instant::default();
        let (mut people, mut ended) = (0, None);
        for happening in happenings {
            let before = job.clone();
            match happening {
                Happening::Pass(seconds) => now = now.plus_seconds(seconds),
                // What the runner does, it does in these states alone.
                Happening::Seen(skipped) if job.state == State::Preparing => {
                    job.counts.seen(skipped.then_some(Obstacle::AlreadyDisabled));
                    people += 1;
                }
                Happening::Prepared if job.state == State::Preparing => job.prepared(now),
                Happening::Did(fate) if job.state == State::Running && job.counts.waiting > 0 => {
                    job.counts.became(match fate {
                        0 => Fate::Done,
                        1 => Fate::Skipped(Obstacle::Gone),
                        _ => Fate::Failed,
                    });
                }
                Happening::WorkedOff if job.state == State::Running && job.counts.waiting == 0 => job.worked_off(now),
                Happening::Stop if job.state == State::Running => job.stop("may not any more".into(), now),
                // What staff do, they may try at any time.
                Happening::Confirm => {
                    let confirmed = job.confirm(None, now);
                    prop_assert_eq!(confirmed.is_ok(), before.state == State::Ready && before.counts.waiting > 0);
                }
                Happening::Cancel => {
                    let cancelled = job.cancel(now);
                    prop_assert_eq!(cancelled.is_ok(), !before.state.has_ended());
                }
                _ => {}
            }
            prop_assert_eq!(job.counts.all(), people);
            prop_assert!(job.counts.waiting >= 0);
            prop_assert_eq!(job.state.has_ended(), job.ended_at.is_some());
            prop_assert!(job.counts.done == 0 || job.started_at.is_some(), "nothing is done before it is confirmed");
            prop_assert!(job.state != State::Done || job.counts.waiting == 0);
            if let Some(state) = ended {
                prop_assert_eq!(job.state, state, "what has ended stays as it ended");
                prop_assert_eq!(&job.counts, &before.counts);
            }
            ended = ended.or(job.state.has_ended().then_some(job.state));
            let open = job.ended_at.is_some_and(|at| now < at.plus_seconds(UNDO_SECONDS));
            prop_assert_eq!(job.undo(now).is_ok(), open && job.counts.done > 0);
        }
    }
}

#[test]
fn what_takes_something_back_goes_on_by_itself_and_is_not_taken_back() {
    let now = Instant::default();
    let mut undoing = Job { undo_of: Some(BulkId(Uuid::from_u128(9))), started_at: Some(now), ..job(Kind::Enable) };
    undoing.counts.seen(None);
    undoing.prepared(now);
    assert_eq!(undoing.state, State::Running);
    undoing.counts.became(Fate::Done);
    undoing.worked_off(now);
    assert!(undoing.undo(now).is_err());
    let mut nobody = Job { undo_of: Some(BulkId(Uuid::from_u128(9))), started_at: Some(now), ..job(Kind::Enable) };
    nobody.prepared(now);
    assert_eq!(nobody.state, State::Done);
}

#[test]
fn whatever_can_be_taken_back_is_taken_back_by_its_opposite() {
    for kind in Kind::ALL {
        if let Some(back) = kind.taken_back_by() {
            assert_eq!(back.taken_back_by(), Some(*kind));
            assert_eq!(back.subjects(), kind.subjects());
        }
    }
    let lasting = [Kind::RequirePasswordChange, Kind::ResendInvitations, Kind::Invite];
    assert!(lasting.iter().all(|kind| kind.taken_back_by().is_none()));
}

#[test]
fn a_selection_and_its_counts_come_back_as_they_were_stored() {
    let filter = crate::portal_user::list::Filter {
        statuses: vec![crate::portal_user::Status::Active],
        terms: vec![crate::portal_user::list::TermsStanding::Never],
        client: None,
        seen: Some(crate::portal_user::Seen::Never),
    };
    let selection = Selection::PortalUsers { filter, search: "rao".into() };
    let text = serde_json::to_string(&selection).unwrap();
    assert_eq!(serde_json::from_str::<Selection>(&text).unwrap(), selection);
    let mut counts = Counts::default();
    counts.seen(Some(Obstacle::AlreadyDisabled));
    counts.seen(None);
    let text = serde_json::to_string(&counts).unwrap();
    assert_eq!(serde_json::from_str::<Counts>(&text).unwrap(), counts);
}

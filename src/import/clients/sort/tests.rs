use super::*;
use crate::base::text::{CompanyName, Email, Reference, Title};
use crate::client::reference_key;
use crate::import::clients::row::SaidOfClient;
use proptest::prelude::*;

const NOW: Instant = Instant::from_micros(1_795_340_460_000_000);

/// Rows about few clients and few people, so that they meet: reference, name, balance, address, first name, title.
type Line = (u8, Option<u8>, Option<i64>, Option<(u8, Option<u8>, Option<Option<u8>>)>);

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let contact = (0..4_u8, prop::option::of(0..3_u8), prop::option::of(prop::option::of(0..3_u8)));
    let line = (0..3_u8, prop::option::of(0..2_u8), prop::option::of(0..2_i64), prop::option::of(contact));
    proptest::collection::vec(line, 0..24)
}

fn record(row: usize, (reference, name, balance, contact): &Line) -> Parsed {
    let reference = Reference::parse(&format!("C-{reference}")).unwrap();
    let person = |n: &u8| PersonName::parse(&format!("Ann {n}")).unwrap();
    Parsed {
        row: u32::try_from(row).unwrap() + 2,
        reference_key: reference_key(&reference),
        reference,
        client: SaidOfClient {
            name: name.map(|n| CompanyName::parse(&format!("Bramble {n}")).unwrap()),
            balance: *balance,
            ..SaidOfClient::default()
        },
        contact: contact.as_ref().map(|(email, first, title)| SaidOfContact {
            email: Email::parse(&format!("ann{email}@example.com")).unwrap(),
            first_name: first.as_ref().map(person),
            last_name: first.as_ref().map(person),
            title: match title {
                None => Said::Nothing,
                Some(title) => Said::Value(title.map(|n| Title::parse(&format!("Title {n}")).unwrap())),
            },
            cell_phone: Said::Nothing,
            office_phone: Said::Nothing,
            extension: Said::Nothing,
        }),
    }
}

/// Sorts rows; answers each one's outcome (none for refused), and what is there afterwards.
fn sorted(lines: &[&Line], known: &Known) -> (Vec<Option<Outcome>>, Known) {
    let mut sorter = Sorter::default();
    let mut outcomes = Vec::new();
    let mut contacts = known.contacts.clone();
    for (row, line) in lines.iter().enumerate() {
        let step = sorter.sort(record(row, line), known, NOW);
        outcomes.push(step.as_ref().ok().map(Step::outcome));
        match step.map(|step| step.to_contact) {
            Ok(ToContact::Add(contact)) => {
                contacts.insert((contact.client_id, contact.details.email.key()), (contact.id, contact.details));
            }
            Ok(ToContact::Change(id, details, _)) => {
                let at = contacts.iter().find(|(_, (other, _))| *other == id).map(|(at, _)| at.clone()).unwrap();
                contacts.insert(at, (id, *details));
            }
            _ => {}
        }
    }
    let mut clients = known.clients.clone();
    clients.extend(sorter.clients.into_iter().map(|line| (reference_key(&line.now.reference), line.now)));
    (outcomes, Known { clients, contacts, kept_out: HashMap::new() })
}

proptest! {
    #[test]
    fn what_was_imported_is_unchanged_the_second_time(before in lines(), file in lines()) {
        let (_, known) = sorted(&before.iter().collect::<Vec<_>>(), &Known::default());
        let (first, after) = sorted(&file.iter().collect::<Vec<_>>(), &known);
        let taken: Vec<&Line> = file.iter().zip(&first).filter(|(_, outcome)| outcome.is_some()).map(|(line, _)| line).collect();
        let (second, _) = sorted(&taken, &after);
        prop_assert!(second.iter().all(|outcome| *outcome == Some(Outcome::Unchanged)), "{:?}", second);
    }

    #[test]
    fn a_refused_row_is_as_if_it_were_not_there(file in lines()) {
        let (with, _) = sorted(&file.iter().collect::<Vec<_>>(), &Known::default());
        let taken: Vec<&Line> = file.iter().zip(&with).filter(|(_, outcome)| outcome.is_some()).map(|(line, _)| line).collect();
        let (without, _) = sorted(&taken, &Known::default());
        prop_assert_eq!(without, with.into_iter().filter(Option::is_some).collect::<Vec<_>>());
    }

    #[test]
    fn one_address_is_one_contact_of_a_client(file in lines()) {
        let (outcomes, after) = sorted(&file.iter().collect::<Vec<_>>(), &Known::default());
        let added = file.iter().zip(&outcomes).filter(|((.., contact), outcome)| contact.is_some() && outcome.is_some()).count();
        prop_assert_eq!(after.contacts.len(), added);
    }
}

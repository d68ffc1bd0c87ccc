//! From a spreadsheet to clients and contacts, and back (C1).

use crate::world::{Engine, Everything, World, both, run};
use std::io::Read as _;
use vestibule::access::{Actor, Permission};
use vestibule::act::App;
use vestibule::audit::{self, Counts, Entry};
use vestibule::base::id::ImportId;
use vestibule::base::text::{Email, Reason, Reference};
use vestibule::base::{Error, Result};
use vestibule::client::{self, Client, Status};
use vestibule::contact::{self, Contact};
use vestibule::db::Query;
use vestibule::import::clients::export::{Contents, Format, export};
use vestibule::import::progress::{Phase, follow};
use vestibule::import::{self, About, Download, Note, Preview, State, Upload, acts};
use vestibule::listing::{self, List};
use vestibule::staff::acts::Rights;
use vestibule::{link, portal_user};

const HEADER: &str = "Client reference,Client name,First name,Last name,Email,Title,Cell phone";

impl World {
    async fn prepares(&self, by: &Actor, text: &str) -> Result<Preview> {
        acts::prepare(&self.app, by, "contacts.csv", Upload::of_bytes(text.as_bytes()).await?).await
    }

    /// Prepares these rows below the usual header.
    async fn prepared(&self, rows: &str) -> Preview {
        self.prepares(&self.operator(), &format!("{HEADER}\n{rows}\n")).await.unwrap()
    }

    async fn imported(&self, rows: &str) -> Counts {
        let preview = self.prepared(rows).await;
        acts::confirm(&self.app, &self.operator(), preview.id).await.unwrap()
    }

    async fn client_called(&self, reference: &str) -> Option<Client> {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        client::store::look_for(&mut look, &Reference::parse(reference).unwrap()).await.unwrap()
    }

    async fn contact_at(&self, reference: &str, email: &str) -> Option<Contact> {
        let client = self.client_called(reference).await?;
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        contact::store::look_for(&mut look, client.id, &Email::parse(email).unwrap().key()).await.unwrap()
    }

    /// How many rows a list says that it has, and that this is how many there are.
    async fn tallied(&self, list: List) -> i64 {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        let facets = listing::tally(&mut look, list).await.unwrap();
        let text = match list {
            List::Clients => "SELECT facet, COUNT(*) FROM client WHERE business_id = $1 GROUP BY facet ORDER BY facet",
            _ => "SELECT facet, COUNT(*) FROM contact WHERE business_id = $1 GROUP BY facet ORDER BY facet",
        };
        let query = look.query(text);
        let counted: Vec<(String, i64)> = query.all(&mut look.tx).await.unwrap();
        assert_eq!(facets, counted);
        counted.iter().map(|(_, n)| n).sum()
    }

    async fn statement(&self, text: &'static str) {
        let mut tx = self.app.db.write().await.unwrap();
        Query::new(text).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}

fn text(download: Download) -> String {
    let mut text = String::new();
    let Download { mut file, .. } = download;
    file.read_to_string(&mut text).unwrap();
    text
}

fn counts(new: i64, changed: i64, unchanged: i64, refused: i64) -> Counts {
    Counts { new, changed, unchanged, refused }
}

fn refusal<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result.unwrap_err() {
        Error::Refused(why) => why.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Otherwise a first import of very many rows would take a table that fills for an empty one, and walk all of it for each row.
#[test]
fn c1_the_planner_of_postgres_is_told_of_the_rows_while_they_come() {
    run(Engine::Postgres, async |w| {
        let rows: Vec<String> = (0..1_200).map(|n| format!("C-{n},Client {n},Ann,Lee,ann{n}@example.com,,")).collect();
        assert_eq!(w.imported(&rows.join("\n")).await, counts(1_200, 0, 0, 0));
        let known = "SELECT relname::TEXT, reltuples::BIGINT FROM pg_class WHERE relname IN ('client', 'contact') ORDER BY relname";
        let mut tx = w.app.db.read().await.unwrap();
        let known: Vec<(String, i64)> = Query::new(known).all(&mut tx).await.unwrap();
        assert!(known.len() == 2 && known.iter().all(|(_, rows)| *rows >= 1_000), "{known:?}");
    });
}

both! {
    async fn c1_a_preview_shows_what_would_happen_and_writes_nothing(w: World) {
        w.imported("C-1,Bramble Civil,Devika,Rao,devika@example.com,Manager,0491 570 006\nC-1,,Marcus,Feld,marcus@example.com,,").await;
        let rows = [
            "C-1,Bramble Civil,Devika,Rao,DEVIKA@example.com,Director,",
            "C-1,,Marcus,Feld,marcus@example.com,,",
            "C-2,Coldstream Dairy,Samir,Haddad,samir@example.com,,",
            "C-1,,Ingrid,,ingrid@northbank,,",
        ];
        let preview = w.prepared(&rows.join("\n")).await;
        let found = &preview.findings;
        assert_eq!(found.counts, counts(1, 1, 1, 1));
        assert_eq!((found.clients.new, found.clients.unchanged), (1, 1));
        assert_eq!((found.contacts.new, found.contacts.changed, found.contacts.unchanged), (1, 1, 1));
        assert_eq!(found.format, "CSV, separated by commas, UTF-8");
        let changed: Vec<(&str, &str, &str)> =
            found.changed[0].changes.iter().map(|c| (c.what.as_str(), c.from.as_str(), c.to.as_str())).collect();
        assert_eq!(changed, [("Title", "Manager", "Director"), ("Cell phone", "0491 570 006", "")]);
        assert_eq!((found.changed[0].row, found.changed[0].who.as_str()), (2, "Devika Rao"));
        assert_eq!((found.new[0].row, found.new[0].note, found.new[0].client.as_str()), (4, Note::WithClient, "Coldstream Dairy"));
        assert_eq!((found.refused[0].row, found.refused[0].problems[0].column.as_str()), (5, "Email"));
        assert!(found.refused[0].problems[0].reason.contains("lacks the end of its domain"));

        assert!(w.client_called("C-2").await.is_none(), "nothing is written");
        assert_eq!(w.contact_at("C-1", "devika@example.com").await.unwrap().details.title.unwrap().as_str(), "Manager");
        assert_eq!(acts::preview(&w.app, &w.operator(), preview.id).await.unwrap().findings, preview.findings);

        let done = acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap();
        assert_eq!(done, found.counts);
        let devika = w.contact_at("C-1", "devika@example.com").await.unwrap();
        assert_eq!((devika.details.title.unwrap().as_str(), devika.details.cell_phone), ("Director", None));
        assert_eq!(devika.details.email.as_str(), "devika@example.com", "an address is kept as it was typed first");
        assert!(w.contact_at("C-2", "samir@example.com").await.is_some());
        assert_eq!((w.tallied(List::Clients).await, w.tallied(List::Contacts).await), (2, 3));
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let samir = w.client_called("C-2").await.unwrap();
        vestibule::group::store::default_of(&mut look, samir.id).await.unwrap();
    }

    async fn c1_it_is_in_the_audit_log_of_the_business_and_of_everybody_it_touched(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let first = w.prepares(&nadia.actor, &format!("{HEADER}\nC-1,Bramble,Devika,Rao,devika@example.com,Manager,")).await.unwrap();
        assert_eq!(first.by, nadia.actor.name());
        acts::confirm(&w.app, &nadia.actor, first.id).await.unwrap();
        w.imported("C-1,Bramble Civil,Devika,Rao,devika@example.com,Director,").await;
        let devika = w.contact_at("C-1", "devika@example.com").await.unwrap();
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let about = async |look: &mut vestibule::act::Look, id| -> Vec<String> {
            let found = audit::about(&mut look.tx, w.business.id, id, 10).await.unwrap();
            found.iter().map(|r| r.entry.as_ref().unwrap().sentence()).collect()
        };
        let added = "imported contacts.csv: 1 new, 0 changed, 0 unchanged, 0 refused";
        assert_eq!(about(&mut look, devika.id.0).await, ["changed the title from “Manager” to “Director”", added]);
        assert_eq!(
            about(&mut look, devika.client_id.0).await,
            ["changed the client name from “Bramble” to “Bramble Civil”", "changed the title from “Manager” to “Director”", added]
        );
        drop(look);
        assert!(w.audit().await.iter().any(|r| matches!(&r.entry, Some(Entry::Imported { counts: c, .. }) if c.changed == 1)));
    }

    async fn c1_what_is_not_in_the_file_is_left_alone(w: World) {
        let all = "Client reference,Client name,Client email,Client phone,Client status,Balance,First name,Last name,Email,Title,Cell phone,Office phone,Extension\n\
                   C-1,Bramble Civil,office@example.com,08 5550 0140,exited,12.50,Devika,Rao,devika@example.com,Manager,0491 570 006,08 5550 0141,12\n";
        let preview = w.prepares(&w.operator(), all).await.unwrap();
        acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap();
        for untouched in [
            "Client reference,Contact email\nC-1,devika@example.com\n",
            "Client reference,Client name,Client email,Balance,First name,Email\nC-1,,,,,devika@example.com\n",
            "Client reference,Email,Title,Extension\nC-1,devika@example.com\n",
            "reference;name;status\nc-1;Bramble Civil;former\n",
        ] {
            let preview = w.prepares(&w.operator(), untouched).await.unwrap();
            assert_eq!(preview.findings.counts, counts(0, 0, 1, 0), "{untouched}: {:?}", preview.findings);
        }
        let preview = w.prepares(&w.operator(), "Client reference,Email,Extension,Title\nC-1,devika@example.com,,Manager\n").await.unwrap();
        assert_eq!(preview.findings.counts, counts(0, 1, 0, 0), "an empty extension says that there is none");
        acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap();
        let devika = w.contact_at("C-1", "devika@example.com").await.unwrap();
        assert_eq!((devika.details.extension, devika.details.office_phone.unwrap().as_str()), (None, "08 5550 0141"));
        let client = w.client_called("C-1").await.unwrap();
        assert_eq!((client.balance_cents, client.status), (1_250, Status::Exited));
        assert_eq!(client.exited_at, Some(w.app.clock.now()));
    }

    async fn c1_rows_that_contradict_each_other_are_refused_with_both_numbers(w: World) {
        let rows = [
            "C-1,Bramble Civil,Devika,Rao,devika@example.com,,",
            "c-1,Bramble Civil,Devika,Rao,Devika@Example.com,,",
            "C-1,Bramble,Marcus,Feld,marcus@example.com,,",
            "C-2,,Samir,Haddad,samir@example.com,,",
            "C-2,Coldstream Dairy,Samir,Haddad,samir@example.com,,",
            "C-2,,,Solheim,ingrid@example.com,,",
            "C-3,Dockside,,,,,",
        ];
        let preview = w.prepared(&rows.join("\n")).await;
        let refused: Vec<(u32, &str)> =
            preview.findings.refused.iter().map(|r| (r.row, r.problems[0].reason.as_str())).collect();
        assert_eq!(refused.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [3, 4, 5, 7]);
        assert!(refused[0].1.contains("Row 2 has the same address"), "{}", refused[0].1);
        assert!(refused[1].1.contains("“Bramble”") && refused[1].1.contains("row 2 says “Bramble Civil”"), "{}", refused[1].1);
        assert!(refused[2].1.contains("No client has the reference “C-2” yet"), "{}", refused[2].1);
        assert!(refused[3].1.contains("not known yet"), "{}", refused[3].1);
        assert_eq!(preview.findings.counts, counts(3, 0, 0, 4));
        acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap();
        assert_eq!((w.tallied(List::Clients).await, w.tallied(List::Contacts).await), (3, 2));
    }

    async fn c1_a_client_that_later_rows_say_more_about_is_whole(w: World) {
        let text = "Client reference,Client name,Client phone,Client status,First name,Last name,Email\n\
                    C-1,Bramble Civil,,,Devika,Rao,devika@example.com\nC-1,,08 5550 0140,,Marcus,Feld,marcus@example.com\n\
                    C-1,,,exited,Ann,Lee,ann@example.com\n";
        let preview = w.prepares(&w.operator(), text).await.unwrap();
        assert_eq!(preview.findings.counts, counts(3, 0, 0, 0));
        assert_eq!(preview.findings.clients.new, 1);
        acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap();
        let client = w.client_called("C-1").await.unwrap();
        assert_eq!((client.phone.unwrap().as_str(), client.status), ("08 5550 0140", Status::Exited));
        assert_eq!(w.tallied(List::Clients).await, 1);
        assert_eq!(w.prepares(&w.operator(), text).await.unwrap().findings.counts, counts(0, 0, 3, 0));
    }

    async fn c1_a_failure_in_the_middle_leaves_nothing_and_it_can_be_confirmed_again(w: World) {
        let row = |n: u32, last: &str| format!("C-{n},Client {n},Ann,{last},ann@c{n}.example.com,,");
        let mut rows: Vec<String> = (1..=2_500).map(|n| row(n, "Lee")).collect();
        rows.push(row(2_501, "Two"));
        let preview = w.prepared(&rows.join("\n")).await;
        // Two rows of one email: the database itself stops the act, after thousands of rows were written.
        w.statement("CREATE UNIQUE INDEX stop ON contact (business_id, email_key, last_name)").await;
        w.statement("CREATE UNIQUE INDEX stop_too ON client (business_id, name_key)").await;
        w.client("Client 2501").await;
        let before = (w.tallied(List::Clients).await, w.audit().await.len());
        acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap_err();
        assert_eq!((w.tallied(List::Clients).await, w.audit().await.len()), before, "all or nothing");
        assert_eq!(w.tallied(List::Contacts).await, 0);
        let laid_back = acts::preview(&w.app, &w.operator(), preview.id).await.unwrap();
        assert_eq!(laid_back.state, State::Ready);
        assert!(laid_back.error.is_some());
        w.statement("DROP INDEX stop_too").await;
        assert_eq!(acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap(), counts(2_501, 0, 0, 0));
        assert_eq!((w.tallied(List::Clients).await, w.tallied(List::Contacts).await), (2_502, 2_501));
        assert_eq!(acts::preview(&w.app, &w.operator(), preview.id).await.unwrap().error, None);
    }

    async fn c1_what_others_changed_since_the_preview_is_shown_before_anything_is_written(w: World) {
        w.imported("C-1,Bramble Civil,Devika,Rao,devika@example.com,Manager,").await;
        let preview = w.prepared("C-1,,Devika,Rao,devika@example.com,Owner,\nC-1,,Marcus,Feld,marcus@example.com,,").await;
        // The counts stay the same: what the row overwrites does not.
        w.imported("C-1,,Devika,Rao,devika@example.com,Director,").await;
        let why = refusal(acts::confirm(&w.app, &w.operator(), preview.id).await);
        assert!(why.contains("nothing was imported") && why.contains("look at it again"), "{why}");
        assert!(w.contact_at("C-1", "marcus@example.com").await.is_none());
        let fresh = acts::preview(&w.app, &w.operator(), preview.id).await.unwrap();
        assert_eq!((fresh.state, fresh.error.as_deref()), (State::Ready, Some(why.as_str())));
        assert_eq!(fresh.findings.changed[0].changes[0].from, "Director");
        acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap();
        assert_eq!(w.contact_at("C-1", "devika@example.com").await.unwrap().details.title.unwrap().as_str(), "Owner");
    }

    async fn c1_a_conflicting_row_between_preview_and_confirm_stops_all_of_it(w: World) {
        let preview = w.prepared("C-1,Bramble Civil,Devika,Rao,devika@example.com,,\nC-2,Coldstream,Samir,Haddad,samir@example.com,,").await;
        let coldstream = w.client("C-2").await;
        w.contact("samir@example.com", &coldstream).await;
        refusal(acts::confirm(&w.app, &w.operator(), preview.id).await);
        assert!(w.client_called("C-1").await.is_none());
        assert_eq!(w.client_called("C-2").await.unwrap().name.as_str(), "C-2");
    }

    async fn c1_confirmed_twice_at_once_it_is_imported_once(w: World) {
        let preview = w.prepared("C-1,Bramble Civil,Devika,Rao,devika@example.com,,").await;
        let by = w.operator();
        let other_node = App::new(w.app.config.clone(), w.app.clock.clone()).unwrap();
        let (one, two) =
            futures_util::future::join(acts::confirm(&w.app, &by, preview.id), acts::confirm(&other_node, &by, preview.id)).await;
        let (done, refused): (Vec<_>, Vec<_>) = [one, two].into_iter().partition(Result::is_ok);
        assert_eq!((done.len(), refused.len()), (1, 1));
        for refused in refused {
            let why = refusal(refused);
            assert!(why.contains("at this moment") || why.contains("already"), "{why}");
        }
        let again = refusal(acts::confirm(&other_node, &by, preview.id).await);
        assert!(again.contains("imported already"), "{again}");
        assert_eq!(acts::preview(&other_node, &by, preview.id).await.unwrap().state, State::Done);
        assert_eq!(w.tallied(List::Contacts).await, 1);
        other_node.db.close().await;
    }

    async fn c1_an_import_whose_server_died_can_be_confirmed_again_when_its_lease_has_run_out(w: World) {
        let preview = w.prepared("C-1,Bramble Civil,Devika,Rao,devika@example.com,,").await;
        let mut tx = w.app.db.write().await.unwrap();
        Query::new("UPDATE import SET state = 'running', lease_until = $2 WHERE business_id = $1")
            .bind(w.business.id)
            .bind(w.app.clock.now().plus_seconds(60))
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert!(refusal(acts::confirm(&w.app, &w.operator(), preview.id).await).contains("at this moment"));
        assert!(follow(preview.id).is_none(), "it is not running here");
        w.pass(61);
        assert_eq!(acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap().new, 1);
    }

    async fn c1_how_far_it_is_can_be_followed(w: World) {
        let rows: Vec<String> = (0..3_000).map(|n| format!("C-{},Client {},Ann,Lee,ann{n}@example.com,,", n / 10, n / 10)).collect();
        let preview = w.prepared(&rows.join("\n")).await;
        assert!(follow(preview.id).is_none());
        let import = acts::start(&w.app, &w.operator(), preview.id).await.unwrap();
        let mut progress = follow(preview.id).unwrap();
        let mut seen = vec![*progress.borrow_and_update()];
        while progress.changed().await.is_ok() {
            seen.push(*progress.borrow_and_update());
        }
        assert_eq!(import.await.unwrap().unwrap().new, 3_000);
        assert!(seen.windows(2).all(|two| two[0].done <= two[1].done && two[0].phase <= two[1].phase), "{seen:?}");
        let last = seen.last().unwrap();
        assert!(last.phase >= Phase::Writing && last.total == 3_000, "{seen:?}");
        assert!(follow(preview.id).is_none());
    }

    async fn rule_5_a_blocked_contact_stays_blocked_and_a_new_one_of_its_address_arrives_blocked(w: World) {
        w.imported("C-1,Bramble Civil,Devika,Rao,devika@example.com,Manager,\nC-2,Coldstream,Devika,Rao,devika@example.com,,").await;
        let devika = w.contact_at("C-1", "devika@example.com").await.unwrap();
        let blocked = link::acts::block(&w.app, &w.operator(), devika.id, Some(Reason::parse("Changed employer").unwrap())).await.unwrap();
        w.imported("C-1,,Devika,Rao,DEVIKA@example.com,Director,").await;
        let after = w.contact_now(devika.id).await;
        assert_eq!((after.details.title.as_ref().unwrap().as_str(), after.portal.clone()), ("Director", blocked.portal.clone()));
        // Staff give the blocked contact another address; the file still has the old one.
        let details = contact::Details { email: Email::parse("rao@example.com").unwrap(), ..after.details.clone() };
        link::acts::edit_contact(&w.app, &w.operator(), devika.id, after.version, details).await.unwrap();
        let preview = w.prepared("C-1,,Devika,Rao,devika@example.com,,\nC-2,,Devika,Rao,devika@example.com,,").await;
        assert_eq!((preview.findings.stay_blocked, preview.findings.new[0].note), (1, Note::Blocked));
        acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap();
        let again = w.contact_at("C-1", "devika@example.com").await.unwrap();
        assert_eq!(again.blocked().unwrap().because, "Changed employer");
        assert!(w.contact_at("C-2", "devika@example.com").await.unwrap().blocked().is_none(), "only at that client");
        w.tallied(List::Contacts).await;
    }

    async fn a_renamed_client_is_renamed_everywhere(w: World) {
        w.imported("C-1,Bramble,Devika,Rao,devika@example.com,,\nC-1,,Marcus,Feld,marcus@example.com,,").await;
        let devika = w.contact_at("C-1", "devika@example.com").await.unwrap();
        let invitation = w.invite(&w.operator(), &devika).await;
        let devika = w.accepts(&devika, &invitation).await;
        w.imported("C-1,,Ann,Lee,ann@example.com,,\nC-1,Bramble Civil,,,,,").await;
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        assert_eq!(portal_user::store::find(&mut look, devika.user).await.unwrap().company, "Bramble Civil");
        drop(look);
        for email in ["devika@example.com", "marcus@example.com", "ann@example.com"] {
            let contact = w.contact_at("C-1", email).await.unwrap();
            assert_eq!(contact.company, "Bramble Civil");
            let mut look = w.app.look_at(w.business.id).await.unwrap();
            let query = look.query("SELECT search FROM contact WHERE business_id = $1 AND id = $2").bind(contact.id);
            let (search,): (String,) = query.one(&mut look.tx, "The contact").await.unwrap();
            assert_eq!(search, contact.details.search_text("Bramble Civil"));
        }
        assert!(w.door_of(&devika.token, devika.client).await.is_ok(), "the link is as it was");
    }

    async fn s44_imports_of_two_businesses_do_not_mix(w: World) {
        let other = w.another("Northbank Events").await;
        let mine = w.prepared("C-1,Bramble Civil,Devika,Rao,devika@example.com,,").await;
        other.imported("C-1,Quite Another,Devika,Rao,devika@example.com,Owner,").await;
        assert_eq!(acts::confirm(&w.app, &w.operator(), mine.id).await.unwrap(), counts(1, 0, 0, 0), "nothing of mine has changed");
        assert_eq!(w.client_called("C-1").await.unwrap().name.as_str(), "Bramble Civil");
        assert_eq!(w.contact_at("C-1", "devika@example.com").await.unwrap().details.title, None);
        let by = other.operator();
        let not_found = |result: Result<()>| assert!(matches!(result, Err(Error::NotFound(_))), "{result:?}");
        not_found(acts::preview(&w.app, &by, mine.id).await.map(drop));
        not_found(acts::confirm(&w.app, &by, mine.id).await.map(drop));
        not_found(acts::refused_file(&w.app, &by, mine.id).await.map(drop));
        assert!(acts::latest(&w.app, &by, About::People, 10).await.unwrap().iter().all(|import| import.id != mine.id));
        let theirs = text(export(&w.app, &by, Contents::ClientsAndContacts, Format::Csv).await.unwrap());
        assert!(theirs.contains("Quite Another") && !theirs.contains("Bramble"), "{theirs}");
    }

    async fn only_who_is_permitted_imports_and_exports(w: World) {
        let mine = w.prepared("C-1,Bramble Civil,Devika,Rao,devika@example.com,,").await;
        let omar = w.staff("omar").may(Rights::Only(vec![Permission::ClientsView, Permission::ClientsEdit])).await.actor;
        let forbidden = |result: Result<()>| assert!(matches!(result, Err(Error::Forbidden(_))), "{result:?}");
        forbidden(w.prepares(&omar, HEADER).await.map(drop));
        forbidden(acts::preview(&w.app, &omar, mine.id).await.map(drop));
        forbidden(acts::confirm(&w.app, &omar, mine.id).await.map(drop));
        forbidden(acts::latest(&w.app, &omar, About::People, 1).await.map(drop));
        forbidden(acts::refused_file(&w.app, &omar, mine.id).await.map(drop));
        forbidden(export(&w.app, &omar, Contents::Clients, Format::Csv).await.map(drop));
        assert!(w.client_called("C-1").await.is_none());
    }

    async fn a_file_that_cannot_be_used_says_why_and_leaves_nothing(w: World) {
        for (file, word) in [
            ("", "empty"),
            ("Client name,First name\nBramble,Devika", "“Client reference”"),
            ("C-1,Bramble Civil,Devika\nC-2,Coldstream,Samir", "“C-1”"),
            (HEADER, "no rows follow"),
            ("%PDF-1.7", "PDF"),
        ] {
            let Err(Error::Invalid(problems)) = w.prepares(&w.operator(), file).await else { panic!("{file} was taken") };
            assert!(problems.of("file").unwrap().contains(word), "{problems}");
        }
        assert!(acts::latest(&w.app, &w.operator(), About::People, 10).await.unwrap().is_empty());
    }

    async fn refused_rows_come_back_as_a_file_to_mend(w: World) {
        let text_in = "Klient;Client ref;E-mail;First name;Last name;Client name\n\
                       x;C-1;=devika;Devika;Rao;Bramble\n y;C-1;marcus@example.com;Marcus;Feld;Bramble\nz;C-2;a@b;\"A; n\";Lee;Coldstream";
        let preview = w.prepares(&w.operator(), text_in).await.unwrap();
        assert_eq!(preview.findings.counts, counts(1, 0, 0, 2));
        assert_eq!(preview.findings.ignored, ["Klient"]);
        let file = acts::refused_file(&w.app, &w.operator(), preview.id).await.unwrap();
        assert_eq!((file.name.as_str(), file.media_type), ("contacts-refused.csv", "text/csv; charset=utf-8"));
        let refused = text(file);
        let lines: Vec<&str> = refused.lines().collect();
        assert_eq!(lines[0], "\u{feff}\"Klient\",\"Client ref\",\"E-mail\",\"First name\",\"Last name\",\"Client name\",\"Row\",\"Problem\"");
        assert!(lines[1].starts_with(r#""x","C-1","'=devika","Devika","Rao","Bramble","2","Email: “=devika” is not an email"#), "{}", lines[1]);
        assert!(lines[2].starts_with(r#""z","C-2","a@b","A; n","Lee","Coldstream","4","Email:"#), "{}", lines[2]);
        assert_eq!(lines.len(), 3);
        let mended = refused.replace("'=devika", "devika@example.com").replace("a@b", "ann@example.com");
        assert_eq!(w.prepares(&w.operator(), &mended).await.unwrap().findings.counts, counts(2, 0, 0, 0));
    }

    async fn s55_an_export_runs_nothing_and_comes_back_unchanged(w: World) {
        let all = "Client reference,Client name,Client email,Client phone,Client status,Balance,First name,Last name,Email,Title,Cell phone,Office phone,Extension\n\
                   C-1,\"=cmd|' /C calc'!A0\",=office@example.com,+61 8 5550 0140,active,-12.50,Zoë,\"O'Brien, \"\"Zed\"\"\",zoe@example.com,@home,0491 570 006,+61 8 5550,-1\n\
                   C-1,,,,,,Marcus,'=Feld,marcus@example.com,''-Lead,,,\n\
                   +C-2,Quill;=1+1,,,exited,1234567.89,,,,,,,\n";
        // What begins like a formula comes in behind an apostrophe, as a spreadsheet writes it; `'=Feld` is Feld's own.
        let preview = w.prepares(&w.operator(), all).await.unwrap();
        assert_eq!(preview.findings.counts, counts(3, 0, 0, 0), "{:?}", preview.findings.refused);
        acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap();

        let csv = text(export(&w.app, &w.operator(), Contents::ClientsAndContacts, Format::Csv).await.unwrap());
        let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        for row in reader.records() {
            for (cell, column) in row.unwrap().iter().zip(0..) {
                let own_number = column == 5 && cell.parse::<f64>().is_ok();
                assert!(own_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell} would run");
            }
        }
        // Opened with another separator, or by a program that does not heed quotation marks.
        for separator in [',', ';', '\t', '|'] {
            for cell in csv.trim_start_matches('\u{feff}').lines().flat_map(|line| line.split(separator)) {
                let cell = cell.trim_matches('"');
                let own_number = cell.parse::<f64>().is_ok();
                assert!(own_number || !cell.starts_with(['=', '+', '-', '@']), "{cell} would run behind {separator}");
            }
        }
        assert!(csv.contains("'=cmd|") && csv.contains("'+61 8 5550 0140") && csv.contains("'@home"), "{csv}");
        for format in [Format::Csv, Format::Xlsx] {
            for contents in [Contents::ClientsAndContacts, Contents::Clients] {
                let mut exported = export(&w.app, &w.operator(), contents, format).await.unwrap();
                let mut bytes = Vec::new();
                exported.file.read_to_end(&mut bytes).unwrap();
                let upload = Upload::of_bytes(&bytes).await.unwrap();
                let back = acts::prepare(&w.app, &w.operator(), &exported.name, upload).await.unwrap();
                let rows = if contents == Contents::Clients { 2 } else { 3 };
                assert_eq!(back.findings.counts, counts(0, 0, rows, 0), "{format:?} {contents:?}: {:?}", back.findings);
            }
        }
        let told = w.audit().await;
        assert!(told.iter().any(|r| matches!(&r.entry, Some(Entry::Exported { what, rows: 3 }) if what == "clients and contacts")));
    }

    async fn the_sample_is_taken_whole(w: World) {
        let upload = Upload::of_bytes(import::SAMPLE).await.unwrap();
        let preview = acts::prepare(&w.app, &w.operator(), import::SAMPLE_NAME, upload).await.unwrap();
        assert_eq!((preview.findings.counts.refused, preview.findings.ignored.len()), (0, 0), "{:?}", preview.findings.refused);
        assert!(preview.findings.counts.new >= 25);
        acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap();
        let upload = Upload::of_bytes(import::SAMPLE).await.unwrap();
        let again = acts::prepare(&w.app, &w.operator(), import::SAMPLE_NAME, upload).await.unwrap();
        assert_eq!(again.findings.counts.unchanged, preview.findings.counts.new);
        assert!(w.contact_at("C-1262", "tess@copperlane.example.com").await.is_some_and(|tess| tess.company == "Copperlane Café"));
    }

    async fn files_are_removed_after_a_day(w: World) {
        let old = w.prepared("C-1,Bramble Civil,Devika,Rao,devika@example.com,,").await;
        let done = w.prepared("C-2,Coldstream,Samir,Haddad,samir@example.com,,").await;
        acts::confirm(&w.app, &w.operator(), done.id).await.unwrap();
        w.pass(20 * 3_600);
        let young = w.prepared("C-3,Dockside,Tamsin,Gould,tamsin@example.com,,").await;
        w.pass(5 * 3_600);
        acts::sweep(&w.app).await.unwrap();
        let left: Vec<ImportId> = acts::latest(&w.app, &w.operator(), About::People, 10).await.unwrap().iter().map(|i| i.id).collect();
        assert_eq!(left, [young.id, done.id], "what was never confirmed goes, what was done stays to be read");
        assert!(matches!(acts::preview(&w.app, &w.operator(), old.id).await, Err(Error::NotFound(_))));
        assert!(refusal(acts::refused_file(&w.app, &w.operator(), done.id).await).contains("Upload it again"));
        acts::confirm(&w.app, &w.operator(), young.id).await.unwrap();
    }

    async fn s56_a_name_that_is_a_web_address_is_refused_in_its_row(w: World) {
        let preview = w.prepared("BRC-01,Bramble Civil,https://evil.example,Rao,devika@bramble.test,,\nBRC-01,Bramble Civil,Omar,www.evil.example,omar@bramble.test,,").await;
        let told: Vec<(u32, String)> =
            preview.findings.refused.iter().map(|row| (row.row, format!("{} {}", row.problems[0].column, row.problems[0].reason))).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].1.starts_with("First name ") && told[0].1.contains("web addresses"), "{told:?}");
        assert!(told[1].1.starts_with("Last name ") && told[1].1.contains("web addresses"), "{told:?}");
    }
}

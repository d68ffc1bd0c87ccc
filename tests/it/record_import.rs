//! Records from a spreadsheet, with the files that its rows name: previewed, then all of it or none.

use crate::world::{Engine, Everything, Person, World, both, run};
use axum::http::{StatusCode, header};
use std::collections::HashMap;
use std::io::{Cursor, Write as _};
use tempfile::TempDir;
use vestibule::access::{Actor, Permission, RecordKind, Sight};
use vestibule::audit::{self, Counts};
use vestibule::base::{Error, Result};
use vestibule::client::Client;
use vestibule::db::Query;
use vestibule::import::records::attachments::Source;
use vestibule::import::{About, Preview, State, Upload, acts};
use vestibule::record::{self, Record, Sharing, Stage, tell};
use vestibule::staff::acts::Rights;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n";
const HEADER: &str =
    "Client reference,Kind,Number,Description,Date,Due,Amount,Currency,State,Shared with,Attachments,Details";

/// A ZIP archive of these files.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn counts(new: i64, changed: i64, unchanged: i64, refused: i64) -> Counts {
    Counts { new, changed, unchanged, refused }
}

/// What is wrong with each refused row: its number, and the columns with the reasons.
fn wrong(preview: &Preview) -> HashMap<u32, String> {
    let rows = preview.findings.refused.iter();
    rows.map(|row| {
        let problems: Vec<String> = row.problems.iter().map(|p| format!("{}: {}", p.column, p.reason)).collect();
        (row.row, problems.join(" "))
    })
    .collect()
}

impl World {
    /// Prepares these rows below the usual header, with an archive of these files.
    async fn prepares_records(&self, by: &Actor, rows: &str, files: Option<&[u8]>) -> Result<Preview> {
        let table = Upload::of_bytes(format!("{HEADER}\n{rows}\n").as_bytes()).await?;
        let source = match files {
            Some(bytes) => Source::Archive(Upload::of_bytes(bytes).await?),
            None => Source::Nothing,
        };
        acts::prepare_records(&self.app, by, "records.csv", table, source).await
    }

    async fn prepared_records(&self, rows: &str, files: &[(&str, &[u8])]) -> Preview {
        let files = (!files.is_empty()).then(|| archive(files));
        self.prepares_records(&self.operator(), rows, files.as_deref()).await.unwrap()
    }

    async fn imports_records(&self, rows: &str, files: &[(&str, &[u8])]) -> Counts {
        let preview = self.prepared_records(rows, files).await;
        acts::confirm(&self.app, &self.operator(), preview.id).await.unwrap()
    }

    async fn record_of(&self, client: &Client, kind: RecordKind, number: &str) -> Option<Record> {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        record::store::look_for(&mut look, client.id, kind, &number.to_lowercase()).await.unwrap()
    }

    async fn files_of(&self, record: &Record) -> Vec<String> {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        let files = record::files::of(&mut look, record.id).await.unwrap();
        files.iter().map(|file| format!("{} {}", file.name, file.kind.code())).collect()
    }

    async fn is_mailed_about_invoices(&self, person: &Person) {
        let about = [RecordKind::Invoice].into_iter().collect();
        tell::choose(&self.app, &self.operator(), person.contact, about).await.unwrap();
    }
}

/// Otherwise an import of very many records would take a table that fills for an empty one, and walk all of it for each row.
#[test]
fn u3_the_planner_of_postgres_is_told_of_the_records_while_they_come() {
    run(Engine::Postgres, async |w| {
        let client = w.client("C-1").await;
        w.seeing_group(&client, "Crew", Sight::everything()).await;
        w.person("omar@client.test", &client).await;
        let row = |n: usize| {
            format!("C-1,document,{n},Cartage,2026-11-03,,,,,{},{n}.txt,", ["Crew", "omar@client.test"][n % 2])
        };
        let rows: Vec<String> = (0..1_200).map(row).collect();
        let names: Vec<String> = (0..1_200).map(|n| format!("{n}.txt")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), name.as_bytes())).collect();
        assert_eq!(w.imports_records(&rows.join("\n"), &files).await, counts(1_200, 0, 0, 0));
        let known = "SELECT relname::TEXT, reltuples::BIGINT FROM pg_class
             WHERE relname IN ('record', 'record_group', 'record_contact', 'record_file') ORDER BY relname";
        let mut tx = w.app.db.read().await.unwrap();
        let known: Vec<(String, i64)> = Query::new(known).all(&mut tx).await.unwrap();
        assert!(known.len() == 4 && known.iter().all(|(_, rows)| *rows >= 500), "{known:?}");
    });
}

both! {
    async fn u3_records_come_in_with_their_files_and_reach_only_their_readers(w: World) {
        let client = w.client("Bellweather").await;
        let crew = w.seeing_group(&client, "Site crew", Sight::everything()).await;
        let (omar, lucy) = (w.person("omar@client.test", &client).await, w.person("lucy@client.test", &client).await);
        w.puts_into(&lucy, crew).await;
        let rows = "bellweather,Invoice,20418,\"Cartage, October\",2026-11-03,24/11/2026,\"4,862.00\",aud,,,20418.pdf,Tip fees included.
Bellweather,docket,D-1,Load 14,2026-10-30,,,,signed,site crew,D-1.pdf; photos/D-1.txt,
Bellweather,document,Lease,Lease 2026,2026-11-22,,,,,omar@client.test,,
Nowhere,document,Plan,Plan,2026-11-22,,,,,,,";
        let files: [(&str, &[u8]); 5] = [
            ("november/20418.pdf", PDF),
            ("november/D-1.PDF", b"%PDF-1.7\nD-1"),
            ("november/photos/D-1.txt", b"a photo"),
            ("november/draft.pdf", PDF),
            ("__MACOSX/._20418.pdf", b"litter"),
        ];
        let preview = w.prepared_records(rows, &files).await;
        let found = &preview.findings;
        assert_eq!((preview.about, found.counts, found.files), (About::Records, counts(3, 0, 0, 1), 3));
        assert_eq!((found.unnamed.as_slice(), found.unnamed_count), (["november/draft.pdf".to_owned()].as_slice(), 1));
        assert_eq!((found.refused[0].row, found.refused[0].who.as_str()), (5, "document Plan, Nowhere"));
        assert!(wrong(&preview)[&5].contains("No client has the reference “Nowhere”"), "{:?}", wrong(&preview));
        assert_eq!((found.new[1].who.as_str(), found.new[1].more.as_str()), ("docket D-1", "Load 14. For Site crew. With D-1.PDF, D-1.txt."));
        assert!(w.record_of(&client, RecordKind::Invoice, "20418").await.is_none(), "nothing is written");
        assert_eq!(acts::preview(&w.app, &w.operator(), preview.id).await.unwrap().findings, preview.findings);

        // Whoever confirms it needs no archive, on whichever node.
        let done = acts::confirm(&w.another_node().await.app, &w.operator(), preview.id).await.unwrap();
        assert_eq!(done, found.counts);
        let invoice = w.record_of(&client, RecordKind::Invoice, "20418").await.unwrap();
        assert_eq!((invoice.details.amount.unwrap().cents, invoice.details.stage, &invoice.sharing), (486_200, Stage::Open, &Sharing::Client));
        assert_eq!((invoice.details.text.as_str(), w.files_of(&invoice).await), ("Tip fees included.", vec!["20418.pdf pdf".to_owned()]));
        let docket = w.record_of(&client, RecordKind::Docket, "D-1").await.unwrap();
        assert_eq!((docket.details.stage, &docket.sharing), (Stage::Signed, &Sharing::Groups(vec![crew])));
        assert_eq!(w.files_of(&docket).await, ["D-1.PDF pdf", "D-1.txt text"]);
        let base = format!("/portal/{}/clients/{}", w.business.slug, client.id);
        let (mut as_omar, mut as_lucy) = (w.portal(&omar.token), w.portal(&lucy.token));
        assert!(as_omar.get(&format!("{base}/invoices")).await.body.contains("20418"));
        assert!(as_omar.get(&format!("{base}/documents")).await.body.contains("Lease 2026"));
        assert!(!as_lucy.get(&format!("{base}/documents")).await.body.contains("Lease 2026"));
        assert!(as_lucy.get(&format!("{base}/dockets")).await.body.contains("D-1"));
        assert_eq!(as_omar.get(&format!("{base}/dockets/{}", docket.id)).await.status, StatusCode::NOT_FOUND);
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let file = record::files::of(&mut look, invoice.id).await.unwrap().remove(0);
        for subject in [invoice.id.0, client.id.0] {
            let told = audit::about(&mut look.tx, w.business.id, subject, 1).await.unwrap().remove(0);
            assert_eq!(told.entry.unwrap().sentence(), "imported records.csv: 3 new, 0 changed, 0 unchanged, 1 refused");
        }
        drop(look);
        let handed = as_omar.get(&format!("{base}/invoices/{}/files/{}", invoice.id, file.id)).await;
        assert_eq!((handed.status, handed.body.as_bytes()), (StatusCode::OK, PDF));
        assert!(handed.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment; filename=\"20418.pdf\""));
        w.audit().await;

        // A day later the import's own copy is let go; what the records have stays.
        for _ in 0..2 {
            w.pass(86_401);
            w.sweep().await;
        }
        assert!(w.app.files.read(w.business.id, &file.digest).await.is_ok());
        let left: i64 = {
            let mut look = w.app.look_at(w.business.id).await.unwrap();
            let query = look.query("SELECT COUNT(*) FROM import_file WHERE business_id = $1");
            let (n,): (i64,) = query.one(&mut look.tx, "the rows").await.unwrap();
            n
        };
        assert_eq!(left, 0);
    }

    async fn s44_a_row_gets_the_file_that_it_names_and_none_that_is_called_nearly_so(w: World) {
        w.client("C-1").await;
        let other = w.client("C-2").await;
        let rows = "C-1,document,1,Statement,2026-11-22,,,,,,Muller.pdf,
C-2,document,2,Statement,2026-11-22,,,,,,Müller.pdf,
C-2,document,3,Plan,2026-11-22,,,,,,ELEVATION.pdf,
C-2,document,4,Plan,2026-11-22,,,,,,Ångström.pdf,";
        // The last is written letter by letter, with its marks apart, as some systems keep names.
        let files: [(&str, &[u8]); 3] = [("Muller.pdf", PDF), ("elevation.pdf", PDF), ("A\u{30a}ngstro\u{308}m.pdf", PDF)];
        let preview = w.prepared_records(rows, &files).await;
        assert_eq!(preview.findings.counts, counts(3, 0, 0, 1));
        assert!(wrong(&preview)[&3].contains("Müller.pdf is not among the files"), "{:?}", wrong(&preview));
        acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap();
        assert!(w.record_of(&other, RecordKind::Document, "2").await.is_none());
    }

    async fn s55_a_place_in_an_archive_is_shown_on_one_line_and_kept(w: World) {
        w.client("C-1").await;
        let mut zip = archive(&[("aXb/x.pdf", PDF)]);
        for at in 0..zip.len() - 3 {
            if &zip[at..at + 3] == b"aXb" {
                zip[at + 1] = 0;
            }
        }
        let preview = w.prepares_records(&w.operator(), "C-1,document,1,Lease,2026-11-22,,,,,,x.pdf,", Some(&zip)).await.unwrap();
        let said = wrong(&preview)[&2].clone();
        assert!(said.contains("a\u{fffd}b/x.pdf is in the archive, but its name holds signs that no name has"), "{said}");
    }

    async fn s57_a_file_that_cannot_be_shared_refuses_its_row_and_no_other(w: World) {
        w.client("C-1").await;
        let zeros = vec![b'0'; 26 * 1024 * 1024];
        let files: [(&str, &[u8]); 12] = [
            ("fine.pdf", PDF),
            ("logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"),
            ("logo.png", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            ("run.exe", b"MZ\x90\x00\x03\x00\x00\x00"),
            ("lease.png", PDF),
            ("bomb.txt", &zeros),
            ("empty.txt", b""),
            ("../outside.pdf", PDF),
            ("/root.pdf", PDF),
            ("a/same.pdf", PDF),
            ("b/same.pdf", b"%PDF-1.7\nother"),
            ("CASE.pdf", PDF),
        ];
        let named = [
            "fine.pdf",
            "logo.svg",
            "logo.png",
            "run.exe",
            "lease.png",
            "bomb.txt",
            "empty.txt",
            "outside.pdf",
            "../outside.pdf",
            "root.pdf",
            "same.pdf",
            "b/same.pdf",
            "missing.pdf",
            "case.PDF",
            "fine.pdf; CASE.pdf",
        ];
        let rows: Vec<String> =
            named.iter().enumerate().map(|(n, file)| format!("C-1,document,{n},A,2026-11-22,,,,,,{file},")).collect();
        let preview = w.prepared_records(&rows.join("\n"), &files).await;
        let wrong = wrong(&preview);
        let why = |file: &str| {
            let row = u32::try_from(named.iter().position(|name| *name == file).unwrap()).unwrap() + 2;
            wrong.get(&row).cloned().unwrap_or_default()
        };
        for (file, words) in [
            ("logo.svg", "is not a kind of file that can be shared"),
            ("logo.png", "is not a kind of file that can be shared"),
            ("run.exe", "is not a kind of file that can be shared"),
            ("lease.png", "ends in .pdf"),
            ("bomb.txt", "larger than 25 MB unpacked"),
            ("empty.txt", "The file is empty"),
            ("outside.pdf", "lies outside of the archive’s own folders"),
            ("../outside.pdf", "leads out of the archive"),
            ("root.pdf", "lies outside"),
            ("same.pdf", "Several files are called same.pdf: a/same.pdf, b/same.pdf"),
            ("missing.pdf", "is not among the files"),
        ] {
            assert!(why(file).starts_with("Attachments: ") && why(file).contains(words), "{file}: {}", why(file));
        }
        for fine in ["fine.pdf", "b/same.pdf", "case.PDF", "fine.pdf; CASE.pdf"] {
            assert_eq!(why(fine), "", "{fine}");
        }
        assert_eq!((preview.findings.counts, preview.findings.files), (counts(4, 0, 0, 11), 5));
        assert_eq!(acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap().new, 4);

        let none = w.prepared_records("C-1,document,new,A,2026-11-22,,,,,,a.pdf,", &[]).await;
        assert!(self::wrong(&none)[&2].contains("no files were handed in"), "{:?}", none.findings.refused);
        for (bytes, word) in [(&b"not an archive"[..], "not a ZIP archive"), (&b"PK\x05\x06 cut"[..], "damaged")] {
            let refused = w.prepares_records(&w.operator(), &rows[0], Some(bytes)).await.unwrap_err();
            let Error::Invalid(problems) = refused else { panic!("{refused:?}") };
            assert!(problems.of("attachments").unwrap().contains(word), "{problems:?}");
        }
    }

    async fn what_is_known_is_changed_and_what_a_row_does_not_say_stays(w: World) {
        let client = w.client("C-1").await;
        let other = w.client("C-2").await;
        let (ana, theirs) = (w.contact("ana@client.test", &client).await, w.contact("eva@other.test", &other).await);
        w.seeing_group(&other, "Their crew", Sight::everything()).await;
        let first = "C-1,invoice,20418,Cartage,2026-11-03,2026-11-24,10.00,AUD,,ana@client.test,a.txt,Two loads";
        assert_eq!(w.imports_records(first, &[("a.txt", b"one")]).await, counts(1, 0, 0, 0));
        // The same again, without the archive: nothing is different.
        assert_eq!(w.imports_records(first, &[]).await, counts(0, 0, 1, 0));
        let change = "C-1,INVOICES,20418,,,,,,paid,,b.txt,";
        let preview = w.prepared_records(change, &[("b.txt", b"two")]).await;
        let changes: Vec<(&str, &str, &str)> = preview.findings.changed[0]
            .changes
            .iter()
            .map(|change| (change.what.as_str(), change.from.as_str(), change.to.as_str()))
            .collect();
        assert_eq!(changes, [("State", "open", "paid"), ("Attachments", "", "b.txt")]);
        acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap();
        let invoice = w.record_of(&client, RecordKind::Invoice, "20418").await.unwrap();
        assert_eq!((invoice.details.stage, invoice.details.text.as_str(), invoice.version), (Stage::Paid, "Two loads", 2));
        assert_eq!((&invoice.sharing, w.files_of(&invoice).await), (&Sharing::Contacts(vec![ana.id]), vec!["a.txt text".into(), "b.txt text".into()]));
        let told: Vec<String> = w.audit().await.iter().take(3).map(|told| told.entry.as_ref().unwrap().sentence()).collect();
        assert!(told[0].starts_with("imported records.csv: 0 new, 1 changed"), "{told:?}");
        assert!(told[1].contains("b.txt") && told[2] == "invoice 20418: changed the state from “open” to “paid”", "{told:?}");
        let everybody = w.prepared_records("C-1,invoice,20418,,,,,,,everybody,,", &[]).await;
        assert_eq!(everybody.findings.changed[0].changes[0].from, "Ana Client");

        let gone = w.share(&client, RecordKind::Docket, "D-1", Sharing::Client).await;
        record::acts::withdraw(&w.app, &w.operator(), gone.id).await.unwrap();
        let rows = "C-1,invoice,20418,,,,,,,,a.txt,
C-1,docket,d-1,,,,,,,,,
C-1,invoice,1,,,,ten,,done,,,
C-1,document,2,A,2026-11-22,,,,,Their crew,,
C-1,document,3,A,2026-11-22,,,,,eva@other.test,,
C-1,document,4,A,2026-11-22,,,,,,,
C-1,document,4,B,2026-11-22,,,,,,,
C-1,booking,5,A,2026-11-22,2026-11-21,,,,,,";
        let preview = w.prepared_records(rows, &[("a.txt", b"something else")]).await;
        let wrong = wrong(&preview);
        for (row, words) in [
            (2, &["Attachments: The record has a file called a.txt already, which holds something else"][..]),
            (3, &["Number: It was withdrawn"]),
            (4, &["Description: ", "Date: ", "Due or until: ", "Amount: Enter an amount", "Currency: ", "State: Use one of these: open, paid, cancelled"]),
            (5, &["Shared with: C-1 has no group called “Their crew”. It has: Default"]),
            (6, &["Shared with: C-1 has no contact with the address eva@other.test"]),
            (8, &["Number: Row 7 is about the same document"]),
            (9, &["Due or until: This day is before the other one"]),
        ] {
            for words in words {
                assert!(wrong[&row].contains(words), "{row}: {}", wrong[&row]);
            }
        }
        assert_eq!(preview.findings.counts, counts(1, 0, 0, 7));
        assert_eq!(w.contact_now(theirs.id).await.version, 1);
    }

    async fn whoever_is_mailed_gets_one_letter_for_all_of_it(w: World) {
        let client = w.client("C-1").await;
        let (omar, lucy) = (w.person("omar@client.test", &client).await, w.person("lucy@client.test", &client).await);
        w.is_mailed_about_invoices(&omar).await;
        let before = (w.mail_to(&omar.email).await.len(), w.mail_to(&lucy.email).await.len());
        let rows: Vec<String> = (0..1_200).map(|n: usize| format!("C-1,invoice,N-{n},A,2026-11-03,2026-11-24,1,AUD,,,,")).collect();
        let preview = w.prepared_records(&rows.join("\n"), &[]).await;
        assert_eq!(w.mail_to(&omar.email).await.len(), before.0, "nobody is told before it is confirmed");
        acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap();
        let mails = w.mail_to(&omar.email).await;
        assert_eq!((mails.len() - before.0, w.mail_at(&lucy.email).await.len()), (1, before.1));
        assert_eq!(mails[0].subject, "Tidewater Haulage has shared 1,200 entries with you");
        // A change is no news.
        w.pass(86_400);
        w.imports_records("C-1,invoice,N-1,,,,,,paid,,,", &[]).await;
        assert_eq!(w.mail_to(&omar.email).await.len(), mails.len());
    }

    async fn two_who_import_the_same_at_once_share_it_once(w: World) {
        let client = w.client("C-1").await;
        let (nadia, kim) = (w.staff("nadia").may(Everything).await, w.staff("kim").may(Everything).await);
        let row = "C-1,invoice,20418,A,2026-11-03,2026-11-24,1,AUD,,,a.txt,";
        let files = archive(&[("a.txt", b"one")]);
        let one = w.prepares_records(&nadia.actor, row, Some(&files)).await.unwrap();
        let two = w.prepares_records(&kim.actor, row, Some(&files)).await.unwrap();
        let (first, second) =
            tokio::join!(acts::confirm(&w.app, &nadia.actor, one.id), acts::confirm(&w.app, &kim.actor, two.id));
        assert_eq!([&first, &second].iter().filter(|result| result.is_ok()).count(), 1, "{first:?} {second:?}");
        let (late, why) = if first.is_ok() { (two.id, second) } else { (one.id, first) };
        assert!(why.unwrap_err().to_string().contains("changed since this preview"));
        let late = acts::preview(&w.app, &w.operator(), late).await.unwrap();
        assert_eq!((late.state, late.findings.counts), (State::Ready, counts(0, 0, 1, 0)), "its preview is new");
        let invoice = w.record_of(&client, RecordKind::Invoice, "20418").await.unwrap();
        assert_eq!(w.files_of(&invoice).await, ["a.txt text"]);
        let twice = acts::confirm(&w.app, &nadia.actor, one.id).await;
        assert!(twice.is_err() || twice.unwrap() == counts(0, 0, 1, 0));
    }

    async fn all_of_it_is_written_or_nothing(w: World) {
        let client = w.client("C-1").await;
        let omar = w.person("omar@client.test", &client).await;
        w.is_mailed_about_invoices(&omar).await;
        let before = w.mail_to(&omar.email).await.len();
        let rows: Vec<String> = (0..30).map(|n: usize| format!("C-1,invoice,N-{n},A,2026-11-03,2026-11-24,1,AUD,,,a.txt,")).collect();
        let preview = w.prepared_records(&rows.join("\n"), &[("a.txt", b"one")]).await;
        w.defect("INSERT", "record_notice", "NEW.business_id IS NOT NULL").await;
        assert!(acts::confirm(&w.app, &w.operator(), preview.id).await.is_err());
        let left = acts::preview(&w.app, &w.operator(), preview.id).await.unwrap();
        assert_eq!(left.state, State::Ready);
        assert!(w.record_of(&client, RecordKind::Invoice, "N-0").await.is_none());
        assert_eq!(w.mail_to(&omar.email).await.len(), before);
        w.audit().await;
    }

    async fn s44_it_takes_the_permission_to_share_and_never_reaches_another_business(w: World) {
        let client = w.client("C-1").await;
        let other = w.another("Overseas Freight").await;
        other.client("F-9").await;
        let only = |permission| Rights::Only(vec![permission]);
        let importer = w.staff("ida").may(only(Permission::ClientsImport)).await;
        let sharer = w.staff("sam").may(only(Permission::RecordsShare)).await;
        let row = "C-1,document,1,A,2026-11-22,,,,,,a.txt,";
        let files = archive(&[("a.txt", b"one")]);
        assert_eq!(w.prepares_records(&importer.actor, row, Some(&files)).await.unwrap_err().status(), 403);
        let preview = w.prepares_records(&sharer.actor, row, Some(&files)).await.unwrap();
        for refused in [
            acts::preview(&w.app, &importer.actor, preview.id).await.map(drop),
            acts::confirm(&w.app, &importer.actor, preview.id).await.map(drop),
            acts::refused_file(&w.app, &importer.actor, preview.id).await.map(drop),
            acts::latest(&w.app, &importer.actor, About::Records, 10).await.map(drop),
        ] {
            assert_eq!(refused.unwrap_err().status(), 403);
        }
        assert!(acts::latest(&w.app, &importer.actor, About::People, 10).await.unwrap().is_empty());
        let stranger = other.staff("stan").may(Everything).await;
        for missing in [
            acts::preview(&w.app, &stranger.actor, preview.id).await.map(drop),
            acts::confirm(&w.app, &stranger.actor, preview.id).await.map(drop),
            acts::refused_file(&w.app, &stranger.actor, preview.id).await.map(drop),
        ] {
            assert_eq!(missing.unwrap_err().status(), 404);
        }
        // Another business's client is none here, and what is there of the same number is left alone.
        let theirs = other.prepares_records(&stranger.actor, row, Some(&files)).await.unwrap();
        assert!(wrong(&theirs)[&2].contains("No client has the reference “C-1”"));
        acts::confirm(&w.app, &sharer.actor, preview.id).await.unwrap();
        assert!(w.record_of(&client, RecordKind::Document, "1").await.is_some());
        // By page, too: the permission is asked at the door, and the address of the other kind of import opens nothing.
        let mut console = w.console(&importer.token);
        for path in ["", "/records", &format!("/records/{}", preview.id), &format!("/{}", preview.id)] {
            let status = console.get(&format!("/console/import{path}")).await.status;
            assert_eq!(status, if path.is_empty() { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{path}");
        }
        let mut console = w.console(&stranger.token);
        assert_eq!(console.get(&format!("/console/import/records/{}", preview.id)).await.status, StatusCode::NOT_FOUND);
    }

    async fn u3_a_table_is_handed_in_with_its_archive_by_page(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("C-1").await;
        let mut console = w.console(&nadia.token);
        let list = console.get(&format!("/console/clients/{}/records", client.id)).await;
        assert!(list.body.contains("/console/import/records"), "{}", list.body);
        let page = console.get("/console/import/records").await;
        for words in ["Files of the records", "Clients and contacts", "Shared with", "/console/import/records/sample"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let sample = console.get("/console/import/records/sample").await;
        assert!(sample.body.starts_with("Client reference,Kind,Number,"), "{}", sample.body);
        let table = format!("{HEADER}\nC-1,invoice,20418,A,2026-11-03,2026-11-24,10,AUD,,,a.txt,\nC-1,invoice,=1+1,A,soon,,1,AUD,,,,\n");
        let files = archive(&[("a.txt", b"one"), ("b.txt", b"two")]);
        let path = "/console/import/records";
        let unknown = console.upload_all(path, &[("file", "a.csv", table.as_bytes()), ("version", "", b"1")]).await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST, "{}", unknown.body);
        let twice = console.upload_all(path, &[("file", "a.csv", table.as_bytes()), ("file", "b.csv", table.as_bytes())]).await;
        assert_eq!(twice.status, StatusCode::BAD_REQUEST);
        let broken = console.upload_all(path, &[("file", "a.csv", table.as_bytes()), ("attachments", "a.zip", b"no")]).await;
        assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(broken.body.contains("not a ZIP archive") && broken.body.contains("There is a problem"), "{}", broken.body);
        let contacts = console.upload_all("/console/import", &[("file", "a.csv", table.as_bytes()), ("attachments", "a.zip", &files)]).await;
        assert_eq!(contacts.status, StatusCode::BAD_REQUEST, "the other page takes no archive");
        // A browser sends the second field also when nothing was chosen in it.
        let alone = console.upload_all(path, &[("file", "a.csv", table.as_bytes()), ("attachments", "", b"")]).await;
        assert_eq!(alone.status, StatusCode::SEE_OTHER, "{}", alone.body);

        let handed = console.upload_all(path, &[("file", "a.csv", table.as_bytes()), ("attachments", "a.zip", &files)]).await;
        let import = handed.location().to_owned();
        assert!(import.starts_with("/console/import/records/"), "{import}");
        let preview = console.get(&format!("{import}?show=new")).await;
        for words in ["Import 1 record", "invoice 20418", "With a.txt.", "No row names 1 file", "b.txt", "one letter for all of them", "1 row is left out"] {
            assert!(preview.body.contains(words), "{words}: {}", preview.body);
        }
        assert_eq!(console.post(&import, &[("a", "1")]).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(console.post(&import, &[]).await.location(), import);
        while console.get(&format!("{import}/events")).await.body.contains("event: progress") {}
        let done = console.get(&import).await;
        assert!(done.body.contains("1 record added, 0 changed; 1 file attached. 1 row was left out."), "{}", done.body);
        assert!(console.get(path).await.body.contains("1 new, 0 changed, 0 unchanged, 1 refused"));
        assert!(!console.get("/console/import").await.body.contains("a.csv"), "each page lists its own");
    }

    async fn s55_refused_records_are_handed_out_with_their_reasons_and_run_nothing(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        w.client("C-1").await;
        let row = "C-1,invoice,=1+1,@SUM(A1),soon,,1,AUD,,,,";
        let preview = w.prepares_records(&nadia.actor, row, None).await.unwrap();
        let file = w.console(&nadia.token).get(&format!("/console/import/records/{}/refused", preview.id)).await;
        for words in ["\"'=1+1\"", "\"'@SUM(A1)\"", "Date: Enter a date"] {
            assert!(file.body.contains(words), "{words}: {}", file.body);
        }
        assert_eq!(file.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }

    async fn files_come_from_a_folder_where_the_operator_has_one(w: World) {
        let client = w.client("C-1").await;
        let folder = TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join("oct")).unwrap();
        std::fs::write(folder.path().join("oct/a.txt"), "one").unwrap();
        std::fs::write(folder.path().join("b.txt"), "two").unwrap();
        std::os::unix::fs::symlink("/etc/hostname", folder.path().join("c.txt")).unwrap();
        let table = format!("{HEADER}\nC-1,document,1,A,2026-11-22,,,,,,a.txt,\nC-1,document,2,A,2026-11-22,,,,,,c.txt,\n");
        let table = Upload::of_bytes(table.as_bytes()).await.unwrap();
        let source = Source::Folder(folder.path().to_owned());
        let preview = acts::prepare_records(&w.app, &w.operator(), "a.csv", table, source).await.unwrap();
        assert_eq!((preview.findings.counts, preview.findings.unnamed.as_slice()), (counts(1, 0, 0, 1), ["b.txt".to_owned()].as_slice()));
        assert!(wrong(&preview)[&3].contains("c.txt is not among the files"), "what leads elsewhere is not followed");
        acts::confirm(&w.app, &w.operator(), preview.id).await.unwrap();
        let record = w.record_of(&client, RecordKind::Document, "1").await.unwrap();
        assert_eq!(w.files_of(&record).await, ["a.txt text"]);
    }

    async fn what_a_preview_keeps_is_let_go_with_it_and_never_before(w: World) {
        w.client("C-1").await;
        let preview = w.prepared_records("C-1,document,1,A,2026-11-22,,,,,,a.txt,", &[("a.txt", b"one")]).await;
        let digest = {
            let mut look = w.app.look_at(w.business.id).await.unwrap();
            let query = look.query("SELECT digest FROM import_file WHERE business_id = $1");
            let (digest,): (String,) = query.one(&mut look.tx, "the file").await.unwrap();
            digest
        };
        // As if its content had been noted long ago: the import has it all the same.
        let mut tx = w.app.db.write().await.unwrap();
        Query::new("UPDATE loose_content SET since = 1 WHERE business_id = $1").bind(w.business.id).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        w.sweep().await;
        assert!(w.app.files.read(w.business.id, &digest).await.is_ok());
        w.pass(86_401);
        w.sweep().await;
        assert_eq!(acts::preview(&w.app, &w.operator(), preview.id).await.unwrap_err().status(), 404);
        w.pass(86_401);
        w.sweep().await;
        assert!(w.app.files.read(w.business.id, &digest).await.is_err());
    }
}

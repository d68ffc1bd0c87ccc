//! Import and export, through the console's pages (C1).

use crate::http::{Browser, Reply};
use crate::world::{Everything, World, both};
use axum::http::{StatusCode, header};
use vestibule::import::upload::MOST_BYTES;

const FILE: &str = "Client reference;Client name;First name;Last name;Email;Cell phone
BRC-01;Bramble Civil;Devika;Rao;devika.rao@bramble.test;0491 570 006
BRC-01;Bramble Civil;Marcus;Feld;marcus.feld@bramble.test;
DSC-02;Dockside;Nobody;Home;not an address;
DSC-02;Dockside;=cmd|calc;Trick;trick@dockside.test;
";

async fn ok(browser: &mut Browser, path: &str) -> Reply {
    let reply = browser.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    reply
}

async fn nadia(w: &World) -> Browser {
    w.console(&w.staff("nadia").may(Everything).await.token)
}

/// Follows an import to its end, as the page's script does.
async fn until_done(browser: &mut Browser, path: &str) -> Reply {
    loop {
        let events = ok(browser, &format!("{path}/events")).await;
        assert!(events.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/event-stream"));
        if events.body.contains("event: done") {
            return ok(browser, path).await;
        }
        assert!(events.body.contains("event: progress"), "{}", events.body);
    }
}

both! {
    async fn c1_a_file_is_handed_in_looked_at_confirmed_and_followed_to_its_end(w: World) {
        let mut browser = nadia(&w).await;
        let reply = browser.upload("/console/import", "file", "clients.csv", FILE.as_bytes()).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
        let path = reply.location().to_owned();
        let preview = ok(&mut browser, &path).await;
        for told in ["4 rows in the file. Nothing has been written yet.", "Import 3 people", "separated by semicolons", "1 row is left out"] {
            assert!(preview.body.contains(told), "{told}: {}", preview.body);
        }
        assert!(preview.body.contains("Nobody Home") && preview.body.contains("is not an email address"), "{}", preview.body);
        assert!(ok(&mut browser, &format!("{path}?show=new")).await.body.contains("Devika Rao"));
        assert!(ok(&mut browser, "/console/contacts").await.body.contains("No contacts yet"), "nothing is written");
        let refused = ok(&mut browser, &format!("{path}/refused")).await;
        assert_eq!(refused.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"clients-refused.csv\"; filename*=UTF-8''clients%2Drefused%2Ecsv");
        assert!(refused.body.contains("not an address") && refused.body.contains("Problem"), "{}", refused.body);
        let confirmed = browser.post(&path, &[]).await;
        assert_eq!((confirmed.status, confirmed.location()), (StatusCode::SEE_OTHER, path.as_str()));
        let end = until_done(&mut browser, &path).await;
        for told in ["<h1 tabindex=\"-1\">Imported</h1>", "3 contacts added, 0 changed; 2 clients added, 0 changed. 1 row was left out."] {
            assert!(end.body.contains(told), "{told}: {}", end.body);
        }
        let twice = browser.post(&path, &[]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        assert!(twice.body.contains("has been imported already"), "{}", twice.body);
        let list = ok(&mut browser, "/console/import").await;
        assert!(list.body.contains("clients.csv") && list.body.contains("3 new, 0 changed, 0 unchanged, 1 refused"), "{}", list.body);
        let again = browser.upload("/console/import", "file", "clients.csv", FILE.replace("0491 570 006", "0491 570 007").as_bytes()).await;
        let changed = ok(&mut browser, &format!("{}?show=changed", again.location())).await;
        assert!(changed.body.contains("Import 1 person") && changed.body.contains("0491 570 006 → 0491 570 007"), "{}", changed.body);
    }

    async fn c1_a_file_that_cannot_be_used_comes_back_with_the_remedy(w: World) {
        let mut browser = nadia(&w).await;
        for (name, file, told) in [
            ("", &b""[..], "Choose a file."),
            ("empty.csv", b"", "The file is empty."),
            ("other.csv", b"Colour,Taste\nred,sweet\n", "Client reference"),
        ] {
            let reply = browser.upload("/console/import", "file", name, file).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", reply.body);
            assert!(reply.body.contains(told) && reply.body.contains("There is a problem"), "{told}: {}", reply.body);
        }
        let large = vec![b'x'; usize::try_from(MOST_BYTES).unwrap() + 1];
        let reply = browser.upload("/console/import", "file", "large.csv", &large).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reply.body.contains("The file is larger than 100 MB. Split it"), "{}", reply.body);
        assert_eq!(browser.upload("/console/import", "other", "a.csv", b"x").await.status, StatusCode::BAD_REQUEST);
        assert_eq!(browser.post("/console/import", &[("file", "x")]).await.status, StatusCode::BAD_REQUEST);
        let long = vec![b'x'; 300 * 1024];
        let reply = browser.upload("/console/clients/new", "name", "a.csv", &long).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "only this page takes a file");
    }

    async fn s57_exports_are_files_to_keep_and_nothing_in_them_runs(w: World) {
        let mut browser = nadia(&w).await;
        let path = browser.upload("/console/import", "file", "clients.csv", FILE.as_bytes()).await.location().to_owned();
        browser.post(&path, &[]).await;
        until_done(&mut browser, &path).await;
        for (file, media_type) in [
            ("clients", "text/csv; charset=utf-8"),
            ("clients?as=xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("contacts", "text/csv; charset=utf-8"),
            ("contacts?as=xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ] {
            let reply = ok(&mut browser, &format!("/console/export/{file}")).await;
            assert_eq!(reply.headers[header::CONTENT_TYPE], media_type, "{file}");
            assert_eq!(reply.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert!(reply.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment; filename=\""));
        }
        let contacts = ok(&mut browser, "/console/export/contacts").await.body;
        assert!(contacts.contains("devika.rao@bramble.test") && !contacts.contains(",=cmd"), "S55: {contacts}");
        assert_eq!(browser.get("/console/export/passwords").await.status, StatusCode::NOT_FOUND);
        let sample = ok(&mut browser, "/console/import/sample").await;
        assert!(sample.body.starts_with("Client reference,"), "{}", sample.body);
    }
}

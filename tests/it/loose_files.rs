//! What lies in the store of files belongs to something: what does not is swept out a day later, on any node, and nothing else.

use crate::world::{World, both};
use futures_util::TryStreamExt as _;
use std::path::Path;
use tempfile::TempDir;
use vestibule::access::RecordKind;
use vestibule::base::secret::Token;
use vestibule::db::Query;
use vestibule::file::{Bytes, FileName};
use vestibule::record::{Record, Sharing, files, tell};

const DAY: i64 = 86_401;

impl World {
    async fn adds(
        &self,
        record: &Record,
        name: &str,
        content: &'static str,
    ) -> vestibule::base::Result<files::RecordFile> {
        files::add(&self.app, &self.operator(), record.id, name, Bytes::from_static(content.as_bytes())).await
    }

    async fn content_of(&self, digest: &str) -> Option<String> {
        let stream = self.app.files.read(self.business.id, digest).await.ok()?;
        let pieces: Vec<Bytes> = stream.try_collect().await.unwrap();
        Some(String::from_utf8(pieces.concat()).unwrap())
    }

    async fn counted(&self, text: &'static str) -> i64 {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        let (n,): (i64,) = look.query(text).one(&mut look.tx, "the rows").await.unwrap();
        n
    }
}

/// How many contents a business has in a folder.
fn contents(folder: &Path, w: &World) -> usize {
    std::fs::read_dir(folder.join(w.business.id.to_string())).map(Iterator::count).unwrap_or_default()
}

both! {
    async fn bytes_of_an_upload_that_came_to_nothing_are_gone_a_day_later(w: World) {
        let folder = TempDir::new().unwrap();
        let w = w.keeping_files_in(folder.path()).await;
        let client = w.client("Bellweather").await;
        let record = w.share(&client, RecordKind::Document, "1", Sharing::Client).await;
        let kept = w.adds(&record, "kept.txt", "kept").await.unwrap();
        // Refused after its bytes were stored: the record has a file of this name.
        assert_eq!(w.adds(&record, "kept.txt", "something else").await.unwrap_err().status(), 422);
        // And as if the program had died between storing the bytes and the transaction's end.
        let name = FileName::parse("never.txt").unwrap();
        let died = Bytes::from_static(b"never recorded");
        w.app.files.keep(&w.app.db, w.business.id, w.app.clock.now(), &name, died).await.unwrap();
        assert_eq!(contents(folder.path(), &w), 3);
        w.sweep().await;
        assert_eq!(contents(folder.path(), &w), 3, "an upload may still be going on");
        w.pass(DAY);
        w.sweep().await;
        assert_eq!((contents(folder.path(), &w), w.content_of(&kept.digest).await), (1, Some("kept".into())));
        assert_eq!(w.counted("SELECT COUNT(*) FROM loose_content WHERE business_id = $1").await, 0);
    }

    async fn a_content_goes_with_the_last_file_that_has_it(w: World) {
        let client = w.client("Bellweather").await;
        let one = w.share(&client, RecordKind::Document, "1", Sharing::Client).await;
        let two = w.share(&client, RecordKind::Document, "2", Sharing::Client).await;
        let (a, b) = (w.adds(&one, "a.txt", "same").await.unwrap(), w.adds(&two, "b.txt", "same").await.unwrap());
        assert_eq!(a.digest, b.digest);
        files::remove(&w.app, &w.operator(), one.id, a.id).await.unwrap();
        w.pass(DAY);
        w.sweep().await;
        assert_eq!(w.content_of(&b.digest).await.as_deref(), Some("same"), "another record has it");
        files::remove(&w.app, &w.operator(), two.id, b.id).await.unwrap();
        // Uploaded again before anybody swept: it is there for its new file.
        w.pass(DAY);
        let again = w.adds(&one, "c.txt", "same").await.unwrap();
        w.sweep().await;
        w.pass(DAY);
        w.sweep().await;
        assert_eq!(w.content_of(&again.digest).await.as_deref(), Some("same"));
        // Another business's same content is its own.
        let other = w.another("Overseas Freight").await;
        let theirs = other.client("Bellweather").await;
        let theirs = other.share(&theirs, RecordKind::Document, "1", Sharing::Client).await;
        let theirs = other.adds(&theirs, "d.txt", "same").await.unwrap();
        files::remove(&w.app, &w.operator(), one.id, again.id).await.unwrap();
        w.pass(DAY);
        w.sweep().await;
        assert_eq!((w.content_of(&again.digest).await, other.content_of(&theirs.digest).await.as_deref()), (None, Some("same")));
    }

    async fn nodes_that_sweep_while_the_same_is_uploaded_lose_nothing(w: World) {
        let folder = TempDir::new().unwrap();
        let (w, other) = (w.keeping_files_in(folder.path()).await, w.keeping_files_in(folder.path()).await);
        let client = w.client("Bellweather").await;
        let record = w.share(&client, RecordKind::Document, "1", Sharing::Client).await;
        let name = FileName::parse("old.txt").unwrap();
        for round in 0..10 {
            // Left behind long ago, and uploaded again at the moment at which two nodes sweep.
            w.app.files.keep(&w.app.db, w.business.id, w.app.clock.now(), &name, Bytes::from_static(b"same")).await.unwrap();
            w.pass(DAY);
            let file = format!("{round}.txt");
            let ((), (), added) = tokio::join!(w.sweep(), other.sweep(), other.adds(&record, &file, "same"));
            let added = added.unwrap();
            w.sweep().await;
            assert_eq!(w.content_of(&added.digest).await.as_deref(), Some("same"));
            files::remove(&w.app, &w.operator(), record.id, added.id).await.unwrap();
        }
        w.pass(DAY);
        w.sweep().await;
        assert_eq!(contents(folder.path(), &w), 0);
    }

    async fn secrets_of_links_are_swept_out_long_after_they_stopped_working(w: World) {
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        let about = [RecordKind::Invoice].into_iter().collect();
        tell::choose(&w.app, &w.operator(), omar.contact, about).await.unwrap();
        w.share(&client, RecordKind::Invoice, "1", Sharing::Client).await;
        w.mail_to(&omar.email).await;
        let choices = "SELECT COUNT(*) FROM mail_choice_token WHERE business_id = $1";
        assert_eq!(w.counted(choices).await, 1);
        w.pass(360 * 86_400);
        w.sweep().await;
        assert_eq!(w.counted(choices).await, 1, "within a year a reader of an old mail can still say what they want");
        let mut tx = w.app.db.write().await.unwrap();
        let purpose = vestibule::account::token::Purpose::ResetPassword;
        let link = vestibule::account::token::mint(&mut tx, purpose, omar.account, w.business.id, w.app.clock.now()).await;
        tx.commit().await.unwrap();
        let known = async |token: &Token| {
            let mut tx = w.app.db.read().await.unwrap();
            vestibule::account::token::look_for(&mut tx, purpose, token).await.unwrap().is_some()
        };
        let link = link.unwrap();
        w.pass(30 * 86_400);
        w.sweep().await;
        assert_eq!((w.counted(choices).await, known(&link).await), (0, true), "whoever opens it is told that it has expired");
        w.pass(100 * 86_400);
        w.sweep().await;
        assert!(!known(&link).await);
    }

    async fn a_store_that_is_away_keeps_its_contents_noted(w: World) {
        let folder = TempDir::new().unwrap();
        let w = w.keeping_files_in(&folder.path().join("files")).await;
        let name = FileName::parse("a.txt").unwrap();
        let kept = w.app.files.keep(&w.app.db, w.business.id, w.app.clock.now(), &name, Bytes::from_static(b"a")).await;
        let kept = kept.unwrap();
        w.pass(DAY);
        // The folder cannot be written to: a file stands where it was.
        let place = folder.path().join("files").join(w.business.id.to_string());
        let aside = folder.path().join("aside");
        std::fs::rename(&place, &aside).unwrap();
        std::fs::write(&place, b"in the way").unwrap();
        assert!(vestibule::worker::Worker::new(&w.app).unwrap().sweep().await.is_err());
        assert_eq!(w.counted("SELECT COUNT(*) FROM loose_content WHERE business_id = $1").await, 1);
        std::fs::remove_file(&place).unwrap();
        std::fs::rename(&aside, &place).unwrap();
        w.sweep().await;
        assert_eq!(w.content_of(&kept.digest).await, None);
        let mut tx = w.app.db.read().await.unwrap();
        let left: Option<(String,)> =
            Query::new("SELECT digest FROM loose_content WHERE business_id = $1").bind(w.business.id).maybe(&mut tx).await.unwrap();
        assert_eq!(left, None);
    }
}

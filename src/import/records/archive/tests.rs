use super::*;
use proptest::prelude::*;
use std::io::{Cursor, Seek as _, SeekFrom, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What was asked for, by name.
type Files = BTreeMap<String, Result<Vec<u8>, String>>;

/// What is taken of these bytes as an archive: what was asked for by each name, and the names of the others.
fn taken(bytes: &[u8], asked: &[&str]) -> Result<(Files, Vec<String>), String> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    let named: BTreeMap<String, Named> =
        asked.iter().map(|name| Named::parse(name).unwrap()).map(|named| (named.key(), named)).collect();
    let (to, mut taken) = mpsc::channel(named.len().max(1));
    let others = take(Opened::Zip(file), &named, 1_000, &to)?;
    drop(to);
    let mut files = BTreeMap::new();
    while let Ok(Taken { key, file }) = taken.try_recv() {
        files.insert(key, file.map(|(_, content)| content));
    }
    Ok((files, others))
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Files that are all damaged.
struct Damaged(usize);

impl Shelf for Damaged {
    fn entries(&mut self) -> Result<Vec<Entry>, String> {
        Ok((0..self.0).map(|n| Entry::of(format!("{n}.txt"))).collect())
    }

    fn read(&mut self, _: usize, _: &Entry, _: u64) -> Result<Vec<u8>, String> {
        Err("damaged".into())
    }
}

/// To find out that a file is damaged takes as long as to unpack it: 36 KB can name a packed part a thousand times.
#[test]
fn s57_damaged_files_count_towards_what_is_unpacked_too() {
    let named: BTreeMap<String, Named> =
        (0..20).map(|n| Named::parse(&format!("{n}.txt")).unwrap()).map(|named| (named.key(), named)).collect();
    let (to, mut taken) = mpsc::channel(named.len());
    take_from(Damaged(named.len()), &named, MOST_UNPACKED / 10, &to).unwrap();
    drop(to);
    let said: Vec<String> = std::iter::from_fn(|| taken.try_recv().ok()).filter_map(|taken| taken.file.err()).collect();
    let read = said.iter().filter(|why| *why == "damaged").count();
    let stopped = said.iter().filter(|why| why.contains("unpack to more than 2 GB already")).count();
    assert_eq!((read, stopped), (11, 9), "{said:?}");
}

#[test]
fn s57_a_file_is_found_by_its_name_and_only_inside_of_the_archive() {
    let files: [(&str, &[u8]); 6] = [
        ("a/x.pdf", b"1"),
        ("a/b/y.pdf", b"2"),
        ("c/y.pdf", b"3"),
        ("../z.pdf", b"4"),
        ("C:\\w.pdf", b"5"),
        ("y/never.pdf", b"6"),
    ];
    let (files, others) = taken(&archive(&files), &["X.PDF", "b/y.pdf", "y.pdf", "z.pdf", "w.pdf", "v.pdf"]).unwrap();
    assert_eq!((&files["x.pdf"], &files["b/y.pdf"]), (&Ok(b"1".to_vec()), &Ok(b"2".to_vec())));
    for (name, why) in [
        ("y.pdf", "Several files are called y.pdf: a/b/y.pdf, c/y.pdf"),
        ("z.pdf", "outside of the archive"),
        ("w.pdf", "outside of the archive"),
        ("v.pdf", "not among the files"),
    ] {
        assert!(files[name].as_ref().unwrap_err().contains(why), "{name}: {:?}", files[name]);
    }
    assert!(others.contains(&"y/never.pdf".to_owned()), "{others:?}");
}

#[test]
fn s57_a_link_is_not_followed_and_a_bomb_is_not_unpacked() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("link.txt", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    zip.start_file("bomb.txt", SimpleFileOptions::default()).unwrap();
    zip.write_all(&vec![0; 50_000_000]).unwrap();
    let (files, _) = taken(&zip.finish().unwrap().into_inner(), &["link.txt", "bomb.txt"]).unwrap();
    assert!(files["link.txt"].as_ref().unwrap_err().contains("a link to another place"), "{files:?}");
    assert!(files["bomb.txt"].as_ref().unwrap_err().contains("larger than"), "{files:?}");
}

#[test]
fn s57_an_archive_that_lists_too_much_is_not_read() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..=MOST_FILES {
        zip.start_file(format!("{n}.txt"), SimpleFileOptions::default()).unwrap();
    }
    let why = taken(&zip.finish().unwrap().into_inner(), &["1.txt"]).unwrap_err();
    assert!(why.contains("more than 10000 files"), "{why}");
}

/// Two entries of one name: which of them a reader would take depends on the reader.
#[test]
fn s57_a_name_that_is_there_twice_is_taken_as_neither() {
    let mut bytes = archive(&[("one.txt", b"1"), ("two.txt", b"2")]);
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.windows(7).position(|name| name == b"two.txt")) {
        bytes.splice(at + found..at + found + 7, *b"one.txt");
        at += found + 7;
    }
    let (files, _) = taken(&bytes, &["one.txt"]).unwrap();
    assert!(files["one.txt"].as_ref().unwrap_err().contains("there twice"), "{files:?}");
}

proptest! {
    #[test]
    fn s57_no_archive_stops_its_reader(cut in 0usize..400, at in 0usize..400, byte: u8) {
        let mut bytes = archive(&[("a/x.pdf", b"some content that is packed"), ("y.txt", b"and more of it, and more of it")]);
        if let Some(changed) = bytes.get_mut(at) {
            *changed = byte;
        }
        bytes.truncate(bytes.len().saturating_sub(cut / 8));
        let _ = taken(&bytes, &["x.pdf", "y.txt"]);
    }
}

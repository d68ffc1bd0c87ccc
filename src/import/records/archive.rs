//! Taking files out of an archive or a folder: only those that are asked for, each within its limit, whatever the archive says
//! about sizes and places (S57).

use super::attachments::{Named, place};
use crate::base::text::{is_mark_of_direction, same_file_name};
use crate::file::FileName;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;
use zip::ZipArchive;
use zip::unstable::read::ZipIterable;

/// The most files of an archive or a folder.
pub const MOST_FILES: usize = 10_000;
/// The most that is unpacked of one archive, in bytes.
const MOST_UNPACKED: u64 = 2 * 1024 * 1024 * 1024;

/// What is said of an archive that cannot be read.
pub const DAMAGED: &str = "The archive is damaged, or is not a ZIP archive. Pack the files again, then upload it.";

/// What is said of more files than an archive may hold.
pub fn too_many() -> String {
    format!("There are more than {MOST_FILES} files. Import the records in several parts, each with its own files.")
}

/// Where files lie, opened.
pub enum Opened {
    /// None were handed in.
    Nothing,
    /// In this archive.
    Zip(File),
    /// In this folder.
    Folder(PathBuf),
}

/// A file that was asked for.
pub struct Taken {
    /// Its [`Named::key`].
    pub key: String,
    /// Its name and content, or why it is not taken.
    pub file: Result<(FileName, Vec<u8>), String>,
}

/// A file that lies there.
struct Entry {
    /// Its place, as it is written there.
    path: String,
    /// The same as it is compared; what is wrong with it otherwise.
    key: Result<String, &'static str>,
    is_named: bool,
}

impl Entry {
    fn of(path: String) -> Self {
        let key = match place(&path) {
            _ if path.chars().any(char::is_control) => Err("its name holds signs that no name has"),
            Some(place) => Ok(same_file_name(&place)),
            None => Err("it lies outside of the archive’s own folders"),
        };
        Self { path: legible(&path), key, is_named: false }
    }

    fn file_key(&self) -> String {
        same_file_name(self.path.rsplit(['/', '\\']).next().unwrap_or_default())
    }

    /// What programs put into an archive by themselves.
    fn is_litter(&self) -> bool {
        self.path.starts_with("__MACOSX/")
            || matches!(self.file_key().as_str(), ".ds_store" | "thumbs.db" | "desktop.ini")
    }
}

/// A place as it can be shown: on one line, and without marks that turn the direction of writing.
fn legible(path: &str) -> String {
    let shown = |c: char| if c.is_control() || is_mark_of_direction(c) { char::REPLACEMENT_CHARACTER } else { c };
    path.chars().map(shown).collect()
}

/// Something that holds files.
trait Shelf {
    fn entries(&mut self) -> Result<Vec<Entry>, String>;
    /// The content of the entry at this place in the list, up to one byte more than `most`.
    fn read(&mut self, n: usize, entry: &Entry, most: u64) -> Result<Vec<u8>, String>;
}

/// Takes what is asked for, one file at a time, until nobody receives it any more. Answers the names of the other files.
///
/// # Errors
/// When the archive or the folder cannot be read.
pub fn take(
    opened: Opened,
    named: &BTreeMap<String, Named>,
    most: u64,
    to: &mpsc::Sender<Taken>,
) -> Result<Vec<String>, String> {
    match opened {
        Opened::Nothing => {
            for (key, named) in named {
                let why = format!(
                    "{} is named here, but no files were handed in. Add a ZIP archive that holds it, or leave the cell empty.",
                    named.file_name()
                );
                let _ = to.blocking_send(Taken { key: key.clone(), file: Err(why) });
            }
            Ok(Vec::new())
        }
        Opened::Zip(file) => take_from(Zip::open(file)?, named, most, to),
        Opened::Folder(folder) => take_from(Folder { folder, files: Vec::new() }, named, most, to),
    }
}

fn take_from(
    mut shelf: impl Shelf,
    named: &BTreeMap<String, Named>,
    most: u64,
    to: &mpsc::Sender<Taken>,
) -> Result<Vec<String>, String> {
    let mut entries = shelf.entries()?;
    let mut by_file: HashMap<String, Vec<usize>> = HashMap::new();
    for (n, entry) in entries.iter().enumerate() {
        by_file.entry(entry.file_key()).or_default().push(n);
    }
    let mut unpacked = 0_u64;
    for (key, named) in named {
        let here = by_file.get(&named.file_key()).map(Vec::as_slice).unwrap_or_default();
        let found = look_for(&entries, here, key, named);
        let file = found.and_then(|n| {
            let entry = entries.get_mut(n).ok_or(DAMAGED)?;
            entry.is_named = true;
            let name = FileName::parse(&entry.path).map_err(|why| why.to_string())?;
            if unpacked > MOST_UNPACKED {
                return Err(format!(
                    "The files before {name} unpack to more than {} GB already. Import the rest with an archive of its own.",
                    MOST_UNPACKED >> 30
                ));
            }
            // However much of a damaged file was unpacked, it took as long as if it had been whole.
            let content = shelf.read(n, entry, most).inspect_err(|_| unpacked += most)?;
            unpacked += content.len() as u64;
            if content.len() as u64 > most {
                return Err(format!("{name} is larger than {} MB unpacked. Share a smaller one.", most >> 20));
            }
            Ok((name, content))
        });
        if to.blocking_send(Taken { key: key.clone(), file }).is_err() {
            break;
        }
    }
    Ok(entries.into_iter().filter(|entry| !entry.is_named && !entry.is_litter()).map(|entry| entry.path).collect())
}

/// The one entry that a row means: at exactly this place, or else the only one whose place ends in it.
fn look_for(entries: &[Entry], here: &[usize], key: &str, named: &Named) -> Result<usize, String> {
    let file = named.file_name();
    let of = |matches: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let fits = |n: &usize| entries.get(*n).and_then(|entry| entry.key.as_deref().ok()).is_some_and(matches);
        here.iter().copied().filter(fits).collect()
    };
    let exact = of(&|place| place == key);
    let ends = format!("/{key}");
    let found = if exact.is_empty() { of(&|place| place.ends_with(&ends)) } else { exact };
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let wrong = here.iter().filter_map(|n| entries.get(*n)).find_map(|entry| {
                let why = entry.key.as_ref().err()?;
                Some(format!("{} is in the archive, but {why}. Pack it again as an ordinary file.", entry.path))
            });
            Err(wrong.unwrap_or_else(|| {
                format!("{file} is not among the files. Add it to the archive, or correct the name.")
            }))
        }
        several => {
            let places: Vec<&str> =
                several.iter().filter_map(|n| entries.get(*n)).map(|entry| entry.path.as_str()).take(3).collect();
            let places = places.join(", ");
            Err(format!(
                "Several files are called {file}: {places}. Name it with its folder, or give each a name of its own."
            ))
        }
    }
}

struct Zip {
    archive: ZipArchive<BufReader<File>>,
    /// The place in the archive of each entry.
    at: Vec<usize>,
    /// Names that are there more than once, of which the archive's reader knows but one.
    twice: HashSet<String>,
}

impl Zip {
    fn open(file: File) -> Result<Self, String> {
        let damaged = |_| DAMAGED.to_owned();
        let again = file.try_clone().map_err(|_| DAMAGED.to_owned())?;
        // Looked through before it is read as a whole: a list of millions of files would fill the memory.
        let mut list = ZipIterable::try_new(BufReader::new(again), zip::read::Config::default()).map_err(damaged)?;
        if list.len() > MOST_FILES {
            return Err(too_many());
        }
        let (mut once, mut twice) = (HashSet::new(), HashSet::new());
        for entry in list.files().map_err(damaged)? {
            let name = entry.map_err(damaged)?.name().map_err(damaged)?.into_owned();
            twice.extend(once.replace(name));
        }
        let archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
        Ok(Self { archive, at: Vec::new(), twice })
    }
}

impl Shelf for Zip {
    fn entries(&mut self) -> Result<Vec<Entry>, String> {
        let mut entries = Vec::new();
        for n in 0..self.archive.len() {
            let entry = self.archive.by_index_data(n).map_err(|_| DAMAGED)?;
            if entry.is_dir() {
                continue;
            }
            let path = entry.name().map_err(|_| DAMAGED)?.into_owned();
            let is_twice = self.twice.contains(&path);
            let mut found = Entry::of(path);
            if entry.is_symlink() {
                found.key = Err("it is a link to another place");
            } else if entry.encrypted() {
                found.key = Err("it is protected by a password");
            } else if is_twice {
                found.key = Err("it is there twice under the same name");
            }
            entries.push(found);
            self.at.push(n);
        }
        Ok(entries)
    }

    fn read(&mut self, n: usize, entry: &Entry, most: u64) -> Result<Vec<u8>, String> {
        let at = self.at.get(n).copied().unwrap_or(usize::MAX);
        let file = self.archive.by_index(at).map_err(|_| {
            format!("{} is packed in a way that cannot be read. Pack it again as an ordinary ZIP archive.", entry.path)
        })?;
        contents(file, most)
            .map_err(|_| format!("{} is damaged in the archive. Pack it again, then upload it.", entry.path))
    }
}

struct Folder {
    folder: PathBuf,
    files: Vec<PathBuf>,
}

impl Folder {
    /// Every file below a folder; what leads elsewhere is not followed.
    fn gather(&mut self, below: &Path, depth: usize) -> Result<(), String> {
        let unreadable = |error: std::io::Error| format!("The folder {} cannot be read: {error}.", below.display());
        for entry in std::fs::read_dir(below).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            if kind.is_dir() && depth < 32 {
                self.gather(&entry.path(), depth + 1)?;
            } else if kind.is_file() {
                self.files.push(entry.path());
                if self.files.len() > MOST_FILES {
                    return Err(too_many());
                }
            }
        }
        Ok(())
    }
}

impl Shelf for Folder {
    fn entries(&mut self) -> Result<Vec<Entry>, String> {
        let folder = self.folder.clone();
        self.gather(&folder, 1)?;
        self.files.sort();
        let path = |file: &PathBuf| file.strip_prefix(&folder).unwrap_or(file).to_string_lossy().into_owned();
        Ok(self.files.iter().map(path).map(Entry::of).collect())
    }

    fn read(&mut self, n: usize, entry: &Entry, most: u64) -> Result<Vec<u8>, String> {
        let unreadable = |error: std::io::Error| format!("{} cannot be read: {error}.", entry.path);
        let path = self.files.get(n).ok_or(DAMAGED)?;
        contents(File::open(path).map_err(unreadable)?, most).map_err(unreadable)
    }
}

/// What a file holds, up to one byte more than so many: what it says about its own size is not believed.
fn contents(file: impl Read, most: u64) -> std::io::Result<Vec<u8>> {
    let mut content = Vec::new();
    file.take(most + 1).read_to_end(&mut content)?;
    Ok(content)
}

#[cfg(test)]
mod tests;

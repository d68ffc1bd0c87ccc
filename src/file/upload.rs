//! Receiving a file: it is spooled to the disk while it comes in, so that its size costs no memory.

use crate::base::{Error, Result};
use std::fs::File;
use std::io::{Seek as _, SeekFrom};
use std::path::Path;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// The largest file that is taken, in bytes.
pub const MOST_BYTES: u64 = 100 * 1024 * 1024;

/// A file that somebody hands in. It lies in a temporary file without a name, which goes when this does.
#[derive(Debug)]
pub struct Upload {
    file: tokio::fs::File,
    size: u64,
}

impl Upload {
    /// Begins to receive.
    ///
    /// # Errors
    /// `Full` when the disk is.
    pub async fn begin() -> Result<Self> {
        Ok(Self { file: tokio::fs::File::from_std(unnamed_file().await?), size: 0 })
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// `TooLarge` beyond [`MOST_BYTES`]; `Full` when the disk is.
    pub async fn put(&mut self, piece: &[u8]) -> Result<()> {
        self.size += piece.len() as u64;
        if self.size > MOST_BYTES {
            return Err(Error::TooLarge(format!(
                "The file is larger than {} MB. Split it into several files and import them one after the other.",
                MOST_BYTES / (1024 * 1024)
            )));
        }
        self.file.write_all(piece).await.map_err(disk)
    }

    /// All of it at once.
    ///
    /// # Errors
    /// As [`Upload::put`].
    pub async fn of_bytes(bytes: &[u8]) -> Result<Self> {
        let mut upload = Self::begin().await?;
        upload.put(bytes).await?;
        Ok(upload)
    }

    /// A file of this machine: for the command line.
    ///
    /// # Errors
    /// `Refused` when it cannot be read; as [`Upload::put`].
    pub async fn of_file(path: &Path) -> Result<Self> {
        let unreadable = |error: std::io::Error| {
            Error::refused(format!("The file {} cannot be read: {error}. Check its name.", path.display()))
        };
        let mut source = tokio::fs::File::open(path).await.map_err(unreadable)?;
        let mut upload = Self::begin().await?;
        let mut piece = vec![0; 1024 * 1024];
        loop {
            match source.read(&mut piece).await.map_err(unreadable)? {
                0 => return Ok(upload),
                n => upload.put(piece.get(..n).unwrap_or_default()).await?,
            }
        }
    }

    /// How many bytes came in.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The whole file, from its beginning.
    ///
    /// # Errors
    /// `Full` when the disk is.
    pub async fn finish(mut self) -> Result<File> {
        self.file.flush().await.map_err(disk)?;
        let mut file = self.file.into_std().await;
        file.seek(SeekFrom::Start(0)).map_err(disk)?;
        Ok(file)
    }
}

/// A temporary file without a name: nothing is left of it, however the program ends.
///
/// # Errors
/// `Full` when the disk is.
pub async fn unnamed_file() -> Result<File> {
    tokio::task::spawn_blocking(tempfile::tempfile).await.map_err(Error::internal)?.map_err(disk)
}

/// What a failure to write to the disk means to a person.
#[must_use]
pub fn disk(error: std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::Full,
        _ => Error::internal(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_larger_than_is_taken_is_refused_while_it_comes_in() {
        let mut upload = Upload::begin().await.unwrap();
        let piece = vec![b'x'; 8 * 1024 * 1024];
        let mut refused = None;
        for _ in 0..14 {
            if let Err(error) = upload.put(&piece).await {
                refused = Some(error);
                break;
            }
        }
        let error = refused.unwrap();
        assert_eq!(error.status(), 413);
        assert!(error.to_string().contains("100 MB") && error.to_string().contains("Split"), "{error}");
    }
}

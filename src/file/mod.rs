//! Files that are shared: where their bytes lie (a folder, or a store that speaks S3), and what may be among them. The
//! database knows their names and digests; a file of the same content is stored once for a business.

mod kind;
pub mod loose;
mod name;
pub mod upload;

pub use kind::FileKind;
pub use name::FileName;

use crate::base::id::BusinessId;
use crate::base::{Error, Instant, Result};
use crate::config::{FilePlace, Files as Settings};
use crate::db::Db;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _, PutPayload};
use secrecy::ExposeSecret as _;
use sha2::{Digest as _, Sha256};
use std::sync::{Arc, OnceLock};

/// Bytes as they come in, or go out.
pub type Bytes = bytes::Bytes;

/// Where the bytes of files lie.
#[derive(Clone, Debug)]
pub struct Files {
    place: FilePlace,
    store: Arc<OnceLock<Arc<dyn ObjectStore>>>,
    most_bytes: u64,
}

/// A file whose content is known and stored; the database does not know it yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// What it is.
    pub kind: FileKind,
    /// How many bytes.
    pub size: i64,
    /// The digest of its content: SHA-256, in hexadecimal digits.
    pub digest: String,
}

impl Files {
    /// Gets the place ready: nothing is reached yet where it is elsewhere, and a folder is made with its first file.
    ///
    /// # Errors
    /// `Refused` when the store's settings cannot be used.
    pub fn open(settings: &Settings) -> Result<Self> {
        let files =
            Self { place: settings.place.clone(), store: Arc::new(OnceLock::new()), most_bytes: settings.most_bytes };
        match files.place {
            FilePlace::Folder(_) => {}
            FilePlace::Memory | FilePlace::S3(_) => {
                files.store()?;
            }
        }
        Ok(files)
    }

    fn store(&self) -> Result<&Arc<dyn ObjectStore>> {
        if let Some(store) = self.store.get() {
            return Ok(store);
        }
        let store: Arc<dyn ObjectStore> = match &self.place {
            FilePlace::Memory => Arc::new(InMemory::new()),
            FilePlace::Folder(folder) => {
                let unusable = |error: &dyn std::fmt::Display| {
                    Error::internal(format!("files.folder: {} cannot be used: {error}", folder.display()))
                };
                std::fs::create_dir_all(folder).map_err(|error| unusable(&error))?;
                Arc::new(LocalFileSystem::new_with_prefix(folder).map_err(|error| unusable(&error))?.with_fsync(true))
            }
            FilePlace::S3(s3) => {
                // The same one that mail and the database use; whoever was first has set it.
                let _ = rustls::crypto::ring::default_provider().install_default();
                let mut builder = AmazonS3Builder::new().with_bucket_name(&s3.bucket).with_region(&s3.region);
                if let Some(endpoint) = &s3.endpoint {
                    builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
                }
                if let Some((key, secret)) = &s3.login {
                    builder = builder.with_access_key_id(key).with_secret_access_key(secret.expose_secret());
                }
                Arc::new(builder.build().map_err(|error| Error::refused(format!("files.s3: {error}.")))?)
            }
        };
        Ok(self.store.get_or_init(|| store))
    }

    /// The largest that is taken, in bytes.
    #[must_use]
    pub fn most_bytes(&self) -> u64 {
        self.most_bytes
    }

    /// Keeps a file, if it is of a kind that may be shared: told by its content, whatever its name says (S57). Whoever records it
    /// does so within a day ([`loose::LOOSE_FOR`]); what nobody records is removed then.
    ///
    /// # Errors
    /// `Invalid` on the field `file`; when the database or the store cannot be reached.
    pub async fn keep(
        &self,
        db: &Db,
        business: BusinessId,
        now: Instant,
        name: &FileName,
        content: Bytes,
    ) -> Result<Kept> {
        let kept = self.weigh(name, &content)?;
        let mut tx = db.write().await?;
        loose::note(&mut tx, business, std::slice::from_ref(&kept.digest), now).await?;
        tx.commit().await?;
        self.put(business, &kept, content).await?;
        Ok(kept)
    }

    /// What a file is, if it may be shared.
    fn weigh(&self, name: &FileName, content: &Bytes) -> Result<Kept> {
        if content.is_empty() {
            return Err(Error::invalid("file", "The file is empty. Choose another one."));
        }
        if content.len() as u64 > self.most_bytes {
            return Err(Error::invalid("file", self.too_large()));
        }
        let kind = FileKind::of(name, content).map_err(|why| Error::invalid("file", why))?;
        let size = i64::try_from(content.len()).map_err(Error::internal)?;
        Ok(Kept { kind, size, digest: data_encoding::HEXLOWER.encode(&Sha256::digest(content)) })
    }

    async fn put(&self, business: BusinessId, kept: &Kept, content: Bytes) -> Result<()> {
        let place = place(business, &kept.digest);
        self.store()?.put(&place, PutPayload::from_bytes(content)).await.map_err(unreachable)?;
        Ok(())
    }

    /// Lets a content go.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn forget(&self, business: BusinessId, digest: &str) -> Result<()> {
        match self.store()?.delete(&place(business, digest)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(other) => Err(unreachable(other)),
        }
    }

    /// What is said of a file that is too large.
    #[must_use]
    pub fn too_large(&self) -> String {
        format!("The file is larger than {} MB. Share a smaller one.", self.most_bytes / (1024 * 1024))
    }

    /// The content of a file, as it is read.
    ///
    /// # Errors
    /// `NotFound` when it is not there; when the store cannot be reached.
    pub async fn read(&self, business: BusinessId, digest: &str) -> Result<BoxStream<'static, std::io::Result<Bytes>>> {
        match self.store()?.get(&place(business, digest)).await {
            Ok(found) => Ok(found.into_stream().map_err(std::io::Error::other).boxed()),
            Err(object_store::Error::NotFound { .. }) => Err(Error::NotFound("The file")),
            Err(other) => Err(unreachable(other)),
        }
    }
}

/// Where the content of a digest lies: apart for each business.
fn place(business: BusinessId, digest: &str) -> Path {
    Path::from_iter([business.to_string().as_str(), digest])
}

fn unreachable(error: object_store::Error) -> Error {
    Error::internal(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(place: FilePlace) -> Settings {
        Settings { place, most_bytes: 1024 * 1024 }
    }

    async fn content(files: &Files, business: BusinessId, digest: &str) -> Result<Vec<u8>> {
        let pieces: Vec<Bytes> = files.read(business, digest).await?.try_collect().await.map_err(Error::internal)?;
        Ok(pieces.concat())
    }

    #[tokio::test]
    async fn a_file_is_kept_in_a_folder_and_comes_back_as_it_went() {
        let folder = tempfile::TempDir::new().unwrap();
        let files = Files::open(&settings(FilePlace::Folder(folder.path().join("files")))).unwrap();
        let (ours, theirs) = (BusinessId::new(Instant::from_micros(1)), BusinessId::new(Instant::from_micros(2)));
        let name = FileName::parse("notes.txt").unwrap();
        let hello = Bytes::from_static(b"Hello");
        let kept = files.weigh(&name, &hello).unwrap();
        files.put(ours, &kept, hello.clone()).await.unwrap();
        assert_eq!(kept.digest, "185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969");
        assert_eq!((kept.size, content(&files, ours, &kept.digest).await.unwrap()), (5, b"Hello".to_vec()));
        let foreign = content(&files, theirs, &kept.digest).await.unwrap_err();
        assert_eq!(foreign.status(), 404, "another business has a place of its own");
        files.put(ours, &kept, hello).await.unwrap();
        files.forget(ours, &kept.digest).await.unwrap();
        files.forget(ours, &kept.digest).await.unwrap();
        assert_eq!(content(&files, ours, &kept.digest).await.unwrap_err().status(), 404);
    }

    #[test]
    fn a_store_of_objects_is_opened_without_being_reached() {
        let s3 = crate::config::S3 {
            bucket: "vestibule".into(),
            region: "us-east-1".into(),
            endpoint: Some("https://s3.example.com".into()),
            login: Some(("key".into(), "secret".to_owned().into())),
        };
        assert!(Files::open(&settings(FilePlace::S3(s3))).is_ok());
    }

    #[test]
    fn s57_what_is_too_large_or_empty_is_not_kept() {
        let files = Files::open(&settings(FilePlace::Memory)).unwrap();
        let name = FileName::parse("notes.txt").unwrap();
        for wrong in [Vec::new(), vec![b'x'; 1024 * 1024 + 1]] {
            assert_eq!(files.weigh(&name, &wrong.into()).unwrap_err().status(), 422);
        }
    }
}

//! Feed files.

use async_trait::async_trait;
use domain::feed::FeedKey;
use futures::stream::BoxStream;

use super::PortError;

/// The bytes of a file, piece by piece.
pub type Bytes = BoxStream<'static, Result<Vec<u8>, PortError>>;

/// A feed file, opened.
pub struct FeedObject {
    /// Which version of the file it is.
    pub etag: String,
    /// The name its sender gave this load (metadata `load-id`), repeated in the report.
    pub load_id: Option<String>,
    /// Whether its sender confirmed a load that the safeguards refuse (metadata `force`).
    pub forced: bool,
    /// What is in it.
    pub bytes: Bytes,
}

/// A feed file could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is none.
    #[error("the file is not there")]
    Missing,
    /// It is no longer the version asked for.
    #[error("the file was replaced while it was read")]
    Replaced,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Opens a feed file.
#[async_trait]
pub trait OpenFeed: Send + Sync {
    /// Opens it from its beginning; with `etag`, only that version.
    async fn open(&self, key: &FeedKey, etag: Option<&str>) -> Result<FeedObject, OpenError>;
}

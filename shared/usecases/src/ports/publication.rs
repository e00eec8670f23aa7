//! The daily file of offers for other job boards, and the manifest that tells what it is.

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Pieces, PortError};

/// What there is to know of the last whole file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationManifest {
    /// The day in Paris for which it was made, which names its copy that is kept.
    pub day: Date,
    /// When it was begun.
    pub generated_at: Timestamp,
    /// Its lines, without the row of names.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, in lower-case hexadecimal.
    pub sha256: String,
}

/// Keeps the file of a day.
#[async_trait]
pub trait PutPublication: Send + Sync {
    /// Puts it, whole or not at all, in place of an earlier one of that day: a piece that is an error leaves nothing
    /// to be read.
    async fn put_publication(&self, day: Date, pieces: Pieces<'_>) -> Result<(), PortError>;
}

/// Says which file is the present one.
#[async_trait]
pub trait MakeCurrent: Send + Sync {
    /// Puts the file of this day, which is there, in place of the present one, at once and whole.
    async fn make_current(&self, day: Date) -> Result<(), PortError>;
}

/// Keeps the manifest.
#[async_trait]
pub trait PutPublicationManifest: Send + Sync {
    /// Puts it in place of the last one.
    async fn put_publication_manifest(&self, manifest: &PublicationManifest) -> Result<(), PortError>;
}

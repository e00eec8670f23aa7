//! The nightly file of the whole stock, and the manifest that names it.

use async_trait::async_trait;
use futures::stream::BoxStream;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::PortError;

/// The bytes of an export, piece by piece, as they are made.
pub type Pieces<'a> = BoxStream<'a, Result<Vec<u8>, PortError>>;

/// Cards of an export, by source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportItems {
    /// Offers of France Travail.
    pub offres: u64,
    /// Offers deposited here.
    pub matcha: u64,
    /// Companies likely to hire.
    pub lba: u64,
}

/// What there is to know of the last whole export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportManifest {
    /// The name of its file.
    pub file: String,
    /// When it was begun.
    pub generated_at: Timestamp,
    /// Since when whoever holds the file asks for changes.
    pub updated_until: Timestamp,
    /// Size of the file, compressed.
    pub bytes: u64,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// What is in it.
    pub items: ExportItems,
}

/// Keeps the file of an export.
#[async_trait]
pub trait PutExport: Send + Sync {
    /// Puts the file under this name, whole or not at all: a piece that is an error leaves nothing to be read.
    async fn put_export(&self, file: &str, pieces: Pieces<'_>) -> Result<(), PortError>;
}

/// Keeps the manifest.
#[async_trait]
pub trait PutExportManifest: Send + Sync {
    /// Puts it in place of the last one.
    async fn put_export_manifest(&self, manifest: &ExportManifest) -> Result<(), PortError>;
}

/// Reads the manifest.
#[async_trait]
pub trait GetExportManifest: Send + Sync {
    /// None before the first export.
    async fn get_export_manifest(&self) -> Result<Option<ExportManifest>, PortError>;
}

/// Signs links to exports.
#[async_trait]
pub trait SignExport: Send + Sync {
    /// A link by which anybody may read this file, for so many seconds from this instant on.
    async fn sign_export(&self, file: &str, from: Timestamp, seconds: u32) -> Result<String, PortError>;
}

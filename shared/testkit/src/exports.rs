//! Exports in the bucket in memory.

use async_trait::async_trait;
use futures::TryStreamExt;
use jiff::Timestamp;
use usecases::ports::{
    ExportManifest, GetExportManifest, Pieces, PortError, PutExport, PutExportManifest, SignExport,
};

use crate::MemoryBucket;

const MANIFEST: &str = "exports/jobs.json";

#[async_trait]
impl PutExport for MemoryBucket {
    async fn put_export(&self, file: &str, pieces: Pieces<'_>) -> Result<(), PortError> {
        let bytes: Vec<u8> = pieces.try_concat().await?;
        self.put_bytes(&format!("exports/{file}"), bytes);
        Ok(())
    }
}

#[async_trait]
impl PutExportManifest for MemoryBucket {
    async fn put_export_manifest(&self, manifest: &ExportManifest) -> Result<(), PortError> {
        self.put_bytes(MANIFEST, serde_json::to_vec(manifest).expect("a manifest is JSON"));
        Ok(())
    }
}

#[async_trait]
impl GetExportManifest for MemoryBucket {
    async fn get_export_manifest(&self) -> Result<Option<ExportManifest>, PortError> {
        Ok(self.bytes(MANIFEST).map(|json| serde_json::from_slice(&json).expect("a manifest")))
    }
}

#[async_trait]
impl SignExport for MemoryBucket {
    /// No link that leads anywhere, but one that says what was asked.
    async fn sign_export(&self, file: &str, from: Timestamp, seconds: u32) -> Result<String, PortError> {
        Ok(format!("https://bucket.invalid/exports/{file}?from={}&seconds={seconds}", from.as_second()))
    }
}

//! Exports: `exports/{file}`, and `exports/jobs.json`, the manifest of the last whole one.

use std::mem;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use aws_sdk_s3::presigning::PresigningConfig;
use futures::StreamExt;
use jiff::Timestamp;
use usecases::ports::{
    ExportManifest, GetExportManifest, Pieces, PortError, PutExport, PutExportManifest, SignExport,
};

use crate::bucket::DataBucket;

/// Bytes of a part, which is held in memory while it is sent. S3 takes none below 5 MiB but the last.
const PART: usize = 8 * 1024 * 1024;
const MANIFEST: &str = "exports/jobs.json";
const GZIP: &str = "application/gzip";

fn place(file: &str) -> String {
    format!("exports/{file}")
}

#[async_trait]
impl PutExport for DataBucket {
    /// Part by part: the object appears once the last one is there. What an upload that broke has left is no object,
    /// and the bucket forgets it after two days.
    async fn put_export(&self, file: &str, mut pieces: Pieces<'_>) -> Result<(), PortError> {
        let mut upload = self.begin("put an export", &place(file), GZIP).await?;
        let mut part = Vec::with_capacity(PART + PART / 8);
        while let Some(piece) = pieces.next().await {
            part.extend(piece?);
            if part.len() >= PART {
                upload.add(mem::take(&mut part)).await?;
            }
        }
        // A file of no part is none: an empty one is sent as an empty part.
        if !part.is_empty() || upload.is_empty() {
            upload.add(part).await?;
        }
        upload.complete().await
    }
}

#[async_trait]
impl PutExportManifest for DataBucket {
    async fn put_export_manifest(&self, manifest: &ExportManifest) -> Result<(), PortError> {
        const OPERATION: &str = "put the manifest of exports";
        let json = serde_json::to_vec(manifest).map_err(|error| PortError::new(OPERATION, error))?;
        self.put(OPERATION, MANIFEST, "application/json", json).await
    }
}

#[async_trait]
impl GetExportManifest for DataBucket {
    async fn get_export_manifest(&self) -> Result<Option<ExportManifest>, PortError> {
        const OPERATION: &str = "read the manifest of exports";
        let json = self.get_whole(OPERATION, MANIFEST).await?;
        let manifest = json.map(|json| serde_json::from_slice(&json)).transpose();
        manifest.map_err(|error| PortError::new(OPERATION, error))
    }
}

#[async_trait]
impl SignExport for DataBucket {
    /// Signed with the credentials of whoever signs: the link ends with them, should they end sooner.
    async fn sign_export(&self, file: &str, from: Timestamp, seconds: u32) -> Result<String, PortError> {
        const OPERATION: &str = "sign the link to an export";
        let from = Duration::from_secs(u64::try_from(from.as_second()).unwrap_or_default());
        let signing = PresigningConfig::builder()
            .start_time(SystemTime::UNIX_EPOCH + from)
            .expires_in(Duration::from_secs(u64::from(seconds)))
            .build()
            .map_err(|error| PortError::new(OPERATION, error))?;
        self.sign(OPERATION, &place(file), signing).await
    }
}

//! Exports: `exports/{file}`, and `exports/jobs.json`, the manifest of the last whole one.

use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use aws_sdk_s3::presigning::PresigningConfig;
use jiff::Timestamp;
use usecases::ports::{
    ExportManifest, GetExportManifest, Pieces, PortError, PutExport, PutExportManifest, SignExport,
};

use crate::bucket::DataBucket;

const MANIFEST: &str = "exports/jobs.json";
const GZIP: &str = "application/gzip";

fn place(file: &str) -> String {
    format!("exports/{file}")
}

#[async_trait]
impl PutExport for DataBucket {
    async fn put_export(&self, file: &str, mut pieces: Pieces<'_>) -> Result<(), PortError> {
        self.put_pieces("put an export", &place(file), GZIP, &mut pieces).await
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

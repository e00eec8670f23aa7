//! The link to the last export.

use jiff::{SignedDuration, Timestamp};

use crate::ports::{Clock, ExportManifest, GetExportManifest, PortError, SignExport};

/// How long a link is good for, in seconds: enough to begin a download, too short to be passed around.
pub const LINK_SECONDS: u32 = 15 * 60;

/// What it takes to hand out the last export.
#[derive(Clone, Copy)]
pub struct FindExport<'a> {
    /// Says which it is.
    pub manifests: &'a dyn GetExportManifest,
    /// Signs the link.
    pub sign: &'a dyn SignExport,
    /// The time.
    pub clock: &'a dyn Clock,
}

/// The last export, to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Where.
    pub url: String,
    /// Until when.
    pub expires_at: Timestamp,
    /// What there is to know of it.
    pub manifest: ExportManifest,
}

impl FindExport<'_> {
    /// The last whole export; none before the first night.
    pub async fn run(&self) -> Result<Option<Export>, PortError> {
        let Some(manifest) = self.manifests.get_export_manifest().await? else { return Ok(None) };
        let now = self.clock.now();
        let url = self.sign.sign_export(&manifest.file, now, LINK_SECONDS).await?;
        let life = SignedDuration::from_secs(i64::from(LINK_SECONDS));
        let expires_at = now.saturating_add(life).unwrap_or(now);
        Ok(Some(Export { url, expires_at, manifest }))
    }
}

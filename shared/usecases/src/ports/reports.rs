//! What an import tells about itself.

use async_trait::async_trait;
use domain::feed::FeedKey;

use super::PortError;

/// Keeps the report of an import.
#[async_trait]
pub trait PutReport: Send + Sync {
    /// Puts the report, as JSON, in place of the last one of the same file.
    async fn put_report(&self, key: &FeedKey, json: Vec<u8>) -> Result<(), PortError>;
}

/// Keeps the rows that an import set aside.
#[async_trait]
pub trait PutRejects: Send + Sync {
    /// Puts them, as JSON lines, in place of the last ones of the same file, and tells where.
    async fn put_rejects(&self, key: &FeedKey, lines: Vec<u8>) -> Result<String, PortError>;
}

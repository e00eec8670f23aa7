//! One import of a feed at a time.

use async_trait::async_trait;
use domain::feed::{FeedKind, FeedName};

use super::PortError;

/// The right to import a feed, until it expires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Kind of feed.
    pub kind: FeedKind,
    /// Name of the feed.
    pub feed: FeedName,
    /// Who holds it: unique to one run of an import.
    pub holder: String,
    /// The present, in seconds since 1970.
    pub now: i64,
    /// When it lapses if it is not taken again, in seconds since 1970.
    pub until: i64,
}

/// A lease was not taken.
#[derive(Debug, thiserror::Error)]
pub enum LeaseError {
    /// Another run holds it.
    #[error("another import of this feed is running")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Takes a lease, or takes it again for longer.
#[async_trait]
pub trait TakeLease: Send + Sync {
    /// Succeeds when nobody holds it, when it lapsed, or when the same holder has it.
    async fn take(&self, lease: &Lease) -> Result<(), LeaseError>;
}

/// Gives a lease back.
#[async_trait]
pub trait ReleaseLease: Send + Sync {
    /// Does nothing when another holds it by now.
    async fn release(&self, lease: &Lease) -> Result<(), PortError>;
}

//! Every posting, for the builder of sketches. No request path may use it.

use async_trait::async_trait;
use search::rank::Rank;

use super::PortError;

/// One posting, without its card.
#[derive(Debug, Clone, PartialEq)]
pub struct ScannedPosting {
    /// Its partition key.
    pub partition: String,
    /// Its sort key.
    pub sort: String,
    /// Its size as the store bills it, in bytes.
    pub bytes: u32,
    /// What ranks and filters it.
    pub rank: Rank,
}

/// Reads every posting.
#[async_trait]
pub trait ScanPostings: Send + Sync {
    /// Hands each posting to `each`, in no order, with eventual consistency.
    async fn scan(&self, each: &mut (dyn FnMut(ScannedPosting) + Send)) -> Result<(), PortError>;
}

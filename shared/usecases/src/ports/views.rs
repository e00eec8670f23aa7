//! How often an offer is looked at.

use async_trait::async_trait;

use super::{CommitError, Completion, PortError};

/// Counts looks at offers.
#[async_trait]
pub trait CountView: Send + Sync {
    /// Adds one to an offer's looks; false where there is no such offer, which is not made by being looked at.
    async fn count_view(&self, offer_id: &str) -> Result<bool, PortError>;
}

/// Counts looks that were told under a key.
#[async_trait]
pub trait CountViewOnce: Send + Sync {
    /// Adds one and stores the answer, in one transaction. [`CommitError::Overtaken`] where there is no such offer.
    /// `now` is the present, in seconds since 1970.
    async fn count_view_once(
        &self,
        offer_id: &str,
        completion: &Completion,
        now: u32,
    ) -> Result<(), CommitError>;
}

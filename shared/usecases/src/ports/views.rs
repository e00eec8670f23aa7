//! How often an offer is looked at.

use async_trait::async_trait;

use super::PortError;

/// Counts a look at a deposited offer.
#[async_trait]
pub trait CountView: Send + Sync {
    /// Adds one to the offer's `stats_detail_view`; false when there is no such offer.
    async fn count_view(&self, offer_id: &str) -> Result<bool, PortError>;
}

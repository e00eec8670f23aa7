//! The trades of an RNCP sheet.

use async_trait::async_trait;
use domain::rncp::RncpCode;
use domain::rome::RomeCode;

use super::PortError;

/// Finds the trades an RNCP sheet leads to.
#[async_trait]
pub trait FindTrades: Send + Sync {
    /// The union over the feeds of trainings, sorted; empty for a sheet that no training has.
    async fn find_trades(&self, rncp: &RncpCode) -> Result<Vec<RomeCode>, PortError>;
}

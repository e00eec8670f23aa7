//! Tables of reference.

use async_trait::async_trait;
use domain::naf_romes::NafRomes;

use super::PortError;

/// Loads the trades that each NAF hires for.
#[async_trait]
pub trait LoadNafRomes: Send + Sync {
    /// None when the table was never loaded.
    async fn load_naf_romes(&self) -> Result<Option<NafRomes>, PortError>;
}

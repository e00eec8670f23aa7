//! CFAs that offers may be delegated to.

use async_trait::async_trait;
use domain::cfa::Cfa;
use domain::siret::Siret;

use super::PortError;

/// Finds a CFA.
#[async_trait]
pub trait FindCfa: Send + Sync {
    /// As one of the feeds tells of it: of several, the first by name. None where its manager is not certified or has no
    /// address.
    async fn find_cfa(&self, siret: &Siret) -> Result<Option<Cfa>, PortError>;
}

//! CFAs that offers may be delegated to, and whether they may be written to.

use std::collections::HashSet;

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

/// Tells whether an address is to be left alone.
#[async_trait]
pub trait IsStopped: Send + Sync {
    /// Whether the address of this hash unsubscribed, bounced or complained. Eventually consistent: it is for what is
    /// shown, and sending asks again.
    async fn is_stopped(&self, address_hash: &str) -> Result<bool, PortError>;
}

/// Tells which of many addresses are to be left alone.
#[async_trait]
pub trait FindStopped: Send + Sync {
    /// Those of these hashes that [`IsStopped`] tells of, by the same rule.
    async fn find_stopped(&self, address_hashes: &[String]) -> Result<HashSet<String>, PortError>;
}

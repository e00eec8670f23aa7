//! Partners and their keys.

use async_trait::async_trait;
use domain::partner::Partner;

use super::PortError;

/// Finds who calls.
#[async_trait]
pub trait FindPartner: Send + Sync {
    /// The partner whose key has this SHA-256, in lower-case hexadecimal.
    async fn find_partner(&self, key_hash: &str) -> Result<Option<Partner>, PortError>;
}

/// Registers a key.
#[async_trait]
pub trait PutPartner: Send + Sync {
    /// Makes the key with this SHA-256 the partner's; the key itself is never stored.
    async fn put_partner(&self, key_hash: &str, partner: &Partner) -> Result<(), PortError>;
}

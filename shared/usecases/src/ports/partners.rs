//! Partners and their keys.

use async_trait::async_trait;
use domain::appointment::Referrer;
use domain::partner::Partner;

use super::PortError;

/// Finds who calls.
#[async_trait]
pub trait FindPartner: Send + Sync {
    /// The partner whose key has this SHA-256, in lower-case hexadecimal.
    async fn find_partner(&self, key_hash: &str) -> Result<Option<Partner>, PortError>;
}

/// Tells which partner a site is.
#[async_trait]
pub trait FindSite: Send + Sync {
    /// The name of the partner that was last registered as this site; none where none was. Eventually consistent.
    async fn find_site(&self, site: Referrer) -> Result<Option<String>, PortError>;
}

/// Registers a key.
#[async_trait]
pub trait PutPartner: Send + Sync {
    /// Makes the key with this SHA-256 the partner's; the key itself is never stored. A partner that is a site is from then
    /// on told of the appointments that are asked for through it.
    async fn put_partner(&self, key_hash: &str, partner: &Partner) -> Result<(), PortError>;
}

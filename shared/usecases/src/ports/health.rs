//! Whether the store answers.

use async_trait::async_trait;

use super::PortError;

/// Checks the store.
#[async_trait]
pub trait CheckHealth: Send + Sync {
    /// Reads one item, present or not.
    async fn check(&self) -> Result<(), PortError>;
}

//! What mail providers tell of mails that left.

use async_trait::async_trait;
use domain::email::Email;
use domain::event::{BounceReason, EventMessage};

use super::PortError;

/// An address that is written to no more.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounce {
    /// Makes it count once: of the provider's id of the mail, the reason and the address.
    pub dedupe: String,
    /// The address; never stored, only its hash.
    pub address: Email,
    /// Why.
    pub reason: BounceReason,
    /// What is told of it, where the mail is known.
    pub event: Option<EventMessage>,
    /// The present, in seconds since 1970.
    pub now: u32,
}

/// Records a bounce.
#[async_trait]
pub trait RecordBounce: Send + Sync {
    /// Suppresses the address, counts it and owes the event, in one transaction. False where it was recorded before.
    async fn record_bounce(&self, bounce: &Bounce) -> Result<bool, PortError>;
}

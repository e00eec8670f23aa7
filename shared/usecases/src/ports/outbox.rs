//! The outbox: what a committed write still owes the outside.

use async_trait::async_trait;
use domain::application::ApplicationId;
use domain::event::EventMessage;
use domain::mail::MailId;
use domain::webhook::DeliveryId;

use super::PortError;

/// Into how many parts the index of what is due is cut.
pub const OUTBOX_SHARDS: u8 = 8;
/// How long the stream has for an item before the sweeper takes care of it, in seconds.
pub const STREAM_SECONDS: u32 = 120;

/// One thing owed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owed {
    /// A mail to hand to the queue of mails.
    Mail(MailId),
    /// An event to publish, by its id.
    Event(String),
    /// The CV of an application to look at.
    Scan(ApplicationId),
    /// A webhook to call.
    Webhook(DeliveryId),
}

/// One thing that is still owed, and since when it should have been done, in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// What.
    pub owed: Owed,
    /// When it was due.
    pub due_at: u32,
}

/// Lists what is overdue.
#[async_trait]
pub trait ListOverdue: Send + Sync {
    /// At most `limit` things of a part of the index that were due at `now`, the oldest first. It may lag behind by
    /// seconds.
    async fn list_overdue(&self, shard: u8, now: u32, limit: u16) -> Result<Vec<Overdue>, PortError>;
}

/// Puts off a thing that is owed.
#[async_trait]
pub trait PostponeOwed: Send + Sync {
    /// Makes it due at `until`, unless somebody else did meanwhile.
    async fn postpone(&self, overdue: &Overdue, until: u32) -> Result<(), PortError>;
}

/// Reads an event that is owed.
#[async_trait]
pub trait FindEvent: Send + Sync {
    /// None where it was published already.
    async fn find_event(&self, id: &str) -> Result<Option<EventMessage>, PortError>;
}

/// Notes that an event was published.
#[async_trait]
pub trait SettleEvent: Send + Sync {
    /// It is owed no more.
    async fn settle_event(&self, id: &str) -> Result<(), PortError>;
}

/// Puts a mail in the queue of those that send.
#[async_trait]
pub trait QueueMail: Send + Sync {
    /// The message holds the id only.
    async fn queue_mail(&self, id: &MailId) -> Result<(), PortError>;
}

/// Publishes an event to whoever follows.
#[async_trait]
pub trait PublishEvent: Send + Sync {
    /// Its type and partner go beside the message, for filter policies.
    async fn publish_event(&self, message: &EventMessage) -> Result<(), PortError>;
}

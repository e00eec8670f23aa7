//! Webhooks of partners, and what each is told: the ledger that says where each call stands, and whoever makes it.

use async_trait::async_trait;
use domain::event::{DisabledReason, EventMessage};
use domain::webhook::{DeliveryId, Webhook, WebhookId, WebhookSecret, WebhookUrl};

use super::PortError;

/// The webhooks of a partner, as they were read.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnWebhooks {
    /// All of them, in no order.
    pub webhooks: Vec<Webhook>,
    /// What the store must still hold when one of them is written.
    pub revision: u32,
}

/// Lists webhooks.
#[async_trait]
pub trait ListWebhooks: Send + Sync {
    /// Those of a partner, strongly consistent.
    async fn list_webhooks(&self, partner: &str) -> Result<OwnWebhooks, PortError>;
}

/// A webhook that can be called.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenedWebhook {
    /// The webhook.
    pub webhook: Webhook,
    /// Its secret.
    pub secret: WebhookSecret,
    /// How often its partner changed it: what is noted of a call is of the webhook that was called.
    pub version: u32,
}

/// Finds a webhook.
#[async_trait]
pub trait FindWebhook: Send + Sync {
    /// Strongly consistent. Another partner's answers like one that does not exist.
    async fn find_webhook(&self, partner: &str, id: &WebhookId) -> Result<Option<OpenedWebhook>, PortError>;
}

/// What becomes of the webhooks of a partner.
#[derive(Debug, Clone, PartialEq)]
pub enum WebhookChange {
    /// One more, with its secret.
    Create(Webhook, WebhookSecret),
    /// One is changed: its address, what it is told, its state. Its failure is forgotten where it has none any more.
    Replace(Webhook),
    /// One is no more.
    Delete(WebhookId),
}

/// Writes webhooks.
#[async_trait]
pub trait WriteWebhook: Send + Sync {
    /// On the condition that nobody else wrote one of this partner meanwhile: false where somebody did.
    async fn write_webhook(
        &self,
        partner: &str,
        seen: u32,
        change: &WebhookChange,
    ) -> Result<bool, PortError>;
}

/// How a call fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// It was answered with a 2xx.
    Success,
    /// It was not.
    Failure,
}

/// Notes how calls fare.
#[async_trait]
pub trait NoteCall: Send + Sync {
    /// At `now`, in seconds since 1970: since when the webhook has failed, by the same measure. None where it has not, and
    /// where it is no more the one that was called.
    async fn note_call(
        &self,
        partner: &str,
        called: &OpenedWebhook,
        noted: Noted,
        now: u32,
    ) -> Result<Option<u32>, PortError>;
}

/// A webhook that is given up.
#[derive(Debug, Clone, PartialEq)]
pub struct Disabling<'a> {
    /// Whose it is.
    pub partner: &'a str,
    /// The webhook that was called.
    pub called: &'a OpenedWebhook,
    /// Since when it has failed, in seconds since 1970.
    pub failing_since: u32,
    /// Why.
    pub reason: DisabledReason,
    /// What is told of it.
    pub event: EventMessage,
    /// The present, in seconds since 1970.
    pub now: u32,
}

/// Gives webhooks up.
#[async_trait]
pub trait DisableWebhook: Send + Sync {
    /// With its event, in one transaction, on the condition that it is the one that was called, is enabled, and has failed
    /// ever since. False where it is not so.
    async fn disable_webhook(&self, disabling: &Disabling<'_>) -> Result<bool, PortError>;
}

/// Where a call stands. All instants are seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// Due, not before the instant given.
    Pending {
        /// When it may be tried, the first time or again.
        not_before: u32,
    },
    /// Somebody is at it, and has until the instant given.
    Sending {
        /// After it, whoever had it is dead: it is made again.
        lease_until: u32,
    },
    /// It was answered with a 2xx.
    Delivered,
    /// It failed as often as it is tried, or the webhook is gone.
    Failed,
    /// The webhook was disabled or deleted meanwhile.
    Dropped,
}

impl DeliveryState {
    /// When it is looked at again; none where it is done with.
    pub const fn instant(self) -> Option<u32> {
        match self {
            Self::Pending { not_before: at } | Self::Sending { lease_until: at } => Some(at),
            Self::Delivered | Self::Failed | Self::Dropped => None,
        }
    }
}

/// What a webhook is to be told of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// Of which webhook and event.
    pub id: DeliveryId,
    /// Whose webhook it is.
    pub partner: String,
    /// The type of the event.
    pub kind: String,
    /// What is posted.
    pub body: String,
    /// The present, in seconds since 1970.
    pub now: u32,
}

/// Files what webhooks are to be told.
#[async_trait]
pub trait FileDelivery: Send + Sync {
    /// It is owed from now on. False where it was filed before.
    async fn file_delivery(&self, new: &NewDelivery) -> Result<bool, PortError>;
}

/// A call as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryEntry {
    /// Of which webhook and event.
    pub id: DeliveryId,
    /// Whose webhook it is.
    pub partner: String,
    /// What is posted.
    pub body: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it failed.
    pub failures: u32,
    /// How often the ledger changed it: whoever changes it says which revision was seen.
    pub revision: u32,
}

/// Reads the ledger of calls.
#[async_trait]
pub trait FindDelivery: Send + Sync {
    /// As it stands, strongly consistent.
    async fn find_delivery(&self, id: &DeliveryId) -> Result<Option<DeliveryEntry>, PortError>;
}

/// A call about to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenDelivery<'a> {
    /// The call.
    pub id: &'a DeliveryId,
    /// The revision that was seen.
    pub seen: u32,
    /// Until when it is ours, in seconds since 1970.
    pub lease_until: u32,
}

/// Takes calls.
#[async_trait]
pub trait TakeDelivery: Send + Sync {
    /// Makes it [`DeliveryState::Sending`]. False where somebody else changed it meanwhile.
    async fn take_delivery(&self, taken: &TakenDelivery<'_>) -> Result<bool, PortError>;
}

/// What became of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledDelivery<'a> {
    /// The call.
    pub id: &'a DeliveryId,
    /// The revision that was seen: the one that taking it made, where it was taken.
    pub seen: u32,
    /// Where it stands now.
    pub state: DeliveryState,
    /// How often it has failed.
    pub failures: u32,
    /// The status that was answered, where one was.
    pub status: Option<u16>,
    /// Why, in a word that logs may carry.
    pub reason: Option<&'static str>,
    /// The present, in seconds since 1970.
    pub now: u32,
}

/// Tells the ledger what became of a call.
#[async_trait]
pub trait SettleDelivery: Send + Sync {
    /// False where somebody else changed it meanwhile.
    async fn settle_delivery(&self, settled: &SettledDelivery<'_>) -> Result<bool, PortError>;
}

/// Puts calls in the queue of those that are made.
#[async_trait]
pub trait QueueWebhook: Send + Sync {
    /// To be looked at after so many seconds, 900 at most. The message holds the id only.
    async fn queue_webhook(&self, id: &DeliveryId, delay_seconds: u32) -> Result<(), PortError>;
}

/// What is posted, and how it is known to be ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedMessage {
    /// The header `webhook-id`: the same in each attempt.
    pub id: String,
    /// The header `webhook-timestamp`: when this attempt is made, in seconds since 1970.
    pub timestamp: u32,
    /// The header `webhook-signature`.
    pub signature: String,
    /// The body, JSON.
    pub body: String,
}

/// What came of posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posted {
    /// An answer, with this status.
    Answered(u16),
    /// No answer.
    Unanswered(Trouble),
}

/// Why there was no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The name leads to no address that we call.
    Address,
    /// There was no connection, no TLS that can be trusted, or no HTTP.
    Connection,
    /// It took too long.
    TimedOut,
}

/// Posts messages to webhooks.
#[async_trait]
pub trait PostWebhook: Send + Sync {
    /// Once, within a limit of time, following nothing.
    async fn post_webhook(&self, url: &WebhookUrl, message: &SignedMessage) -> Posted;
}

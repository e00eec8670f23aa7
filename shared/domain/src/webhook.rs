//! Where a partner is told of what happens: an address of its own that we call, each call signed as Standard Webhooks
//! says (<https://www.standardwebhooks.com>, version 1.0.0).

mod calendar;
mod id;
mod reach;
mod secret;
mod url;
mod wanted;

use jiff::Timestamp;
use serde::Serialize;

use crate::event::{DisabledReason, Event, EventMessage};

pub use calendar::{ATTEMPTS, next_attempt};
pub use id::{DeliveryId, WebhookId, WebhookIdError};
pub use reach::{Reach, is_public};
pub use secret::{SecretError, WebhookCipher, WebhookSecret};
pub use url::{MAX_URL_CHARS, WebhookUrl, WebhookUrlError};
pub use wanted::{FOLLOWED, UnknownKind, Wanted};

/// Webhooks of one partner.
pub const MAX_WEBHOOKS: usize = 5;
/// For how long every call must have failed until a webhook is disabled, in seconds: five days.
pub const DISABLED_AFTER_SECONDS: u32 = 5 * 86_400;
/// The type of the message that a partner has sent to itself.
pub const TEST_KIND: &str = "webhook.test";

/// A webhook of a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Where it is.
    pub url: WebhookUrl,
    /// What it is told.
    pub wanted: Wanted,
    /// When it was created.
    pub created_at: Timestamp,
    /// Whether it is called.
    pub state: WebhookState,
    /// How its calls fared.
    pub health: Health,
}

/// Whether a webhook is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookState {
    /// It is.
    Enabled,
    /// It is not: its partner has said so.
    Paused,
    /// It is not: we have given it up.
    Disabled(DisabledReason),
}

/// How the calls of a webhook fared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Health {
    /// When one was last answered with a 2xx, to the minute.
    pub last_success: Option<Timestamp>,
    /// When one last failed.
    pub last_failure: Option<Timestamp>,
    /// The first failure since the last success.
    pub failing_since: Option<Timestamp>,
}

impl Webhook {
    /// Whether it is to be told of events of this type.
    pub fn wants(&self, kind: &str) -> bool {
        self.state == WebhookState::Enabled && self.wanted.includes(kind)
    }
}

/// What is posted.
#[derive(Serialize)]
struct Payload<'a> {
    #[serde(flatten)]
    event: &'a Event,
    #[serde(with = "crate::date::iso_form")]
    timestamp: Timestamp,
}

/// What is posted of a test.
#[derive(Serialize)]
struct TestPayload<'a> {
    r#type: &'a str,
    data: TestData<'a>,
    #[serde(with = "crate::date::iso_form")]
    timestamp: Timestamp,
}

#[derive(Serialize)]
struct TestData<'a> {
    webhook_id: &'a str,
}

/// The body that tells of an event: its type, its facts, and when it happened.
pub fn body_of(message: &EventMessage) -> serde_json::Result<String> {
    serde_json::to_string(&Payload { event: &message.event, timestamp: message.occurred_at })
}

/// The body of a test.
pub fn test_body(id: &WebhookId, at: Timestamp) -> serde_json::Result<String> {
    let data = TestData { webhook_id: id.as_str() };
    serde_json::to_string(&TestPayload { r#type: TEST_KIND, data, timestamp: at })
}

#[cfg(test)]
mod tests;

//! A partner has a message sent to itself, and is told at once what its webhook answered.

use domain::webhook::{WebhookId, test_body};

use super::signed;
use crate::ports::{Clock, Entropy, FindWebhook, PortError, PostWebhook, Posted};

/// What a webhook said to a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tested {
    /// What it answered, if it did.
    pub posted: Posted,
    /// How long that took, in milliseconds.
    pub milliseconds: u64,
}

/// Why nothing was sent.
#[derive(Debug, thiserror::Error)]
pub enum TestError {
    /// The partner has no webhook of this id.
    #[error("there is no such webhook")]
    Unknown,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Tests webhooks.
#[derive(Clone, Copy)]
pub struct TestWebhook<'a> {
    /// Finds them.
    pub find: &'a dyn FindWebhook,
    /// Posts to them.
    pub post: &'a dyn PostWebhook,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Makes ids of messages.
    pub entropy: &'a dyn Entropy,
}

impl TestWebhook<'_> {
    /// Sends a message of the type `webhook.test`, signed as all are, whether the webhook is enabled or not. It is sent
    /// once, and counts for nothing.
    pub async fn run(&self, partner: &str, id: &WebhookId) -> Result<Tested, TestError> {
        let found = self.find.find_webhook(partner, id).await?.ok_or(TestError::Unknown)?;
        let begun = self.clock.now();
        let body =
            test_body(id, begun).map_err(|error| PortError::new("write a message of a webhook", error))?;
        let message_id = hex::encode(self.entropy.bytes());
        let message = signed(&found.secret, &message_id, self.clock.seconds(), &body);
        let posted = self.post.post_webhook(&found.webhook.url, &message).await;
        let milliseconds = self.clock.now().duration_since(begun).as_millis();
        Ok(Tested { posted, milliseconds: u64::try_from(milliseconds).unwrap_or_default() })
    }
}

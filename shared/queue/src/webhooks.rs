//! The queue of calls of webhooks. Its messages hold ids only.

use async_trait::async_trait;
use aws_sdk_sqs::Client;
use domain::webhook::DeliveryId;
use serde::{Deserialize, Serialize};
use usecases::ports::{PortError, QueueWebhook};

const QUEUE: &str = "queue a call of a webhook";

/// A message of the queue of calls. A field that is not known makes it unreadable, so that a message of a later version
/// is kept for whoever can read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookMessage {
    /// The call.
    pub delivery_id: String,
}

/// Puts calls in their queue.
#[derive(Debug, Clone)]
pub struct WebhookQueue {
    client: Client,
    url: String,
}

impl WebhookQueue {
    /// The queue at this address.
    pub fn new(client: Client, url: String) -> Self {
        Self { client, url }
    }
}

#[async_trait]
impl QueueWebhook for WebhookQueue {
    async fn queue_webhook(&self, id: &DeliveryId, delay_seconds: u32) -> Result<(), PortError> {
        let message = WebhookMessage { delivery_id: id.to_string() };
        let body = serde_json::to_string(&message).map_err(|error| PortError::new(QUEUE, error))?;
        let delay = i32::try_from(delay_seconds).map_err(|error| PortError::new(QUEUE, error))?;
        let send = self.client.send_message().queue_url(&self.url).message_body(body).delay_seconds(delay);
        send.send().await.map(drop).map_err(|error| PortError::new(QUEUE, error))
    }
}

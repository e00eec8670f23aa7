//! The queue of mails. Its messages hold ids only: a queue, its dead letters and whoever looks at them learn nothing of
//! people.

use async_trait::async_trait;
use aws_sdk_sqs::Client;
use domain::mail::MailId;
use serde::{Deserialize, Serialize};
use usecases::ports::{PortError, QueueMail};

const QUEUE: &str = "queue a mail";

/// A message of the queue of mails. A field that is not known makes it unreadable, so that a message of a later
/// version is kept for whoever can read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailMessage {
    /// The mail.
    pub mail_id: String,
}

/// Puts mails in their queue.
#[derive(Debug, Clone)]
pub struct MailQueue {
    client: Client,
    url: String,
}

impl MailQueue {
    /// The queue at this address.
    pub fn new(client: Client, url: String) -> Self {
        Self { client, url }
    }
}

#[async_trait]
impl QueueMail for MailQueue {
    async fn queue_mail(&self, id: &MailId) -> Result<(), PortError> {
        let message = MailMessage { mail_id: id.to_string() };
        let body = serde_json::to_string(&message).map_err(|error| PortError::new(QUEUE, error))?;
        let sent = self.client.send_message().queue_url(&self.url).message_body(body).send().await;
        sent.map(drop).map_err(|error| PortError::new(QUEUE, error))
    }
}

//! The queue of CVs that are to be looked at. Its messages hold ids only.

use async_trait::async_trait;
use aws_sdk_sqs::Client;
use domain::application::ApplicationId;
use serde::{Deserialize, Serialize};
use usecases::ports::{PortError, QueueScan};

const QUEUE: &str = "queue a scan";

/// A message of the queue of scans. A field that is not known makes it unreadable, so that a message of a later version
/// is kept for whoever can read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScanMessage {
    /// The application whose CV it is.
    pub application_id: ApplicationId,
}

/// Puts scans in their queue.
#[derive(Debug, Clone)]
pub struct ScanQueue {
    client: Client,
    url: String,
}

impl ScanQueue {
    /// The queue at this address.
    pub fn new(client: Client, url: String) -> Self {
        Self { client, url }
    }
}

#[async_trait]
impl QueueScan for ScanQueue {
    async fn queue_scan(&self, id: &ApplicationId) -> Result<(), PortError> {
        let message = ScanMessage { application_id: id.clone() };
        let body = serde_json::to_string(&message).map_err(|error| PortError::new(QUEUE, error))?;
        let sent = self.client.send_message().queue_url(&self.url).message_body(body).send().await;
        sent.map(drop).map_err(|error| PortError::new(QUEUE, error))
    }
}

//! A batch of SQS, and the answer that gives back a part of it: what a consumer needs of either.

use serde::{Deserialize, Serialize};

/// What SQS hands over.
#[derive(Debug, Clone, Deserialize)]
pub struct Batch {
    /// The messages.
    #[serde(rename = "Records")]
    pub records: Vec<Record>,
}

/// A message as SQS hands it over.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// What SQS calls it: another one each time the same event is published.
    pub message_id: String,
    /// The event, as it is: the subscription delivers raw messages.
    pub body: String,
}

/// What SQS is answered. It counts only where the event source mapping asks for `ReportBatchItemFailures`; elsewhere
/// failed messages would be taken for handled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The messages that shall come again; the others are deleted.
    pub batch_item_failures: Vec<Failure>,
}

/// A message that shall come again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// Its `messageId`.
    pub item_identifier: String,
}

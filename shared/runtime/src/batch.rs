//! Runs what is started by a batch of records, of a queue or of a stream. Each record is worked off by itself: one
//! that fails, or panics, comes again, and the others do not.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use futures::future::join_all;
use lambda_runtime::{LambdaEvent, service_fn};
use serde::{Deserialize, Serialize};

use crate::environment::Environment;
use crate::{Error, telemetry};

/// A record that can be named in the answer, so that it comes again.
pub trait BatchRecord: for<'de> Deserialize<'de> + Send + 'static {
    /// How the answer names it.
    fn identifier(&self) -> &str;
}

/// A message of a queue.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueueRecord {
    message_id: String,
    /// What it says.
    #[serde(default)]
    pub body: String,
}

impl BatchRecord for QueueRecord {
    fn identifier(&self) -> &str {
        &self.message_id
    }
}

/// A change of an item, told by its keys alone.
#[derive(Debug, Clone, Deserialize)]
pub struct StreamRecord {
    dynamodb: Change,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Change {
    keys: Keys,
    sequence_number: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Keys {
    pk: KeyText,
}

#[derive(Debug, Clone, Deserialize)]
struct KeyText {
    #[serde(rename = "S")]
    text: String,
}

impl StreamRecord {
    /// The partition key of the item.
    pub fn partition(&self) -> &str {
        &self.dynamodb.keys.pk.text
    }
}

impl BatchRecord for StreamRecord {
    fn identifier(&self) -> &str {
        &self.dynamodb.sequence_number
    }
}

#[derive(Debug, Deserialize)]
struct Batch<R> {
    #[serde(rename = "Records", default = "Vec::new")]
    records: Vec<R>,
}

/// The records that must come again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchAnswer {
    batch_item_failures: Vec<BatchFailure>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct BatchFailure {
    item_identifier: String,
}

/// Serves batches of records of type `R`: `build` makes what all of them share, `handle` works one record off.
pub async fn serve<C, R, B, H, F>(build: B, handle: H) -> Result<(), Error>
where
    C: Sync + 'static,
    R: BatchRecord,
    B: AsyncFnOnce(Environment) -> Result<C, Error>,
    H: Fn(&'static C, R) -> F + Copy,
    F: Future<Output = Result<(), Error>>,
{
    telemetry::init();
    let context: &'static C = Box::leak(Box::new(build(Environment).await?));
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Batch<R>>| async move {
        Ok::<_, Error>(
            work_off(event.payload.records, &event.context.request_id, |record| handle(context, record))
                .await,
        )
    }))
    .await
}

/// What [`serve`] answers to an event, so that a handler can be tried without Lambda.
pub async fn answer<R, H, F>(event: &str, invocation_id: &str, handle: H) -> Result<String, Error>
where
    R: BatchRecord,
    H: Fn(R) -> F,
    F: Future<Output = Result<(), Error>>,
{
    let batch: Batch<R> = serde_json::from_str(event)?;
    Ok(serde_json::to_string(&work_off(batch.records, invocation_id, handle).await)?)
}

async fn work_off<R, H, F>(records: Vec<R>, invocation_id: &str, handle: H) -> BatchAnswer
where
    R: BatchRecord,
    H: Fn(R) -> F,
    F: Future<Output = Result<(), Error>>,
{
    let outcomes = records.into_iter().map(|record| {
        let identifier = record.identifier().to_owned();
        // The handler is called inside the guarded future, so that a panic before its first await counts too.
        let guarded = AssertUnwindSafe(async { handle(record).await }).catch_unwind();
        async move {
            let failed = match guarded.await {
                Ok(Ok(())) => return None,
                Ok(Err(error)) => telemetry::chain(error.as_ref()),
                Err(_) => "the handler panicked".to_owned(),
            };
            tracing::error!(
                invocation.id = invocation_id,
                record.id = identifier,
                error.causes = failed,
                "record failed"
            );
            Some(BatchFailure { item_identifier: identifier })
        }
    });
    BatchAnswer { batch_item_failures: join_all(outcomes).await.into_iter().flatten().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE: &str = r#"{"Records":[
        {"messageId":"1","body":"good"},{"messageId":"2","body":"panics"},{"messageId":"3","body":"fails"},
        {"messageId":"4","body":"good"}]}"#;

    async fn handle(record: QueueRecord) -> Result<(), Error> {
        match record.body.as_str() {
            "good" => Ok(()),
            "panics" => panic!("an injected panic"),
            other => Err(other.into()),
        }
    }

    #[tokio::test]
    async fn a_record_that_fails_or_panics_comes_again_and_no_other() {
        let answer = answer(THREE, "fake-invocation", handle).await.unwrap();
        assert_eq!(answer, r#"{"batchItemFailures":[{"itemIdentifier":"2"},{"itemIdentifier":"3"}]}"#);
    }

    #[tokio::test]
    async fn a_change_is_named_by_its_sequence_number_and_told_by_its_partition() {
        let event = r#"{"Records":[{"eventName":"INSERT","dynamodb":{"SequenceNumber":"77","Keys":{"pk":{"S":"mail#1"},"sk":{"S":"mail"}}}}]}"#;
        let answer = answer(event, "fake-invocation", |record: StreamRecord| async move {
            Err(record.partition().to_owned().into())
        });
        assert_eq!(answer.await.unwrap(), r#"{"batchItemFailures":[{"itemIdentifier":"77"}]}"#);
    }
}

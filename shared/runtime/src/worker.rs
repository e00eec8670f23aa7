//! Runs what is started by an event other than a request: a file that landed, a schedule.

use lambda_runtime::{LambdaEvent, service_fn};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::environment::Environment;
use crate::{Error, telemetry};

/// Serves events of type `E`: `build` makes what all of them share, `handle` works one off, and what it answers goes to
/// whoever asked, if anybody waits. An error makes Lambda try again, and in the end put the event in the dead-letter queue,
/// unless somebody waits, who is told.
pub async fn serve<C, E, R, B, H, F>(build: B, handle: H) -> Result<(), Error>
where
    C: Sync + 'static,
    E: DeserializeOwned,
    R: Serialize,
    B: AsyncFnOnce(Environment) -> Result<C, Error>,
    H: Fn(&'static C, E, String) -> F + Copy,
    F: Future<Output = Result<R, Error>>,
{
    telemetry::init();
    let context: &'static C = Box::leak(Box::new(build(Environment).await?));
    lambda_runtime::run(service_fn(move |event: LambdaEvent<E>| async move {
        let id = event.context.request_id;
        handle(context, event.payload, id.clone()).await.map_err(|error| {
            let causes = telemetry::chain(error.as_ref());
            tracing::error!(invocation.id = id, error.causes = causes, "event failed");
            // The runtime logs what it is given with every detail, the store's answers included.
            Error::from(causes)
        })
    }))
    .await
}

/// Objects that were put in a bucket.
#[derive(Debug, Clone, Deserialize)]
pub struct ObjectsCreated {
    #[serde(rename = "Records", default)]
    records: Vec<Record>,
}

#[derive(Debug, Clone, Deserialize)]
struct Record {
    s3: Entity,
}

#[derive(Debug, Clone, Deserialize)]
struct Entity {
    object: Object,
}

#[derive(Debug, Clone, Deserialize)]
struct Object {
    key: String,
}

impl ObjectsCreated {
    /// Whether it names none: a schedule's event, or the test of a new notification.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Their keys, decoded: S3 writes them like a form, a space as `+`.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.records.iter().map(|record| {
            let spaced = record.s3.object.key.replace('+', " ");
            percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_decoded_as_s3_writes_them() {
        let event = r#"{"Records":[{"s3":{"object":{"key":"companies/metz/a+b%C3%A9.jsonl"}}}]}"#;
        let event: ObjectsCreated = serde_json::from_str(event).unwrap();
        assert_eq!(event.keys().collect::<Vec<_>>(), ["companies/metz/a bé.jsonl"]);
    }

    #[test]
    fn the_test_event_of_a_new_notification_names_no_key() {
        let event: ObjectsCreated =
            serde_json::from_str(r#"{"Service":"Amazon S3","Event":"s3:TestEvent"}"#).unwrap();
        assert_eq!(event.keys().count(), 0);
    }
}

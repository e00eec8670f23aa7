//! The demonstration's consumer of events: its queue, as a partner's consumer reads it.

use aws_sdk_sqs::Client;
use runtime::clients::Clients;
use serde_json::Value;

use super::variable;

/// The queue.
pub(crate) struct Events {
    client: Client,
    url: String,
}

impl Events {
    /// The one that the environment names.
    pub(crate) async fn deployed() -> Self {
        let url = variable("DEMO_CONSUMER_QUEUE_URL");
        variable("AWS_ENDPOINT_URL");
        Self { client: Clients::load().await.sqs(), url }
    }

    /// The event of this type about this offer, if it is among the next ones. Others are left for whoever waits for them.
    pub(crate) async fn find(&self, kind: &str, offer_id: &Value) -> Option<Value> {
        let received = self.client.receive_message().queue_url(&self.url).max_number_of_messages(10);
        let received = received.visibility_timeout(1).send().await.expect("the queue answers");
        let events =
            received.messages().iter().filter_map(|message| serde_json::from_str(message.body()?).ok());
        events
            .into_iter()
            .find(|event: &Value| event["type"] == kind && event["data"]["offer_id"] == *offer_id)
    }
}

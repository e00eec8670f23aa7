//! The topic of domain events.

use async_trait::async_trait;
use aws_sdk_sns::Client;
use aws_sdk_sns::types::MessageAttributeValue;
use domain::event::EventMessage;
use usecases::ports::{PortError, PublishEvent};

const PUBLISH: &str = "publish an event";

/// Publishes events.
#[derive(Debug, Clone)]
pub struct EventTopic {
    client: Client,
    arn: String,
}

impl EventTopic {
    /// The topic of this ARN.
    pub fn new(client: Client, arn: String) -> Self {
        Self { client, arn }
    }
}

#[async_trait]
impl PublishEvent for EventTopic {
    async fn publish_event(&self, message: &EventMessage) -> Result<(), PortError> {
        let body = serde_json::to_string(message).map_err(|error| PortError::new(PUBLISH, error))?;
        let mut publish = self
            .client
            .publish()
            .topic_arn(&self.arn)
            .message(body)
            .message_attributes("type", attribute(message.event.kind())?)
            .message_attributes("version", attribute(&message.version.to_string())?);
        if let Some(partner) = &message.partner {
            publish = publish.message_attributes("partner", attribute(partner)?);
        }
        publish.send().await.map(drop).map_err(|error| PortError::new(PUBLISH, error))
    }
}

/// What filter policies compare.
fn attribute(value: &str) -> Result<MessageAttributeValue, PortError> {
    MessageAttributeValue::builder()
        .data_type("String")
        .string_value(value)
        .build()
        .map_err(|error| PortError::new(PUBLISH, error))
}

//! Ids: of a webhook, and of what it is told of one event.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// The id of a webhook: random, in the form of a UUID.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebhookId(String);

/// The text is no such id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id of a webhook is a UUID in lower case, one of a delivery that and the id of an event")]
pub struct WebhookIdError;

impl WebhookId {
    /// An id of these random bytes.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(uuid::Builder::from_random_bytes(bytes).into_uuid().to_string())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for WebhookId {
    type Err = WebhookIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = Uuid::try_parse(text).map_err(|_| WebhookIdError)?.to_string();
        // One id has one form.
        if read == text { Ok(Self(read)) } else { Err(WebhookIdError) }
    }
}

impl fmt::Display for WebhookId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What one webhook is told of one event: once, since both are in its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId {
    /// The webhook.
    pub webhook: WebhookId,
    /// The event: its id is the `webhook-id` of every attempt.
    pub event: String,
}

impl FromStr for DeliveryId {
    type Err = WebhookIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (webhook, event) = text.split_once('#').ok_or(WebhookIdError)?;
        let is_id = !event.is_empty() && event.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_id {
            return Err(WebhookIdError);
        }
        Ok(Self { webhook: webhook.parse()?, event: event.to_owned() })
    }
}

impl fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.webhook, self.event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_they_are_written_and_in_no_other_form() {
        let webhook = WebhookId::from_random([0xff; 16]);
        assert_eq!(webhook.as_str().parse(), Ok(webhook.clone()));
        let id = DeliveryId { webhook, event: "0123456789abcdef".to_owned() };
        assert_eq!(id.to_string().parse(), Ok(id.clone()));
        for text in ["", "#", "ffffffff", &id.to_string().to_uppercase(), &format!("{}#", id.webhook)] {
            assert!(text.parse::<WebhookId>().is_err() && text.parse::<DeliveryId>().is_err(), "{text}");
        }
        assert!(format!("{}#a#b", id.webhook).parse::<DeliveryId>().is_err());
    }
}

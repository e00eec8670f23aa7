//! The keys of webhooks and of what they are told.

use domain::webhook::{DeliveryId, WebhookId};

use super::Key;

/// How the partition of a call begins: the stream is filtered by it.
pub(crate) const WEBHOOK_PREFIX: &str = "webhook#";
/// The sort key that no webhook has.
pub(crate) const WEBHOOKS_HEAD: &str = "head";

/// The webhooks of a partner. It is in the key, so that to another partner they do not exist.
pub(crate) fn webhooks_of(partner: &str) -> String {
    format!("webhooks-of#{partner}")
}

/// One of them.
pub(crate) fn webhook(partner: &str, id: &WebhookId) -> Key {
    Key::new(webhooks_of(partner), id.as_str())
}

/// How often they were written.
pub(crate) fn webhooks_head(partner: &str) -> Key {
    Key::new(webhooks_of(partner), WEBHOOKS_HEAD)
}

/// What a webhook is told of an event.
pub(crate) fn delivery(id: &DeliveryId) -> Key {
    Key::new(format!("{WEBHOOK_PREFIX}{id}"), "webhook")
}

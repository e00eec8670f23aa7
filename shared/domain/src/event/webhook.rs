//! What happens to a partner's webhook.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema;

/// A webhook was disabled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookDisabled {
    /// The webhook.
    #[schemars(example = &"1c7f0a52-6f0e-4f53-9a51-2f8f0c9a7b3e")]
    pub webhook_id: String,
    /// Why.
    pub reason: DisabledReason,
    /// Since when each call of it has failed.
    #[serde(with = "crate::date::iso_form")]
    #[schemars(schema_with = "schema::instant")]
    pub failing_since: Timestamp,
}

/// Why a webhook is called no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisabledReason {
    /// Every call has failed for five days.
    Failing,
    /// It answered that it is gone for good (410).
    Gone,
}

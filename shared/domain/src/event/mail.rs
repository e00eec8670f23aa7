//! What happens to a mail.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema;
use crate::mail::{MailId, Template};

/// A mail bounced or was complained about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MailBounced {
    /// The mail.
    #[schemars(schema_with = "schema::mail_id")]
    pub mail_id: MailId,
    /// Which one it was.
    #[schemars(schema_with = "schema::template")]
    pub template: Template,
    /// Why.
    pub reason: BounceReason,
}

/// Why an address is written to no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BounceReason {
    /// It does not exist, or refuses for good.
    HardBounce,
    /// Its owner reported the mail as spam.
    Complaint,
    /// Its owner asked for it.
    Unsubscribed,
}

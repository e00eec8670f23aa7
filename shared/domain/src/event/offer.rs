//! What happens to an offer.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema;
use crate::rome::RomeCode;
use crate::siret::Siret;

/// An offer was published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OfferPublished {
    /// The offer.
    #[schemars(example = &"95f3b9a33e22159ff4a4a7d3")]
    pub offer_id: String,
    /// The establishment that recruits.
    #[schemars(example = &"5530d4d4-8eb0-5c51-84f6-439c59b90572")]
    pub establishment_id: String,
    /// Its SIRET.
    #[schemars(schema_with = "schema::siret")]
    pub siret: Siret,
    /// The trades.
    #[schemars(schema_with = "schema::romes")]
    pub romes: Vec<RomeCode>,
    /// When it stops being shown.
    #[serde(with = "crate::date::iso_form")]
    #[schemars(schema_with = "schema::instant")]
    pub expires_at: Timestamp,
}

/// An offer was closed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OfferClosed {
    /// The offer.
    #[schemars(example = &"95f3b9a33e22159ff4a4a7d3")]
    pub offer_id: String,
    /// The establishment that recruited.
    #[schemars(example = &"5530d4d4-8eb0-5c51-84f6-439c59b90572")]
    pub establishment_id: String,
    /// Its SIRET.
    #[schemars(schema_with = "schema::siret")]
    pub siret: Siret,
    /// Why.
    pub reason: ClosingReason,
}

/// Why an offer is shown no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClosingReason {
    /// Somebody was hired.
    Filled,
    /// The recruiter gave it up.
    Canceled,
    /// Its last day has passed.
    Expired,
    /// Its recruiter was archived, with all its offers.
    Archived,
    /// It has as many applications as one gets.
    Full,
}

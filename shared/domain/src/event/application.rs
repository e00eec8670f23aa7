//! What happens to an application. Who applied is never told: the id leads there for those who may know.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema;
use crate::application::{ApplicationId, Facts, Stage, Target};
use crate::rome::RomeCode;
use crate::siret::Siret;

/// An application was submitted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApplicationSubmitted {
    /// The application.
    #[schemars(example = &"8cb7015d-db7a-579d-8920-aec0d5f66435")]
    pub application_id: String,
    /// The offer; none where somebody applied to a company of their own accord.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", example = &"95f3b9a33e22159ff4a4a7d3")]
    pub offer_id: Option<String>,
    /// The SIRET of the company, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::siret")]
    pub siret: Option<Siret>,
    /// The trades of the offer or of the company.
    #[schemars(schema_with = "schema::romes")]
    pub romes: Vec<RomeCode>,
}

/// An application stands elsewhere now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApplicationMoved {
    /// The application.
    #[schemars(example = &"8cb7015d-db7a-579d-8920-aec0d5f66435")]
    pub application_id: String,
    /// The offer; none where somebody applied to a company of their own accord.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", example = &"95f3b9a33e22159ff4a4a7d3")]
    pub offer_id: Option<String>,
    /// The SIRET of the company.
    #[schemars(schema_with = "schema::siret")]
    pub siret: Siret,
    /// The trades of the offer or of the company.
    #[schemars(schema_with = "schema::romes")]
    pub romes: Vec<RomeCode>,
    /// Where it stands.
    #[schemars(schema_with = "schema::stage")]
    pub status: Stage,
}

impl ApplicationMoved {
    /// Of an application that stands at `stage` now.
    pub fn of(id: &ApplicationId, facts: &Facts, stage: Stage) -> Self {
        let offer_id = match &facts.target {
            Target::Offer(offer) => Some(offer.offer_id.clone()),
            Target::Company { .. } => None,
        };
        let Facts { siret, romes, .. } = facts.clone();
        Self { application_id: id.to_string(), offer_id, siret, romes, status: stage }
    }
}

/// An application was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApplicationAnswered {
    /// The application.
    #[schemars(example = &"8cb7015d-db7a-579d-8920-aec0d5f66435")]
    pub application_id: String,
    /// The answer.
    pub answer: ApplicationAnswer,
}

/// What a recruiter answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationAnswer {
    /// They want to meet.
    Meeting,
    /// They do not know yet.
    Undecided,
    /// They do not want to meet.
    Refused,
}

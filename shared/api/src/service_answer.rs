//! The bodies of the service routes (contract 1.13).

use serde::Serialize;
use utoipa::ToSchema;

/// `GET /healthcheck` and `GET /`: the same body with 200 when well, and 500 when not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HealthAnswer<'a> {
    /// The stage: `local`, `preview`, `recette` or `production`.
    #[schema(schema_with = crate::openapi::stage)]
    pub env: &'a str,
    /// What was checked.
    pub healthcheck: Healthcheck,
}

/// What was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Healthcheck {
    /// Whether the database answers. The name is the contract's, and older than the database.
    pub mongodb: bool,
}

impl<'a> HealthAnswer<'a> {
    /// The answer of a stage whose database answers, or does not.
    pub const fn new(env: &'a str, database_answers: bool) -> Self {
        Self { env, healthcheck: Healthcheck { mongodb: database_answers } }
    }

    /// HTTP status.
    pub const fn status(&self) -> u16 {
        if self.healthcheck.mongodb { 200 } else { 500 }
    }
}

/// `GET /version`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VersionAnswer<'a> {
    /// The version that runs.
    pub version: &'a str,
}

//! The body of `GET /v1/jobs` (contract 1.1): each source on its own.

use serde::Serialize;
use utoipa::ToSchema;

use crate::errors::shapes::ZApiError;
use crate::items::{LbaCompany, LbaJob, PeJob};

/// What one source answered. A source that failed takes neither the others nor the status down.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Outcome<T> {
    /// Its items, nearest first.
    Found {
        /// The items.
        results: Vec<T>,
    },
    /// It did not answer.
    Failed(ZApiError),
}

impl<T> Outcome<T> {
    /// How many items it holds, for logs.
    pub fn count(&self) -> usize {
        match self {
            Self::Found { results } => results.len(),
            Self::Failed(_) => 0,
        }
    }
}

/// The whole answer. A source that was not asked for is null.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobsAnswer<'a> {
    /// Offers of France Travail.
    #[schema(required)]
    pub pe_jobs: Option<Outcome<PeJob<'a>>>,
    /// Offers deposited here.
    #[schema(required)]
    pub matchas: Option<Outcome<LbaJob<'a>>>,
    /// Companies likely to hire.
    #[schema(required)]
    pub lba_companies: Option<Outcome<LbaCompany<'a>>>,
    /// La Bonne Boîte, retired: always null.
    #[schema(required, schema_with = crate::openapi::null)]
    pub lbb_companies: Option<()>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_source_is_results_or_an_error_or_null() {
        let answer = JobsAnswer {
            pe_jobs: Some(Outcome::Failed(ZApiError::source_unavailable())),
            matchas: Some(Outcome::Found { results: Vec::new() }),
            ..JobsAnswer::default()
        };
        assert_eq!(
            serde_json::to_value(&answer).unwrap(),
            json!({
                "peJobs": {
                    "error": "Service Unavailable",
                    "status": 503,
                    "result": "error",
                    "message": "Cette source ne répond pas pour le moment : réessayez dans quelques instants.",
                    "statusText": "Service Unavailable",
                },
                "matchas": {"results": []},
                "lbaCompanies": null,
                "lbbCompanies": null,
            })
        );
        assert_eq!(answer.matchas.unwrap().count() + answer.pe_jobs.unwrap().count(), 0);
    }
}

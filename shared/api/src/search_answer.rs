//! The bodies of the search routes (contract 1.1 to 1.5): each source on its own.

use serde::Serialize;
use utoipa::ToSchema;

use crate::errors::shapes::ZApiError;
use crate::items::{Formation, LbaCompany, LbaJob, PeJob};

/// What one source answered. A source that failed takes neither the others nor the status down.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Outcome<T> {
    /// Its items, nearest first.
    Found {
        /// The items.
        results: Vec<T>,
        /// With `updated_since`: the ids to drop where they are held.
        #[serde(skip_serializing_if = "Option::is_none")]
        withdrawn: Option<Vec<String>>,
    },
    /// It did not answer.
    Failed(ZApiError),
}

/// `GET /v1/jobs`. A source that was not asked for is null.
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
    /// With `cursor`: the cursor of the next page, or null after the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub next: Option<Option<String>>,
    /// With `updated_since`: what to send in it the next time, once `next` is null.
    #[serde(rename = "updated_until", skip_serializing_if = "Option::is_none")]
    pub updated_until: Option<String>,
}

/// `GET /v1/jobsEtFormations`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct JobsAndTrainingsAnswer<'a> {
    /// Trainings; null when they were not asked for.
    #[schema(required)]
    pub formations: Option<Outcome<Formation<'a>>>,
    /// Jobs; null when none of their sources was asked for.
    #[schema(required)]
    pub jobs: Option<JobsAnswer<'a>>,
    /// With `cursor`: the cursor of the next page, or null after the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub next: Option<Option<String>>,
    /// With `updated_since`: what to send in it the next time, once `next` is null.
    #[serde(rename = "updated_until", skip_serializing_if = "Option::is_none")]
    pub updated_until: Option<String>,
}

/// `GET /v1/formations`, `GET /v1/formationsParRegion` and `GET /v1/formations/formation/{id}`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct TrainingsAnswer<'a> {
    /// The trainings.
    pub results: Vec<Formation<'a>>,
    /// With `updated_since`: the ids to drop where they are held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Vec<String>>,
    /// With `cursor`: the cursor of the next page, or null after the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub next: Option<Option<String>>,
    /// With `updated_since`: what to send in it the next time, once `next` is null.
    #[serde(rename = "updated_until", skip_serializing_if = "Option::is_none")]
    pub updated_until: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_source_is_results_or_an_error_or_null() {
        let answer = JobsAnswer {
            pe_jobs: Some(Outcome::Failed(ZApiError::source_unavailable())),
            matchas: Some(Outcome::Found { results: Vec::new(), withdrawn: None }),
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
    }

    #[test]
    fn the_last_page_says_that_there_is_no_next_one() {
        let answer = TrainingsAnswer { next: Some(None), ..TrainingsAnswer::default() };
        assert_eq!(serde_json::to_value(answer).unwrap(), json!({"results": [], "next": null}));
    }
}

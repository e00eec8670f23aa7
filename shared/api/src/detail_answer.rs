//! The bodies of the detail routes (contract 1.6): one item, in a list under the name of its kind.

use serde::Serialize;
use utoipa::ToSchema;

use crate::items::{LbaCompany, LbaJob, PeJob};

/// `GET /v1/jobs/company/{siret}`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CompanyAnswer<'a> {
    /// The company.
    pub lba_companies: [LbaCompany<'a>; 1],
}

/// `GET /v1/jobs/matcha/{id}`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MatchaAnswer<'a> {
    /// The offer.
    pub matchas: [LbaJob<'a>; 1],
}

/// `GET /v1/jobs/job/{id}`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerOfferAnswer<'a> {
    /// The offer.
    pub pe_jobs: [PeJob<'a>; 1],
}

/// `POST /v1/jobs/matcha/{id}/stats/view-details`: an empty object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counted {}

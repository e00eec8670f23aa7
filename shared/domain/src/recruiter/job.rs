//! An offer inside its recruiter (contract 1.11).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{null_as_default, point_or_empty};
use crate::email::Email;
use crate::geo::Point;
use crate::rome::Romes;
use crate::siret::Siret;

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum JobStatus {
    /// Shown.
    Active,
    /// Filled.
    Pourvue,
    /// Withdrawn, expired, or closed with its recruiter.
    #[serde(rename = "Annulée")]
    Annulee,
    /// Waits until the account of its recruiter is validated.
    #[serde(rename = "En attente")]
    EnAttente,
}

impl JobStatus {
    /// The word of the public contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Pourvue => "Pourvue",
            Self::Annulee => "Annulée",
            Self::EnAttente => "En attente",
        }
    }
}

/// The two contracts in alternance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum JobType {
    /// Contrat d'apprentissage.
    Apprentissage,
    /// Contrat de professionnalisation.
    Professionnalisation,
}

impl JobType {
    /// The word of the public contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Apprentissage => "Apprentissage",
            Self::Professionnalisation => "Professionnalisation",
        }
    }
}

/// A CFA that was asked to find candidates for an offer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delegation {
    /// The CFA.
    pub siret_code: Siret,
    /// Where it was written to.
    pub email: Email,
    /// Its name, for a mail that leaves later; no field of the public shape, see [`super::Recruiter::shown`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When it first opened the mail's link.
    #[serde(default, with = "crate::date::option")]
    pub cfa_read_company_detail_at: Option<Timestamp>,
}

/// An offer, with the field names of the public contract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// The offer's own id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The wording of its ROME.
    #[serde(default)]
    pub rome_label: Option<String>,
    /// The wording of its trade, finer than ROME.
    #[serde(default)]
    pub rome_appellation_label: Option<String>,
    /// Its trades.
    pub rome_code: Romes,
    /// The sheet of its ROME.
    #[serde(default)]
    pub rome_detail: Option<serde_json::Value>,
    /// One of the six levels of the contract.
    #[serde(default)]
    pub job_level_label: Option<String>,
    /// First day of work.
    #[serde(default, with = "crate::date::option")]
    pub job_start_date: Option<Timestamp>,
    /// What the job is.
    #[serde(default)]
    pub job_description: Option<String>,
    /// About the employer.
    #[serde(default)]
    pub job_employer_description: Option<String>,
    /// When it was deposited.
    #[serde(default, with = "crate::date::option")]
    pub job_creation_date: Option<Timestamp>,
    /// When it stops being shown.
    #[serde(default, with = "crate::date::option")]
    pub job_expiration_date: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default, with = "crate::date::option")]
    pub job_update_date: Option<Timestamp>,
    /// When it was last extended.
    #[serde(default, with = "crate::date::option")]
    pub job_last_prolongation_date: Option<Timestamp>,
    /// How many times it was extended.
    #[serde(default, deserialize_with = "null_as_default")]
    pub job_prolongation_count: u32,
    /// Whether the reminder of its end was sent.
    #[serde(default, deserialize_with = "null_as_default")]
    pub relance_mail_sent: bool,
    /// Of how many days before its end the last reminder told; no field of the public shape, see [`super::Recruiter::shown`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminded_days: Option<u8>,
    /// Where it stands.
    pub job_status: JobStatus,
    /// Why it was closed.
    #[serde(default)]
    pub job_status_comment: Option<String>,
    /// The contracts it offers.
    #[serde(default, deserialize_with = "null_as_default")]
    pub job_type: Vec<JobType>,
    /// Whether France Travail gets it too.
    #[serde(default)]
    pub is_multi_published: Option<bool>,
    /// How many CFA were asked.
    #[serde(default, deserialize_with = "null_as_default")]
    pub job_delegation_count: u32,
    /// Which.
    #[serde(default, deserialize_with = "null_as_default")]
    pub delegations: Vec<Delegation>,
    /// Open to disabled persons.
    #[serde(default)]
    pub is_disabled_elligible: Option<bool>,
    /// Posts to fill.
    #[serde(default)]
    pub job_count: Option<u32>,
    /// Duration, in months.
    #[serde(default)]
    pub job_duration: Option<u32>,
    /// School and company weeks.
    #[serde(default)]
    pub job_rythm: Option<String>,
    /// Where the work is, when not at the establishment.
    #[serde(default)]
    pub custom_address: Option<String>,
    /// The coordinates of that place.
    #[serde(default, deserialize_with = "point_or_empty")]
    pub custom_geo_coordinates: Option<Point>,
    /// How many times its sheet was read.
    #[serde(default, deserialize_with = "null_as_default")]
    pub stats_detail_view: u32,
    /// How many times a search showed it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub stats_search_view: u32,
}

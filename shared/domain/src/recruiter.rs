//! A recruiter with its offers, as the deposit service writes it (contract 1.11).

mod job;
mod life;
mod offers;
mod text;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

pub use job::{Delegation, Job, JobStatus, JobType};
pub use life::Unchanged;
pub use offers::OfferError;

use crate::email::Email;
use crate::geo::Point;
use crate::naf::Naf;
use crate::place::Establishment;
use crate::siret::Siret;

/// Whether a recruiter's account is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecruiterStatus {
    /// Its offers are shown.
    Actif,
    /// Closed.
    #[serde(rename = "Archivé")]
    Archive,
    /// Not validated yet: its offers wait.
    #[serde(rename = "En attente de validation")]
    EnAttente,
}

/// A recruiter: one establishment and the person who deposits for it. Its fields have the names of the public
/// contract. `Debug` shows neither person nor address.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Recruiter {
    /// The record's own id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The id partners use, a uuid.
    pub establishment_id: String,
    /// Legal name.
    #[serde(default)]
    pub establishment_raison_sociale: Option<String>,
    /// Name for the public.
    #[serde(default)]
    pub establishment_enseigne: Option<String>,
    /// Its SIRET.
    pub establishment_siret: Siret,
    /// The parts of its address, as the Sirene API gives them.
    #[serde(default)]
    pub address_detail: Option<serde_json::Value>,
    /// Its address, in one line.
    #[serde(default)]
    pub address: Option<String>,
    /// `"lat,lon"`; none when empty.
    #[serde(default, deserialize_with = "point_or_empty")]
    pub geo_coordinates: Option<Point>,
    /// Whether a CFA publishes for it, with its mandate.
    #[serde(default, deserialize_with = "null_as_default")]
    pub is_delegated: bool,
    /// That CFA.
    #[serde(default)]
    pub cfa_delegated_siret: Option<Siret>,
    /// Name and place of that CFA, kept at deposit time; no field of the public shape, so the edge drops it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cfa_delegated: Option<Establishment>,
    /// Of the person who deposits: of the CFA when delegated.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Of the person who deposits.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Of the person who deposits.
    #[serde(default)]
    pub phone: Option<String>,
    /// Of the person who deposits, in clear.
    pub email: Email,
    /// Its offers. Their order counts: the index of an offer is part of its public id.
    #[serde(default, deserialize_with = "null_as_default")]
    pub jobs: Vec<Job>,
    /// Which partner's door it came through.
    #[serde(default)]
    pub origin: Option<String>,
    /// Label of its OPCO, or `pass`.
    #[serde(default)]
    pub opco: Option<String>,
    /// Its convention collective.
    #[serde(default)]
    pub idcc: Option<String>,
    /// Whether its account is open.
    pub status: RecruiterStatus,
    /// What it does.
    #[serde(default)]
    pub naf_code: Option<Naf>,
    /// The wording of it.
    #[serde(default)]
    pub naf_label: Option<String>,
    /// Size bracket.
    #[serde(default)]
    pub establishment_size: Option<String>,
    /// When it was founded.
    #[serde(default, with = "crate::date::option")]
    pub establishment_creation_date: Option<Timestamp>,
    /// When the account was created.
    #[serde(default, rename = "createdAt", with = "crate::date::option")]
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default, rename = "updatedAt", with = "crate::date::option")]
    pub updated_at: Option<Timestamp>,
}

impl fmt::Debug for Recruiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recruiter")
            .field("establishment_id", &self.establishment_id)
            .field("status", &self.status)
            .field("jobs", &self.jobs.len())
            .finish_non_exhaustive()
    }
}

/// Old records hold nulls where the contract has a number, a flag or a list.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Old records hold an empty text where a place is unknown.
pub(crate) fn point_or_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Point>, D::Error> {
    match Option::<String>::deserialize(deserializer)? {
        Some(text) if !text.trim().is_empty() => text.parse().map(Some).map_err(serde::de::Error::custom),
        _ => Ok(None),
    }
}

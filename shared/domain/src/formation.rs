//! A training of the catalogue des formations (contract 4.1).

use serde::{Deserialize, Serialize};

use crate::card::Entry;
use crate::cfd::Cfd;
use crate::diploma::Diploma;
use crate::mef::Mef;
use crate::place::{Address, Establishment};
use crate::rncp::RncpCode;
use crate::rome::Romes;
use crate::uai::Uai;

/// One session of a training; dates as the catalogue writes them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// ISO-8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// ISO-8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// Whether one may enter at any time.
    pub permanent_entry: bool,
}

/// A training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Formation {
    /// Clé ministère éducatif, and its id.
    pub id: String,
    /// Long title, else short.
    pub title: String,
    /// Long title.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub long_title: Option<String>,
    /// Short title.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub short_title: Option<String>,
    /// Trades it leads to.
    pub romes: Romes,
    /// Level, as a diploma.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub level: Option<Diploma>,
    /// Wording of the diploma.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub diploma: Option<String>,
    /// Code formation diplôme.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cfd: Option<Cfd>,
    /// Modules élémentaires de formation.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub mefs: Vec<Mef>,
    /// RNCP code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rncp: Option<RncpCode>,
    /// Wording of the RNCP sheet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rncp_label: Option<String>,
    /// Whether the RNCP sheet is open to apprenticeship.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rncp_apprenticeship: Option<bool>,
    /// RCO id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id_rco: Option<String>,
    /// RCO training id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id_rco_formation: Option<String>,
    /// Year tags (`2026`).
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub tags: Vec<String>,
    /// Where it is taught.
    pub address: Address,
    /// UAI of the place where it is taught, which may be neither the trainer's nor the manager's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub uai: Option<Uai>,
    /// Wholly at a distance.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remote_only: Option<bool>,
    /// Phone of the training place.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
    /// Who teaches.
    pub trainer: Establishment,
    /// Who answers for it.
    pub manager: Establishment,
    /// Period, as the catalogue writes it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub period: Option<String>,
    /// Places.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub capacity: Option<String>,
    /// ONISEP sheet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub onisep_url: Option<String>,
    /// What is taught.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub content: Option<String>,
    /// What for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub objective: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sessions: Vec<Session>,
}

impl Formation {
    /// How the index files it. The catalogue gives no creation date; a training leaves with its feed.
    pub fn entry(&self) -> Entry {
        Entry {
            id: self.id.clone(),
            romes: self.romes.clone(),
            point: self.address.point,
            created_at: 0,
            expires_at: None,
            diploma: self.level,
            opco: None,
        }
    }
}

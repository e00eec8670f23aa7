//! A training of the catalogue des formations (contract 4.1).

use serde::{Deserialize, Serialize};

use sha2::{Digest, Sha256};

use crate::card::{Entry, TrainingEntry};
use crate::cfd::Cfd;
use crate::departement::Departement;
use crate::diploma::Diploma;
use crate::fold::fold;
use crate::mef::Mef;
use crate::place::{Address, Establishment};
use crate::rncp::RncpCode;
use crate::rome::Romes;
use crate::siret::Siret;
use crate::uai::Uai;
use crate::years::Years;

/// Bytes of the longest clé ministère éducatif: no feed brings a longer one, nor would a store take it as a key.
pub const MAX_CLE_BYTES: usize = 200;
/// Bytes of a title, folded, by which trainings are ordered.
const LONGEST_TITLE: usize = 80;
/// The same of the name of a school.
const LONGEST_SCHOOL: usize = 40;

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
            training: Some(TrainingEntry {
                order: self.order(),
                departement: self.address.zip.as_deref().and_then(Departement::of_zip),
                years: Years::of_tags(self.tags.iter().map(String::as_str)),
                twin: self.twin(),
            }),
        }
    }

    /// Who teaches, as shown.
    fn school(&self) -> &str {
        self.trainer.name.as_deref().or(self.manager.name.as_deref()).unwrap_or_default()
    }

    /// `$` sorts below all that a folded title holds, so that titles compare first, then schools.
    fn order(&self) -> String {
        format!("{}${}", fold(&self.title, LONGEST_TITLE), fold(self.school(), LONGEST_SCHOOL))
    }

    /// What the contract tells trainings apart by: titles, trainer, diploma, post code (1.8).
    fn twin(&self) -> u64 {
        let siret = self.trainer.siret.as_ref().map(Siret::as_str);
        let parts = [
            self.long_title.as_deref(),
            self.short_title.as_deref(),
            siret,
            self.diploma.as_deref(),
            self.address.zip.as_deref(),
        ];
        let mut hash = Sha256::new();
        for part in parts {
            hash.update([u8::from(part.is_some())]);
            hash.update(part.unwrap_or_default());
            hash.update([0]);
        }
        hash.finalize().first_chunk().copied().map_or(0, u64::from_le_bytes)
    }
}

//! An offer of France Travail ("Offres d'emploi v2", contract 4.2).

use serde::{Deserialize, Serialize};

use crate::card::Entry;
use crate::diploma::Diploma;
use crate::opco::Opco;
use crate::place::Address;
use crate::rome::{RomeCode, Romes};
use crate::siret::Siret;

/// An offer of France Travail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartnerOffer {
    /// Its id at France Travail.
    pub id: String,
    /// Title.
    pub title: String,
    /// The trades it is filed under; the first is the offer's own.
    pub romes: Romes,
    /// The wording of its trade.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appellation: Option<String>,
    /// Whole description.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    /// Seconds since 1970.
    pub created_at: u32,
    /// Seconds since 1970: two months after its creation (contract 4.2).
    pub expires_at: u32,
    /// Where the work is.
    pub address: Address,
    /// Who hires.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub company_name: Option<String>,
    /// The employer's SIRET; hidden as soon as a caller names itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub company_siret: Option<Siret>,
    /// About the employer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub company_description: Option<String>,
    /// Logo.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub company_logo: Option<String>,
    /// `CDD`, `CDI`…
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contract_type: Option<String>,
    /// Its wording.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contract_description: Option<String>,
    /// Working time, in words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duration: Option<String>,
    /// Name of the contact, published by France Travail.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contact_name: Option<String>,
    /// Address of the contact, published in clear by France Travail.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contact_email: Option<String>,
    /// `coordonnees1` to `coordonnees3`, one a line.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contact_info: Option<String>,
    /// Sector code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sector: Option<String>,
    /// Sector wording.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sector_label: Option<String>,
    /// The diploma the offer leads to, where it says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub diploma: Option<Diploma>,
    /// The employer's OPCO, where known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub opco: Option<Opco>,
}

impl PartnerOffer {
    /// The offer's own trade.
    pub fn rome(&self) -> RomeCode {
        self.romes.first()
    }

    /// How the index files it.
    pub fn entry(&self) -> Entry {
        Entry {
            id: self.id.clone(),
            romes: self.romes.clone(),
            point: self.address.point,
            created_at: self.created_at,
            expires_at: Some(self.expires_at),
            diploma: self.diploma,
            opco: self.opco,
            training: None,
        }
    }
}

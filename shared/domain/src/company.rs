//! A company likely to hire, from the monthly predictive list (contract 4.3).

use serde::{Deserialize, Serialize};

use crate::card::Entry;
use crate::naf::Naf;
use crate::opco::Opco;
use crate::place::Address;
use crate::rome::Romes;
use crate::seal::SealedEmail;
use crate::siret::Siret;

/// What stands where neither enseigne nor raison sociale may be shown: a fifth of the establishments, those
/// that bear a person's name.
pub const UNKNOWN_NAME: &str = "Enseigne inconnue";

/// A company likely to hire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Company {
    /// Its establishment number, and its id.
    pub siret: Siret,
    /// Enseigne, else raison sociale, else [`UNKNOWN_NAME`].
    pub name: String,
    /// Trades it is likely to hire for.
    pub romes: Romes,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub naf: Option<Naf>,
    /// The wording of its NAF.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub naf_label: Option<String>,
    /// Where it is.
    pub address: Address,
    /// The recruiter's address, sealed: it never leaves in clear.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub email: Option<SealedEmail>,
    /// Shown to partners with the right `phones` only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
    /// Size bracket, as the source writes it (`20-49`).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub size: Option<String>,
    /// Web site.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub website: Option<String>,
    /// Its OPCO.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub opco: Option<Opco>,
    /// The site of its OPCO, in lower case.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub opco_url: Option<String>,
    /// When it entered the list, in seconds since 1970; 0 when the source does not say.
    #[serde(default)]
    pub created_at: u32,
}

impl Company {
    /// How the index files it. A company never expires: it leaves with the feed that brought it.
    pub fn entry(&self) -> Entry {
        Entry {
            id: self.siret.as_str().to_owned(),
            romes: self.romes.clone(),
            point: self.address.point,
            created_at: self.created_at,
            expires_at: None,
            diploma: None,
            opco: self.opco,
            training: None,
        }
    }
}

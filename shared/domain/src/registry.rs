//! An establishment as the register of establishments (Sirene) knows it: what a deposit must know of a company.

pub mod known;
pub mod sirene;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::geo::Point;
use crate::naf::Naf;
use crate::siret::Siret;

/// Whether an establishment is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Open.
    Open,
    /// Closed for good.
    Closed,
}

/// An establishment of the register. The names are Sirene's where the contract has none of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegisteredCompany {
    /// Its SIRET.
    pub siret: Siret,
    /// Legal name; empty where it is not diffusible.
    pub raison_sociale: String,
    /// Name for the public.
    #[serde(default)]
    pub enseigne: Option<String>,
    /// What it does.
    #[serde(default)]
    pub naf_code: Option<Naf>,
    /// The wording of it.
    #[serde(default)]
    pub naf_label: Option<String>,
    /// The parts of its address, as the Sirene API gives them.
    #[serde(default)]
    pub address_detail: Option<serde_json::Value>,
    /// Its address, in one line.
    #[serde(default)]
    pub address: Option<String>,
    /// `"lat,lon"`.
    #[serde(default, deserialize_with = "crate::recruiter::point_or_empty")]
    pub geo_coordinates: Option<Point>,
    /// Size bracket.
    #[serde(default)]
    pub size: Option<String>,
    /// When it was founded.
    #[serde(default, with = "crate::date::option")]
    pub creation_date: Option<Timestamp>,
    /// Label of its OPCO.
    #[serde(default)]
    pub opco: Option<String>,
    /// Its convention collective.
    #[serde(default)]
    pub idcc: Option<String>,
    /// Whether it is open.
    pub activity: Activity,
    /// Whether its owner lets the register be shown (« diffusible »).
    pub diffusible: bool,
}

impl RegisteredCompany {
    /// One whose owner does not let the register show it: nothing but its number and its state may be kept.
    pub fn hidden(siret: Siret, activity: Activity) -> Self {
        Self {
            siret,
            raison_sociale: String::new(),
            enseigne: None,
            naf_code: None,
            naf_label: None,
            address_detail: None,
            address: None,
            geo_coordinates: None,
            size: None,
            creation_date: None,
            opco: None,
            idcc: None,
            activity,
            diffusible: false,
        }
    }

    /// Whether it teaches (NAF 85): a training centre deposits by a path of its own (contract 3.2).
    pub fn teaches(&self) -> bool {
        self.naf_code.as_ref().is_some_and(|naf| naf.as_str().starts_with("85"))
    }
}

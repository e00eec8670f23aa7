//! Addresses and names that several cards share.

use serde::{Deserialize, Serialize};

use crate::geo::Point;
use crate::insee::Insee;
use crate::siret::Siret;
use crate::uai::Uai;

/// Where a thing is, as far as its source says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// One line: street, post code, city.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full: Option<String>,
    /// The street line, where it is known apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// Code postal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
    /// Commune or locality, as written by the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// CEDEX line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cedex: Option<String>,
    /// Code commune INSEE.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insee: Option<Insee>,
    /// Number of the département.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub departement: Option<String>,
    /// Name of the région.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Coordinates, in degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
}

/// A training centre, as catalogue and delegation show it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Establishment {
    /// Its name for the public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its SIRET, where it has a valid one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub siret: Option<Siret>,
    /// Its id in the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its UAI (unité administrative immatriculée).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uai: Option<Uai>,
    /// `CFA` or another type of the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Whether it has a convention with the State.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_convention: Option<String>,
    /// Where it is.
    pub address: Address,
}

//! The things of schema.org that a posting is made of.

use domain::geo::Point;
use domain::rome::{RomeCode, Romes};
use serde::Serialize;

/// A value and what it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type")]
pub(super) struct PropertyValue<'a> {
    name: &'static str,
    value: &'a str,
}

impl<'a> PropertyValue<'a> {
    pub(super) fn new(name: &'static str, value: &'a str) -> Self {
        Self { name, value }
    }
}

/// Who hires.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type")]
pub(super) struct Organization<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<PropertyValue<'a>>,
}

/// Where the name is not known; search engines refuse a posting that names nobody.
const UNNAMED: &str = "Entreprise non communiquée";

impl<'a> Organization<'a> {
    pub(super) fn new(name: Option<&'a str>, description: Option<&'a str>, logo: Option<&'a str>) -> Self {
        Self { name: name.unwrap_or(UNNAMED), description, logo, identifier: None }
    }

    pub(super) fn with_siret(self, siret: Option<&'a str>) -> Self {
        Self { identifier: siret.map(|siret| PropertyValue::new("SIRET", siret)), ..self }
    }
}

/// Where the work is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type")]
pub(super) struct Place<'a> {
    address: PostalAddress<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geo: Option<GeoCoordinates>,
}

impl<'a> Place<'a> {
    pub(super) fn new(address: PostalAddress<'a>, point: Option<Point>) -> Self {
        Self { address, geo: point.map(GeoCoordinates::from) }
    }
}

/// An address, as far as it is known or told: the country at least.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct PostalAddress<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) street_address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) postal_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) address_locality: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) address_region: Option<&'a str>,
    /// France overseas too, which has codes of its own beside this one.
    pub(super) address_country: &'static str,
}

impl Default for PostalAddress<'_> {
    fn default() -> Self {
        Self {
            street_address: None,
            postal_code: None,
            address_locality: None,
            address_region: None,
            address_country: "FR",
        }
    }
}

/// A point, in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "@type")]
struct GeoCoordinates {
    latitude: f64,
    longitude: f64,
}

impl From<Point> for GeoCoordinates {
    fn from(point: Point) -> Self {
        Self { latitude: point.lat(), longitude: point.lon() }
    }
}

/// A trade.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct CategoryCode<'a> {
    code_value: RomeCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    in_code_set: CategoryCodeSet,
}

/// The repertory that a code is of.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type")]
struct CategoryCodeSet {
    name: &'static str,
}

impl<'a> CategoryCode<'a> {
    /// All trades of an offer; `wording` is that of its own, the first one.
    pub(super) fn of(romes: &Romes, wording: Option<&'a str>) -> Vec<Self> {
        let own = romes.first();
        let one = |code| Self {
            code_value: code,
            name: wording.filter(|_| code == own),
            in_code_set: CategoryCodeSet { name: "ROME" },
        };
        romes.iter().map(one).collect()
    }
}

//! Where an item is, and how far.

use domain::geo::Point;
use domain::place::Address;
use serde::Serialize;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::field::Field;
use super::value;
use crate::openapi;

/// A place. Each source gives its own part of it: what it does not give is absent.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Place<'a> {
    #[serde(serialize_with = "value::number")]
    pub(super) distance: Option<f64>,
    #[serde(flatten)]
    pub(super) address: Where<'a>,
}

/// The parts of a place that may be absent, which stand alone for a company's own place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PartialPlace)]
pub(super) struct Where<'a> {
    #[serde(skip_serializing_if = "Field::is_absent")]
    #[schema(value_type = Option<String>)]
    pub(super) full_address: Field<String>,
    #[serde(skip_serializing_if = "Field::is_absent")]
    #[schema(value_type = Option<String>)]
    pub(super) address: Field<String>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "value::number")]
    pub(super) latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "value::number")]
    pub(super) longitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) city: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cedex: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) zip_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) insee: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) departement_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) region: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) remote_only: Option<bool>,
}

/// One closed object: the derive would write two that are both to hold, neither of which could be closed.
impl PartialSchema for Place<'_> {
    fn schema() -> RefOr<Schema> {
        let RefOr::T(Schema::Object(mut place)) = Where::schema() else { return Where::schema() };
        place.properties.insert("distance".to_owned(), openapi::number_or_null().into());
        place.required.push("distance".to_owned());
        RefOr::T(Schema::Object(place))
    }
}

impl ToSchema for Place<'_> {}

impl<'a> Place<'a> {
    /// `address` at `distance_km` from the centre of the search.
    pub(super) fn at(distance_km: Option<f64>, address: Where<'a>) -> Self {
        Self { distance: distance_km.map(value::rounded), address }
    }
}

impl Where<'_> {
    /// The one line of an address under both its names.
    pub(super) fn line(address: &Address) -> Self {
        let line = Field::known(value::one_line(address));
        Self { full_address: line.clone(), address: line, ..Self::default() }
    }

    /// The same with coordinates.
    pub(super) fn located(self, point: Option<Point>) -> Self {
        Self { latitude: point.map(Point::lat), longitude: point.map(Point::lon), ..self }
    }
}

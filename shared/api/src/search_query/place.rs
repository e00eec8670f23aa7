//! `latitude`, `longitude`, `radius` and `insee`: where to search.

use std::fmt::Display;

use domain::geo::{Point, Radius};
use domain::insee::{Insee, InseeError};
use usecases::search::Place;

use crate::errors::{ApiError, Context, Issue, Schema};
use crate::request::Request;

/// The numbers as given: finite or infinite, not yet in range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Numbers {
    latitude: Option<f64>,
    longitude: Option<f64>,
    radius: Option<f64>,
}

impl Numbers {
    /// Reads what is given; fails with an issue for each text that is no number.
    pub(super) fn read(request: &Request) -> Result<Self, ApiError> {
        let mut issues = Vec::new();
        let mut read = |name: &'static str| {
            let text = request.query_value(name)?;
            let number = number(&text);
            if number.is_none() {
                issues.push(Issue::not_a_number(name));
            }
            number
        };
        let numbers =
            Self { latitude: read("latitude"), longitude: read("longitude"), radius: read("radius") };
        if issues.is_empty() {
            Ok(numbers)
        } else {
            Err(Schema { context: Context::Querystring, issues }.into())
        }
    }

    /// Whether a place is meant, be it badly.
    pub(super) fn are_geo(self) -> bool {
        self.latitude.is_some() || self.longitude.is_some()
    }

    /// The circle, or a message for each number that is missing or out of range. Where a route has a radius of
    /// its own, in km, none needs to be given.
    pub(super) fn check(self, default_km: Option<f64>, messages: &mut Vec<String>) -> Option<Place> {
        let given = self.are_geo();
        let latitude =
            bound(self.latitude, given, "latitude : Search center latitude is missing.", messages, |lat| {
                Point::new(lat, 0.0)
            });
        let longitude = bound(
            self.longitude,
            given,
            "longitude : Search center longitude is missing.",
            messages,
            |lon| Point::new(0.0, lon),
        );
        let radius = bound(
            self.radius.or(default_km),
            given,
            "radius : Search radius is missing.",
            messages,
            Radius::from_km,
        );
        Some(Place::Around(Point::new(latitude?.lat(), longitude?.lon()).ok()?, radius?))
    }
}

/// The commune; its format is checked whenever it is given.
pub(super) fn insee(request: &Request, required: bool, messages: &mut Vec<String>) -> Option<Insee> {
    let Some(code) = request.query_value("insee") else {
        if required {
            messages.push("insee : insee city code is missing.".to_owned());
        }
        return None;
    };
    code.parse().map_err(|error: InseeError| messages.push(error.to_string())).ok()
}

/// A value within its range; a message when it is not, or when it is absent and needed.
fn bound<T, E: Display>(
    value: Option<f64>,
    needed: bool,
    missing: &str,
    messages: &mut Vec<String>,
    check: impl Fn(f64) -> Result<T, E>,
) -> Option<T> {
    match value.map(check) {
        Some(Ok(value)) => return Some(value),
        Some(Err(error)) => messages.push(error.to_string()),
        None if needed => messages.push(missing.to_owned()),
        None => {}
    }
    None
}

/// A decimal number as partners may write it (`48.85`, `+2`, `1e3`). `Infinity` is one too, out of any range;
/// the other words that the standard library reads as numbers are none.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let is_infinity = text.trim_start_matches(['+', '-']) == "Infinity";
    if is_decimal || is_infinity { text.parse().ok() } else { None }
}

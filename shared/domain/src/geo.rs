//! Places and distances on the Earth, taken as a sphere.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text_form::text_form;

/// Mean radius of the Earth, in kilometres (IUGG).
pub const EARTH_RADIUS_KM: f64 = 6371.0088;
/// The radius that means "anywhere", in kilometres.
pub const ANYWHERE_KM: f64 = 20_000.0;
/// The largest other radius, in kilometres.
pub const MAX_RADIUS_KM: f64 = 200.0;

/// A point, in degrees (WGS 84). Its text form is `lat,lon`, which keeps every bit of both numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Point {
    lat: f64,
    lon: f64,
}

/// The numbers are no point. The messages are those of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointError {
    /// The latitude is no number between -90 and 90.
    #[error("latitude : Search center latitude must be a number between -90 and 90.")]
    Latitude,
    /// The longitude is no number between -180 and 180.
    #[error("longitude : Search center longitude must be a number between -180 and 180.")]
    Longitude,
}

impl Point {
    /// A point from degrees; refuses what is out of range, infinite or not a number.
    pub fn new(lat: f64, lon: f64) -> Result<Self, PointError> {
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PointError::Latitude);
        }
        if !(-180.0..=180.0).contains(&lon) {
            return Err(PointError::Longitude);
        }
        Ok(Self { lat, lon })
    }

    /// Latitude, in degrees.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Longitude, in degrees.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Great-circle distance by the haversine formula, in kilometres, unrounded.
    pub fn distance_km(self, other: Self) -> f64 {
        let (lat1, lat2) = (self.lat.to_radians(), other.lat.to_radians());
        let half_lat = (lat2 - lat1) / 2.0;
        let half_lon = (other.lon - self.lon).to_radians() / 2.0;
        let h = half_lat.sin().powi(2) + lat1.cos() * lat2.cos() * half_lon.sin().powi(2);
        2.0 * EARTH_RADIUS_KM * h.clamp(0.0, 1.0).sqrt().asin()
    }
}

impl FromStr for Point {
    type Err = PointError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (lat, lon) = text.split_once(',').ok_or(PointError::Longitude)?;
        Self::new(
            lat.trim().parse().map_err(|_| PointError::Latitude)?,
            lon.trim().parse().map_err(|_| PointError::Longitude)?,
        )
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.lat, self.lon)
    }
}

text_form!(Point);

/// How far around a point one searches.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Radius(f64);

/// The number is no radius. The message is that of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("radius : Search radius must be a number between 0 and 200.")]
pub struct RadiusError;

impl Radius {
    /// A radius of 0 to 200 kilometres, or exactly 20000, which means anywhere.
    pub fn from_km(km: f64) -> Result<Self, RadiusError> {
        if (0.0..=MAX_RADIUS_KM).contains(&km) || km == ANYWHERE_KM { Ok(Self(km)) } else { Err(RadiusError) }
    }

    /// Kilometres.
    pub fn km(self) -> f64 {
        self.0
    }
}

impl FromStr for Radius {
    type Err = RadiusError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_km(text.trim().parse().map_err(|_| RadiusError)?)
    }
}

impl fmt::Display for Radius {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the contract names these very numbers")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn point() -> impl Strategy<Value = Point> {
        (-90.0..=90.0f64, -180.0..=180.0f64).prop_map(|(lat, lon)| Point::new(lat, lon).unwrap())
    }

    #[test]
    fn measures_paris_to_lyon() {
        let paris: Point = "48.8566,2.3522".parse().unwrap();
        let lyon: Point = "45.764, 4.8357".parse().unwrap();
        assert!((paris.distance_km(lyon) - 391.5).abs() < 0.5);
    }

    #[test]
    fn measures_across_the_antimeridian_and_over_a_pole() {
        let west = Point::new(0.0, -179.5).unwrap();
        let east = Point::new(0.0, 179.5).unwrap();
        assert!((west.distance_km(east) - 111.195).abs() < 0.01);
        let near = Point::new(89.0, 0.0).unwrap();
        let far = Point::new(89.0, 180.0).unwrap();
        assert!((near.distance_km(far) - 222.39).abs() < 0.01);
    }

    #[test]
    fn refuses_what_is_outside_the_earth() {
        assert_eq!(
            Point::new(90.1, 0.0).unwrap_err().to_string(),
            "latitude : Search center latitude must be a number between -90 and 90."
        );
        assert_eq!(
            Point::new(0.0, f64::NAN).unwrap_err().to_string(),
            "longitude : Search center longitude must be a number between -180 and 180."
        );
        for text in ["", "48.8", "48.8;2.3", "48.8,2.3,1", "a,b", "inf,0", "0,NaN"] {
            assert!(text.parse::<Point>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_radius_is_0_to_200_or_20000() {
        for km in [0.0, 0.5, 200.0, 20_000.0] {
            assert_eq!(Radius::from_km(km).unwrap().km(), km);
        }
        for km in [-0.1, 200.1, 19_999.9, 20_000.1, f64::NAN, f64::INFINITY] {
            assert_eq!(
                Radius::from_km(km).unwrap_err().to_string(),
                "radius : Search radius must be a number between 0 and 200."
            );
        }
    }

    proptest! {
        #[test]
        fn keeps_every_bit_through_its_text(point in point()) {
            let json = serde_json::to_string(&point).unwrap();
            prop_assert_eq!(serde_json::from_str::<Point>(&json).unwrap(), point);
        }

        #[test]
        fn distances_are_symmetric_and_at_most_half_the_earth(a in point(), b in point()) {
            let there = a.distance_km(b);
            prop_assert!((there - b.distance_km(a)).abs() < 1e-6);
            prop_assert!((0.0..=20_016.0).contains(&there));
            prop_assert!(a.distance_km(a) < 1e-9);
        }

        #[test]
        fn bounds_hold_for_any_number(lat: f64, lon: f64, km: f64) {
            let inside = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
            prop_assert_eq!(Point::new(lat, lon).is_ok(), inside);
            prop_assert_eq!(Radius::from_km(km).is_ok(), (0.0..=200.0).contains(&km) || km == 20_000.0);
        }
    }
}

//! Places of France and its overseas territories, and points round them.

use std::path::Path;

use anyhow::Context as _;
use domain::geo::Point;
use fastrand::Rng;
use serde::Deserialize;

/// A place.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Place {
    pub(crate) name: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) population: u32,
}

/// Reads what `infra/bench/places.py` wrote.
pub(crate) fn read_places(path: &Path) -> anyhow::Result<Vec<Place>> {
    let file = csv::Reader::from_path(path).with_context(|| format!("no places at {}", path.display()));
    let places: Result<Vec<Place>, _> = file?.into_deserialize().collect();
    let places = places.with_context(|| format!("damaged places at {}", path.display()))?;
    anyhow::ensure!(!places.is_empty(), "no place in {}", path.display());
    Ok(places)
}

/// The share of sites that lie in the country round a place, far from its middle.
const RURAL: f64 = 0.06;
/// Spread of those, in km.
const RURAL_KM: f64 = 12.0;
const KM_PER_DEGREE: f64 = 111.2;

impl Place {
    /// The middle.
    pub(crate) fn point(&self) -> Point {
        Point::new(self.lat, self.lon).unwrap_or_else(|_| nowhere())
    }

    /// A point of the place: near its middle in a village, some kilometres off in Paris.
    pub(super) fn jittered(&self, rng: &mut Rng) -> Point {
        let spread = (f64::from(self.population) / 1_000.0).sqrt() / 10.0;
        let spread = if rng.f64() < RURAL { RURAL_KM } else { spread.max(0.4) };
        around(self.point(), spread, rng)
    }
}

/// A point round another, normally distributed with this spread in km, with five digits as in the feeds.
pub(crate) fn around(centre: Point, spread_km: f64, rng: &mut Rng) -> Point {
    let distance = (-2.0 * (1.0 - rng.f64()).ln()).sqrt() * spread_km;
    let angle = rng.f64() * std::f64::consts::TAU;
    let north = distance * angle.cos() / KM_PER_DEGREE;
    let east = distance * angle.sin() / (KM_PER_DEGREE * centre.lat().to_radians().cos().max(0.1));
    let short = |degrees: f64| (degrees * 1e5).round() / 1e5;
    Point::new(short(centre.lat() + north), short(centre.lon() + east)).unwrap_or(centre)
}

/// The Gulf of Guinea, for what cannot happen: a place that is no place.
#[expect(clippy::unwrap_used, reason = "zero is a latitude and a longitude")]
pub(super) fn nowhere() -> Point {
    Point::new(0.0, 0.0).unwrap()
}

/// Draws places by population.
#[derive(Debug)]
pub(super) struct Weights(Vec<u64>);

impl Weights {
    pub(super) fn new(places: &[Place]) -> Self {
        let mut total = 0;
        let through = places.iter().map(|place| {
            total += u64::from(place.population);
            total
        });
        Self(through.collect())
    }

    /// Index of a place.
    pub(super) fn draw(&self, rng: &mut Rng) -> usize {
        let at = rng.u64(0..self.0.last().copied().unwrap_or(1).max(1));
        self.0.partition_point(|&through| through <= at)
    }
}

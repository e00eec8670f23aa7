//! A ring on the sphere as ranges of keys.

use domain::geo::Point;

use crate::cell::{BITS, Cell, LEVELS};
use crate::circle::{DiscBox, EARTH_KM, farthest_from, nearest_to};

/// Slack in km for rounding: a metre too much is read, never a metre too little.
const SLACK_KM: f64 = 0.001;
/// The smallest cell is about this part of the outer radius: finer ones only make ranges that a plan merges.
const CELLS_PER_RADIUS: f64 = 32.0;

/// An inclusive range of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Lowest key.
    pub low: u64,
    /// Highest key.
    pub high: u64,
}

/// The ranges of keys that hold every place farther than `inner` and no farther than `outer` km of `centre`,
/// in key order, neighbours joined. An `inner` of 0 makes a whole disc.
pub fn ring(centre: Point, inner: f64, outer: f64) -> Vec<Range> {
    let smallest_km = (outer / CELLS_PER_RADIUS).max(0.05);
    let half_turn_km = EARTH_KM * std::f64::consts::PI;
    let deepest = ((half_turn_km / smallest_km).log2().ceil().max(1.0) as u32).min(LEVELS);
    let around = DiscBox::new(centre, outer + SLACK_KM);
    let mut ranges = Vec::new();
    Ring { centre, inner, outer, around, deepest }.descend(Cell::EARTH, &mut ranges);
    ranges
}

/// What is covered.
struct Ring {
    centre: Point,
    inner: f64,
    outer: f64,
    around: DiscBox,
    deepest: u32,
}

impl Ring {
    fn descend(&self, cell: Cell, ranges: &mut Vec<Range>) {
        let Self { centre, inner, outer, deepest, .. } = *self;
        let bounds = cell.bounds();
        if !self.around.touches(&bounds) || nearest_to(centre, &bounds) > outer + SLACK_KM {
            return;
        }
        let farthest = farthest_from(centre, &bounds);
        if inner > 0.0 && farthest < inner - SLACK_KM {
            return;
        }
        let whole = farthest <= outer && (inner <= 0.0 || nearest_to(centre, &bounds) >= inner);
        if whole || cell.level() >= deepest {
            let (low, high) = cell.keys();
            match ranges.last_mut() {
                Some(last) if last.high + 1 == low => last.high = high,
                _ => ranges.push(Range { low, high }),
            }
            return;
        }
        for child in cell.children() {
            self.descend(child, ranges);
        }
    }
}

/// The range of every key there is.
pub const EVERYWHERE: Range = Range { low: 0, high: (1 << BITS) - 1 };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::key;
    use crate::keys::geohash;
    use proptest::prelude::*;

    /// Centres where a cover may go wrong: both top-level seams through France, overseas, the antimeridian.
    const CENTRES: [(f64, f64); 12] = [
        (48.8566, 2.3522),
        (45.0, 3.0),
        (47.0, 0.0),
        (45.0, 0.0),
        (-20.88, 55.45),
        (-12.78, 45.23),
        (16.25, -61.55),
        (14.61, -61.06),
        (4.92, -52.31),
        (46.78, -56.18),
        (-14.31, -178.12),
        (-22.27, 166.45),
    ];

    fn holds(ranges: &[Range], point: Point) -> bool {
        let key = key(&geohash(point)).unwrap();
        ranges.iter().any(|range| range.low <= key && key <= range.high)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn a_ring_holds_every_place_between_its_radii(
            which in 0..CENTRES.len(), outer in 0.5..400.0f64, share in 0.0..1.0f64,
            bearing in 0.0..std::f64::consts::TAU, inner_share in 0.0..1.0f64,
        ) {
            let (lat, lon) = CENTRES[which];
            let centre = Point::new(lat, lon).unwrap();
            let inner = outer * inner_share;
            let distance = inner + (outer - inner) * share;
            let delta = distance / EARTH_KM;
            let phi = lat.to_radians();
            let sin_phi2 = phi.sin() * delta.cos() + phi.cos() * delta.sin() * bearing.cos();
            let lon2 = lon.to_radians()
                + (bearing.sin() * delta.sin() * phi.cos()).atan2(delta.cos() - phi.sin() * sin_phi2);
            let lon2 = (lon2.to_degrees() + 540.0).rem_euclid(360.0) - 180.0;
            let place = Point::new(sin_phi2.asin().to_degrees(), lon2).unwrap();
            prop_assert!(holds(&ring(centre, inner, outer), place));
        }
    }

    #[test]
    fn a_disc_is_few_ranges_and_in_key_order() {
        for (lat, lon) in CENTRES {
            let ranges = ring(Point::new(lat, lon).unwrap(), 0.0, 30.0);
            assert!(ranges.len() <= 160, "{} ranges", ranges.len());
            assert!(ranges.windows(2).all(|pair| pair[0].high + 1 < pair[1].low));
        }
    }

    #[test]
    fn a_disc_wider_than_the_earth_is_everywhere() {
        assert_eq!(ring(Point::new(46.0, 2.0).unwrap(), 0.0, 20_038.0), vec![EVERYWHERE]);
    }
}

//! One result of an engine, and whether two engines answered the same.

use std::collections::BTreeSet;

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hit {
    pub(crate) id: String,
    /// In km; none where no place was asked.
    pub(crate) km: Option<f64>,
}

/// How another engine's answer differs from ours.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Difference {
    /// Results of ours that it has not, those at the last distance left aside.
    pub(crate) missing: usize,
    /// By how much it has more or fewer results.
    pub(crate) count: usize,
    /// The largest relative difference of the n-th distances.
    pub(crate) distance: f64,
}

/// What two computations of one distance may differ by, relatively: the mean radius of `PostGIS`'s sphere is that of
/// the same ellipsoid with another rounding.
const SAME: f64 = 1e-7;

impl Difference {
    /// Compares an answer with ours. Several offers share a site, so an answer that is cut at its cap may hold any
    /// of those at the last distance: there only their number must be the same. Without a place the order is
    /// whole (date, then id), and so is the comparison.
    pub(crate) fn between(ours: &[Hit], theirs: &[Hit]) -> Self {
        let last = ours.last().and_then(|hit| hit.km);
        let cut = last.map_or(f64::INFINITY, |km| km * (1.0 - SAME));
        let known: BTreeSet<&str> = theirs.iter().map(|hit| hit.id.as_str()).collect();
        let inside = ours.iter().filter(|hit| hit.km.unwrap_or(0.0) < cut);
        let missing = inside.filter(|hit| !known.contains(hit.id.as_str())).count();
        let pairs = ours.iter().zip(theirs).filter_map(|(one, other)| Some((one.km?, other.km?)));
        let distance = pairs.map(|(one, other)| (one - other).abs() / one.max(1e-3)).fold(0.0, f64::max);
        Self { missing, count: ours.len().abs_diff(theirs.len()), distance }
    }

    /// Whether the answer is the same.
    pub(crate) fn is_none(&self) -> bool {
        self.missing == 0 && self.count == 0 && self.distance <= SAME
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(rows: &[(&str, f64)]) -> Vec<Hit> {
        rows.iter().map(|&(id, km)| Hit { id: id.to_owned(), km: Some(km) }).collect()
    }

    #[test]
    fn any_of_those_at_the_last_distance_will_do() {
        let ours = hits(&[("a", 1.0), ("b", 2.0), ("c", 2.0)]);
        assert!(Difference::between(&ours, &hits(&[("a", 1.0), ("c", 2.0), ("d", 2.0)])).is_none());
    }

    #[test]
    fn a_nearer_one_that_is_missing_shows() {
        let ours = hits(&[("a", 1.0), ("b", 2.0), ("c", 3.0)]);
        let difference = Difference::between(&ours, &hits(&[("a", 1.0), ("c", 3.0), ("d", 4.0)]));
        assert_eq!(difference.missing, 1);
        assert!(!difference.is_none());
    }

    #[test]
    fn another_earth_shows() {
        let difference = Difference::between(&hits(&[("a", 10.0)]), &hits(&[("a", 10.003)]));
        assert!(!difference.is_none() && difference.missing == 0);
    }
}

//! Chooses how far a first round reads, and which ranges of keys that is.

use std::collections::BTreeMap;

use domain::diploma::Diploma;
use domain::geo::Point;
use domain::rome::{GrandDomaine, RomeCode};
use domain::source::Source;

use crate::cell::letters;
use crate::circle::{DiscBox, Plane, distance_km, farthest_from, nearest_to};
use crate::cover::{self, Range};
use crate::keys::{LAST, Shelf, Subject, UNKNOWN_LEVEL, near_has_levels, near_partition};
use crate::merge::Filter;
use crate::port::KeyRange;
use crate::sketch::{Expected, Sketch};

/// Ranges per shelf of a trade in one round.
pub const MAX_RANGES: usize = 8;
/// A gap expected to hold no more bytes is read through. A call costs half a unit's rounding, some 2 KB; where several
/// trades make many calls, one less is worth more than its bytes, because the slowest call decides when all are done.
const fn gap_bytes(trades: usize) -> f64 {
    if trades > 1 { 3_840.0 } else { 2_048.0 }
}
/// What a call is expected to round up by, in bytes.
const CALL_BYTES: f64 = 2_048.0;
/// The last cell counts as read up to its middle, and a little more.
const FINE_MARGIN_KM: f64 = 0.1;
/// A radius is sought in so many steps: of some metres in a city, of as much as a cell where nothing is near.
const STEPS: usize = 4_096;
/// Beyond this distance a coarse cell is small enough to stand for its rows.
const COARSE_IS_ENOUGH_KM: f64 = 150.0;

/// How many rows to aim for so that `cap` results are found nearly always: results vary from place to place, and
/// overshooting is cheaper than a second round. Of one trade it is known better than of several how often an item comes.
pub fn target_rows(cap: usize, sketch: &Sketch, romes: &[RomeCode]) -> f64 {
    let cap = cap as f64;
    let results = if romes.len() > 1 { cap * 1.2 + 12.0 } else { cap * 1.12 + 10.0 };
    results * sketch.rows_per_result(romes)
}

/// The share of each trade's rows that a filter is expected to let pass.
pub fn passing<'a>(
    sketch: &'a Sketch,
    romes: &'a [RomeCode],
    filter: &'a Filter,
) -> impl Iterator<Item = (RomeCode, f64)> + 'a {
    let by_opco = filter.opco.map_or(1.0, |opco| sketch.opco_share(opco));
    romes.iter().map(move |&rome| (rome, sketch.diploma_share(rome, filter.diploma) * by_opco))
}

/// What the sketch expects around a place: rows that pass the filter.
#[derive(Debug)]
pub struct Around<'a> {
    sketch: &'a Sketch,
    centre: Point,
    plane: Plane,
    /// In km: what lies nearer is not wanted.
    inner_km: f64,
    radius_km: f64,
    /// Coarse cells that touch the ring, nearest first: distance in km of their nearest point.
    near: Vec<(f64, Expected)>,
}

impl<'a> Around<'a> {
    /// Looks at the cells that touch the ring between two radii in km; each trade's rows count as much as
    /// `romes` says.
    pub fn new(
        sketch: &'a Sketch,
        romes: impl Iterator<Item = (RomeCode, f64)>,
        centre: Point,
        (inner_km, radius_km): (f64, f64),
    ) -> Self {
        let disc = DiscBox::new(centre, radius_km);
        let mut near: Vec<_> = sketch
            .coarse(romes)
            .into_iter()
            .filter(|expected| disc.touches(&expected.bounds()))
            .map(|expected| (nearest_to(centre, &expected.bounds()), expected))
            .filter(|(distance, expected)| {
                *distance <= radius_km
                    && (inner_km <= 0.0 || farthest_from(centre, &expected.bounds()) >= inner_km)
            })
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { sketch, centre, plane: Plane::at(centre), inner_km, radius_km, near }
    }

    /// Rows expected in the whole circle, somewhat more than less.
    pub fn rows(&self) -> f64 {
        self.near.iter().map(|(_, expected)| expected.rows).sum()
    }

    /// Rows expected within so many km.
    pub fn rows_within(&self, km: f64) -> f64 {
        let cells = self.cells(km);
        cells.iter().filter(|(distance, _)| *distance <= km).map(|(_, rows)| rows).sum()
    }

    /// The radius in km within which `target` rows are expected; the whole radius when there are fewer.
    pub fn radius_for(&self, target: f64) -> f64 {
        let mut total = 0.0;
        let mut reach: f64 = 0.0;
        for (_, expected) in &self.near {
            total += expected.rows;
            reach = reach.max(farthest_from(self.centre, &expected.bounds()));
            if total >= target {
                return self.refined_radius(target, reach).min(self.radius_km);
            }
        }
        self.radius_km
    }

    /// As [`Self::radius_for`], knowing that it is at most `reach` km.
    fn refined_radius(&self, target: f64, reach: f64) -> f64 {
        let step_km = reach / STEPS as f64;
        let mut steps = vec![0.0; STEPS];
        for (distance, rows) in self.cells(reach) {
            if let Some(step) = steps.get_mut((distance / step_km) as usize) {
                *step += rows;
            }
        }
        let mut total = 0.0;
        let enough = steps.into_iter().position(|rows| {
            total += rows;
            total >= target
        });
        enough.map_or(reach, |step| (step + 1) as f64 * step_km + FINE_MARGIN_KM)
    }

    /// The cells that begin within so many km, as fine as matters: distance of their middles in km, and rows.
    fn cells(&self, reach: f64) -> Vec<(f64, f64)> {
        let mut cells: Vec<(f64, f64)> = Vec::new();
        for (distance, coarse) in self.near.iter().take_while(|(distance, _)| *distance <= reach) {
            if *distance > COARSE_IS_ENOUGH_KM {
                cells.push((self.to_centre(coarse), coarse.rows));
            } else {
                let flat = |fine: &Expected| (self.plane.distance_km(fine.bounds().centre()), fine.rows);
                cells.extend(self.sketch.refine(coarse).iter().map(flat));
            }
        }
        cells.retain(|&(distance, _)| distance >= self.inner_km);
        cells
    }

    fn to_centre(&self, expected: &Expected) -> f64 {
        let (lat, lon) = expected.bounds().centre();
        distance_km(self.centre.lat(), self.centre.lon(), lat, lon)
    }
}

/// The ranges to read for the ring between two radii in km, at most [`MAX_RANGES`] per shelf.
///
/// The trades of a grand domaine are read one by one, or all that the domaine has, whichever is expected to cost less:
/// many of them are few ranges there, and an item of several is there once. Where a diploma is asked, each is read from
/// the shelves of that diploma and of those that do not say, or whole, by the same rule.
pub fn ranges(
    source: Source,
    romes: &[RomeCode],
    diploma: Option<Diploma>,
    centre: Point,
    (inner, outer): (f64, f64),
    sketch: Option<&Sketch>,
) -> Vec<KeyRange> {
    let levels = diploma.filter(|_| near_has_levels(source));
    let planner =
        Planner { cover: cover::ring(centre, inner, outer), levels, sketch, worth: gap_bytes(romes.len()) };
    let mut by_domain: BTreeMap<GrandDomaine, Vec<RomeCode>> = BTreeMap::new();
    for rome in romes {
        by_domain.entry(rome.grand_domaine()).or_default().push(*rome);
    }
    let (mut by_trade, mut by_either) = (Vec::new(), Vec::new());
    for (domain, romes) in by_domain {
        let trades: Vec<_> = romes.iter().flat_map(|&rome| planner.plan(Subject::Trade(rome))).collect();
        // Without a sketch nothing tells how much else the domaine holds.
        let whole = (romes.len() > 1 && sketch.is_some()).then(|| planner.plan(Subject::Domain(domain)));
        by_either.extend(whole.filter(|whole| cost(whole) < cost(&trades)).unwrap_or_else(|| trades.clone()));
        by_trade.extend(trades);
    }
    if by_either.iter().any(|plan| matches!(plan.subject, Subject::Domain(_))) {
        by_either.extend(planner.plan(Subject::ManyDomains));
    }
    let plans = if cost(&by_either) < cost(&by_trade) { by_either } else { by_trade };
    plans.into_iter().flat_map(|plan| plan.key_ranges(source)).collect()
}

/// What all subjects of a search are planned by.
struct Planner<'a> {
    cover: Vec<Range>,
    /// The diploma asked, where rows are filed by level.
    levels: Option<Diploma>,
    sketch: Option<&'a Sketch>,
    /// A gap of no more bytes is read through.
    worth: f64,
}

impl Planner<'_> {
    /// The shelves to read of a subject: two, or the whole.
    fn plan(&self, subject: Subject) -> Vec<ShelfPlan> {
        let whole = vec![self.one(subject, Shelf::Whole)];
        let Some(diploma) = self.levels else { return whole };
        let split = [diploma.level(), UNKNOWN_LEVEL].map(|level| self.one(subject, Shelf::Level(level)));
        if cost(&split) < cost(&whole) { split.into() } else { whole }
    }

    fn one(&self, subject: Subject, on: Shelf) -> ShelfPlan {
        let Some(sketch) = self.sketch else {
            // Every gap may be full: none is cheap, and the widest is the dearest. A level is a part of the whole.
            let gap_bytes = |gap: Range| self.worth + (gap.high - gap.low) as f64;
            let bytes = if on == Shelf::Whole { f64::MAX } else { 0.0 };
            return ShelfPlan {
                subject,
                shelf: on,
                ranges: merge_gaps(&self.cover, self.worth, gap_bytes),
                bytes,
            };
        };
        let row_bytes = sketch.mean_row_bytes() * sketch.shelf_share(subject, on);
        let bytes = |range| sketch.expect(subject, range) * row_bytes;
        let ranges = merge_gaps(&self.cover, self.worth, bytes);
        let bytes = ranges.iter().map(|&range| bytes(range)).sum();
        ShelfPlan { subject, shelf: on, ranges, bytes }
    }
}

/// One shelf of a subject: what to read of it, and the bytes that are expected to be there.
#[derive(Debug, Clone)]
struct ShelfPlan {
    subject: Subject,
    shelf: Shelf,
    ranges: Vec<Range>,
    bytes: f64,
}

impl ShelfPlan {
    fn key_ranges(self, source: Source) -> impl Iterator<Item = KeyRange> {
        let partition = near_partition(source, self.subject, self.shelf);
        self.ranges.into_iter().map(move |range| KeyRange {
            partition: partition.clone(),
            from: letters(range.low),
            to: format!("{}{LAST}", letters(range.high)),
            limit: u32::MAX,
        })
    }
}

/// What reading shelves is expected to cost, in bytes: a call costs half of what it rounds up to.
fn cost(plans: &[ShelfPlan]) -> f64 {
    plans.iter().map(|plan| plan.bytes + plan.ranges.len() as f64 * CALL_BYTES).sum()
}

/// Reads through the gaps that hold no more bytes than a call is worth, then through the cheapest others until few enough
/// ranges are left.
fn merge_gaps(cover: &[Range], worth: f64, bytes: impl Fn(Range) -> f64) -> Vec<Range> {
    let mut splits: Vec<(f64, u64)> = cover
        .iter()
        .zip(cover.iter().skip(1))
        .map(|(left, right)| (bytes(Range { low: left.high + 1, high: right.low - 1 }), right.low))
        .filter(|&(bytes, _)| bytes > worth)
        .collect();
    splits.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    splits.truncate(MAX_RANGES - 1);
    let mut merged: Vec<Range> = Vec::with_capacity(MAX_RANGES);
    for range in cover {
        match merged.last_mut() {
            Some(last) if !splits.iter().any(|&(_, low)| low == range.low) => last.high = range.high,
            _ => merged.push(*range),
        }
    }
    merged
}

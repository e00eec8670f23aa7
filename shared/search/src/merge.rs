//! Ranks rows: who is nearest, or first in a list, once each.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use domain::diploma::Diploma;
use domain::geo::Point;
use domain::opco::Opco;
use domain::source::Source;
use domain::years::Years;

use crate::keys::{date_desc, position_of};
use crate::port::Row;

/// No answer holds more items, whatever its cap: a recruiter may hold any number of offers.
pub const MAX_ITEMS: usize = 1_000;

/// What a row must pass to be a hit, beyond its trade and place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// Seconds since 1970: what expires at or before is gone, whether the store has deleted it or not.
    pub now: u32,
    /// Matches rows of this diploma and rows without one.
    pub diploma: Option<Diploma>,
    /// Matches rows of this OPCO only.
    pub opco: Option<Opco>,
    /// Matches trainings tagged with one of these years.
    pub years: Option<Years>,
    /// Matches rows that had their place in the index at this time, in seconds since 1970.
    pub filed_by: Option<u32>,
}

impl Filter {
    /// Whether a row passes.
    pub fn passes(&self, row: &Row) -> bool {
        let rank = &row.rank;
        rank.is_live(self.now)
            && self.diploma.is_none_or(|wanted| rank.diploma.is_none_or(|level| level == wanted))
            && self.opco.is_none_or(|wanted| rank.opco == Some(wanted))
            && self.years.is_none_or(|wanted| rank.training.is_some_and(|own| own.years.meets(wanted)))
            && self.filed_by.is_none_or(|time| rank.filed_at <= time)
    }
}

/// What comes first, and where a page begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Order<'a> {
    /// Nearest to a centre first, then newest, then by id; within a radius in km.
    Near {
        /// From where.
        centre: Point,
        /// How far, in km.
        radius_km: f64,
        /// Only what comes after this.
        after: Option<&'a NearMark>,
    },
    /// Newest first, then by id; within a circle.
    Newest {
        /// Centre and radius in km.
        within: (Point, f64),
        /// Only what comes after this position.
        after: Option<&'a str>,
    },
    /// By sort key, every row, also several of one id.
    Log {
        /// Only what comes after this position.
        after: Option<&'a str>,
    },
    /// As listed: by sort key.
    Listed {
        /// Only what lies in this circle: centre and radius in km.
        within: Option<(Point, f64)>,
        /// Only what comes after this sort key (its feed apart).
        after: Option<&'a str>,
    },
}

/// A place in the order of distances.
#[derive(Debug, Clone, PartialEq)]
pub struct NearMark {
    /// In km, exact.
    pub km: f64,
    /// Seconds since 1970.
    pub created_at: u32,
    /// The id in the index.
    pub id: String,
}

/// A row that passed, with its distance from the place asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The row.
    pub row: Row,
    /// In km; none when no place was asked.
    pub distance_km: Option<f64>,
}

impl Hit {
    /// Where it stands in the order of distances; none when no place was asked.
    pub fn near_mark(&self) -> Option<NearMark> {
        let km = self.distance_km?;
        Some(NearMark { km, created_at: self.row.rank.created_at, id: self.row.id.clone() })
    }

    /// Where it stands in its list.
    pub fn position(&self) -> &str {
        position_of(&self.row.sort_key)
    }

    /// Where it stands among the newest, whichever row of it was read.
    pub fn newest_position(&self) -> String {
        newest_position(&self.row)
    }
}

/// A hit among rows that are still borrowed: only those returned are copied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked<'a> {
    /// The row.
    pub row: &'a Row,
    /// In km; none when no place was asked.
    pub distance_km: Option<f64>,
}

/// What a page holds, and whether more follows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
    /// Whether the cap cut the answer.
    pub more: bool,
}

/// What the cap counts: an item, or for matcha the recruiter that holds it (contract 1.8).
pub fn group(source: Source, id: &str) -> &str {
    match source {
        Source::Matcha => id.rsplit_once('-').map_or(id, |(recruiter, _)| recruiter),
        _ => id,
    }
}

impl Order<'_> {
    /// The row with its distance, if it belongs where this order looks.
    fn place<'r>(&self, row: &'r Row) -> Option<Ranked<'r>> {
        match *self {
            Self::Near { centre, radius_km, after } => {
                let km = centre.distance_km(row.rank.point?);
                let is_new = || after.is_none_or(|mark| near_order(km, row, mark).is_gt());
                (km <= radius_km && is_new()).then_some(Ranked { row, distance_km: Some(km) })
            }
            Self::Newest { within: (centre, radius_km), after } => {
                let km = Some(centre.distance_km(row.rank.point?)).filter(|&km| km <= radius_km)?;
                let is_new = after.is_none_or(|after| newest_position(row).as_str() > after);
                is_new.then_some(Ranked { row, distance_km: Some(km) })
            }
            Self::Log { after } => {
                let is_new = after.is_none_or(|after| position_of(&row.sort_key) > after);
                is_new.then_some(Ranked { row, distance_km: None })
            }
            Self::Listed { within, after } => {
                let distance_km = match within {
                    None => None,
                    Some((centre, radius_km)) => {
                        Some(centre.distance_km(row.rank.point?)).filter(|&km| km <= radius_km).map(Some)?
                    }
                };
                let is_new = after.is_none_or(|after| position_of(&row.sort_key) > after);
                is_new.then_some(Ranked { row, distance_km })
            }
        }
    }

    fn compare(&self, a: &Ranked<'_>, b: &Ranked<'_>) -> Ordering {
        match self {
            Self::Near { .. } => a
                .distance_km
                .unwrap_or(0.0)
                .total_cmp(&b.distance_km.unwrap_or(0.0))
                .then_with(|| b.row.rank.created_at.cmp(&a.row.rank.created_at))
                .then_with(|| a.row.id.cmp(&b.row.id)),
            Self::Newest { .. } => {
                let (a, b) = (a.row, b.row);
                b.rank.created_at.cmp(&a.rank.created_at).then_with(|| a.id.cmp(&b.id))
            }
            Self::Log { .. } | Self::Listed { .. } => {
                position_of(&a.row.sort_key).cmp(position_of(&b.row.sort_key))
            }
        }
    }
}

fn newest_position(row: &Row) -> String {
    format!("{}#{}", date_desc(row.rank.created_at), row.id)
}

fn near_order(km: f64, row: &Row, mark: &NearMark) -> Ordering {
    km.total_cmp(&mark.km)
        .then_with(|| mark.created_at.cmp(&row.rank.created_at))
        .then_with(|| row.id.cmp(&mark.id))
}

/// The hits among `rows`, best first, each id once: the same item comes under several ROMEs, and from several
/// feeds. Of trainings that a reader could not tell apart, the best is kept.
pub fn rank<'r>(
    rows: impl IntoIterator<Item = &'r Row>,
    filter: &Filter,
    order: &Order<'_>,
) -> Vec<Ranked<'r>> {
    let rows = rows.into_iter();
    if matches!(order, Order::Log { .. }) {
        let mut hits: Vec<Ranked<'r>> =
            rows.filter(|row| filter.passes(row)).filter_map(|row| order.place(row)).collect();
        hits.sort_unstable_by(|a, b| order.compare(a, b));
        return hits;
    }
    let mut best: HashMap<&str, Ranked<'r>> = HashMap::with_capacity(rows.size_hint().0);
    for row in rows.filter(|row| filter.passes(row)) {
        let Some(hit) = order.place(row) else { continue };
        best.entry(row.id.as_str())
            .and_modify(|known| {
                if order.compare(&hit, known).is_lt() {
                    *known = hit;
                }
            })
            .or_insert(hit);
    }
    let mut hits: Vec<Ranked<'r>> = best.into_values().collect();
    hits.sort_unstable_by(|a, b| order.compare(a, b));
    let mut twins = HashSet::new();
    hits.retain(|hit| hit.row.rank.training.is_none_or(|training| twins.insert(training.twin)));
    hits
}

/// How many of the ranked hits an answer of `cap` results holds: all up to the one that would open result
/// `cap + 1`. The second value says whether the cap cut anything.
pub fn cut(source: Source, hits: &[Ranked<'_>], cap: usize) -> (usize, bool) {
    let mut groups: HashSet<&str> = HashSet::with_capacity(cap);
    for (index, hit) in hits.iter().enumerate() {
        let group = group(source, &hit.row.id);
        if index >= MAX_ITEMS || (groups.len() >= cap && !groups.contains(group)) {
            return (index, true);
        }
        groups.insert(group);
    }
    (hits.len(), false)
}

/// How many of the ranked hits fill the cap for good, although more may follow; none when they do not yet.
pub fn filled(source: Source, hits: &[Ranked<'_>], cap: usize) -> Option<usize> {
    match source {
        // The answer ends where one recruiter too many begins, so that one must have been seen.
        Source::Matcha => Some(cut(source, hits, cap)).filter(|&(_, full)| full).map(|(length, _)| length),
        _ => (hits.len() >= cap).then_some(cap),
    }
}

/// The answer that [`cut`] leaves, copied. `beyond` says that there may be more than `hits`.
pub fn take(source: Source, hits: &[Ranked<'_>], cap: usize, beyond: bool) -> Found {
    let (length, cut) = cut(source, hits, cap);
    let copy = |hit: &Ranked<'_>| Hit { row: hit.row.clone(), distance_km: hit.distance_km };
    Found { hits: hits.iter().take(length).map(copy).collect(), more: cut || beyond }
}

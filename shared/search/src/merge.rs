//! Ranks rows: who is nearest, or newest, once each.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use domain::diploma::Diploma;
use domain::geo::Point;
use domain::opco::Opco;
use domain::source::Source;

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
}

impl Filter {
    /// Whether a row passes.
    pub fn passes(&self, row: &Row) -> bool {
        let rank = &row.rank;
        rank.is_live(self.now)
            && self.diploma.is_none_or(|wanted| rank.diploma.is_none_or(|level| level == wanted))
            && self.opco.is_none_or(|wanted| rank.opco == Some(wanted))
    }
}

/// A row that passed, with its distance from the place asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The row.
    pub row: Row,
    /// In km; none when no place was asked.
    pub distance_km: Option<f64>,
}

/// A hit among rows that are still borrowed: only those returned are copied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked<'a> {
    /// The row.
    pub row: &'a Row,
    /// In km; none when no place was asked.
    pub distance_km: Option<f64>,
}

impl Ranked<'_> {
    /// Copies the row.
    pub fn to_hit(self) -> Hit {
        Hit { row: self.row.clone(), distance_km: self.distance_km }
    }
}

/// What the cap counts: an item, or for matcha the recruiter that holds it (contract 1.8).
pub fn group(source: Source, id: &str) -> &str {
    match source {
        Source::Matcha => id.rsplit_once('-').map_or(id, |(recruiter, _)| recruiter),
        _ => id,
    }
}

/// Distance, then newest, then id.
fn order(a: &Ranked<'_>, b: &Ranked<'_>) -> Ordering {
    let distance = |hit: &Ranked<'_>| hit.distance_km.unwrap_or(0.0);
    distance(a)
        .total_cmp(&distance(b))
        .then_with(|| b.row.rank.created_at.cmp(&a.row.rank.created_at))
        .then_with(|| a.row.id.cmp(&b.row.id))
}

/// The hits among `rows`, best first, each id once: the same item comes under several ROMEs, and from
/// several feeds. `place` is a centre and a radius in km.
pub fn rank<'a>(
    rows: impl IntoIterator<Item = &'a Row>,
    filter: &Filter,
    place: Option<(Point, f64)>,
) -> Vec<Ranked<'a>> {
    let rows = rows.into_iter();
    let mut best: HashMap<&str, Ranked<'a>> = HashMap::with_capacity(rows.size_hint().0);
    for row in rows.filter(|row| filter.passes(row)) {
        let distance_km = match place {
            None => None,
            Some((centre, radius_km)) => match row.rank.point.map(|point| centre.distance_km(point)) {
                Some(distance) if distance <= radius_km => Some(distance),
                _ => continue,
            },
        };
        let hit = Ranked { row, distance_km };
        best.entry(&row.id)
            .and_modify(|known| {
                if order(&hit, known) == Ordering::Less {
                    *known = hit;
                }
            })
            .or_insert(hit);
    }
    let mut hits: Vec<Ranked<'a>> = best.into_values().collect();
    hits.sort_unstable_by(order);
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

/// The answer that [`cut`] leaves, copied.
pub fn take(source: Source, hits: &[Ranked<'_>], cap: usize) -> Vec<Hit> {
    let (length, _) = cut(source, hits, cap);
    hits.iter().take(length).map(|hit| hit.to_hit()).collect()
}

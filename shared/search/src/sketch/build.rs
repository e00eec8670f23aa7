//! Counts postings into a sketch.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::card::Entry;
use domain::diploma::Diploma;
use domain::opco::Opco;
use domain::source::Source;

use super::merge::Counts;
use super::{COARSE_SHIFT, FINE_SHIFT, Sketch, code};
use crate::cell;
use crate::keys::{self, Subject, UNKNOWN_LEVEL, geohash};
use crate::merge::group;

/// Bytes of a posting beside its card: keys, attribute names and rank.
const BYTES_BESIDE_CARD: usize = 100;

/// Counts cards one by one, in any order; memory grows with distinct cells and results, not with bytes.
#[derive(Debug, Default)]
pub struct SketchBuilder {
    counts: Counts,
    groups: HashSet<u64>,
    rome_groups: HashSet<u64>,
}

impl SketchBuilder {
    /// Counts the rows near a place of one card, and its size when packed, in bytes.
    pub fn add(&mut self, source: Source, entry: &Entry, card_bytes: usize) {
        let Some(key) = entry.point.and_then(|point| cell::key(&geohash(point))) else { return };
        let group = group(source, &entry.id);
        self.groups.insert(hash(&group));
        let level = entry.diploma.map_or(UNKNOWN_LEVEL, Diploma::level);
        for subject in keys::domains(entry) {
            self.counts.count(code(subject), (key >> COARSE_SHIFT) as u32, level);
        }
        for rome in entry.romes.iter() {
            let code = code(Subject::Trade(rome));
            self.counts.count(code, (key >> COARSE_SHIFT) as u32, level);
            *self.counts.fine.entry((key >> FINE_SHIFT) as u32).or_default() += 1;
            self.rome_groups.insert(hash(&(code, group)));
            let totals = &mut self.counts.totals;
            totals.rows += 1;
            totals.bytes += (card_bytes + entry.id.len() + BYTES_BESIDE_CARD) as u64;
            bump(&mut totals.opcos, entry.opco.map_or(0, Opco::number));
        }
    }

    /// The sketch of all that was counted.
    pub fn finish(mut self) -> Sketch {
        self.counts.totals.groups = self.groups.len() as u32;
        self.counts.totals.rome_groups = self.rome_groups.len() as u32;
        self.counts.finish()
    }
}

pub(super) fn bump(counts: &mut [u32], index: u8) {
    if let Some(count) = counts.get_mut(usize::from(index)) {
        *count += 1;
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

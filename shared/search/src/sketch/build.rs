//! Counts postings into a sketch.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::diploma::Diploma;
use domain::opco::Opco;
use domain::rome::RomeCode;

use super::{COARSE_SHIFT, EntryCount, FINE_SHIFT, RomeSlice, Sketch, Totals};
use crate::rank::Rank;

/// Counts postings one by one, in any order; memory grows with distinct cells and results, not with bytes.
#[derive(Debug, Default)]
pub struct SketchBuilder {
    totals: Totals,
    counts: BTreeMap<([u8; 5], u32), u32>,
    fine: BTreeMap<u32, u32>,
    groups: HashSet<u64>,
    rome_groups: HashSet<u64>,
}

impl SketchBuilder {
    /// Counts one posting near a place: its key, its size in bytes, and the result it belongs to
    /// ([`crate::merge::group`]).
    pub fn add(&mut self, rome: RomeCode, key: u64, bytes: usize, group: &str, rank: &Rank) {
        let Ok(code) = <[u8; 5]>::try_from(rome.as_str().as_bytes()) else { return };
        *self.counts.entry((code, (key >> COARSE_SHIFT) as u32)).or_default() += 1;
        *self.fine.entry((key >> FINE_SHIFT) as u32).or_default() += 1;
        self.groups.insert(hash(&group));
        self.rome_groups.insert(hash(&(code, group)));
        self.totals.rows += 1;
        self.totals.bytes += bytes as u64;
        let bump = |counts: &mut [u32], index: u8| {
            if let Some(count) = counts.get_mut(usize::from(index)) {
                *count += 1;
            }
        };
        bump(&mut self.totals.opcos, rank.opco.map_or(0, Opco::number));
        bump(&mut self.totals.diplomas, rank.diploma.map_or(0, Diploma::level));
    }

    /// The sketch of all that was counted.
    pub fn finish(self) -> Sketch {
        let mut coarse: Vec<u32> = self.counts.keys().map(|&(_, cell)| cell).collect();
        coarse.sort_unstable();
        coarse.dedup();
        let mut sketch = Sketch { totals: self.totals, coarse, ..Sketch::default() };
        sketch.totals.groups = self.groups.len() as u32;
        sketch.totals.rome_groups = self.rome_groups.len() as u32;
        let mut through = 0;
        for ((code, bits), count) in self.counts {
            if sketch.romes.last().is_none_or(|slice| slice.code != code) {
                through = 0;
                sketch.romes.push(RomeSlice { code, end: sketch.entries.len() as u32 });
            }
            through += count;
            let cell = sketch.coarse.partition_point(|&coarse| coarse < bits) as u32;
            sketch.entries.push(EntryCount { cell, through });
            if let Some(slice) = sketch.romes.last_mut() {
                slice.end = sketch.entries.len() as u32;
            }
        }
        let mut total = 0;
        for (cell, count) in self.fine {
            total += count;
            sketch.fine.push(cell);
            sketch.fine_through.push(total);
        }
        sketch
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

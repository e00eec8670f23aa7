//! Adds up sketches: a source is the sum of its feeds.

use std::collections::BTreeMap;

use super::build::bump;
use super::{Code, EntryCount, Levels, Sketch, SubjectSlice, Totals};

/// Rows by subject and coarse cell, and by fine cell.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) totals: Totals,
    pub(super) coarse: BTreeMap<(Code, u32), u32>,
    pub(super) fine: BTreeMap<u32, u32>,
    pub(super) levels: BTreeMap<Code, Levels>,
}

impl Sketch {
    /// The sketch of all rows of `parts`. A result that several parts hold counts once for each.
    pub fn merge<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut counts = Counts::default();
        for part in parts {
            counts.totals.add(&part.totals);
            let mut entries = part.entries.iter();
            let mut taken = 0;
            for slice in &part.subjects {
                let levels = counts.levels.entry(slice.code).or_default();
                levels.iter_mut().zip(slice.levels).for_each(|(sum, count)| *sum += count);
                let mut before = 0;
                for entry in entries.by_ref().take((slice.end - taken) as usize) {
                    if let Some(&cell) = part.coarse.get(entry.cell as usize) {
                        *counts.coarse.entry((slice.code, cell)).or_default() += entry.through - before;
                    }
                    before = entry.through;
                }
                taken = slice.end;
            }
            let mut before = 0;
            for (&cell, &through) in part.fine.iter().zip(&part.fine_through) {
                *counts.fine.entry(cell).or_default() += through - before;
                before = through;
            }
        }
        counts.finish()
    }
}

impl Counts {
    /// Counts a row of a subject, by its coarse cell and diploma level.
    pub(super) fn count(&mut self, code: Code, coarse: u32, level: u8) {
        *self.coarse.entry((code, coarse)).or_default() += 1;
        bump(self.levels.entry(code).or_default(), level);
    }

    /// Lays the counts out for searching.
    pub(super) fn finish(self) -> Sketch {
        let mut coarse: Vec<u32> = self.coarse.keys().map(|&(_, cell)| cell).collect();
        coarse.sort_unstable();
        coarse.dedup();
        let mut sketch = Sketch { totals: self.totals, coarse, ..Sketch::default() };
        let mut through = 0;
        for ((code, bits), count) in self.coarse {
            if sketch.subjects.last().is_none_or(|slice| slice.code != code) {
                through = 0;
                let levels = self.levels.get(&code).copied().unwrap_or_default();
                sketch.subjects.push(SubjectSlice { code, end: sketch.entries.len() as u32, levels });
            }
            through += count;
            let cell = sketch.coarse.partition_point(|&coarse| coarse < bits) as u32;
            sketch.entries.push(EntryCount { cell, through });
            if let Some(slice) = sketch.subjects.last_mut() {
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

impl Totals {
    fn add(&mut self, other: &Self) {
        self.rows += other.rows;
        self.groups += other.groups;
        self.rome_groups += other.rome_groups;
        self.bytes += other.bytes;
        self.opcos.iter_mut().zip(other.opcos).for_each(|(sum, count)| *sum += count);
    }
}

//! The density sketch of one source: how many rows a search should expect where.
//!
//! It holds exact counts per ROME, or grand domaine, and coarse cell (20 bits, about 39 by 20 km), and how the rows of all ROMEs
//! together spread over the fine cells (30 bits, about 1.2 by 0.6 km) of each. The rows of one ROME are
//! expected to spread alike, whatever their diploma. About 1.3 MB for 570,000 rows. It only plans: a stale sketch costs money, never a
//! wrong answer.

mod build;
mod bytes;
mod merge;

pub use build::SketchBuilder;
pub use bytes::DamagedSketch;

use std::collections::HashSet;

use domain::diploma::Diploma;
use domain::opco::Opco;
use domain::rome::{GrandDomaine, RomeCode};

use crate::cell::{BITS, Bounds, Cell};
use crate::cover::Range;
use crate::keys::{Shelf, Subject, UNKNOWN_LEVEL};

/// Levels of a coarse cell: 20 bits, four letters.
pub const COARSE_LEVEL: u32 = 10;
/// Levels of a fine cell: 30 bits, six letters.
pub const FINE_LEVEL: u32 = 15;
const COARSE_SHIFT: u32 = BITS - 2 * COARSE_LEVEL;
const FINE_SHIFT: u32 = BITS - 2 * FINE_LEVEL;
const FINE_PER_COARSE: u32 = 2 * (FINE_LEVEL - COARSE_LEVEL);

/// Counts of one source. Rows are postings near a place: an item under three ROMEs has three.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sketch {
    totals: Totals,
    /// Trades and grands domaines, by code.
    subjects: Vec<SubjectSlice>,
    /// Distinct coarse cells, sorted.
    coarse: Vec<u32>,
    /// Entries of all subjects, one after the other, by cell.
    entries: Vec<EntryCount>,
    /// Fine cells, sorted.
    fine: Vec<u32>,
    /// Rows up to and including the fine cell beside it.
    fine_through: Vec<u32>,
}

/// Counts over the whole source.
#[derive(Debug, Clone, Default, PartialEq)]
struct Totals {
    rows: u32,
    /// Distinct results: items, or recruiters for matcha.
    groups: u32,
    /// Distinct results per ROME, summed.
    rome_groups: u32,
    bytes: u64,
    /// By [`Opco::number`]; 0 for none.
    opcos: [u32; 12],
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct SubjectSlice {
    code: Code,
    end: u32,
    /// Rows by [`Diploma::level`]; 0 for none.
    levels: Levels,
}

/// Rows by [`Diploma::level`]; 0 for none.
type Levels = [u32; 8];

/// A trade's ROME code, or what stands for a grand domaine: its letter, filled up with `*`.
type Code = [u8; 5];

fn code(subject: Subject) -> Code {
    match subject {
        Subject::Trade(rome) => rome.as_str().as_bytes().try_into().unwrap_or_default(),
        Subject::Domain(domain) => [domain.letter(), b'*', b'*', b'*', b'*'],
        Subject::ManyDomains => [b'*'; 5],
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct EntryCount {
    /// Index in `coarse`.
    cell: u32,
    /// Rows of the subject up to and including this cell.
    through: u32,
}

/// A cell where rows are expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// The cell.
    pub cell: Cell,
    /// Rows expected in it.
    pub rows: f64,
}

impl Expected {
    /// Its sides.
    pub fn bounds(&self) -> Bounds {
        self.cell.bounds()
    }
}

impl Sketch {
    /// Rows of the source.
    pub fn rows(&self) -> u32 {
        self.totals.rows
    }

    /// Mean bytes of a row, as the store bills them.
    pub fn mean_row_bytes(&self) -> f64 {
        self.totals.bytes as f64 / f64::from(self.totals.rows.max(1))
    }

    /// Rows read for one result when these trades are asked: an item comes once for each of its trades that is
    /// among them. Items have trades of one family mostly, so the more of a family is asked, the more often.
    pub fn rows_per_result(&self, romes: &[RomeCode]) -> f64 {
        let totals = &self.totals;
        let per_trade = f64::from(totals.rows) / f64::from(totals.rome_groups.max(1));
        let trades = f64::from(totals.rome_groups) / f64::from(totals.groups.max(1));
        let domains: HashSet<GrandDomaine> = romes.iter().map(|rome| rome.grand_domaine()).collect();
        let of = |codes: &mut dyn Iterator<Item = RomeCode>| {
            codes.map(|rome| f64::from(self.rome_rows(rome))).sum::<f64>()
        };
        let asked = of(&mut romes.iter().copied());
        let all = of(&mut self.romes().filter(|rome| domains.contains(&rome.grand_domaine())));
        let share = (asked / all.max(1.0)).clamp(1e-6, 1.0);
        // Of an item with so many trades, this many are asked where one is at least.
        let asked_trades = share * trades / (1.0 - (1.0 - share).powf(trades));
        (per_trade * asked_trades).max(1.0)
    }

    /// The share of all rows that are of an OPCO.
    pub fn opco_share(&self, opco: Opco) -> f64 {
        let rows = self.totals.opcos.get(usize::from(opco.number())).copied().unwrap_or(0);
        f64::from(rows) / f64::from(self.totals.rows.max(1))
    }

    /// The share of a subject's rows on a shelf.
    pub fn shelf_share(&self, subject: Subject, on: Shelf) -> f64 {
        let Shelf::Level(level) = on else { return 1.0 };
        let Some((_, trade)) = self.slice(subject) else { return 0.0 };
        let rows = trade.levels.get(usize::from(level)).copied().unwrap_or(0);
        f64::from(rows) / f64::from(trade.levels.iter().sum::<u32>().max(1))
    }

    /// The share of a trade's rows that match a diploma: its own and those that do not say.
    pub fn diploma_share(&self, rome: RomeCode, diploma: Option<Diploma>) -> f64 {
        diploma.map_or(1.0, |diploma| {
            self.shelf_share(Subject::Trade(rome), Shelf::Level(diploma.level()))
                + self.shelf_share(Subject::Trade(rome), Shelf::Level(UNKNOWN_LEVEL))
        })
    }

    /// The ROMEs that have rows, in order.
    pub fn romes(&self) -> impl Iterator<Item = RomeCode> {
        self.subjects.iter().filter_map(|slice| std::str::from_utf8(&slice.code).ok()?.parse().ok())
    }

    /// Rows of a ROME in the whole source.
    pub fn rome_rows(&self, rome: RomeCode) -> u32 {
        self.of(Subject::Trade(rome)).last().map_or(0, |entry| entry.through)
    }

    /// Rows of a subject expected in a range of keys.
    pub fn expect(&self, subject: Subject, range: Range) -> f64 {
        let entries = self.of(subject);
        self.below(entries, range.high + 1) - self.below(entries, range.low)
    }

    /// The coarse cells that hold rows of any of the trades, with the rows of all of them together, each trade's
    /// times its weight.
    pub fn coarse(&self, romes: impl Iterator<Item = (RomeCode, f64)>) -> Vec<Expected> {
        let mut weights = vec![0.0; self.coarse.len()];
        for (rome, weight) in romes {
            let mut before = 0;
            for entry in self.of(Subject::Trade(rome)) {
                if let Some(rows) = weights.get_mut(entry.cell as usize) {
                    *rows += f64::from(entry.through - before) * weight;
                }
                before = entry.through;
            }
        }
        let cell = |bits: u32| Cell::new(u64::from(bits), COARSE_LEVEL);
        let weighted = self.coarse.iter().zip(weights).filter(|&(_, rows)| rows > 0.0);
        weighted.map(|(&bits, rows)| Expected { cell: cell(bits), rows }).collect()
    }

    /// Spreads the rows of a coarse cell over its fine cells.
    pub fn refine(&self, coarse: &Expected) -> Vec<Expected> {
        let (low, high) = coarse.cell.keys();
        let from = self.fine.partition_point(|&cell| u64::from(cell) < low >> FINE_SHIFT);
        let to = self.fine.partition_point(|&cell| u64::from(cell) <= high >> FINE_SHIFT);
        let total = f64::from(self.through(to) - self.through(from)).max(1.0);
        (from..to)
            .filter_map(|index| {
                let cell = Cell::new(u64::from(*self.fine.get(index)?), FINE_LEVEL);
                let share = f64::from(self.through(index + 1) - self.through(index)) / total;
                Some(Expected { cell, rows: coarse.rows * share })
            })
            .collect()
    }

    fn of(&self, subject: Subject) -> &[EntryCount] {
        let Some((start, slice)) = self.slice(subject) else { return &[] };
        self.entries.get(start as usize..slice.end as usize).unwrap_or(&[])
    }

    /// Where the entries of a subject begin, and its slice.
    fn slice(&self, subject: Subject) -> Option<(u32, &SubjectSlice)> {
        let code = code(subject);
        let index = self.subjects.binary_search_by(|slice| slice.code.cmp(&code)).ok()?;
        let before = index.checked_sub(1).and_then(|before| self.subjects.get(before));
        Some((before.map_or(0, |slice| slice.end), self.subjects.get(index)?))
    }

    /// Rows expected below `key`, which may be one past the last.
    fn below(&self, entries: &[EntryCount], key: u64) -> f64 {
        let bits = (key >> COARSE_SHIFT) as u32;
        let cell = self.coarse.partition_point(|&coarse| coarse < bits) as u32;
        let index = entries.partition_point(|entry| entry.cell < cell);
        let before =
            index.checked_sub(1).and_then(|before| entries.get(before)).map_or(0, |entry| entry.through);
        let inside = self.coarse.get(cell as usize) == Some(&bits);
        match entries.get(index) {
            Some(entry) if inside && entry.cell == cell => {
                f64::from(before) + f64::from(entry.through - before) * self.share_below(bits, key)
            }
            _ => f64::from(before),
        }
    }

    /// The share of a coarse cell's rows that lie below `key`: those of a fine cell as if evenly along its keys.
    fn share_below(&self, bits: u32, key: u64) -> f64 {
        let at = |cell: u64| self.fine.partition_point(|&fine| u64::from(fine) < cell);
        let start = self.through(at(u64::from(bits) << FINE_PER_COARSE));
        let end = self.through(at((u64::from(bits) + 1) << FINE_PER_COARSE));
        let cut = key >> FINE_SHIFT;
        let index = at(cut);
        let before = self.through(index);
        let within = match self.fine.get(index) {
            Some(&fine) if u64::from(fine) == cut => {
                let share = (key & ((1 << FINE_SHIFT) - 1)) as f64 / (1u64 << FINE_SHIFT) as f64;
                f64::from(self.through(index + 1) - before) * share
            }
            _ => 0.0,
        };
        (f64::from(before - start) + within) / f64::from((end - start).max(1))
    }

    /// Rows in the first `count` fine cells.
    fn through(&self, count: usize) -> u32 {
        count.checked_sub(1).and_then(|last| self.fine_through.get(last)).copied().unwrap_or(0)
    }
}

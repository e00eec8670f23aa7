//! Which trades an activity hires: the table of hires by ROME and NAF, and the 2.5 % rule (contract 4.3).

use std::collections::BTreeMap;
use std::io::Read;

use csv::StringRecord;

use crate::naf::Naf;
use crate::rome::{MAX_ROMES, RomeCode, Romes};

/// A trade counts when it weighs at least this share of its activity's hires, in thousandths.
const MIN_SHARE_PER_MILLE: u64 = 25;

/// The trades of each NAF, heaviest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NafRomes {
    romes: BTreeMap<Naf, Romes>,
}

/// The table could not be read.
#[derive(Debug, thiserror::Error)]
pub enum NafRomesError {
    /// The text is no CSV, or its source failed.
    #[error("could not read the table of hires by trade and activity")]
    Csv(#[source] csv::Error),
    /// The first line neither names nor holds the columns.
    #[error("the table of hires needs the columns rome, naf and hires")]
    Columns,
    /// A line whose code or count is wrong.
    #[error("line {line} of the table of hires: {column} is wrong")]
    Line {
        /// 1 is the first line of the file.
        line: u64,
        /// `rome`, `naf` or `hires`.
        column: &'static str,
    },
}

impl NafRomes {
    /// Reads CSV with a first line that names at least the columns `rome`, `naf` and `hires`, in any order; without
    /// such a line they are the only three, in this order. A text is read through [`str::as_bytes`].
    pub fn from_csv(reader: impl Read) -> Result<Self, NafRomesError> {
        let mut lines = csv::ReaderBuilder::new().has_headers(false).trim(csv::Trim::All).from_reader(reader);
        let mut columns = None;
        let mut hires: BTreeMap<Naf, BTreeMap<RomeCode, u64>> = BTreeMap::new();
        let mut record = StringRecord::new();
        while lines.read_record(&mut record).map_err(NafRomesError::Csv)? {
            let columns = if let Some(columns) = columns {
                columns
            } else {
                let (found, is_header) = Columns::of(&record)?;
                columns = Some(found);
                if is_header {
                    continue;
                }
                found
            };
            let (rome, naf, count) = columns.read(&record)?;
            let total = hires.entry(naf).or_default().entry(rome).or_default();
            *total = total.saturating_add(count);
        }
        let romes = hires.into_iter().filter_map(|(naf, counts)| Some((naf, heaviest(counts)?))).collect();
        Ok(Self { romes })
    }

    /// The trades of an activity, heaviest first, 20 at most; none when the table does not know it.
    pub fn romes(&self, naf: &Naf) -> Option<Romes> {
        self.romes.get(naf).cloned()
    }

    /// How many activities have trades.
    pub fn len(&self) -> usize {
        self.romes.len()
    }

    /// Whether no activity has any.
    pub fn is_empty(&self) -> bool {
        self.romes.is_empty()
    }
}

/// Where the three columns are.
#[derive(Clone, Copy)]
struct Columns {
    rome: usize,
    naf: usize,
    hires: usize,
}

impl Columns {
    /// Finds the columns in the first line, and says whether that line is a header.
    fn of(first: &StringRecord) -> Result<(Self, bool), NafRomesError> {
        let named = |name: &str| {
            first.iter().position(|title| title.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name))
        };
        if let (Some(rome), Some(naf), Some(hires)) = (named("rome"), named("naf"), named("hires")) {
            return Ok((Self { rome, naf, hires }, true));
        }
        let plain = Self { rome: 0, naf: 1, hires: 2 };
        if first.len() == 3 && plain.read(first).is_ok() {
            return Ok((plain, false));
        }
        Err(NafRomesError::Columns)
    }

    fn read(self, record: &StringRecord) -> Result<(RomeCode, Naf, u64), NafRomesError> {
        let line = record.position().map_or(0, csv::Position::line);
        let wrong = |column| NafRomesError::Line { line, column };
        Ok((
            record.get(self.rome).and_then(|text| text.parse().ok()).ok_or(wrong("rome"))?,
            record.get(self.naf).and_then(|text| text.parse().ok()).ok_or(wrong("naf"))?,
            record.get(self.hires).and_then(|text| text.parse().ok()).ok_or(wrong("hires"))?,
        ))
    }
}

/// The trades that weigh enough, heaviest first; equals in the order of their codes.
fn heaviest(counts: BTreeMap<RomeCode, u64>) -> Option<Romes> {
    let total: u128 = counts.values().map(|&count| u128::from(count)).sum();
    let weighs =
        |count: u64| count > 0 && u128::from(count) * 1000 >= total * u128::from(MIN_SHARE_PER_MILLE);
    let mut kept: Vec<(RomeCode, u64)> = counts.into_iter().filter(|&(_, count)| weighs(count)).collect();
    kept.sort_by_key(|&(code, count)| (std::cmp::Reverse(count), code));
    kept.truncate(MAX_ROMES);
    kept.into_iter().map(|(code, _)| code).collect::<Vec<_>>().try_into().ok()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    fn romes(csv: &str, naf: &str) -> Option<Vec<String>> {
        let table = NafRomes::from_csv(csv.as_bytes()).unwrap();
        let romes = table.romes(&naf.parse().unwrap())?;
        Some(romes.iter().map(|code| code.to_string()).collect())
    }

    #[test]
    fn keeps_trades_of_at_least_a_fortieth_heaviest_first() {
        let csv = "rome,naf,hires\nA1101,0111Z,25\nB1101,0111Z,951\nC1101,0111Z,24\nD1101,0112Z,3\n";
        assert_eq!(romes(csv, "0111Z").unwrap(), ["B1101", "A1101"]);
        assert_eq!(romes(csv, "01.12Z").unwrap(), ["D1101"]);
        assert_eq!(romes(csv, "9999Z"), None);
    }

    #[test]
    fn finds_columns_by_name_around_quoted_labels() {
        let csv = "\u{feff}rome,rome_label,naf,naf_label,hires\r\n\
                   A1101,Conduite,0111Z,\"Culture (à l'exception du riz), de \"\"graines\"\"\",161\r\n";
        assert_eq!(romes(csv, "0111Z").unwrap(), ["A1101"]);
    }

    #[test]
    fn reads_three_columns_without_a_header() {
        assert_eq!(romes("A1101,0111Z,161\nB1101,0111Z,1\n", "0111Z").unwrap(), ["A1101"]);
    }

    #[test]
    fn an_activity_without_hires_has_no_trade() {
        assert_eq!(romes("rome,naf,hires\nA1101,0111Z,0\n", "0111Z"), None);
        assert!(NafRomes::from_csv("".as_bytes()).unwrap().is_empty());
    }

    #[test]
    fn names_the_line_and_column_that_are_wrong() {
        let read = |csv: &str| NafRomes::from_csv(csv.as_bytes()).unwrap_err().to_string();
        assert_eq!(
            read("rome,naf,hires\nA1101,0111Z,1\nA1101,0111Z,many\n"),
            "line 3 of the table of hires: hires is wrong"
        );
        assert_eq!(read("a,b\n1,2\n"), "the table of hires needs the columns rome, naf and hires");
    }

    proptest! {
        #[test]
        fn gives_at_most_twenty_each_weighing_enough(hires in prop::collection::vec(0u64..1000, 1..45)) {
            let mut csv = String::from("rome,naf,hires\n");
            for (number, count) in hires.iter().enumerate() {
                writeln!(csv, "A{number:04},0111Z,{count}").unwrap();
            }
            let total: u64 = hires.iter().sum();
            let given = romes(&csv, "0111Z").unwrap_or_default();
            let weights: Vec<u64> = given.iter().map(|code| hires[code[1..].parse::<usize>().unwrap()]).collect();
            prop_assert!(weights.iter().all(|&count| count * 40 >= total && count > 0));
            prop_assert!(weights.is_sorted_by(|a, b| a >= b));
            let enough = hires.iter().filter(|&&count| count > 0 && count * 40 >= total).count();
            prop_assert_eq!(given.len(), enough.min(MAX_ROMES));
        }

        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = NafRomes::from_csv(bytes.as_slice());
        }
    }
}

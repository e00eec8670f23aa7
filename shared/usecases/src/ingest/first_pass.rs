//! The first reading of a file: which rows it holds, by hash, and which are set aside. Nothing is written.

use std::collections::HashMap;

use domain::card::Card;
use domain::rows::RowError;
use search::codec;
use search::sketch::SketchBuilder;
use serde::de::IgnoredAny;

use super::derived::Gathered;
use super::hash::{ContentHash, id_hash};
use super::lines::{Line, Lines, LinesError};
use super::rejects::Rejects;
use super::report::{Refused, Report};
use super::rows::{Parsed, RowParser, Told};
use super::{ImportError, Stop};

/// A larger card is set aside: a row is written some eighty times in one transaction of at most 4 MB.
const MAX_CARD: usize = 44 * 1024;
/// A sketch only plans: the size of one card in so many says enough of the others'.
const PACKED_ONE_IN: usize = 16;
const DUPLICATE: &str = "the id is that of an earlier row";

/// A good row of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) hash: ContentHash,
    pub(crate) line: u32,
}

/// What a file holds.
#[derive(Debug, Default)]
pub(crate) struct FirstPass {
    /// Good rows, by the hash of their id.
    pub(crate) rows: HashMap<u128, Seen>,
    /// What the file's trainings say of diplomas, schools, CFAs and those who may be asked for an appointment.
    pub(crate) derived: Gathered,
    /// Rows set aside.
    pub(crate) rejects: Rejects,
    /// Where the rows are.
    pub(crate) sketch: SketchBuilder,
    /// Size of the last card that was packed to see, in bytes.
    card_bytes: usize,
}

impl FirstPass {
    /// Takes a line into account.
    pub(crate) fn take(
        &mut self,
        line: &Line,
        parser: &RowParser<'_>,
        report: &mut Report,
    ) -> Result<(), Stop> {
        report.rows_read += 1;
        let Some(text) = &line.text else {
            if !line.closed {
                return Err(Stop::Refused(cut(line.number)));
            }
            return self.set_aside(line.number, &RowError::TooLong.to_string(), None, report);
        };
        if !line.closed && serde_json::from_slice::<IgnoredAny>(text).is_err() {
            return Err(Stop::Refused(cut(line.number)));
        }
        match parser.parse_whole(text).and_then(|parsed| checked(&parsed.card).map(|hash| (parsed, hash))) {
            Ok((parsed, hash)) => self.keep(line.number, parsed, hash, report),
            Err(reason) => self.set_aside(line.number, &reason, None, report),
        }
    }

    fn keep(
        &mut self,
        line: u32,
        Parsed { card, told }: Parsed,
        hash: ContentHash,
        report: &mut Report,
    ) -> Result<(), Stop> {
        let id = id_hash(&card.entry().id);
        if let Some(first) = self.rows.get(&id) {
            let detail = format!("{DUPLICATE}, on line {}", first.line);
            return self.set_aside(line, DUPLICATE, Some(detail), report);
        }
        if self.rows.len().is_multiple_of(PACKED_ONE_IN) {
            self.card_bytes = codec::pack(&card).map_or(self.card_bytes, |packed| packed.len());
        }
        self.sketch.add(card.source(), &card.entry(), self.card_bytes);
        self.rows.insert(id, Seen { hash, line });
        report.kept += 1;
        if let Card::Formation(formation) = &card {
            self.derived.add(formation);
        }
        if let Some(told) = told {
            let Told { cfa, rdv } = *told;
            self.derived.add_told(cfa.as_ref(), rdv).map_err(ImportError::Serialise)?;
        }
        Ok(())
    }

    fn set_aside(
        &mut self,
        line: u32,
        group: &str,
        detail: Option<String>,
        report: &mut Report,
    ) -> Result<(), Stop> {
        let refused = Refused { line, reason: detail.unwrap_or_else(|| group.to_owned()) };
        self.rejects.add(&refused).map_err(ImportError::Serialise)?;
        report.set_aside(group, refused);
        Ok(())
    }
}

/// Reads a line; a cut gzip stream refuses the whole file.
pub(crate) async fn next_line(lines: &mut Lines) -> Result<Option<Line>, Stop> {
    match lines.next().await {
        Ok(line) => Ok(line),
        Err(LinesError::Damaged(_)) => {
            Err(Stop::Refused("the gzip stream is cut or damaged: send the file again".to_owned()))
        }
        Err(LinesError::Failed(error)) => Err(ImportError::Failed(error).into()),
    }
}

fn checked(card: &Card) -> Result<ContentHash, String> {
    let entry = card.entry();
    let json = card.to_json().map_err(|_| "the row cannot be stored".to_owned())?;
    if json.len() > MAX_CARD {
        return Err(format!("the row is over {} KiB once read", MAX_CARD / 1024));
    }
    Ok(ContentHash::of_card(&entry, &json))
}

fn cut(line: u32) -> String {
    format!("the file is cut: its last line, {line}, is not closed and is no JSON; send the file again")
}

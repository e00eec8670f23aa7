//! The file of an export in the making: JSON lines, compressed as they come.

use std::io::{Error, Write};
use std::mem;

use domain::source::Source;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::ports::{ExportItems, PortError};

/// A piece is no smaller, in bytes, but for the last one.
const PIECE: usize = 256 * 1024;

/// A file in the making.
pub(super) struct File {
    lines: GzEncoder<Vec<u8>>,
    hash: Sha256,
    made: Made,
}

/// What was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) bytes: u64,
    pub(super) sha256: String,
    pub(super) items: ExportItems,
    pub(super) unreadable: u64,
}

impl Default for File {
    fn default() -> Self {
        Self {
            lines: GzEncoder::new(Vec::new(), Compression::default()),
            hash: Sha256::new(),
            made: Made::default(),
        }
    }
}

impl File {
    /// Adds a line.
    pub(super) fn add(&mut self, source: Source, line: &[u8]) -> Result<(), PortError> {
        self.lines.write_all(line).and_then(|()| self.lines.write_all(b"\n")).map_err(failed)?;
        let items = &mut self.made.items;
        match source {
            Source::Offres => items.offres += 1,
            Source::Matcha => items.matcha += 1,
            Source::Lba => items.lba += 1,
            Source::Formations => {}
        }
        Ok(())
    }

    /// Counts a card that could not be read.
    pub(super) fn skip(&mut self) {
        self.made.unreadable += 1;
    }

    /// What was compressed by now, where it is enough for a piece.
    pub(super) fn piece(&mut self) -> Option<Vec<u8>> {
        if self.lines.get_ref().len() < PIECE {
            return None;
        }
        let piece = mem::take(self.lines.get_mut());
        self.count(&piece);
        Some(piece)
    }

    /// The last piece, and what was made of all of them.
    pub(super) fn finish(mut self) -> Result<(Vec<u8>, Made), PortError> {
        self.lines.try_finish().map_err(failed)?;
        let last = mem::take(self.lines.get_mut());
        self.count(&last);
        let sha256 = hex::encode(self.hash.finalize());
        Ok((last, Made { sha256, ..self.made }))
    }

    fn count(&mut self, piece: &[u8]) {
        self.hash.update(piece);
        self.made.bytes += piece.len() as u64;
    }
}

fn failed(error: Error) -> PortError {
    PortError::new("compress the stock", error)
}

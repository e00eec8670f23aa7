//! Lines as the bytes of a table: `;` between cells, CRLF after a line, UTF-8 without a mark of byte order, names of the
//! columns first. A cell is between quotes where it must be (RFC 4180), and then may have line breaks of its own.

use std::error::Error;

use csv::{Terminator, WriterBuilder};
use domain::published::{COLUMNS, PublishedLine};
use sha2::{Digest, Sha256};

use crate::ports::PortError;

/// A table in the making: what was written of it.
#[derive(Default)]
pub(super) struct Table {
    hash: Sha256,
    rows: u64,
    bytes: u64,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) rows: u64,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

impl Table {
    /// The bytes of some more lines, and before the first of the names; none where there is nothing to write.
    pub(super) fn write(&mut self, lines: &[PublishedLine]) -> Result<Option<Vec<u8>>, PortError> {
        let is_first = self.bytes == 0;
        if lines.is_empty() && !is_first {
            return Ok(None);
        }
        let mut writer = WriterBuilder::new()
            .delimiter(b';')
            .terminator(Terminator::CRLF)
            .has_headers(false)
            .from_writer(Vec::new());
        if is_first {
            writer.write_record(COLUMNS.map(|(name, _)| name)).map_err(failed)?;
        }
        for line in lines {
            writer.write_record(line.cells()).map_err(failed)?;
        }
        let bytes = writer.into_inner().map_err(|error| failed(error.into_error()))?;
        self.hash.update(&bytes);
        self.rows += lines.len() as u64;
        self.bytes += bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// What was made of all of them.
    pub(super) fn finish(self) -> Made {
        Made { rows: self.rows, bytes: self.bytes, sha256: hex::encode(self.hash.finalize()) }
    }
}

fn failed(error: impl Error + Send + Sync + 'static) -> PortError {
    PortError::new("write the lines of offers", error)
}

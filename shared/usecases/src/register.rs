//! Loads a file of JSON lines about companies: establishments of the register, addresses that are known of companies.
//!
//! Such a row is no card: nothing is searched by it, and none is withdrawn because a file lacks it, since a register is
//! loaded in parts. So it is written as it comes, without the two readings and the ledger of a feed.

use std::collections::BTreeMap;

use domain::rows::RowError;
use futures::StreamExt;
use futures::stream::FuturesUnordered;

use crate::ingest::lines::{Lines, LinesError};
use crate::ports::{Bytes, PortError};

/// Rows written at once.
const IN_FLIGHT: usize = 16;

/// What became of the rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Lines that are not blank.
    pub read: u64,
    /// Rows written.
    pub kept: u64,
    /// Rows set aside, by reason: how many, and the line of the first. A reason never tells a value.
    pub refused: BTreeMap<String, (u64, u32)>,
}

/// The file was not read to its end. What was written by then is right; the same file, loaded again, ends the work.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// It is cut, or damaged.
    #[error("the file is cut or damaged: give it again")]
    Damaged,
    /// It could not be read, or a row not written.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Reads a file, plain or gzip, and puts each good row, several at once. Of two rows about the same thing in one file
/// either may be the one that stays.
pub async fn load<T>(
    file: Bytes,
    parse: fn(&[u8]) -> Result<T, RowError>,
    put: impl AsyncFn(T) -> Result<(), PortError>,
) -> Result<Loaded, LoadError> {
    let mut lines = Lines::new(file);
    let mut loaded = Loaded::default();
    let mut puts = FuturesUnordered::new();
    while let Some(line) = lines.next().await.map_err(stopped)? {
        loaded.read += 1;
        match line.text.as_deref().ok_or(RowError::TooLong).and_then(parse) {
            Ok(row) => puts.push(put(row)),
            Err(reason) => loaded.refuse(&reason, line.number),
        }
        if puts.len() == IN_FLIGHT {
            loaded.count(puts.next().await)?;
        }
    }
    while let Some(done) = puts.next().await {
        loaded.count(Some(done))?;
    }
    Ok(loaded)
}

impl Loaded {
    fn count(&mut self, put: Option<Result<(), PortError>>) -> Result<(), LoadError> {
        if let Some(put) = put {
            put?;
            self.kept += 1;
        }
        Ok(())
    }

    fn refuse(&mut self, reason: &RowError, line: u32) {
        self.refused.entry(reason.to_string()).or_insert((0, line)).0 += 1;
    }
}

fn stopped(error: LinesError) -> LoadError {
    match error {
        LinesError::Damaged(_) => LoadError::Damaged,
        LinesError::Failed(error) => LoadError::Failed(error),
    }
}

#[cfg(test)]
mod tests;

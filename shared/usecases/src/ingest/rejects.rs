//! The rows an import sets aside, as JSON lines: where they are and why, never what they hold, since that may
//! be personal data.

use super::report::Refused;

/// How many rows are listed; the report counts them all.
const MAX_LISTED: usize = 10_000;

/// The list of the rows set aside.
#[derive(Debug, Default)]
pub(crate) struct Rejects {
    lines: Vec<u8>,
    listed: usize,
}

impl Rejects {
    pub(crate) fn add(&mut self, refused: &Refused) -> Result<(), serde_json::Error> {
        if self.listed < MAX_LISTED {
            serde_json::to_writer(&mut self.lines, refused)?;
            self.lines.push(b'\n');
            self.listed += 1;
        }
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.listed == 0
    }

    pub(crate) fn into_lines(self) -> Vec<u8> {
        self.lines
    }
}

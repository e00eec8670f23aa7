//! JSON lines: one for each search and number of offers, which say how they came about.

use std::fmt;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::data::Shape;
use crate::run::Row;

/// What the searches of one run have in common.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Run {
    pub(crate) date: String,
    pub(crate) command: String,
    pub(crate) cpu: String,
    pub(crate) data: Shape,
    /// Rows of the index, and their mean size as billed, in bytes.
    pub(crate) index_rows: u64,
    pub(crate) row_bytes: f64,
    /// What one call of the client costs whatever it reads, in ms.
    pub(crate) empty_call_ms: f64,
    /// Most memory of the bench's process, in bytes: the sketch, all handlers, and the bench itself.
    pub(crate) peak_memory: u64,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shape { items, unknown, .. } = self.data;
        write!(
            f,
            "{items} offers, {:.0} % without a diploma; {} rows of {:.0} B as billed; a call costs {:.3} ms of CPU \
             whatever it reads; {}, {}",
            unknown * 100.0,
            self.index_rows,
            self.row_bytes,
            self.empty_call_ms,
            self.cpu,
            self.date
        )
    }
}

/// A line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Line {
    #[serde(flatten)]
    pub(crate) run: Run,
    #[serde(flatten)]
    pub(crate) row: Row,
}

/// Adds lines to the file, in place of those of the same search over the same data.
pub(crate) fn append(path: &Path, run: &Run, rows: &[Row]) -> anyhow::Result<()> {
    let mut lines = read(path)?;
    lines.retain(|line| line.run.data != run.data || rows.iter().all(|row| row.search != line.row.search));
    lines.extend(rows.iter().map(|row| Line { run: run.clone(), row: row.clone() }));
    lines.sort_by_key(|line| line.run.data.items);
    let mut file = std::fs::File::create(path)?;
    for line in &lines {
        writeln!(file, "{}", serde_json::to_string(line)?)?;
    }
    Ok(())
}

/// Every line of the file; none where there is no file.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<Line>> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines = text.lines().map(serde_json::from_str).collect::<Result<_, _>>();
    lines.with_context(|| format!("{} holds lines of another build: delete it", path.display()))
}

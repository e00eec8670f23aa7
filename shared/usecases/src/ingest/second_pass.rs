//! The second reading of a file: the rows of the plan are read again and written, many at once.

use futures::stream::{FuturesUnordered, StreamExt};

use super::first_pass::next_line;
use super::lease::HeldLease;
use super::lines::Lines;
use super::plan::Planned;
use super::report::Report;
use super::rows::RowParser;
use super::{ContentHash, IN_FLIGHT, ImportError, Stop};
use crate::ports::{Clock, Content, FeedRef, RowWrite, WriteError, WriteRow};

/// Where rows are written to.
#[derive(Clone, Copy)]
pub(crate) struct Target<'a> {
    pub(crate) port: &'a dyn WriteRow,
    pub(crate) feed: &'a FeedRef,
    pub(crate) clock: &'a dyn Clock,
}

/// Writes the rows of the plan, in the order of the file.
pub(crate) async fn write_planned(
    target: Target<'_>,
    mut lines: Lines,
    planned: Vec<Planned>,
    parser: &RowParser<'_>,
    lease: &mut HeldLease<'_>,
    report: &mut Report,
) -> Result<(), Stop> {
    let mut flying = FuturesUnordered::new();
    for planned in planned {
        let text = text_of(&mut lines, planned.line).await?;
        let row = row(target, &text, planned, parser)?;
        if flying.len() >= IN_FLIGHT {
            count(flying.next().await, report)?;
            lease.keep().await?;
        }
        flying.push(write(target.port, row));
    }
    while let Some(written) = flying.next().await {
        count(Some(written), report)?;
        lease.keep().await?;
    }
    Ok(())
}

/// Runs writes, so many at once, and calls `done` after each.
pub(crate) async fn settle_all<F>(
    writes: impl Iterator<Item = F>,
    lease: &mut HeldLease<'_>,
    mut done: impl FnMut(),
) -> Result<(), Stop>
where
    F: Future<Output = Result<(), WriteError>>,
{
    let mut writes = writes.fuse();
    let mut flying: FuturesUnordered<F> = writes.by_ref().take(IN_FLIGHT).collect();
    while let Some(written) = flying.next().await {
        written.map_err(ImportError::from)?;
        done();
        flying.extend(writes.next());
        lease.keep().await?;
    }
    Ok(())
}

async fn write(port: &dyn WriteRow, row: RowWrite) -> Result<bool, WriteError> {
    port.write(&row).await?;
    Ok(row.seen.is_some())
}

fn count(written: Option<Result<bool, WriteError>>, report: &mut Report) -> Result<(), Stop> {
    if let Some(written) = written {
        let replaced = written.map_err(ImportError::from)?;
        *(if replaced { &mut report.changed } else { &mut report.added }) += 1;
    }
    Ok(())
}

/// The text of a line further on.
async fn text_of(lines: &mut Lines, number: u32) -> Result<Vec<u8>, Stop> {
    while let Some(line) = next_line(lines).await.map_err(not_refused)? {
        if line.number == number {
            return line.text.ok_or(Stop::Error(ImportError::Replaced));
        }
    }
    Err(ImportError::Replaced.into())
}

/// A file read once to its end cannot be refused any more: rows were written by now.
fn not_refused(stop: Stop) -> Stop {
    match stop {
        Stop::Refused(_) => ImportError::Replaced.into(),
        Stop::Error(error) => error.into(),
    }
}

fn row(target: Target<'_>, text: &[u8], planned: Planned, parser: &RowParser<'_>) -> Result<RowWrite, Stop> {
    let card = parser.parse(text).map_err(|_| ImportError::Replaced)?;
    let hash = ContentHash::of(&card).map_err(ImportError::Serialise)?;
    if hash != planned.hash {
        return Err(ImportError::Replaced.into());
    }
    let id = card.entry().id;
    let seen = planned.seen.map(|seen| *seen);
    let (feed, now) = (target.feed.clone(), target.clock.seconds());
    Ok(RowWrite { feed, id, hash, content: Content::Card(Box::new(card)), seen, now })
}

//! The whole stock of offers and companies as one file, made every night, and the link to it.
//!
//! A mirror takes the file, then asks for what has changed since its `updated_until` ([`crate::changes`]): every
//! change of a card that the file may have missed is told there.

mod file;
mod link;
pub(crate) mod stock;

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use domain::card::Card;
use domain::date;
use domain::source::Source;
use futures::future::try_join_all;
use futures::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use search::codec::unpack;
use search::keys::STOCK_SHARDS;
use search::port::Postings;

use crate::changes::{OVERLAP_SECONDS, is_live};
use crate::ports::{Clock, ExportManifest, PortError, PutExport, PutExportManifest};
use file::{File, Made};
pub use link::{Export, FindExport, LINK_SECONDS};
use stock::{Shard, read_shard};

/// Sources of an export, in the order of its lines.
const SOURCES: [Source; 3] = [Source::Offres, Source::Matcha, Source::Lba];
/// Shards that are read at once, and held until they are written: of some 45,000 packed cards each at the volumes of
/// the sources, that is 100 MB. All are read before the first is written, so that no call waits on our own work.
const SHARDS_AT_ONCE: usize = 4;

/// Writes a card as partners read it, on one line without its end; nothing for a card of another source.
pub type Render = fn(&Card) -> Option<Vec<u8>>;

/// What it takes to export the stock.
#[derive(Clone, Copy)]
pub struct ExportStock<'a> {
    /// The stock.
    pub postings: &'a dyn Postings,
    /// Writes a card.
    pub render: Render,
    /// Keeps the file.
    pub put: &'a dyn PutExport,
    /// Keeps the manifest, once the file is there.
    pub put_manifest: &'a dyn PutExportManifest,
    /// The time, against which offers expire.
    pub clock: &'a dyn Clock,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// What there is to know of the file.
    pub manifest: ExportManifest,
    /// Cards left out because they could not be read: a version of this service that we do not know wrote them.
    pub unreadable: u64,
}

/// What is still to be written; without a file, nothing.
struct Rest {
    unread: VecDeque<(Source, u8)>,
    read: VecDeque<Shard>,
    file: Option<File>,
}

impl ExportStock<'_> {
    /// Writes the file, then the manifest: whatever breaks before leaves the former manifest, and the former file.
    pub async fn run(&self) -> Result<Exported, PortError> {
        let start = self.clock.now();
        let file = file_name(start);
        let made = Mutex::new(Made::default());
        let pieces = stream::try_unfold(Rest::new(), |rest| self.piece(rest, start, &made));
        self.put.put_export(&file, pieces.boxed()).await?;
        let Made { bytes, sha256, items, unreadable } =
            made.into_inner().unwrap_or_else(PoisonError::into_inner);
        let overlap = SignedDuration::from_secs(i64::from(OVERLAP_SECONDS));
        let updated_until = start.saturating_sub(overlap).unwrap_or(start);
        let manifest = ExportManifest { file, generated_at: start, updated_until, bytes, sha256, items };
        self.put_manifest.put_export_manifest(&manifest).await?;
        Ok(Exported { manifest, unreadable })
    }

    /// The next piece of the file; the last one also tells what was made.
    async fn piece(
        &self,
        mut rest: Rest,
        start: Timestamp,
        made: &Mutex<Made>,
    ) -> Result<Option<(Vec<u8>, Rest)>, PortError> {
        let now = date::seconds(start).unwrap_or(u32::MAX);
        let Some(mut file) = rest.file.take() else { return Ok(None) };
        loop {
            let Some(shard) = rest.read.front_mut() else {
                let next = rest.unread.drain(..SHARDS_AT_ONCE.min(rest.unread.len()));
                let reads = next.map(|(source, shard)| read_shard(self.postings, source, shard, now));
                rest.read = try_join_all(reads)
                    .await
                    .map_err(|error| PortError::new("read the stock", error))?
                    .into();
                if rest.read.is_empty() {
                    let (piece, told) = file.finish()?;
                    *made.lock().unwrap_or_else(PoisonError::into_inner) = told;
                    return Ok(Some((piece, rest)));
                }
                continue;
            };
            let Some(packed) = shard.cards.next() else {
                rest.read.pop_front();
                continue;
            };
            match unpack(shard.source, &packed) {
                Ok(card) if !is_live(&card, now) => {}
                Ok(card) => match (self.render)(&card) {
                    Some(line) => file.add(shard.source, &line)?,
                    None => file.skip(),
                },
                Err(_) => file.skip(),
            }
            if let Some(piece) = file.piece() {
                return Ok(Some((piece, Rest { file: Some(file), ..rest })));
            }
        }
    }
}

impl Rest {
    fn new() -> Self {
        let unread = SOURCES.iter().flat_map(|&source| (0..STOCK_SHARDS).map(move |shard| (source, shard)));
        Self { unread: unread.collect(), read: VecDeque::new(), file: Some(File::default()) }
    }
}

/// Each run has a file of its own, so that a link that was handed out reads what its manifest says.
fn file_name(start: Timestamp) -> String {
    format!("jobs-{}.jsonl.gz", start.strftime("%Y-%m-%dT%H%M%SZ"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_start_in_utc() {
        let start: Timestamp = "2026-09-01T03:10:07.5+02:00".parse().unwrap();
        assert_eq!(file_name(start), "jobs-2026-09-01T011007Z.jsonl.gz");
    }

    #[test]
    fn every_shard_of_every_source_of_jobs_is_to_be_written() {
        let unread = Rest::new().unread;
        assert_eq!(unread.len(), 3 * usize::from(STOCK_SHARDS));
        assert!(unread.iter().all(|(source, _)| *source != Source::Formations));
    }
}

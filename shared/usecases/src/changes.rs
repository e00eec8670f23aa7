//! What has changed since an instant: for those who mirror the stock, or a part of it.
//!
//! Every card has one row in the stock of its source, at the time of its last change; a withdrawal leaves word
//! there, and expiries have rows of their own. An answer names the ids to drop beside the cards to keep: those that
//! were withdrawn, those that expired, and those that do not match the search (any more).

mod matching;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::card::Card;
use domain::source::Source;
use futures::{StreamExt, stream};
use search::codec::unpack;
use search::keys::{LAST, STOCK_SHARDS, date_asc, expiry_partition, stock_partition};
use search::listed::{List, Listed, listed};
use search::merge::{Filter, Found, Hit};
use search::port::{MAX_IN_FLIGHT, Postings};
use search::read::{Cost, SearchError};

use crate::ports::{Clock, FindItem, PortError};
use crate::search::Item;
pub use matching::Wanted;
pub(crate) use matching::is_live;

/// Changes of one source in one page, where its items are small.
pub const PAGE: usize = 500;
/// Time in seconds that a write may take to appear: changes are told again for so long, and never missed.
pub(crate) const OVERLAP_SECONDS: u32 = 60;

/// How far one of a source's two logs was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Progress {
    /// From the instant asked.
    #[default]
    Start,
    /// After this position.
    After(String),
    /// To its end.
    Done,
}

/// How far a source was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangesMark {
    /// Cards written or withdrawn.
    pub changed: Progress,
    /// Cards that expired.
    pub expired: Progress,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct ChangesSince {
    /// Since when, in seconds since 1970.
    pub since: u32,
    /// When the first page was asked, in seconds since 1970.
    pub as_of: u32,
    /// Which sources, and from where on.
    pub marks: BTreeMap<Source, ChangesMark>,
    /// Which cards are wanted.
    pub wanted: Wanted,
    /// Changes of one source in one page: so many of its cards written or withdrawn, and so many expired.
    pub page: usize,
}

/// What changed in one source.
#[derive(Debug, Default)]
pub struct Changes {
    /// Cards to keep, oldest change first.
    pub items: Vec<Item>,
    /// Ids to drop, where they are held.
    pub withdrawn: Vec<String>,
}

/// What changed.
#[derive(Debug, Default)]
pub struct ChangesFound {
    /// By source; one that failed does not take the others down.
    pub by_source: BTreeMap<Source, Result<Changes, ChangesError>>,
    /// Where the next page begins, by source that has one.
    pub next: BTreeMap<Source, ChangesMark>,
    /// Since when to ask the next time, once there is no next page: in seconds since 1970.
    pub updated_until: u32,
    /// Of all sources together.
    pub cost: Cost,
}

/// The changes of one source could not be told.
#[derive(Debug, thiserror::Error)]
pub enum ChangesError {
    /// The stock could not be read.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// Whether a card is still there could not be looked up.
    #[error(transparent)]
    Port(#[from] PortError),
}

/// What it takes to tell changes.
#[derive(Clone, Copy)]
pub struct ReadChanges<'a> {
    /// The stock.
    pub postings: &'a dyn Postings,
    /// Tells whether another feed still holds what one withdrew.
    pub items: &'a dyn FindItem,
    /// The time, against which offers expire.
    pub clock: &'a dyn Clock,
}

impl ReadChanges<'_> {
    /// Tells a page of changes.
    pub async fn run(&self, asked: &ChangesSince) -> ChangesFound {
        let now = self.clock.seconds();
        let start = date_asc(asked.since);
        let mut logs = Vec::new();
        for (&source, mark) in &asked.marks {
            logs.push((
                source,
                &mark.changed,
                log((source, asked.page), &mark.changed, &start, stock_partition, None),
            ));
            let until = Some(format!("{}{LAST}", date_asc(now)));
            logs.push((
                source,
                &mark.expired,
                log((source, asked.page), &mark.expired, &start, expiry_partition, until),
            ));
        }
        let searches: Vec<Listed<'_>> = logs.iter().map(|(_, _, log)| log.clone()).collect();
        let answer = listed(self.postings, &searches).await;
        let mut found = ChangesFound {
            cost: answer.cost,
            updated_until: asked.as_of.saturating_sub(OVERLAP_SECONDS),
            ..ChangesFound::default()
        };
        let mut read = logs.iter().zip(answer.found);
        while let (Some(((source, before, _), changed)), Some(((_, expired_before, _), expired))) =
            (read.next(), read.next())
        {
            let mark = ChangesMark {
                changed: progress(before, &changed),
                expired: progress(expired_before, &expired),
            };
            if mark != (ChangesMark { changed: Progress::Done, expired: Progress::Done }) {
                found.next.insert(*source, mark);
            }
            let changes = match (changed, expired) {
                (Ok(changed), Ok(expired)) => {
                    self.tell(*source, &asked.wanted, now, (changed, expired), &mut found.cost).await
                }
                (Err(error), _) | (_, Err(error)) => Err(error.into()),
            };
            found.by_source.insert(*source, changes);
        }
        found
    }

    async fn tell(
        &self,
        source: Source,
        wanted: &Wanted,
        now: u32,
        (changed, expired): (Found, Found),
        cost: &mut Cost,
    ) -> Result<Changes, ChangesError> {
        // Of several changes of one card the last one counts.
        let mut last: HashMap<&str, usize> = HashMap::new();
        for (index, hit) in changed.hits.iter().enumerate() {
            last.insert(hit.row.id.as_str(), index);
        }
        let mut told = Changes::default();
        let mut gone: BTreeSet<&str> = BTreeSet::new();
        let latest = changed
            .hits
            .iter()
            .enumerate()
            .filter(|(index, hit)| last.get(hit.row.id.as_str()) == Some(index));
        for (_, hit) in latest {
            match read(source, hit, now) {
                Some(card) => keep_or_drop(card, wanted, &mut told),
                None => {
                    gone.insert(&hit.row.id);
                }
            }
        }
        let written: BTreeSet<&str> = told.items.iter().map(|item| item.card.record_id()).collect();
        gone.extend(expired.hits.iter().map(|hit| hit.row.id.as_str()).filter(|id| !written.contains(id)));
        cost.calls += gone.len() as u32;
        cost.rru += gone.len() as f64 * 0.5;
        let looks = stream::iter(gone).map(async |id| (id, self.items.find_item(source, id).await));
        let mut looks = looks.buffered(MAX_IN_FLIGHT);
        while let Some((id, held)) = looks.next().await {
            match held?.map(|item| item.card).filter(|card| is_live(card, now)) {
                Some(card) => keep_or_drop(card, wanted, &mut told),
                None => told.withdrawn.push(id.to_owned()),
            }
        }
        Ok(told)
    }
}

fn keep_or_drop(card: Card, wanted: &Wanted, changes: &mut Changes) {
    match wanted.distance(&card) {
        Some(distance_km) => changes.items.push(Item { card, distance_km }),
        None => changes.withdrawn.push(card.record_id().to_owned()),
    }
}

/// The card of a row; none for word of a withdrawal, and for a card that expired.
fn read(source: Source, hit: &Hit, now: u32) -> Option<Card> {
    if !hit.row.rank.is_live(now) {
        return None;
    }
    unpack(source, &hit.row.card).ok()
}

/// One log of a source, all its shards together.
fn log<'a>(
    (source, page): (Source, usize),
    progress: &'a Progress,
    start: &'a str,
    partition: impl Fn(Source, u8) -> String,
    until: Option<String>,
) -> Listed<'a> {
    let shards = if *progress == Progress::Done { 0 } else { STOCK_SHARDS };
    Listed {
        source,
        lists: (0..shards)
            .map(|shard| List { partition: partition(source, shard), share: 1.0 / f64::from(STOCK_SHARDS) })
            .collect(),
        cap: page,
        wanted_rows: Some(page as f64),
        filter: Filter::default(),
        within: None,
        after: Some(match progress {
            Progress::After(position) => position,
            Progress::Start | Progress::Done => start,
        }),
        until,
        is_log: true,
    }
}

fn progress(before: &Progress, found: &Result<Found, SearchError>) -> Progress {
    match found {
        Err(_) => before.clone(),
        Ok(found) if found.more => {
            found.hits.last().map_or(Progress::Done, |hit| Progress::After(hit.position().to_owned()))
        }
        Ok(_) => Progress::Done,
    }
}

//! The lines that changed since an instant, for a job board that keeps a copy of all of them.
//!
//! It is [`crate::changes`] in other words: whatever is told there of an offer is told here of its lines. A changed
//! offer is told whole, and the line that it has not (any more) is withdrawn; of an offer that is gone both are.

use std::collections::BTreeMap;

use domain::published::{PublishedLine, Reference};
use domain::source::Source;
use search::read::Cost;

use super::offer;
use crate::changes::{Changes, ChangesError, ChangesMark, ChangesSince, ReadChanges, Wanted};

/// Changes of one page. A line may hold twenty thousand characters of prose, and an offer has two lines: an answer has
/// to stay below six megabytes.
const PAGE: usize = 25;

/// What it takes to follow the lines.
#[derive(Clone, Copy)]
pub struct FollowLines<'a> {
    /// Tells what changed.
    pub changes: ReadChanges<'a>,
    /// Address of the site that shows offers, without a slash at its end.
    pub site: &'a str,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct LinesSince {
    /// Since when, in seconds since 1970; 0 for everything.
    pub since: u32,
    /// When the first page was asked, in seconds since 1970.
    pub as_of: u32,
    /// From where on.
    pub marks: BTreeMap<Source, ChangesMark>,
}

/// What changed.
#[derive(Debug, Default)]
pub struct ChangedLines {
    /// Lines to keep, oldest change first.
    pub lines: Vec<PublishedLine>,
    /// Lines to drop, where they are held.
    pub withdrawn: Vec<Reference>,
    /// Where the next page begins; empty after the last one.
    pub next: BTreeMap<Source, ChangesMark>,
    /// Since when to ask the next time, once there is no next page: in seconds since 1970.
    pub updated_until: u32,
    /// Of the reads.
    pub cost: Cost,
}

impl LinesSince {
    /// The first page.
    pub fn first(since: u32, now: u32) -> Self {
        Self { since, as_of: now, marks: BTreeMap::from([(Source::Matcha, ChangesMark::default())]) }
    }
}

impl FollowLines<'_> {
    /// Tells a page.
    pub async fn run(&self, asked: LinesSince) -> Result<ChangedLines, ChangesError> {
        let LinesSince { since, as_of, marks } = asked;
        let asked = ChangesSince { since, as_of, marks, wanted: Wanted::default(), page: PAGE };
        let mut found = self.changes.run(&asked).await;
        let Changes { items, withdrawn } =
            found.by_source.remove(&Source::Matcha).transpose()?.unwrap_or_default();
        let mut told = ChangedLines {
            withdrawn: withdrawn.iter().flat_map(|id| Reference::both(id)).collect(),
            next: found.next,
            updated_until: found.updated_until,
            cost: found.cost,
            ..ChangedLines::default()
        };
        for offer in items.into_iter().filter_map(|item| offer(item.card)) {
            let lines = PublishedLine::all(&offer, self.site);
            let has = |reference: &Reference| lines.iter().any(|line| line.reference() == reference);
            told.withdrawn.extend(Reference::both(&offer.offer_id).into_iter().filter(|one| !has(one)));
            told.lines.extend(lines);
        }
        Ok(told)
    }
}

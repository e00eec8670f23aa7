//! What an import tells about itself, for the people who sent the file.

use std::collections::BTreeMap;

use domain::feed::FeedKey;
use jiff::Timestamp;
use serde::Serialize;

/// How many refused rows the report quotes.
const FIRST_REFUSED: usize = 20;
/// How many different reasons are counted apart.
const MAX_REASONS: usize = 100;
const OTHER_REASONS: &str = "other reasons";

/// How an import ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The index holds exactly the good rows of the file.
    Done,
    /// The file was refused as a whole: nothing changed.
    Refused,
    /// Something broke on the way: the same file, sent again, ends the work.
    Failed,
}

/// A row that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Its line, counted from 1.
    pub line: u32,
    /// Why.
    pub reason: String,
}

/// The report of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The name its sender gave this load.
    pub load_id: Option<String>,
    /// Kind of feed: `companies`, `offers` or `formations`.
    pub source: String,
    /// Name of the feed.
    pub feed: String,
    /// Name of the file.
    pub file: String,
    /// How it ended.
    pub status: Status,
    /// Why it was refused or failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Lines that are not blank.
    pub rows_read: u64,
    /// Good rows.
    pub kept: u64,
    /// Good rows that the index held already.
    pub unchanged: u64,
    /// Good rows written, new to the feed.
    pub added: u64,
    /// Good rows written in place of others.
    pub changed: u64,
    /// Rows withdrawn, because the file has them no more.
    pub withdrawn: u64,
    /// Rows set aside.
    pub refused: u64,
    /// How often a training found no room in the list of a school, or among those of an id: these are not whole then.
    #[serde(skip_serializing_if = "is_zero")]
    pub left_off: u64,
    /// How many rows each reason set aside.
    pub refused_reasons: BTreeMap<String, u64>,
    /// The first rows set aside.
    pub first_refused: Vec<Refused>,
    /// Where the rows set aside are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejects_key: Option<String>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
}

impl Report {
    pub(crate) fn new(key: &FeedKey, started_at: Timestamp) -> Self {
        Self {
            load_id: None,
            source: key.kind.to_string(),
            feed: key.feed.to_string(),
            file: key.file.clone(),
            status: Status::Failed,
            reason: None,
            rows_read: 0,
            kept: 0,
            unchanged: 0,
            added: 0,
            changed: 0,
            withdrawn: 0,
            refused: 0,
            left_off: 0,
            refused_reasons: BTreeMap::new(),
            first_refused: Vec::new(),
            rejects_key: None,
            started_at,
            finished_at: started_at,
        }
    }

    /// Counts a row that was set aside, under `group`, with the reason of its own.
    pub(crate) fn set_aside(&mut self, group: &str, refused: Refused) {
        self.refused += 1;
        let room = self.refused_reasons.len() < MAX_REASONS || self.refused_reasons.contains_key(group);
        let group = if room { group } else { OTHER_REASONS };
        *self.refused_reasons.entry(group.to_owned()).or_default() += 1;
        if self.first_refused.len() < FIRST_REFUSED {
            self.first_refused.push(refused);
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

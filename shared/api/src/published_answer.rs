//! The body of `GET /v1/jobs/multi-published`.

use domain::date;
use domain::published::{PublishedLine, Reference};
use jiff::Timestamp;
use serde::Serialize;
use usecases::publish::follow::ChangedLines;

/// A page of lines that changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublishedAnswer<'a> {
    /// Lines to keep, in place of those of the same reference.
    pub offers: &'a [PublishedLine],
    /// Lines to drop, where they are held.
    pub withdrawn: &'a [Reference],
    /// The cursor of the next page, null after the last one.
    pub next: Option<String>,
    /// What to send as `updated_since` the next time, once `next` is null.
    pub updated_until: String,
}

impl<'a> PublishedAnswer<'a> {
    /// Of what changed, and the cursor of the page after it.
    pub fn new(changed: &'a ChangedLines, next: Option<String>) -> Self {
        let until = Timestamp::from_second(i64::from(changed.updated_until)).unwrap_or_default();
        Self { offers: &changed.lines, withdrawn: &changed.withdrawn, next, updated_until: date::iso(until) }
    }
}

//! Pages: where one ends, the next begins.

use std::collections::BTreeMap;

use domain::source::Source;
use search::merge::NearMark;

/// After what a page of one source begins.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// At the beginning.
    Start,
    /// After this, by distance.
    Near(NearMark),
    /// After this position of a list.
    Listed(String),
}

impl Mark {
    /// The position of a list; none at the beginning.
    pub fn listed(&self) -> Option<&str> {
        match self {
            Self::Listed(position) => Some(position),
            _ => None,
        }
    }
}

/// A page of several sources.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// When the first page was asked, in seconds since 1970: what took its place in the index since then is left
    /// out, so that nothing comes twice.
    pub as_of: u32,
    /// Where each source goes on; a source that is not here was read to its end. None for the first page.
    pub marks: Option<BTreeMap<Source, Mark>>,
}

impl Page {
    /// Where a source goes on; none when it was read to its end.
    pub fn mark(&self, source: Source) -> Option<Mark> {
        match &self.marks {
            None => Some(Mark::Start),
            Some(marks) => marks.get(&source).cloned(),
        }
    }
}

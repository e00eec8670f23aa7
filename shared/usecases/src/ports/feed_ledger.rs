//! The ledger of a feed: what the index holds of it, row by row. It is written in the same transaction as the
//! rows themselves, so that it is never wrong, whatever was killed.

use async_trait::async_trait;
use domain::feed::{FeedKind, FeedName};
use domain::rome::Romes;
use search::rank::Rank;

use super::PortError;
use crate::ingest::ContentHash;

/// How many shards a feed's ledger is cut in. With 400,000 rows a shard is one page of the store (1 MB), and the
/// write rate of the busiest import is far from what one partition takes.
pub const LEDGER_SHARDS: u16 = 64;

/// Which rows of a feed a ledger is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// The feed's own rows: companies, offers or trainings.
    Cards(FeedKind),
    /// What is derived from a feed of trainings.
    Derived,
}

/// The rows of one family that one feed brought.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FeedRef {
    /// Which rows.
    pub family: Family,
    /// Brought by whom.
    pub feed: FeedName,
}

/// Where the index files a row: enough to name each of its postings again.
#[derive(Debug, Clone, PartialEq)]
pub struct Filed {
    /// The trades it is filed under.
    pub romes: Romes,
    /// Its place and dates.
    pub rank: Rank,
}

/// A row that the index holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Its id in the index.
    pub id: String,
    /// The hash of its content.
    pub hash: ContentHash,
    /// Where it is filed; none for a row without postings.
    pub filed: Option<Filed>,
}

/// Lists what the index holds of a feed.
#[async_trait]
pub trait ListHeld: Send + Sync {
    /// Every row held in one shard (0 to [`LEDGER_SHARDS`] less one), read consistently.
    async fn list_held(&self, feed: &FeedRef, shard: u16) -> Result<Vec<Held>, PortError>;
}

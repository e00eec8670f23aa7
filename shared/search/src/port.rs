//! What the index asks of a store: one range of one partition.

use async_trait::async_trait;
use domain::rome::RomeCode;

use crate::rank::Rank;

/// Calls in flight at once for one request, over all its sources: each is a TLS connection of a small Lambda.
pub const MAX_IN_FLIGHT: usize = 32;

/// One range of one partition, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRange {
    /// Partition key.
    pub partition: String,
    /// Lowest sort key.
    pub from: String,
    /// Highest sort key.
    pub to: String,
    /// Read no more than this many rows; the store follows its own pages until then.
    pub limit: u32,
}

/// One posting as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its sort key, where a later read may continue.
    pub sort_key: String,
    /// The card's id in the index.
    pub id: String,
    /// What ranks and filters it.
    pub rank: Rank,
    /// The trades of its card, where the row names them: its partition is that of a grand domaine.
    pub romes: Option<Vec<RomeCode>>,
    /// The packed card: unpack it with [`crate::codec::unpack`], and only if it is returned.
    pub card: Vec<u8>,
}

impl Row {
    /// Whether its card has one of these trades, for a row read from a partition of one of them or of a grand domaine.
    pub fn is_of(&self, romes: &[RomeCode]) -> bool {
        self.romes.as_ref().is_none_or(|own| own.iter().any(|rome| romes.contains(rome)))
    }
}

/// The rows of a range, in key order, and what they cost.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// In key order.
    pub rows: Vec<Row>,
    /// Whether the limit cut the range short.
    pub cut: bool,
    /// Calls made, pages included.
    pub calls: u32,
    /// Read request units: the store's own figure, else computed by DynamoDB's rule (bytes of a page rounded
    /// up to 4 KB, half a unit each).
    pub rru: f64,
}

/// A store could not read a range.
#[derive(Debug, thiserror::Error)]
#[error("could not read the postings of {partition}")]
pub struct ReadError {
    /// The partition asked.
    pub partition: String,
    /// Why.
    #[source]
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

/// Reads ranges of postings.
#[async_trait]
pub trait Postings: Send + Sync {
    /// Reads `range` with eventual consistency.
    async fn read(&self, range: &KeyRange) -> Result<Page, ReadError>;
}

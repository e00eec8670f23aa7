//! The ledger of a feed: what the index holds of it, row by row. It is written in the same transaction as the
//! rows themselves, so that it is never wrong, whatever was killed.

use async_trait::async_trait;
use domain::card::{Entry, TrainingEntry};
use domain::departement::Departement;
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
    /// How a training is listed; none for other cards.
    pub listing: Option<Listing>,
    /// When the row last changed, in seconds since 1970: its place in the stock.
    pub changed_at: u32,
}

/// How a training is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// What sorts it.
    pub order: String,
    /// The département it is listed under.
    pub departement: Option<Departement>,
}

impl Filed {
    /// Of a card that is written at `now`, in seconds since 1970, in place of what is filed as `old`: it keeps
    /// the time at which it took its place for as long as it stays there.
    pub fn new(entry: &Entry, old: Option<&Self>, now: u32) -> Self {
        let listing = entry
            .training
            .as_ref()
            .map(|training| Listing { order: training.order.clone(), departement: training.departement });
        let fresh = Rank::of(entry, now);
        let stays = |old: &&Self| {
            old.rank.point == fresh.point && old.rank.created_at == fresh.created_at && old.listing == listing
        };
        let filed_at = old.filter(stays).map_or(now, |old| old.rank.filed_at);
        Self { romes: entry.romes.clone(), rank: Rank { filed_at, ..fresh }, listing, changed_at: now }
    }

    /// The entry that was filed so, for the id it has in the index.
    pub fn entry(&self, id: &str) -> Entry {
        let training = self.rank.training.zip(self.listing.as_ref()).map(|(rank, listing)| TrainingEntry {
            order: listing.order.clone(),
            departement: listing.departement,
            years: rank.years,
            twin: rank.twin,
        });
        Entry {
            id: id.to_owned(),
            romes: self.romes.clone(),
            point: self.rank.point,
            created_at: self.rank.created_at,
            expires_at: self.rank.expires_at,
            diploma: self.rank.diploma,
            opco: self.rank.opco,
            training,
        }
    }
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

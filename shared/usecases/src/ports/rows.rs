//! The write side of the index: one row, whole or not at all.

use async_trait::async_trait;
use domain::card::Card;

use super::{Derived, FeedRef, Held, PortError};
use crate::ingest::ContentHash;

/// What a row brings.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A card: its record version and its postings.
    Card(Box<Card>),
    /// What a feed of trainings says of something else: one item.
    Derived(Derived),
}

/// One row to write, and what the index held in its place when the import looked.
#[derive(Debug, Clone, PartialEq)]
pub struct RowWrite {
    /// The feed that brings it.
    pub feed: FeedRef,
    /// Its id in the index.
    pub id: String,
    /// The hash of its content.
    pub hash: ContentHash,
    /// What it brings.
    pub content: Content,
    /// What it replaces; none for a new row.
    pub seen: Option<Held>,
    /// The present, in seconds since 1970.
    pub now: u32,
}

/// A row was not written; nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The index no longer holds what was seen: another import of the feed changed it.
    #[error("the row was changed by another import")]
    Overtaken,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Writes a row.
#[async_trait]
pub trait WriteRow: Send + Sync {
    /// Writes record version, postings and ledger entry and removes stale postings, all in one transaction.
    /// Writing again what is there already succeeds.
    async fn write(&self, row: &RowWrite) -> Result<(), WriteError>;
}

/// Withdraws a row.
#[async_trait]
pub trait WithdrawRow: Send + Sync {
    /// Removes record version, postings and ledger entry in one transaction. Withdrawing what is gone already
    /// succeeds.
    ///
    /// `now` is the present in seconds since 1970: those who mirror the stock are told of the withdrawal.
    async fn withdraw(&self, feed: &FeedRef, held: &Held, now: u32) -> Result<(), WriteError>;
}

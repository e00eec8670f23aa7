//! The rows of a card in the index: which to put, which to delete.

use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::card::Entry;
use domain::rome::Romes;
use domain::source::Source;
use search::keys::{self, PostingKey};
use search::rank::Rank;
use usecases::ports::{Filed, PortError};

use crate::attributes::{CARD, EXPIRES_AT, RANK, ROMES, bytes, number, romes};
use crate::keys::Key;
use crate::transact::{delete, put};

/// How long those who mirror the stock can learn of a withdrawal, in seconds: 60 days.
const WITHDRAWAL_SECONDS: u32 = 60 * 86_400;

/// Where a card is filed.
pub(crate) struct Filing<'a> {
    pub(crate) table: &'a str,
    pub(crate) source: Source,
    pub(crate) feed: &'a str,
    /// The id by which its detail is found, and which stands for it in the stock.
    pub(crate) record_id: &'a str,
}

/// A card as it was filed: its id in the index, and where.
pub(crate) type Old<'a> = (&'a str, &'a Filed);

/// A card as it is to be filed: packed, and where.
#[derive(Clone, Copy)]
pub(crate) struct New<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) filed: &'a Filed,
    pub(crate) card: &'a [u8],
}

impl Filing<'_> {
    /// Puts every row of `new`, and deletes those of `old` that `new` has not.
    pub(crate) fn replace(
        &self,
        old: Option<Old<'_>>,
        new: New<'_>,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let mut actions = self.list(old, new)?;
        actions.extend(self.post(old, new)?);
        Ok(actions)
    }

    /// Deletes every row of `old`, and leaves word of it in the stock.
    pub(crate) fn withdraw(
        &self,
        old: Option<Old<'_>>,
        now: u32,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let mut actions = self.unlist(old, now)?;
        actions.extend(self.unpost(old)?);
        Ok(actions)
    }

    /// [`replace`](Self::replace) of the rows of the stock alone: four at most, however many trades it has.
    pub(crate) fn list(
        &self,
        old: Option<Old<'_>>,
        new: New<'_>,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let New { filed, card, .. } = new;
        let ends = filed.rank.expires_at;
        let stock = self.stock(filed);
        let mut actions = vec![self.row(&stock, &filed.rank, None, card, ends)?];
        let expiry = self.expiry(filed);
        if let Some(key) = &expiry {
            // It tells mirrors that the card is over, so it outlives it.
            actions.push(self.row(key, &filed.rank, None, &[], ends.map(|at| at + WITHDRAWAL_SECONDS))?);
        }
        let is_new = |key: &PostingKey| *key == stock || expiry.as_ref() == Some(key);
        actions.extend(self.deletes(self.listed(old).into_iter().filter(|key| !is_new(key)))?);
        Ok(actions)
    }

    /// [`withdraw`](Self::withdraw) of the rows of the stock alone: three at most.
    pub(crate) fn unlist(&self, old: Option<Old<'_>>, now: u32) -> Result<Vec<TransactWriteItem>, PortError> {
        let Some((_, filed)) = old else { return Ok(Vec::new()) };
        let left = keys::stock(self.source, self.feed, self.record_id, now);
        let mut actions = vec![self.row(&left, &filed.rank, None, &[], Some(now + WITHDRAWAL_SECONDS))?];
        actions.extend(self.deletes(self.listed(old).into_iter().filter(|key| *key != left))?);
        Ok(actions)
    }

    /// [`replace`](Self::replace) of the rows that searches read alone. It may be done again.
    pub(crate) fn post(
        &self,
        old: Option<Old<'_>>,
        new: New<'_>,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let New { entry, filed, card } = new;
        let postings = keys::postings(self.source, self.feed, entry);
        let mut actions = Vec::with_capacity(postings.len());
        for posting in &postings {
            let named = posting.names_trades.then_some(&entry.romes);
            actions.push(self.row(&posting.key, &filed.rank, named, card, filed.rank.expires_at)?);
        }
        let is_new = |key: &PostingKey| postings.iter().any(|posting| posting.key == *key);
        actions.extend(self.deletes(self.posted(old).into_iter().filter(|key| !is_new(key)))?);
        Ok(actions)
    }

    /// [`withdraw`](Self::withdraw) of the rows that searches read alone. It may be done again.
    pub(crate) fn unpost(&self, old: Option<Old<'_>>) -> Result<Vec<TransactWriteItem>, PortError> {
        self.deletes(self.posted(old))
    }

    fn deletes(
        &self,
        keys: impl IntoIterator<Item = PostingKey>,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        keys.into_iter().map(|key| delete(self.table, &Key::from(&key))).collect()
    }

    fn posted(&self, old: Option<Old<'_>>) -> Vec<PostingKey> {
        let Some((id, filed)) = old else { return Vec::new() };
        let postings = keys::postings(self.source, self.feed, &filed.entry(id));
        postings.into_iter().map(|posting| posting.key).collect()
    }

    fn listed(&self, old: Option<Old<'_>>) -> Vec<PostingKey> {
        old.map_or_else(Vec::new, |(_, filed)| {
            let mut keys = vec![self.stock(filed)];
            keys.extend(self.expiry(filed));
            keys
        })
    }

    fn stock(&self, filed: &Filed) -> PostingKey {
        keys::stock(self.source, self.feed, self.record_id, filed.changed_at)
    }

    fn expiry(&self, filed: &Filed) -> Option<PostingKey> {
        filed.rank.expires_at.map(|at| keys::expiry(self.source, self.feed, self.record_id, at))
    }

    fn row(
        &self,
        key: &PostingKey,
        rank: &Rank,
        named: Option<&Romes>,
        card: &[u8],
        expires_at: Option<u32>,
    ) -> Result<TransactWriteItem, PortError> {
        let mut item = Key::from(key).attributes();
        item.insert(RANK.to_owned(), bytes(rank.pack()));
        item.insert(CARD.to_owned(), bytes(card));
        if let Some(trades) = named {
            item.insert(ROMES.to_owned(), romes(trades.iter()));
        }
        if let Some(at) = expires_at {
            item.insert(EXPIRES_AT.to_owned(), number(at));
        }
        put(self.table, item)
    }
}

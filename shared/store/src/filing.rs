//! The postings of a card: which to put, which to delete.

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
        let New { entry, filed, card } = new;
        let postings = keys::postings(self.source, self.feed, entry);
        let stock = self.stock(filed);
        let expiry = self.expiry(filed);
        let mut actions = Vec::with_capacity(postings.len() + 2);
        for posting in &postings {
            let named = posting.names_trades.then_some(&entry.romes);
            actions.push(self.row(&posting.key, &filed.rank, named, card, filed.rank.expires_at)?);
        }
        actions.push(self.row(&stock, &filed.rank, None, card, filed.rank.expires_at)?);
        if let Some(key) = &expiry {
            // It tells mirrors that the card is over, so it outlives it.
            let until = filed.rank.expires_at.map(|at| at + WITHDRAWAL_SECONDS);
            actions.push(self.row(key, &filed.rank, None, &[], until)?);
        }
        let is_new = |key: &PostingKey| {
            *key == stock
                || expiry.as_ref() == Some(key)
                || postings.iter().any(|posting| posting.key == *key)
        };
        for key in self.old_keys(old).iter().filter(|key| !is_new(key)) {
            actions.push(delete(self.table, &Key::from(key))?);
        }
        Ok(actions)
    }

    /// Deletes every row of `old`, and leaves word of it in the stock.
    pub(crate) fn withdraw(
        &self,
        old: Option<Old<'_>>,
        now: u32,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let Some((_, filed)) = old else { return Ok(Vec::new()) };
        let left = keys::stock(self.source, self.feed, self.record_id, now);
        let mut actions = vec![self.row(&left, &filed.rank, None, &[], Some(now + WITHDRAWAL_SECONDS))?];
        for key in self.old_keys(old).iter().filter(|&key| *key != left) {
            actions.push(delete(self.table, &Key::from(key))?);
        }
        Ok(actions)
    }

    fn old_keys(&self, old: Option<Old<'_>>) -> Vec<PostingKey> {
        let Some((id, filed)) = old else { return Vec::new() };
        let postings = keys::postings(self.source, self.feed, &filed.entry(id));
        let mut keys: Vec<PostingKey> = postings.into_iter().map(|posting| posting.key).collect();
        keys.push(self.stock(filed));
        keys.extend(self.expiry(filed));
        keys
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

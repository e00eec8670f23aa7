//! The postings of a card: which to put, which to delete.

use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::card::Entry;
use domain::source::Source;
use search::keys::{PostingKey, postings};
use search::rank::Rank;
use usecases::ports::{Filed, PortError};

use crate::attributes::{CARD, EXPIRES_AT, RANK, bytes, number};
use crate::keys::Key;
use crate::transact::{delete, put};

/// A card as it is filed, to be put under each of its keys.
pub(crate) struct Filing<'a> {
    pub(crate) table: &'a str,
    pub(crate) source: Source,
    pub(crate) feed: &'a str,
}

impl Filing<'_> {
    /// Puts every posting of `new` with `card`, and deletes those of `old` that `new` has not.
    pub(crate) fn replace(
        &self,
        old: Option<(&str, &Filed)>,
        new: Option<(&Entry, &[u8])>,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let new_keys = new.map(|(entry, _)| postings(self.source, self.feed, entry)).unwrap_or_default();
        let mut actions = Vec::with_capacity(new_keys.len());
        if let Some((entry, card)) = new {
            for key in &new_keys {
                actions.push(self.posting(key, entry, card)?);
            }
        }
        let old_keys = old.map(|(id, filed)| postings(self.source, self.feed, &entry_of(id, filed)));
        for key in old_keys.unwrap_or_default().iter().filter(|key| !new_keys.contains(key)) {
            actions.push(delete(self.table, &Key::from(key))?);
        }
        Ok(actions)
    }

    fn posting(&self, key: &PostingKey, entry: &Entry, card: &[u8]) -> Result<TransactWriteItem, PortError> {
        let mut item = Key::from(key).attributes();
        item.insert(RANK.to_owned(), bytes(Rank::from(entry).pack()));
        item.insert(CARD.to_owned(), bytes(card));
        if let Some(at) = entry.expires_at {
            item.insert(EXPIRES_AT.to_owned(), number(at));
        }
        put(self.table, item)
    }
}

/// The entry under which a row was filed.
fn entry_of(id: &str, filed: &Filed) -> Entry {
    Entry {
        id: id.to_owned(),
        romes: filed.romes.clone(),
        point: filed.rank.point,
        created_at: filed.rank.created_at,
        expires_at: filed.rank.expires_at,
        diploma: filed.rank.diploma,
        opco: filed.rank.opco,
    }
}

/// Where an entry is filed.
pub(crate) fn filed(entry: &Entry) -> Filed {
    Filed { romes: entry.romes.clone(), rank: Rank::from(entry) }
}

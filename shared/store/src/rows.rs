//! The write side of the index: one transaction per row.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::card::Card;
use domain::source::Source;
use search::codec;
use usecases::ingest::ContentHash;
use usecases::ports::{
    Content, Derived, DerivedKey, Family, FeedRef, Filed, Held, PortError, RowWrite, WithdrawRow, WriteError,
    WriteRow,
};

use crate::attributes::{CARD, HASH, Item, bytes, get_hash, number, set_filed, text};
use crate::derived;
use crate::filing::{Filing, New};
use crate::keys;
use crate::tables::Tables;
use crate::transact::{Condition, MAX_ACTIONS, Outcome, delete, delete_if, put, put_if, transact};

/// Writes and withdraws rows. A row with 20 trades of 7 grands domaines has 98 actions of the 100 that a
/// transaction may have.
#[derive(Debug, Clone)]
pub struct Rows {
    client: Client,
    tables: Tables,
}

impl Rows {
    /// Over these tables.
    pub fn new(client: Client, tables: Tables) -> Self {
        Self { client, tables }
    }

    fn filing<'a>(&'a self, feed: &'a FeedRef, source: Source, record_id: &'a str) -> Filing<'a> {
        Filing { table: &self.tables.postings, source, feed: feed.feed.as_str(), record_id }
    }

    /// The entry in the ledger, on the condition that the index still holds what was seen.
    fn entry(&self, row: &RowWrite, filed: Option<&Filed>) -> Result<TransactWriteItem, PortError> {
        let mut item = keys::ledger_entry(&row.feed, &row.id).attributes();
        item.insert(HASH.to_owned(), bytes(row.hash.as_bytes()));
        if let Some(filed) = filed {
            set_filed(&mut item, filed);
        }
        let seen = row.seen.as_ref().map(|seen| seen.hash);
        put_if(&self.tables.records, item, Condition::still(seen))
    }

    fn write_card(&self, row: &RowWrite, card: &Card) -> Result<Vec<TransactWriteItem>, PortError> {
        let entry = card.entry();
        let packed = codec::pack(card).map_err(|error| PortError::new("pack a card", error))?;
        let source = card.source();
        let key = keys::version(source, card.record_id(), row.feed.feed.as_str());
        let mut version = key.attributes();
        version.extend(version_attributes(card, &packed).map(|(name, value)| (name.to_owned(), value)));

        let old = row.seen.as_ref().and_then(|seen| Some((seen.id.as_str(), seen.filed.as_ref()?)));
        let filed = Filed::new(&entry, old.map(|(_, filed)| filed), row.now);
        let mut actions = vec![self.entry(row, Some(&filed))?, put(&self.tables.records, version)?];
        let new = New { entry: &entry, filed: &filed, card: &packed };
        actions.extend(self.filing(&row.feed, source, card.record_id()).replace(old, new)?);
        Ok(actions)
    }

    fn write_derived(&self, row: &RowWrite, said: &Derived) -> Result<Vec<TransactWriteItem>, PortError> {
        let mut item = keys::derived(&said.key(), row.feed.feed.as_str()).attributes();
        item.extend([derived::attribute(said)?]);
        Ok(vec![self.entry(row, None)?, put(&self.tables.records, item)?])
    }

    fn removals(&self, feed: &FeedRef, held: &Held, now: u32) -> Result<Vec<TransactWriteItem>, PortError> {
        let records = &self.tables.records;
        let entry = keys::ledger_entry(feed, &held.id);
        let mut actions = vec![delete_if(records, &entry, Condition::Hash(held.hash))?];
        match feed.family {
            Family::Cards(kind) => {
                let source = kind.source();
                // The cards of feeds have one id, in the index and for their detail.
                actions.push(delete(records, &keys::version(source, &held.id, feed.feed.as_str()))?);
                let old = held.filed.as_ref().map(|filed| (held.id.as_str(), filed));
                actions.extend(self.filing(feed, source, &held.id).withdraw(old, now)?);
            }
            Family::Derived => {
                let key: DerivedKey =
                    held.id.parse().map_err(|error| PortError::new("read the ledger of a feed", error))?;
                actions.push(delete(records, &keys::derived(&key, feed.feed.as_str()))?);
            }
        }
        Ok(actions)
    }
}

/// The attributes of a version of a card.
pub(crate) fn version_attributes(
    card: &Card,
    packed: &[u8],
) -> [(&'static str, aws_sdk_dynamodb::types::AttributeValue); 4] {
    [
        ("source", text(card.source().as_str())),
        ("id", text(card.record_id())),
        (CARD, bytes(packed)),
        ("created", number(card.entry().created_at)),
    ]
}

#[async_trait]
impl WriteRow for Rows {
    async fn write(&self, row: &RowWrite) -> Result<(), WriteError> {
        let actions = match &row.content {
            Content::Card(card) => self.write_card(row, card)?,
            Content::Derived(said) => self.write_derived(row, said)?,
        };
        if let Some(seen) = row.seen.as_ref().filter(|_| actions.len() > MAX_ACTIONS) {
            // With many trades that all moved there is more to delete than one transaction takes: it goes, then it
            // comes anew. A kill between the two leaves a ledger that says so, and the next import brings it.
            self.withdraw(&row.feed, seen, row.now).await?;
            return self.write(&RowWrite { seen: None, ..row.clone() }).await;
        }
        match transact(&self.client, "write a row", actions).await? {
            Outcome::Written => Ok(()),
            // An earlier try was written and its answer lost: the ledger bears the very row.
            Outcome::ConditionFailed { there, .. } if hash_of(there.as_ref()) == Some(row.hash) => Ok(()),
            Outcome::ConditionFailed { .. } => Err(WriteError::Overtaken),
        }
    }
}

#[async_trait]
impl WithdrawRow for Rows {
    async fn withdraw(&self, feed: &FeedRef, held: &Held, now: u32) -> Result<(), WriteError> {
        match transact(&self.client, "withdraw a row", self.removals(feed, held, now)?).await? {
            Outcome::Written | Outcome::ConditionFailed { there: None, .. } => Ok(()),
            Outcome::ConditionFailed { there: Some(_), .. } => Err(WriteError::Overtaken),
        }
    }
}

fn hash_of(item: Option<&Item>) -> Option<ContentHash> {
    item.and_then(|item| get_hash(item).ok())
}

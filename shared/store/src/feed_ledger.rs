//! What the index holds of a feed.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use usecases::ports::{FeedRef, Held, ListHeld, PortError};

use crate::attributes::{BadItem, Item, SK, get_filed, get_hash, get_text, text};
use crate::keys;
use crate::tables::Tables;

const LIST: &str = "list what the index holds of a feed";

/// Reads the ledgers of feeds.
#[derive(Debug, Clone)]
pub struct FeedLedger {
    client: Client,
    records: String,
}

impl FeedLedger {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

#[async_trait]
impl ListHeld for FeedLedger {
    async fn list_held(&self, feed: &FeedRef, shard: u16) -> Result<Vec<Held>, PortError> {
        let mut pages = self
            .client
            .query()
            .table_name(&self.records)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::ledger_shard(feed, shard)))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut held = Vec::new();
        while let Some(item) = pages.next().await {
            let item = item.map_err(|error| PortError::new(LIST, error))?;
            held.push(entry(&item).map_err(|error| PortError::new(LIST, error))?);
        }
        Ok(held)
    }
}

fn entry(item: &Item) -> Result<Held, BadItem> {
    Ok(Held { id: get_text(item, SK)?.to_owned(), hash: get_hash(item)?, filed: get_filed(item)? })
}

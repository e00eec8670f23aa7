//! Single items, by their id.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::source::Source;
use search::codec;
use usecases::ports::{FindItem, Item, PortError};

use crate::attributes::{self, BadItem, CARD, DETAIL_VIEWS, SK, get_bytes, get_number, get_text, text};
use crate::keys;
use crate::tables::Tables;

const FIND: &str = "find an item";

/// Finds items.
#[derive(Debug, Clone)]
pub struct Items {
    client: Client,
    records: String,
}

impl Items {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

#[async_trait]
impl FindItem for Items {
    async fn find_item(&self, source: Source, id: &str) -> Result<Option<Item>, PortError> {
        // One version per feed that brings it: a handful of rows, one page.
        let output = self
            .client
            .query()
            .table_name(&self.records)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::versions(source, id)))
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        let bad = |error: BadItem| PortError::new(FIND, error);
        let mut newest: Option<(u64, &attributes::Item)> = None;
        for version in output.items() {
            let created = get_number(version, "created").map_err(bad)?;
            // Versions come in the order of their feeds: at a tie the first stays.
            if newest.is_none_or(|(best, _)| created > best) {
                newest = Some((created, version));
            }
        }
        let Some((_, version)) = newest else { return Ok(None) };
        let packed = get_bytes(version, CARD).map_err(bad)?;
        Ok(Some(Item {
            card: codec::unpack(source, packed).map_err(|error| PortError::new(FIND, error))?,
            feed: get_text(version, SK).map_err(bad)?.to_owned(),
            detail_views: get_number(version, DETAIL_VIEWS).map_err(bad)?,
        }))
    }
}

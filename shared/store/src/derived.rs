//! The trades of an RNCP sheet.

use std::collections::BTreeSet;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::rncp::RncpCode;
use domain::rome::RomeCode;
use usecases::ports::{FindTrades, PortError};

use crate::attributes::{get_romes, text};
use crate::keys;
use crate::tables::Tables;

const FIND: &str = "find the trades of an RNCP sheet";

/// Finds trades.
#[derive(Debug, Clone)]
pub struct Trades {
    client: Client,
    records: String,
}

impl Trades {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

#[async_trait]
impl FindTrades for Trades {
    async fn find_trades(&self, rncp: &RncpCode) -> Result<Vec<RomeCode>, PortError> {
        // One item per feed of trainings: one page.
        let output = self
            .client
            .query()
            .table_name(&self.records)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::sheet(rncp)))
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        let mut trades = BTreeSet::new();
        for item in output.items() {
            trades.extend(get_romes(item).map_err(|error| PortError::new(FIND, error))?);
        }
        Ok(trades.into_iter().collect())
    }
}

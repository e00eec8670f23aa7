//! Whether the store answers.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use usecases::ports::{CheckHealth, PortError};

use crate::keys;
use crate::tables::Tables;

/// Checks the store.
#[derive(Debug, Clone)]
pub struct Health {
    client: Client,
    records: String,
}

impl Health {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

#[async_trait]
impl CheckHealth for Health {
    async fn check(&self) -> Result<(), PortError> {
        let key = keys::health().attributes();
        let sent = self.client.get_item().table_name(&self.records).set_key(Some(key)).send().await;
        sent.map(drop).map_err(|error| PortError::new("read the table of records", error))
    }
}

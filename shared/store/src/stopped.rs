//! Whether an address is to be left alone.

use std::collections::HashSet;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use usecases::ports::{FindStopped, IsStopped, PortError};

use crate::attributes::{SK, get_text, text};
use crate::batch::get_all;
use crate::keys;
use crate::tables::Tables;

const CHECK: &str = "look whether an address is written to";

/// Tells which addresses are written to no more.
#[derive(Debug, Clone)]
pub struct StoppedAddresses {
    client: Client,
    ledger: String,
}

impl StoppedAddresses {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, ledger: tables.ledger.clone() }
    }
}

#[async_trait]
impl IsStopped for StoppedAddresses {
    async fn is_stopped(&self, address_hash: &str) -> Result<bool, PortError> {
        let barred = [keys::suppressed(address_hash), keys::stopped(address_hash)];
        let [key, _] = &barred;
        let page = self
            .client
            .query()
            .table_name(&self.ledger)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(&key.partition))
            .send()
            .await
            .map_err(|error| PortError::new(CHECK, error))?;
        let mut words = page.items().iter().filter_map(|item| get_text(item, SK).ok());
        Ok(words.any(|word| barred.iter().any(|key| key.sort == word)))
    }
}

#[async_trait]
impl FindStopped for StoppedAddresses {
    async fn find_stopped(&self, address_hashes: &[String]) -> Result<HashSet<String>, PortError> {
        let barred = |hash: &String| [keys::suppressed(hash), keys::stopped(hash)];
        let asked = address_hashes.iter().flat_map(barred);
        let found = get_all(&self.client, &self.ledger, asked, CHECK).await?;
        let is_barred = |hash: &&String| barred(hash).iter().any(|key| found.contains_key(key));
        Ok(address_hashes.iter().filter(is_barred).cloned().collect())
    }
}

//! Which mails an address gets no more.

use std::collections::HashMap;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use usecases::ports::{Barred, FindBarred, FindManyBarred, PortError};

use crate::attributes::{SK, get_text, text};
use crate::batch::get_all;
use crate::keys::{self, Key};
use crate::tables::Tables;

const CHECK: &str = "look whether an address is written to";

/// Tells which mails addresses get no more.
#[derive(Debug, Clone)]
pub struct BarredAddresses {
    client: Client,
    ledger: String,
}

impl BarredAddresses {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, ledger: tables.ledger.clone() }
    }
}

/// The keys of what bars an address, with what each bars: what bars more comes first.
fn bars(address_hash: &str) -> [(Key, Barred); 2] {
    [(keys::suppressed(address_hash), Barred::All), (keys::stopped(address_hash), Barred::Stoppable)]
}

#[async_trait]
impl FindBarred for BarredAddresses {
    async fn find_barred(&self, address_hash: &str) -> Result<Option<Barred>, PortError> {
        let bars = bars(address_hash);
        let [(key, _), _] = &bars;
        let page = self
            .client
            .query()
            .table_name(&self.ledger)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(&key.partition))
            .send()
            .await
            .map_err(|error| PortError::new(CHECK, error))?;
        let words: Vec<&str> = page.items().iter().filter_map(|item| get_text(item, SK).ok()).collect();
        let there = bars.iter().find(|(key, _)| words.contains(&key.sort.as_str()));
        Ok(there.map(|(_, barred)| *barred))
    }
}

#[async_trait]
impl FindManyBarred for BarredAddresses {
    async fn find_many_barred(
        &self,
        address_hashes: &[String],
    ) -> Result<HashMap<String, Barred>, PortError> {
        let asked = address_hashes.iter().flat_map(|hash| bars(hash).map(|(key, _)| key));
        let found = get_all(&self.client, &self.ledger, asked, CHECK).await?;
        let barred = address_hashes.iter().filter_map(|hash| {
            let there = bars(hash).into_iter().find(|(key, _)| found.contains_key(key));
            there.map(|(_, barred)| (hash.clone(), barred))
        });
        Ok(barred.collect())
    }
}

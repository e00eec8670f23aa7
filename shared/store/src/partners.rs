//! Partners, by the hash of their key.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::partner::Partner;
use usecases::ports::{FindPartner, PortError, PutPartner};

use crate::attributes::{get_text, text};
use crate::keys;
use crate::tables::Tables;

const FIND: &str = "find a partner";
const REGISTER: &str = "register a partner's key";
const PARTNER: &str = "partner";

/// Finds and registers partners.
#[derive(Debug, Clone)]
pub struct Partners {
    client: Client,
    records: String,
}

impl Partners {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

#[async_trait]
impl FindPartner for Partners {
    async fn find_partner(&self, key_hash: &str) -> Result<Option<Partner>, PortError> {
        let output = self
            .client
            .get_item()
            .table_name(&self.records)
            .set_key(Some(keys::partner(key_hash).attributes()))
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        let Some(item) = output.item() else { return Ok(None) };
        let json = get_text(item, PARTNER).map_err(|error| PortError::new(FIND, error))?;
        serde_json::from_str(json).map(Some).map_err(|error| PortError::new(FIND, error))
    }
}

#[async_trait]
impl PutPartner for Partners {
    async fn put_partner(&self, key_hash: &str, partner: &Partner) -> Result<(), PortError> {
        let json = serde_json::to_string(partner).map_err(|error| PortError::new(REGISTER, error))?;
        let mut item = keys::partner(key_hash).attributes();
        item.insert(PARTNER.to_owned(), text(json));
        let sent = self.client.put_item().table_name(&self.records).set_item(Some(item)).send().await;
        sent.map(drop).map_err(|error| PortError::new(REGISTER, error))
    }
}

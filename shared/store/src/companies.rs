//! The register of establishments.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::registry::RegisteredCompany;
use domain::siret::Siret;
use usecases::ports::{FindCompany, PortError, PutCompany};

use crate::attributes::{get_text, text};
use crate::keys;
use crate::tables::Tables;

const FIND: &str = "find an establishment of the register";
const PUT: &str = "put an establishment in the register";
const COMPANY: &str = "company";

/// Finds and puts establishments.
#[derive(Debug, Clone)]
pub struct Companies {
    client: Client,
    records: String,
}

impl Companies {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

#[async_trait]
impl FindCompany for Companies {
    async fn find_company(&self, siret: &Siret) -> Result<Option<RegisteredCompany>, PortError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.records)
            .set_key(Some(keys::registered(siret).attributes()))
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        let Some(item) = got.item() else { return Ok(None) };
        let json = get_text(item, COMPANY).map_err(|error| PortError::new(FIND, error))?;
        serde_json::from_str(json).map(Some).map_err(|error| PortError::new(FIND, error))
    }
}

#[async_trait]
impl PutCompany for Companies {
    async fn put_company(&self, company: &RegisteredCompany) -> Result<(), PortError> {
        let json = serde_json::to_string(company).map_err(|error| PortError::new(PUT, error))?;
        let mut item = keys::registered(&company.siret).attributes();
        item.insert(COMPANY.to_owned(), text(json));
        let sent = self.client.put_item().table_name(&self.records).set_item(Some(item)).send().await;
        sent.map(drop).map_err(|error| PortError::new(PUT, error))
    }
}

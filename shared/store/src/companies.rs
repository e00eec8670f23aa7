//! The register of establishments.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::registry::RegisteredCompany;
use domain::siret::Siret;
use usecases::ports::{FindCompany, FindKeptCompany, KeptCompany, PortError, PutCompany};

use crate::attributes::{BadItem, Item, get_number, get_text, number, text};
use crate::keys;
use crate::tables::Tables;

const FIND: &str = "find an establishment of the register";
const PUT: &str = "put an establishment in the register";
const COMPANY: &str = "company";
const FETCHED_AT: &str = "fetched_at";

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

/// Where a file is all there is of the register, what it said stays true until another one is loaded.
#[async_trait]
impl FindCompany for Companies {
    async fn find_company(&self, siret: &Siret) -> Result<Option<RegisteredCompany>, PortError> {
        Ok(self.find_kept_company(siret).await?.map(|kept| kept.company))
    }
}

#[async_trait]
impl FindKeptCompany for Companies {
    async fn find_kept_company(&self, siret: &Siret) -> Result<Option<KeptCompany>, PortError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.records)
            .set_key(Some(keys::registered(siret).attributes()))
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        got.item().map(kept).transpose().map_err(|error| PortError::new(FIND, error))
    }
}

fn kept(item: &Item) -> Result<KeptCompany, BadItem> {
    Ok(KeptCompany {
        company: serde_json::from_str(get_text(item, COMPANY)?).map_err(|_| BadItem(COMPANY))?,
        fetched_at: u32::try_from(get_number(item, FETCHED_AT)?).map_err(|_| BadItem(FETCHED_AT))?,
    })
}

#[async_trait]
impl PutCompany for Companies {
    async fn put_company(&self, company: &RegisteredCompany, fetched_at: u32) -> Result<(), PortError> {
        let json = serde_json::to_string(company).map_err(|error| PortError::new(PUT, error))?;
        let mut item = keys::registered(&company.siret).attributes();
        item.insert(COMPANY.to_owned(), text(json));
        item.insert(FETCHED_AT.to_owned(), number(fetched_at));
        let sent = self.client.put_item().table_name(&self.records).set_item(Some(item)).send().await;
        sent.map(drop).map_err(|error| PortError::new(PUT, error))
    }
}

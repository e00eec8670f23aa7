//! Partners, by the hash of their key.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::appointment::Referrer;
use domain::partner::Partner;
use usecases::ports::{FindPartner, FindSite, PortError, PutPartner};

use crate::attributes::{get_text, text};
use crate::keys::{self, Key};
use crate::tables::Tables;
use crate::transact::{put, transact};

const FIND: &str = "find a partner";
const REGISTER: &str = "register a partner's key";
const FIND_SITE: &str = "find the partner that a site is";
const PARTNER: &str = "partner";
const NAME: &str = "name";

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

    /// One attribute of an item; none where there is no such item.
    async fn text_of(
        &self,
        what: &'static str,
        key: &Key,
        name: &'static str,
    ) -> Result<Option<String>, PortError> {
        let output = self
            .client
            .get_item()
            .table_name(&self.records)
            .set_key(Some(key.attributes()))
            .send()
            .await
            .map_err(|error| PortError::new(what, error))?;
        let Some(item) = output.item() else { return Ok(None) };
        get_text(item, name).map(|text| Some(text.to_owned())).map_err(|error| PortError::new(what, error))
    }
}

#[async_trait]
impl FindPartner for Partners {
    async fn find_partner(&self, key_hash: &str) -> Result<Option<Partner>, PortError> {
        let json = self.text_of(FIND, &keys::partner(key_hash), PARTNER).await?;
        let partner = json.map(|json| serde_json::from_str(&json)).transpose();
        partner.map_err(|error| PortError::new(FIND, error))
    }
}

#[async_trait]
impl PutPartner for Partners {
    async fn put_partner(&self, key_hash: &str, partner: &Partner) -> Result<(), PortError> {
        let json = serde_json::to_string(partner).map_err(|error| PortError::new(REGISTER, error))?;
        let mut item = keys::partner(key_hash).attributes();
        item.insert(PARTNER.to_owned(), text(json));
        let mut actions = vec![put(&self.records, item)?];
        if let Some(site) = partner.referrer {
            let mut item = keys::site(site).attributes();
            item.insert(NAME.to_owned(), text(&partner.partner));
            actions.push(put(&self.records, item)?);
        }
        transact(&self.client, REGISTER, actions).await.map(drop)
    }
}

#[async_trait]
impl FindSite for Partners {
    async fn find_site(&self, site: Referrer) -> Result<Option<String>, PortError> {
        self.text_of(FIND_SITE, &keys::site(site), NAME).await
    }
}

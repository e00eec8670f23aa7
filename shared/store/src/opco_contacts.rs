//! To whom is written that accounts wait.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::email::Email;
use domain::opco::Opco;
use usecases::ports::{FindOpcoContact, PortError, PutOpcoContact};

use crate::attributes::{get_text, text};
use crate::keys;
use crate::tables::Tables;

const FIND: &str = "find the address of an OPCO";
const PUT: &str = "put the address of an OPCO";
const EMAIL: &str = "email";

/// Finds and puts addresses of OPCOs.
#[derive(Debug, Clone)]
pub struct OpcoContacts {
    client: Client,
    records: String,
}

impl OpcoContacts {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

#[async_trait]
impl FindOpcoContact for OpcoContacts {
    async fn find_opco_contact(&self, opco: Opco) -> Result<Option<Email>, PortError> {
        let key = Some(keys::opco_contact(opco).attributes());
        let got = self.client.get_item().table_name(&self.records).set_key(key).send().await;
        let got = got.map_err(|error| PortError::new(FIND, error))?;
        let Some(item) = got.item() else { return Ok(None) };
        let email = get_text(item, EMAIL).map_err(|error| PortError::new(FIND, error))?;
        email.parse().map(Some).map_err(|error| PortError::new(FIND, error))
    }
}

#[async_trait]
impl PutOpcoContact for OpcoContacts {
    async fn put_opco_contact(&self, opco: Opco, email: &Email) -> Result<(), PortError> {
        let mut item = keys::opco_contact(opco).attributes();
        item.insert(EMAIL.to_owned(), text(email.as_str()));
        let sent = self.client.put_item().table_name(&self.records).set_item(Some(item)).send().await;
        sent.map(drop).map_err(|error| PortError::new(PUT, error))
    }
}

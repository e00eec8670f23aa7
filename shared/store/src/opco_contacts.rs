//! To whom is written that accounts wait, and that it is due.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::email::Email;
use domain::opco::Opco;
use usecases::ports::{
    CommitError, Consequences, FindOpcoContact, PortError, PutOpcoContact, WriteConsequences,
};

use crate::attributes::{get_text, text};
use crate::consequences;
use crate::keys;
use crate::tables::Tables;
use crate::transact::{Outcome, transact};

const FIND: &str = "find the address of an OPCO";
const PUT: &str = "put the address of an OPCO";
const EMAIL: &str = "email";

/// Finds and puts addresses of OPCOs, and writes what is due by the calendar.
#[derive(Debug, Clone)]
pub struct OpcoContacts {
    client: Client,
    tables: Tables,
}

impl OpcoContacts {
    /// Over these tables.
    pub fn new(client: Client, tables: Tables) -> Self {
        Self { client, tables }
    }
}

#[async_trait]
impl FindOpcoContact for OpcoContacts {
    async fn find_opco_contact(&self, opco: Opco) -> Result<Option<Email>, PortError> {
        let key = Some(keys::opco_contact(opco).attributes());
        let got = self.client.get_item().table_name(&self.tables.records).set_key(key).send().await;
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
        let sent = self.client.put_item().table_name(&self.tables.records).set_item(Some(item)).send().await;
        sent.map(drop).map_err(|error| PortError::new(PUT, error))
    }
}

#[async_trait]
impl WriteConsequences for OpcoContacts {
    async fn write_consequences(&self, consequences: &Consequences) -> Result<(), CommitError> {
        let actions = consequences::actions(&self.tables.ledger, consequences)?;
        match transact(&self.client, "write what is due", actions).await? {
            Outcome::Written => Ok(()),
            Outcome::ConditionFailed { .. } => Err(CommitError::Taken),
        }
    }
}

//! People: their keys, wrapped, and nothing else.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::person::{Person, PersonSecret};
use usecases::ports::{FindPerson, PortError};

use crate::attributes::{BadItem, EXPIRES_AT, bytes, get_bytes, number};
use crate::change::Change;
use crate::keys;
use crate::tables::Tables;
use crate::transact::update;

const KEY: &str = "key";
const FINGERPRINT: &str = "fingerprint";
const FIND: &str = "find a person";

/// Finds people.
#[derive(Debug, Clone)]
pub struct People {
    client: Client,
    records: String,
    secret: PersonSecret,
}

impl People {
    /// Over these tables; `secret` wraps the keys.
    pub fn new(client: Client, tables: &Tables, secret: PersonSecret) -> Self {
        Self { client, records: tables.records.clone(), secret }
    }

    /// Keeps the key of a person for as long as something sealed under it: a new one on the condition that nobody was
    /// faster, a known one on the condition that it was neither forgotten nor made anew.
    pub(crate) fn keep(
        &self,
        person: &Person,
        is_first: bool,
        until: u32,
    ) -> Result<TransactWriteItem, PortError> {
        let change = if is_first {
            let wrapped = self.secret.wrap(&person.hash, &person.key);
            let wrapped = wrapped.map_err(|error| PortError::new("wrap a key", error))?;
            Change::on("attribute_not_exists(pk)", &[])
                .set(KEY, bytes(wrapped))
                .set(FINGERPRINT, bytes(person.key.fingerprint()))
        } else {
            Change::on("#fingerprint = :seen", &[FINGERPRINT]).with("seen", bytes(person.key.fingerprint()))
        };
        update(&self.records, &keys::person(&person.hash), &change.set(EXPIRES_AT, number(until)))
    }
}

#[async_trait]
impl FindPerson for People {
    async fn find_person(&self, hash: &str) -> Result<Option<Person>, PortError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.records)
            .set_key(Some(keys::person(hash).attributes()))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        let Some(item) = got.item() else { return Ok(None) };
        let wrapped = get_bytes(item, KEY).map_err(|error: BadItem| PortError::new(FIND, error))?;
        let key =
            self.secret.unwrap_key(hash, wrapped).map_err(|error| PortError::new("unwrap a key", error))?;
        Ok(Some(Person { hash: hash.to_owned(), key }))
    }
}

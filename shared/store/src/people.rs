//! People: their keys, wrapped, and which applications and appointments are theirs.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::person::{Person, PersonSecret};
use usecases::ports::{FindPerson, ForgetPerson, ListPersonal, Personal, PortError};

use crate::attributes::{BadItem, EXPIRES_AT, SK, bytes, get_bytes, get_text, number, text};
use crate::change::Change;
use crate::keys::{self, APPLICATION_PREFIX, APPOINTMENT_PREFIX, Key};
use crate::standing::{LETTER, PERSON};
use crate::tables::Tables;
use crate::transact::{Outcome, delete, transact, update};

const KEY: &str = "key";
const FINGERPRINT: &str = "fingerprint";
const FIND: &str = "find a person";
const LIST: &str = "list what is a person's";
const FORGET: &str = "forget a person";

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

/// Lists what is a person's. It opens nothing, so whoever only asks whether there is anything needs no secret.
#[derive(Debug, Clone)]
pub struct PersonalIndex {
    client: Client,
    records: String,
}

impl PersonalIndex {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

#[async_trait]
impl ListPersonal for PersonalIndex {
    async fn list_personal(&self, hash: &str) -> Result<Personal, PortError> {
        let mut items = self
            .client
            .query()
            .table_name(&self.records)
            // Both begin alike, and the key of the person otherwise.
            .key_condition_expression("pk = :pk AND begins_with(sk, :ap)")
            .expression_attribute_values(":pk", text(keys::person_collection(hash)))
            .expression_attribute_values(":ap", text("ap"))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut personal = Personal::default();
        while let Some(item) = items.next().await {
            let item = item.map_err(|error| PortError::new(LIST, error))?;
            let sort = get_text(&item, SK).map_err(|error| PortError::new(LIST, error))?;
            let after = |prefix| sort.strip_prefix(prefix);
            personal.applications.extend(after(APPLICATION_PREFIX).and_then(|id| id.parse().ok()));
            personal.appointments.extend(after(APPOINTMENT_PREFIX).and_then(|id| id.parse().ok()));
        }
        Ok(personal)
    }
}

#[async_trait]
impl ForgetPerson for People {
    async fn forget_person(&self, hash: &str, personal: &Personal) -> Result<(), PortError> {
        // Alone and first: from here on nothing that was sealed under it can be read.
        self.delete(&keys::person(hash)).await?;
        let applications = personal
            .applications
            .iter()
            .map(|id| (keys::application(id.as_str()), keys::application_of(hash, id.as_str())));
        let appointments = personal
            .appointments
            .iter()
            .map(|id| (keys::appointment(id.as_str()), keys::appointment_of(hash, id.as_str())));
        for (own, leading) in applications.chain(appointments) {
            let change = Change::on("#person = :person", &[PERSON]).with(PERSON, text(hash));
            let stripped = change.remove(&[PERSON, LETTER]);
            let actions = vec![update(&self.records, &own, &stripped)?, delete(&self.records, &leading)?];
            if let Outcome::ConditionFailed { .. } = transact(&self.client, FORGET, actions).await? {
                // It is over, or was stripped: only what leads to it is left.
                self.delete(&leading).await?;
            }
        }
        Ok(())
    }
}

impl People {
    async fn delete(&self, key: &Key) -> Result<(), PortError> {
        let gone = self.client.delete_item().table_name(&self.records);
        let gone = gone.set_key(Some(key.attributes())).send().await;
        gone.map(drop).map_err(|error| PortError::new(FORGET, error))
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

//! Appointments: each with what follows from it, or not at all.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::appointment::{AGAIN_SECONDS, AppointmentId, Facts, Referrer};
use domain::date;
use search::keys::date_asc;
use usecases::applications::SWEPT_WITHIN_DAYS;
use usecases::asking::KEPT_SECONDS;
use usecases::ports::{
    ChangeAppointment, CommitError, Consequences, FindAppointment, ListAppointments, NewAppointment,
    PortError, RequestAppointment, RequestError, StoredAppointment,
};

use crate::applications::{LETTER, PERSON};
use crate::attributes::{
    BadItem, EXPIRES_AT, HASH, Item, bytes, get_bytes, get_hash, get_number, get_text, number, text,
};
use crate::change::Change;
use crate::consequences::{self, refusal};
use crate::keys::{self, Key};
use crate::people::People;
use crate::standing::{commit_change, listed_since, written};
use crate::tables::Tables;
use crate::transact::{Outcome, check_absent, delete, put, transact, update};

const FACTS: &str = "facts";
const SINCE: &str = "since";
const REQUEST: &str = "store an appointment";
const FIND: &str = "find an appointment";
const LIST: &str = "list appointments";
const CHANGE: &str = "change an appointment";

/// Finds and changes appointments.
#[derive(Debug, Clone)]
pub struct Appointments {
    client: Client,
    tables: Tables,
}

/// Stores appointments.
#[derive(Debug, Clone)]
pub struct AppointmentRequests {
    appointments: Appointments,
    people: People,
}

impl AppointmentRequests {
    /// Over these tables; `people` keeps the keys that letters are sealed under.
    pub fn new(client: Client, tables: Tables, people: People) -> Self {
        Self { appointments: Appointments::new(client, tables), people }
    }

    /// Notes that the person asked, unless it did a short while ago. TTL deletes days late, so the condition looks at the
    /// time.
    fn mark(&self, new: &NewAppointment, now: u32) -> Result<TransactWriteItem, PortError> {
        let free = Change::on("attribute_not_exists(pk) OR #expires_at <= :now", &[EXPIRES_AT])
            .with("now", number(now))
            .set(SINCE, number(now))
            .set(EXPIRES_AT, number(now.saturating_add(AGAIN_SECONDS)));
        let key = keys::asked(&new.person.hash, &new.facts.training);
        update(&self.appointments.tables.ledger, &key, &free)
    }
}

impl Appointments {
    /// Over these tables.
    pub fn new(client: Client, tables: Tables) -> Self {
        Self { client, tables }
    }

    fn listed(
        &self,
        id: &AppointmentId,
        facts: &Facts,
        expires_at: u32,
    ) -> Result<TransactWriteItem, PortError> {
        let mut item = list_key(id, facts).attributes();
        item.insert(EXPIRES_AT.to_owned(), number(expires_at));
        put(&self.tables.records, item)
    }

    /// The appointment itself, and wherever it is found.
    fn entered(&self, new: &NewAppointment) -> Result<Vec<TransactWriteItem>, PortError> {
        let (records, id) = (&self.tables.records, new.id.as_str());
        let (json, hash) = written(REQUEST, &new.facts)?;
        let mut item = keys::appointment(id).attributes();
        item.insert(FACTS.to_owned(), text(json));
        item.insert(HASH.to_owned(), bytes(hash.as_bytes()));
        item.insert(PERSON.to_owned(), text(&new.person.hash));
        item.insert(LETTER.to_owned(), bytes(new.letter.as_slice()));
        item.insert(EXPIRES_AT.to_owned(), number(new.expires_at));
        let mut index = keys::appointment_of(&new.person.hash, id).attributes();
        index.insert(EXPIRES_AT.to_owned(), number(new.expires_at));
        Ok(vec![put(records, item)?, put(records, index)?, self.listed(&new.id, &new.facts, new.expires_at)?])
    }
}

fn list_key(id: &AppointmentId, facts: &Facts) -> Key {
    let updated = date_asc(date::seconds(facts.updated_at).unwrap_or_default());
    keys::listed_appointment(facts.referrer, &updated, id.as_str())
}

/// When the key of the person ends at the earliest: who lets people go whose applications are over takes a key that ends
/// within so many days for one under which nothing is sealed any more.
fn key_expires_at(expires_at: u32) -> u32 {
    expires_at.saturating_add(u32::from(SWEPT_WITHIN_DAYS) * 86_400)
}

fn stored(id: &AppointmentId, item: &Item) -> Result<StoredAppointment, BadItem> {
    let personal = match item.get(PERSON) {
        None => None,
        Some(_) => Some((get_text(item, PERSON)?.to_owned(), get_bytes(item, LETTER)?.to_vec())),
    };
    Ok(StoredAppointment {
        id: id.clone(),
        facts: serde_json::from_str(get_text(item, FACTS)?).map_err(|_| BadItem(FACTS))?,
        hash: get_hash(item)?,
        personal,
    })
}

#[async_trait]
impl RequestAppointment for AppointmentRequests {
    async fn request_appointment(
        &self,
        new: &NewAppointment,
        consequences: &Consequences,
    ) -> Result<(), RequestError> {
        let Appointments { client, tables } = &self.appointments;
        let followed = consequences::actions(&tables.ledger, consequences);
        let mut actions = followed.map_err(|error| error.unexpected(REQUEST))?;
        let first = actions.len();
        actions.push(self.mark(new, consequences.now)?);
        actions.push(check_absent(&tables.ledger, &keys::suppressed(&new.address))?);
        actions.push(self.people.keep(&new.person, new.is_first, key_expires_at(new.expires_at))?);
        actions.extend(self.appointments.entered(new)?);
        match transact(client, REQUEST, actions).await? {
            Outcome::Written => Ok(()),
            Outcome::ConditionFailed { at, .. } if at < first => match refusal(consequences, at) {
                Some(CommitError::NotFirst) => Err(RequestError::NotFirst),
                _ => Err(RequestError::Overtaken),
            },
            Outcome::ConditionFailed { at, there } if at == first => {
                let since = there.as_ref().map(|mark| get_number(mark, SINCE));
                let since = since.transpose().map_err(|error| PortError::new(REQUEST, error))?;
                let since = since.and_then(|since| u32::try_from(since).ok()).unwrap_or(consequences.now);
                Err(RequestError::Recent { since })
            }
            Outcome::ConditionFailed { at, .. } if at == first + 1 => Err(RequestError::Closed),
            Outcome::ConditionFailed { .. } => Err(RequestError::Overtaken),
        }
    }
}

#[async_trait]
impl FindAppointment for Appointments {
    async fn find_appointment(
        &self,
        id: &AppointmentId,
        now: u32,
    ) -> Result<Option<StoredAppointment>, PortError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.tables.records)
            .set_key(Some(keys::appointment(id.as_str()).attributes()))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        let bad = |error: BadItem| PortError::new(FIND, error);
        let Some(item) = got.item() else { return Ok(None) };
        // TTL deletes days late.
        if get_number(item, EXPIRES_AT).map_err(bad)? <= u64::from(now) {
            return Ok(None);
        }
        stored(id, item).map(Some).map_err(bad)
    }
}

#[async_trait]
impl ListAppointments for Appointments {
    async fn list_appointments(
        &self,
        referrer: Referrer,
        since: u32,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, AppointmentId)>, PortError> {
        let Self { client, tables } = self;
        let partition = keys::appointments_of(referrer);
        listed_since(LIST, client, &tables.records, partition, since, after, limit).await
    }
}

#[async_trait]
impl ChangeAppointment for Appointments {
    async fn change_appointment(
        &self,
        seen: &StoredAppointment,
        facts: &Facts,
        letter: Option<Vec<u8>>,
        consequences: &Consequences,
    ) -> Result<bool, PortError> {
        let (records, id) = (&self.tables.records, &seen.id);
        let followed = consequences::actions(&self.tables.ledger, consequences);
        let mut actions = followed.map_err(|error| error.unexpected(CHANGE))?;
        let first = actions.len();
        let (json, hash) = written(REQUEST, facts)?;
        // What was written is not brought back of a person that was forgotten meanwhile.
        let change = match &letter {
            Some(_) => Change::on("#hash = :seen AND attribute_exists(#person)", &[HASH, PERSON]),
            None => Change::on("#hash = :seen", &[HASH]),
        };
        let change = change
            .with("seen", bytes(seen.hash.as_bytes()))
            .set(FACTS, text(json))
            .set(HASH, bytes(hash.as_bytes()))
            .set_some(LETTER, letter.map(bytes));
        actions.push(update(records, &keys::appointment(id.as_str()), &change)?);
        let (old, new) = (list_key(id, &seen.facts), list_key(id, facts));
        if old != new {
            let created = date::seconds(facts.created_at).unwrap_or_default();
            actions.push(delete(records, &old)?);
            actions.push(self.listed(id, facts, created.saturating_add(KEPT_SECONDS))?);
        }
        commit_change(CHANGE, &self.client, actions, first, consequences).await
    }
}

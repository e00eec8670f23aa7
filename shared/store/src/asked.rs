//! Appointments: each with what follows from it, or not at all. What becomes of those that are over is in `ended.rs`.

mod ended;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::appointment::{AGAIN_SECONDS, AppointmentId, Facts, Referrer, Stage};
use domain::date;
use search::keys::date_asc;
use usecases::kept::{ends_at, expires_at};
use usecases::ports::{
    ChangeAppointment, CommitError, Consequences, FindAppointment, FindEnded, ListAppointments,
    NewAppointment, PortError, RequestAppointment, RequestError, StoredAppointment,
};

use crate::attributes::{EXPIRES_AT, HASH, bytes, get_number, number};
use crate::change::Change;
use crate::consequences::{self, refusal};
use crate::ended::shelf_key;
use crate::keys::{self, Key, Kind};
use crate::people::People;
use crate::standing::{LETTER, PERSON, commit_change, entered, leading, listed_since, relisted, restated};
use crate::tables::Tables;
use crate::transact::{Outcome, check_absent, delete, put, transact, update};

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

    /// Lets who asked ask again, where nobody got what they had asked. While the mark stands it is of this request, for it
    /// keeps any other out; afterwards it may be of the next one.
    fn unmarked(
        &self,
        seen: &StoredAppointment,
        facts: &Facts,
        now: u32,
    ) -> Result<Option<TransactWriteItem>, PortError> {
        let until = date::seconds(seen.facts.created_at).unwrap_or_default().saturating_add(AGAIN_SECONDS);
        let is_free =
            facts.stage == Stage::Undelivered && seen.facts.stage != Stage::Undelivered && now < until;
        let person = seen.personal.as_ref().filter(|_| is_free);
        let key = person.map(|(hash, _)| keys::asked(hash, &facts.training));
        key.map(|key| delete(&self.tables.ledger, &key)).transpose()
    }

    /// The appointment itself, and wherever it is found.
    fn entered(&self, new: &NewAppointment) -> Result<Vec<TransactWriteItem>, PortError> {
        let (records, id, created_at) = (&self.tables.records, new.id.as_str(), new.facts.created_at);
        let key = keys::appointment(id);
        let item = entered(REQUEST, &key, &new.facts, (&new.person, &new.letter), created_at)?;
        Ok(vec![
            put(records, item)?,
            leading(records, &keys::appointment_of(&new.person.hash, id), created_at)?,
            leading(records, &list_key(&new.id, &new.facts), created_at)?,
            leading(records, &shelf_key(Kind::Appointment, id, created_at), created_at)?,
        ])
    }
}

fn list_key(id: &AppointmentId, facts: &Facts) -> Key {
    let updated = date_asc(date::seconds(facts.updated_at).unwrap_or_default());
    keys::listed_appointment(facts.referrer, &updated, id.as_str())
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
        actions.push(self.people.keep(&new.person, new.is_first, expires_at(new.facts.created_at))?);
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
        // Only the nightly run sees it after its time, and TTL deletes later still.
        Ok(self.find_ended(id).await?.filter(|found| ends_at(found.facts.created_at) > now))
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
        // What was written is not brought back of a person that was forgotten meanwhile.
        let change = match &letter {
            Some(_) => Change::on("#hash = :seen AND attribute_exists(#person)", &[HASH, PERSON]),
            None => Change::on("#hash = :seen", &[HASH]),
        };
        let change = restated(CHANGE, change, seen.hash, facts)?.set_some(LETTER, letter.map(bytes));
        actions.push(update(records, &keys::appointment(id.as_str()), &change)?);
        actions.extend(self.unmarked(seen, facts, consequences.now)?);
        let (old, new) = (list_key(id, &seen.facts), list_key(id, facts));
        actions.extend(relisted(records, &old, &new, facts.created_at)?);
        commit_change(CHANGE, &self.client, actions, first, consequences).await
    }
}

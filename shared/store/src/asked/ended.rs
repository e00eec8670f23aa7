//! Appointments whose time is over.

use async_trait::async_trait;
use domain::appointment::{AppointmentId, Facts, Statistic};
use jiff::civil::Date;
use usecases::ports::{AnonymiseEnded, FindEnded, ListEnding, PortError, StoredAppointment};

use super::{Appointments, FIND, list_key};
use crate::ended::{anonymise, list_ending, shelf_key};
use crate::keys::{self, Kind};
use crate::standing::find;
use crate::transact::{Condition, delete, delete_if};

#[async_trait]
impl ListEnding<AppointmentId> for Appointments {
    async fn list_ending(&self, day: Date, number: u8) -> Result<Vec<AppointmentId>, PortError> {
        let Self { client, tables } = self;
        list_ending(client, &tables.records, keys::ending(Kind::Appointment, day, number)).await
    }
}

#[async_trait]
impl FindEnded<AppointmentId, Facts> for Appointments {
    async fn find_ended(&self, id: &AppointmentId) -> Result<Option<StoredAppointment>, PortError> {
        let Self { client, tables } = self;
        find(FIND, client, &tables.records, &keys::appointment(id.as_str()), id.clone()).await
    }
}

#[async_trait]
impl AnonymiseEnded<AppointmentId, Facts> for Appointments {
    async fn anonymise_ended(
        &self,
        seen: &StoredAppointment,
        statistic: &Statistic,
        random: [u8; 16],
    ) -> Result<bool, PortError> {
        let (records, id, facts) = (&self.tables.records, &seen.id, &seen.facts);
        let mut actions = vec![
            delete_if(records, &keys::appointment(id.as_str()), Condition::Hash(seen.hash))?,
            delete(records, &list_key(id, facts))?,
            delete(records, &shelf_key(Kind::Appointment, id.as_str(), facts.created_at))?,
        ];
        if let Some((person, _)) = &seen.personal {
            actions.push(delete(records, &keys::appointment_of(person, id.as_str()))?);
        }
        let of = (Kind::Appointment, statistic.created_on);
        anonymise(&self.client, records, of, statistic, random, actions).await
    }
}

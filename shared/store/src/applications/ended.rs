//! Applications whose time is over.

use async_trait::async_trait;
use domain::application::{ApplicationId, Facts, Statistic};
use jiff::civil::Date;
use usecases::ports::{AnonymiseEnded, FindEnded, ListEnding, PortError, StoredApplication};

use super::{Applications, FIND, list_key};
use crate::ended::{anonymise, list_ending, shelf_key};
use crate::keys::{self, Kind};
use crate::standing::find;
use crate::transact::{Condition, delete, delete_if};

#[async_trait]
impl ListEnding<ApplicationId> for Applications {
    async fn list_ending(&self, day: Date, number: u8) -> Result<Vec<ApplicationId>, PortError> {
        let Self { client, tables } = self;
        list_ending(client, &tables.records, keys::ending(Kind::Application, day, number)).await
    }
}

#[async_trait]
impl FindEnded<ApplicationId, Facts> for Applications {
    async fn find_ended(&self, id: &ApplicationId) -> Result<Option<StoredApplication>, PortError> {
        let Self { client, tables } = self;
        find(FIND, client, &tables.records, &keys::application(id.as_str()), id.clone()).await
    }
}

#[async_trait]
impl AnonymiseEnded<ApplicationId, Facts> for Applications {
    async fn anonymise_ended(
        &self,
        seen: &StoredApplication,
        statistic: &Statistic,
        random: [u8; 16],
    ) -> Result<bool, PortError> {
        let (records, id, facts) = (&self.tables.records, &seen.id, &seen.facts);
        let mut actions = vec![
            delete_if(records, &keys::application(id.as_str()), Condition::Hash(seen.hash))?,
            delete(records, &list_key(id, facts))?,
            delete(records, &shelf_key(Kind::Application, id.as_str(), facts.created_at))?,
            // Of one whose CV nobody ever looked at.
            delete(&self.tables.ledger, &keys::scan(id.as_str()))?,
        ];
        if let Some((person, _)) = &seen.personal {
            actions.push(delete(records, &keys::application_of(person, id.as_str()))?);
        }
        let of = (Kind::Application, statistic.created_on);
        anonymise(&self.client, records, of, statistic, random, actions).await
    }
}

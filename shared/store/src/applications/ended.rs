//! Applications whose time is over: found by the shelves of their last day, and gone but for a statistic.

use async_trait::async_trait;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use domain::application::{ApplicationId, Facts, Statistic};
use domain::date::paris_day;
use jiff::Timestamp;
use jiff::civil::Date;
use usecases::kept::{SWEPT_WITHIN_DAYS, ends_at};
use usecases::ports::{
    AnonymiseApplication, ENDING_SHELVES, FindEnded, ListEnding, PortError, ReleasePerson, StoredApplication,
};

use super::{Applications, FIND, list_key};
use crate::attributes::{BadItem, SK, get_text, number, text};
use crate::expression::on_condition;
use crate::keys::{self, Key};
use crate::standing::find;
use crate::transact::{Condition, Outcome, delete, delete_if, put_if, transact};

const STATISTIC: &str = "statistic";
const LIST: &str = "list applications that end";
const ANONYMISE: &str = "put a statistic in the place of an application";

/// Where an application is found once it is over.
pub(super) fn shelf_key(id: &ApplicationId, facts: &Facts) -> Key {
    let end = Timestamp::from_second(i64::from(ends_at(facts.created_at))).unwrap_or(Timestamp::MAX);
    let sum = id.as_str().bytes().fold(0_u8, u8::wrapping_add);
    keys::ending_application(paris_day(end), sum % ENDING_SHELVES, id.as_str())
}

#[async_trait]
impl ListEnding for Applications {
    async fn list_ending(&self, day: Date, number: u8) -> Result<Vec<ApplicationId>, PortError> {
        let mut items = self
            .client
            .query()
            .table_name(&self.tables.records)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::ending(day, number)))
            .into_paginator()
            .items()
            .send();
        let mut ids = Vec::new();
        while let Some(item) = items.next().await {
            let item = item.map_err(|error| PortError::new(LIST, error))?;
            let id = get_text(&item, SK).and_then(|id| id.parse().map_err(|_| BadItem(SK)));
            ids.push(id.map_err(|error| PortError::new(LIST, error))?);
        }
        Ok(ids)
    }
}

#[async_trait]
impl FindEnded for Applications {
    async fn find_ended(&self, id: &ApplicationId) -> Result<Option<StoredApplication>, PortError> {
        let Self { client, tables } = self;
        find(FIND, client, &tables.records, &keys::application(id.as_str()), id.clone()).await
    }
}

#[async_trait]
impl ReleasePerson for Applications {
    async fn release_person(&self, hash: &str, now: u32) -> Result<(), PortError> {
        // Each application puts the expiry of the key off, in its own transaction: one that is not over is seen here, whenever
        // it came.
        let over = now.saturating_add(u32::from(SWEPT_WITHIN_DAYS) * 86_400);
        let sent = self
            .client
            .delete_item()
            .table_name(&self.tables.records)
            .set_key(Some(keys::person(hash).attributes()))
            .condition_expression("expires_at <= :over")
            .expression_attribute_values(":over", number(over))
            .send()
            .await;
        on_condition("let a person go", sent, DeleteItemError::is_conditional_check_failed_exception)
            .map(drop)
    }
}

#[async_trait]
impl AnonymiseApplication for Applications {
    async fn anonymise_application(
        &self,
        seen: &StoredApplication,
        statistic: &Statistic,
        random: [u8; 16],
    ) -> Result<bool, PortError> {
        let (records, id, facts) = (&self.tables.records, &seen.id, &seen.facts);
        let json = serde_json::to_string(statistic).map_err(|error| PortError::new(ANONYMISE, error))?;
        let mut left = keys::statistic(statistic.created_on, &hex::encode(random)).attributes();
        left.insert(STATISTIC.to_owned(), text(json));
        let mut actions = vec![
            // Whoever is told of a failure may begin again: the application is gone by then, and is not counted twice.
            delete_if(records, &keys::application(id.as_str()), Condition::Hash(seen.hash))?,
            put_if(records, left, Condition::Absent)?,
            delete(records, &list_key(id, facts))?,
            delete(records, &shelf_key(id, facts))?,
            // Of one whose CV nobody ever looked at.
            delete(&self.tables.ledger, &keys::scan(id.as_str()))?,
        ];
        if let Some((person, _)) = &seen.personal {
            actions.push(delete(records, &keys::application_of(person, id.as_str()))?);
        }
        Ok(matches!(transact(&self.client, ANONYMISE, actions).await?, Outcome::Written))
    }
}

//! Applications and appointments whose time is over: found by the shelves of their last day, and gone but for a statistic.

use std::str::FromStr;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::date::paris_day;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use usecases::kept::{SWEPT_WITHIN_DAYS, ends_at};
use usecases::ports::{ENDING_SHELVES, PortError, ReleasePerson};

use crate::attributes::{BadItem, SK, get_text, number, text};
use crate::expression::on_condition;
use crate::keys::{self, Key, Kind};
use crate::tables::Tables;
use crate::transact::{Condition, Outcome, put_if, transact};

const STATISTIC: &str = "statistic";
const LIST: &str = "list what ends";
const ANONYMISE: &str = "put a statistic in the place of what is over";

/// Where one of them is found once it is over.
pub(crate) fn shelf_key(kind: Kind, id: &str, created_at: Timestamp) -> Key {
    let end = Timestamp::from_second(i64::from(ends_at(created_at))).unwrap_or(Timestamp::MAX);
    let sum = id.bytes().fold(0_u8, u8::wrapping_add);
    keys::shelved(kind, paris_day(end), sum % ENDING_SHELVES, id)
}

/// What one shelf holds.
pub(crate) async fn list_ending<Id: FromStr>(
    client: &Client,
    table: &str,
    shelf: String,
) -> Result<Vec<Id>, PortError> {
    let mut items = client
        .query()
        .table_name(table)
        .key_condition_expression("pk = :pk")
        .expression_attribute_values(":pk", text(shelf))
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

/// Puts a statistic of this day in the place of what these actions delete. False where one of them does not find it as seen:
/// whoever is told of a failure may begin again, and counts nothing twice.
pub(crate) async fn anonymise(
    client: &Client,
    table: &str,
    (kind, created_on): (Kind, Date),
    statistic: &impl Serialize,
    random: [u8; 16],
    mut actions: Vec<TransactWriteItem>,
) -> Result<bool, PortError> {
    let json = serde_json::to_string(statistic).map_err(|error| PortError::new(ANONYMISE, error))?;
    let mut left = keys::statistic(kind, created_on, &hex::encode(random)).attributes();
    left.insert(STATISTIC.to_owned(), text(json));
    actions.push(put_if(table, left, Condition::Absent)?);
    Ok(matches!(transact(client, ANONYMISE, actions).await?, Outcome::Written))
}

/// Lets the keys of people go.
#[derive(Debug, Clone)]
pub struct Released {
    client: Client,
    records: String,
}

impl Released {
    /// Over these tables. No key opens here: what is deleted need not be read.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

#[async_trait]
impl ReleasePerson for Released {
    async fn release_person(&self, hash: &str, now: u32) -> Result<(), PortError> {
        // Whatever is written puts the expiry of the key off, in its own transaction: one that is not over is seen here,
        // whenever it came.
        let over = now.saturating_add(u32::from(SWEPT_WITHIN_DAYS) * 86_400);
        let sent = self
            .client
            .delete_item()
            .table_name(&self.records)
            .set_key(Some(keys::person(hash).attributes()))
            .condition_expression("expires_at <= :over")
            .expression_attribute_values(":over", number(over))
            .send()
            .await;
        on_condition("let a person go", sent, DeleteItemError::is_conditional_check_failed_exception)
            .map(drop)
    }
}

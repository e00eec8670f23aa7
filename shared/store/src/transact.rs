//! Transactions, tried again when the store asks for it.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    AttributeValue, CancellationReason, ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure,
    TransactWriteItem, Update,
};
use usecases::ingest::ContentHash;
use usecases::ports::PortError;

use crate::attributes::{HASH, Item, bytes};
use crate::change::Change;
use crate::expression::Expression;
use crate::keys::Key;

/// Actions of one transaction.
pub(crate) const MAX_ACTIONS: usize = 100;
/// How often a transaction is tried in all: the waits add up to some six seconds.
const TRIES: u32 = 8;
const FIRST_WAIT: Duration = Duration::from_millis(50);

/// How a transaction ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// All of it was written.
    Written,
    /// None of it was: the condition of an action failed.
    ConditionFailed {
        /// Which action, counted from 0: the first whose condition failed.
        at: usize,
        /// The item it failed on; none where there is none, or where the action does not ask for it.
        there: Option<Item>,
    },
}

/// What must be true of the item that a transaction replaces.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Condition {
    /// There is none.
    Absent,
    /// Its content has this hash.
    Hash(ContentHash),
    /// The same, and its postings are as it says.
    InStep(ContentHash),
}

impl Condition {
    /// The condition that what was seen is still there.
    pub(crate) fn still(seen: Option<ContentHash>) -> Self {
        seen.map_or(Self::Absent, Self::Hash)
    }

    fn expression(self) -> &'static str {
        match self {
            Self::Absent => "attribute_not_exists(pk)",
            Self::Hash(_) => "#hash = :seen",
            Self::InStep(_) => "#hash = :seen AND attribute_not_exists(postings_behind)",
        }
    }

    fn name(self) -> Option<(&'static str, String)> {
        matches!(self, Self::Hash(_) | Self::InStep(_)).then(|| ("#hash", HASH.to_owned()))
    }

    fn value(self) -> Option<(&'static str, AttributeValue)> {
        match self {
            Self::Absent => None,
            Self::Hash(hash) | Self::InStep(hash) => Some((":seen", bytes(hash.as_bytes()))),
        }
    }
}

fn owned<T>(pair: Option<(&str, T)>) -> Option<HashMap<String, T>> {
    pair.map(|(name, value)| HashMap::from([(name.to_owned(), value)]))
}

/// Puts an item.
pub(crate) fn put(table: &str, item: Item) -> Result<TransactWriteItem, PortError> {
    let put = Put::builder().table_name(table).set_item(Some(item)).build();
    Ok(TransactWriteItem::builder().put(put.map_err(unbuilt)?).build())
}

/// Puts an item in place of one that must be as seen.
pub(crate) fn put_if(table: &str, item: Item, condition: Condition) -> Result<TransactWriteItem, PortError> {
    let put = Put::builder()
        .table_name(table)
        .set_item(Some(item))
        .condition_expression(condition.expression())
        .set_expression_attribute_names(owned(condition.name()))
        .set_expression_attribute_values(owned(condition.value()))
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .build();
    Ok(TransactWriteItem::builder().put(put.map_err(unbuilt)?).build())
}

/// Deletes an item.
pub(crate) fn delete(table: &str, key: &Key) -> Result<TransactWriteItem, PortError> {
    let delete = Delete::builder().table_name(table).set_key(Some(key.attributes())).build();
    Ok(TransactWriteItem::builder().delete(delete.map_err(unbuilt)?).build())
}

/// Deletes an item that must be as seen.
pub(crate) fn delete_if(
    table: &str,
    key: &Key,
    condition: Condition,
) -> Result<TransactWriteItem, PortError> {
    let delete = Delete::builder()
        .table_name(table)
        .set_key(Some(key.attributes()))
        .condition_expression(condition.expression())
        .set_expression_attribute_names(owned(condition.name()))
        .set_expression_attribute_values(owned(condition.value()))
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .build();
    Ok(TransactWriteItem::builder().delete(delete.map_err(unbuilt)?).build())
}

/// Demands that there is no item under a key.
pub(crate) fn check_absent(table: &str, key: &Key) -> Result<TransactWriteItem, PortError> {
    check(table, key, "attribute_not_exists(pk)")
}

/// Demands that there is an item under a key.
pub(crate) fn check_present(table: &str, key: &Key) -> Result<TransactWriteItem, PortError> {
    check(table, key, "attribute_exists(pk)")
}

/// Demands that the item under a key is as seen.
pub(crate) fn check_hash(table: &str, key: &Key, seen: ContentHash) -> Result<TransactWriteItem, PortError> {
    let condition = Condition::Hash(seen);
    let check = ConditionCheck::builder()
        .table_name(table)
        .set_key(Some(key.attributes()))
        .condition_expression(condition.expression())
        .set_expression_attribute_names(owned(condition.name()))
        .set_expression_attribute_values(owned(condition.value()))
        .build();
    Ok(TransactWriteItem::builder().condition_check(check.map_err(unbuilt)?).build())
}

fn check(table: &str, key: &Key, condition: &str) -> Result<TransactWriteItem, PortError> {
    let check = ConditionCheck::builder()
        .table_name(table)
        .set_key(Some(key.attributes()))
        .condition_expression(condition)
        .build();
    Ok(TransactWriteItem::builder().condition_check(check.map_err(unbuilt)?).build())
}

/// Puts an item on a condition of its own.
pub(crate) fn put_where(
    table: &str,
    item: Item,
    condition: &Expression,
) -> Result<TransactWriteItem, PortError> {
    let put = Put::builder()
        .table_name(table)
        .set_item(Some(item))
        .condition_expression(condition.text)
        .set_expression_attribute_names(condition.names())
        .set_expression_attribute_values(condition.values())
        .build();
    Ok(TransactWriteItem::builder().put(put.map_err(unbuilt)?).build())
}

/// Changes an item.
pub(crate) fn update(table: &str, key: &Key, change: &Change) -> Result<TransactWriteItem, PortError> {
    let update = Update::builder()
        .table_name(table)
        .set_key(Some(key.attributes()))
        .update_expression(change.expression())
        .set_condition_expression(change.condition())
        .set_expression_attribute_names(change.names())
        .set_expression_attribute_values(change.values())
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .build();
    Ok(TransactWriteItem::builder().update(update.map_err(unbuilt)?).build())
}

/// Sets attributes of an item and keeps its others; `initial` is set only where it is absent. The item appears
/// where there was none.
pub(crate) fn set(
    table: &str,
    key: &Key,
    attributes: Vec<(&'static str, AttributeValue)>,
    initial: (&'static str, AttributeValue),
) -> Result<TransactWriteItem, PortError> {
    let mut assignments = vec![format!("#{0} = if_not_exists(#{0}, :{0})", initial.0)];
    assignments.extend(attributes.iter().map(|(name, _)| format!("#{name} = :{name}")));
    let mut update = Update::builder().table_name(table).set_key(Some(key.attributes()));
    for (name, value) in attributes.into_iter().chain([initial]) {
        update = update
            .expression_attribute_names(format!("#{name}"), name)
            .expression_attribute_values(format!(":{name}"), value);
    }
    let update = update.update_expression(format!("SET {}", assignments.join(", "))).build();
    Ok(TransactWriteItem::builder().update(update.map_err(unbuilt)?).build())
}

/// Runs a transaction. Throttling inside it and conflicts with another one are not tried again by the SDK: they
/// are here.
pub(crate) async fn transact(
    client: &Client,
    operation: &'static str,
    actions: Vec<TransactWriteItem>,
) -> Result<Outcome, PortError> {
    let mut wait = FIRST_WAIT;
    let mut tries = 1;
    loop {
        let sent = client.transact_write_items().set_transact_items(Some(actions.clone())).send().await;
        let Err(error) = sent else { return Ok(Outcome::Written) };
        let again = match error.as_service_error() {
            Some(TransactWriteItemsError::TransactionCanceledException(canceled)) => {
                let reasons = canceled.cancellation_reasons();
                let failed =
                    reasons.iter().enumerate().find(|(_, reason)| reason.code() == Some(CONDITION_FAILED));
                // Whoever is in conflict may be the one that decides: looked at again, the condition of an earlier
                // action may fail as well, and say more.
                let in_conflict = reasons.iter().any(|reason| reason.code() == Some(CONFLICT));
                if let Some((at, reason)) = failed.filter(|_| !in_conflict || tries == TRIES) {
                    return Ok(Outcome::ConditionFailed { at, there: reason.item().cloned() });
                }
                reasons.iter().all(|reason| passes(reason) || reason.code() == Some(CONDITION_FAILED))
            }
            Some(TransactWriteItemsError::TransactionInProgressException(_)) => true,
            _ => false,
        };
        if !again || tries == TRIES {
            return Err(PortError::new(operation, error));
        }
        tokio::time::sleep(wait.mul_f64(jitter())).await;
        wait *= 2;
        tries += 1;
    }
}

/// From a half to one, so that those in conflict do not meet again.
fn jitter() -> f64 {
    let mut byte = [u8::MAX];
    // Without random bytes it waits the whole time.
    let _ = getrandom::fill(&mut byte);
    0.5 + f64::from(u8::from_ne_bytes(byte)) / 510.0
}

const CONDITION_FAILED: &str = "ConditionalCheckFailed";
const CONFLICT: &str = "TransactionConflict";

/// Whether a reason to cancel goes away by itself.
fn passes(reason: &CancellationReason) -> bool {
    matches!(
        reason.code(),
        None | Some("None" | CONFLICT | "ThrottlingError" | "ProvisionedThroughputExceeded")
    )
}

fn unbuilt(error: aws_sdk_dynamodb::error::BuildError) -> PortError {
    PortError::new("build a transaction", error)
}

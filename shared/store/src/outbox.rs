//! The outbox: items that are owed bear `due_shard` and `due_at`, and only they are in the index `overdue`.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::event::EventMessage;
use usecases::ports::{
    CommitError, Consequences, FindEvent, ListOverdue, OUTBOX_SHARDS, Overdue, Owed, PortError, PostponeOwed,
    SettleEvent, WriteConsequences,
};

use crate::attributes::{Item, PK, get_number, get_text, number, text};
use crate::consequences::{self, EVENT};
use crate::expression::on_condition;
use crate::keys::{self, EVENT_PREFIX, Key, MAIL_PREFIX, SCAN_PREFIX, WEBHOOK_PREFIX};
use crate::tables::Tables;
use crate::transact::{Outcome, transact};

/// The index of what is owed: sparse, since only what is owed bears its keys, and of keys only.
pub const OVERDUE_INDEX: &str = "overdue";
pub(crate) const DUE_SHARD: &str = "due_shard";
pub(crate) const DUE_AT: &str = "due_at";
const LIST: &str = "list what is overdue";
const FIND: &str = "find an event";

/// Writes what is owed by itself, and lists, postpones and settles what is.
#[derive(Debug, Clone)]
pub struct Outbox {
    client: Client,
    ledger: String,
}

impl Outbox {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, ledger: tables.ledger.clone() }
    }
}

/// Puts an item in the index. Its shard is drawn from its id, which is evenly spread.
pub(crate) fn set_due(item: &mut Item, id: &str, due_at: u32) {
    item.insert(DUE_SHARD.to_owned(), text(shard(id)));
    item.insert(DUE_AT.to_owned(), number(due_at));
}

/// The shard of an id.
pub(crate) fn shard(id: &str) -> String {
    let sum = id.bytes().fold(0_u8, u8::wrapping_add);
    (sum % OUTBOX_SHARDS).to_string()
}

/// What an item owes, told by its partition key, as stream and index bear it; none for any other item.
pub fn owed_of(partition: &str) -> Option<Owed> {
    if let Some(id) = partition.strip_prefix(MAIL_PREFIX) {
        return id.parse().ok().map(Owed::Mail);
    }
    if let Some(id) = partition.strip_prefix(SCAN_PREFIX) {
        return id.parse().ok().map(Owed::Scan);
    }
    if let Some(id) = partition.strip_prefix(WEBHOOK_PREFIX) {
        return id.parse().ok().map(Owed::Webhook);
    }
    partition.strip_prefix(EVENT_PREFIX).map(|id| Owed::Event(id.to_owned()))
}

fn key(owed: &Owed) -> Key {
    match owed {
        Owed::Mail(id) => keys::mail(id.as_str()),
        Owed::Event(id) => keys::event(id),
        Owed::Scan(id) => keys::scan(id.as_str()),
        Owed::Webhook(id) => keys::delivery(id),
    }
}

#[async_trait]
impl WriteConsequences for Outbox {
    async fn write_consequences(&self, consequences: &Consequences) -> Result<(), CommitError> {
        let actions = consequences::actions(&self.ledger, consequences)?;
        match transact(&self.client, "write what is due", actions).await? {
            Outcome::Written => Ok(()),
            Outcome::ConditionFailed { .. } => Err(CommitError::Taken),
        }
    }
}

#[async_trait]
impl ListOverdue for Outbox {
    async fn list_overdue(&self, shard: u8, now: u32, limit: u16) -> Result<Vec<Overdue>, PortError> {
        let page = self
            .client
            .query()
            .table_name(&self.ledger)
            .index_name(OVERDUE_INDEX)
            .key_condition_expression("due_shard = :shard AND due_at <= :now")
            .expression_attribute_values(":shard", text(shard.to_string()))
            .expression_attribute_values(":now", number(now))
            .limit(i32::from(limit))
            .send()
            .await
            .map_err(|error| PortError::new(LIST, error))?;
        Ok(page.items().iter().filter_map(overdue).collect())
    }
}

/// None of what another release wrote and this one does not know: it must not hold up the rest.
fn overdue(item: &Item) -> Option<Overdue> {
    let owed = owed_of(get_text(item, PK).ok()?)?;
    let due_at = u32::try_from(get_number(item, DUE_AT).ok()?).ok()?;
    Some(Overdue { owed, due_at })
}

#[async_trait]
impl PostponeOwed for Outbox {
    async fn postpone(&self, overdue: &Overdue, until: u32) -> Result<(), PortError> {
        let sent = self
            .client
            .update_item()
            .table_name(&self.ledger)
            .set_key(Some(key(&overdue.owed).attributes()))
            .update_expression("SET due_at = :until")
            .condition_expression("due_at = :seen")
            .expression_attribute_values(":until", number(until))
            .expression_attribute_values(":seen", number(overdue.due_at))
            .send()
            .await;
        on_condition("put off what is owed", sent, UpdateItemError::is_conditional_check_failed_exception)
            .map(drop)
    }
}

#[async_trait]
impl FindEvent for Outbox {
    async fn find_event(&self, id: &str) -> Result<Option<EventMessage>, PortError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.ledger)
            .set_key(Some(keys::event(id).attributes()))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        let Some(item) = got.item() else { return Ok(None) };
        let json = get_text(item, EVENT).map_err(|error| PortError::new(FIND, error))?;
        serde_json::from_str(json).map(Some).map_err(|error| PortError::new(FIND, error))
    }
}

#[async_trait]
impl SettleEvent for Outbox {
    async fn settle_event(&self, id: &str) -> Result<(), PortError> {
        let sent = self
            .client
            .delete_item()
            .table_name(&self.ledger)
            .set_key(Some(keys::event(id).attributes()))
            .send()
            .await;
        sent.map(drop).map_err(|error| PortError::new("settle an event", error))
    }
}

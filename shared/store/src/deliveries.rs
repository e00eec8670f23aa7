//! The ledger of calls of webhooks: one item for each webhook and event, from when it is due until a month after.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::webhook::DeliveryId;
use usecases::ports::{
    DeliveryEntry, DeliveryState, FileDelivery, FindDelivery, NewDelivery, PortError, STREAM_SECONDS,
    SettleDelivery, SettledDelivery, TakeDelivery, TakenDelivery,
};

use crate::attributes::{BadItem, EXPIRES_AT, Item, get_number, get_text, number, text};
use crate::change::Change;
use crate::expression::on_condition;
use crate::keys;
use crate::outbox::{DUE_AT, DUE_SHARD, set_due, shard};
use crate::tables::Tables;

const STATE: &str = "state";
const REVISION: &str = "revision";
const AT: &str = "at";
const PARTNER: &str = "partner";
const KIND: &str = "kind";
const BODY: &str = "body";
const FAILURES: &str = "failures";
const FILE: &str = "file a call of a webhook";
const FIND: &str = "find a call of a webhook";
const TAKE: &str = "take a call of a webhook";
const SETTLE: &str = "tell what became of a call of a webhook";
/// How long what became of a call is remembered, in seconds: thirty days, longer than any queue keeps its event.
const KEPT_SECONDS: u32 = 30 * 86_400;

/// Files calls, takes them and tells what became of them.
#[derive(Debug, Clone)]
pub struct Deliveries {
    client: Client,
    ledger: String,
}

impl Deliveries {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, ledger: tables.ledger.clone() }
    }

    /// False where the condition failed.
    async fn update(
        &self,
        operation: &'static str,
        id: &DeliveryId,
        change: &Change,
    ) -> Result<bool, PortError> {
        let sent = self
            .client
            .update_item()
            .table_name(&self.ledger)
            .set_key(Some(keys::delivery(id).attributes()))
            .update_expression(change.expression())
            .set_condition_expression(change.condition())
            .set_expression_attribute_names(change.names())
            .set_expression_attribute_values(change.values())
            .send()
            .await;
        let sent = on_condition(operation, sent, UpdateItemError::is_conditional_check_failed_exception)?;
        Ok(sent.is_some())
    }
}

#[async_trait]
impl FileDelivery for Deliveries {
    async fn file_delivery(&self, new: &NewDelivery) -> Result<bool, PortError> {
        let mut item = keys::delivery(&new.id).attributes();
        item.insert(STATE.to_owned(), text(word(DeliveryState::Pending { not_before: new.now })));
        item.insert(AT.to_owned(), number(new.now));
        item.insert(REVISION.to_owned(), number(0));
        item.insert(PARTNER.to_owned(), text(&new.partner));
        item.insert(KIND.to_owned(), text(&new.kind));
        item.insert(BODY.to_owned(), text(&new.body));
        set_due(&mut item, &new.id.event, new.now + STREAM_SECONDS);
        let put = self.client.put_item().table_name(&self.ledger).set_item(Some(item));
        let sent = put.condition_expression("attribute_not_exists(pk)").send().await;
        let sent = on_condition(FILE, sent, PutItemError::is_conditional_check_failed_exception)?;
        Ok(sent.is_some())
    }
}

#[async_trait]
impl FindDelivery for Deliveries {
    async fn find_delivery(&self, id: &DeliveryId) -> Result<Option<DeliveryEntry>, PortError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.ledger)
            .set_key(Some(keys::delivery(id).attributes()))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        let Some(item) = got.item() else { return Ok(None) };
        entry(id, item).map(Some).map_err(|error| PortError::new(FIND, error))
    }
}

#[async_trait]
impl TakeDelivery for Deliveries {
    async fn take_delivery(&self, taken: &TakenDelivery<'_>) -> Result<bool, PortError> {
        let state = DeliveryState::Sending { lease_until: taken.lease_until };
        let change = changed(taken.seen, state)
            .set(AT, number(taken.lease_until))
            .set(DUE_AT, number(taken.lease_until))
            .add_one("attempts", true);
        self.update(TAKE, taken.id, &change).await
    }
}

#[async_trait]
impl SettleDelivery for Deliveries {
    async fn settle_delivery(&self, settled: &SettledDelivery<'_>) -> Result<bool, PortError> {
        let told = changed(settled.seen, settled.state)
            .set(FAILURES, number(settled.failures))
            .set_some("status", settled.status.map(number))
            .set_some("reason", settled.reason.map(text));
        let change = match settled.state.instant() {
            Some(at) => told
                .set(DUE_SHARD, text(shard(&settled.id.event)))
                .set(DUE_AT, number(at))
                .set(AT, number(at)),
            None => told.set(EXPIRES_AT, number(settled.now + KEPT_SECONDS)).remove(&[DUE_SHARD, DUE_AT, AT]),
        };
        self.update(SETTLE, settled.id, &change).await
    }
}

/// The next revision of a call, by whoever saw the one before.
fn changed(seen: u32, state: DeliveryState) -> Change {
    Change::on("#revision = :seen", &[REVISION])
        .with("seen", number(seen))
        .set(REVISION, number(seen + 1))
        .set(STATE, text(word(state)))
}

const fn word(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Pending { .. } => "pending",
        DeliveryState::Sending { .. } => "sending",
        DeliveryState::Delivered => "delivered",
        DeliveryState::Failed => "failed",
        DeliveryState::Dropped => "dropped",
    }
}

fn entry(id: &DeliveryId, item: &Item) -> Result<DeliveryEntry, BadItem> {
    let count = |name| get_number(item, name).and_then(|n| u32::try_from(n).map_err(|_| BadItem(name)));
    let at = count(AT)?;
    let state = match get_text(item, STATE)? {
        "pending" => DeliveryState::Pending { not_before: at },
        "sending" => DeliveryState::Sending { lease_until: at },
        "delivered" => DeliveryState::Delivered,
        "failed" => DeliveryState::Failed,
        "dropped" => DeliveryState::Dropped,
        _ => return Err(BadItem(STATE)),
    };
    Ok(DeliveryEntry {
        id: id.clone(),
        partner: get_text(item, PARTNER)?.to_owned(),
        body: get_text(item, BODY)?.to_owned(),
        state,
        failures: count(FAILURES)?,
        revision: count(REVISION)?,
    })
}

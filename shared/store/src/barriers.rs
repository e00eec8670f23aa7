//! What stands in the way of an application: addresses that are written to no more, and counts that are full.

use std::collections::HashMap;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::types::{KeysAndAttributes, TransactWriteItem};
use domain::application::{MAX_PER_CALLER, MAX_PER_DAY, MAX_PER_OFFER, MAX_PER_TARGET};
use usecases::kept::KEPT_SECONDS;
use usecases::ports::{Barrier, Counted, FindBarriers, InTheWay, PortError, ReleaseCount};

use crate::attributes::{EXPIRES_AT, Item, get_number, number};
use crate::change::Change;
use crate::expression::on_condition;
use crate::keys::{self, Key};
use crate::tables::Tables;
use crate::transact::{check_absent, update};

const COUNT: &str = "count";
const FIND: &str = "find what stands in the way of an application";
/// How long a day's count is kept, in seconds: longer than any day.
const DAY_SECONDS: u32 = 2 * 86_400;

/// Tells what stands in the way.
#[derive(Debug, Clone)]
pub struct Barriers {
    client: Client,
    ledger: String,
}

/// A count, and how far it may go.
struct Count {
    barrier: Barrier,
    key: Key,
    most: u32,
    kept_seconds: u32,
}

impl Barriers {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, ledger: tables.ledger.clone() }
    }

    /// Counts one more, on the conditions that nothing stands in the way: the barriers beside their actions, in their
    /// order.
    pub(crate) fn pass(
        &self,
        counted: &Counted,
        now: u32,
    ) -> Result<Vec<(Barrier, TransactWriteItem)>, PortError> {
        let mut actions = Vec::new();
        for key in barred(counted) {
            actions.push((Barrier::Unwritten, check_absent(&self.ledger, &key)?));
        }
        for count in counts(counted) {
            let room = Change::on("attribute_not_exists(#count) OR #count < :most", &[COUNT])
                .with("most", number(count.most))
                .add_one(COUNT, true)
                .set(EXPIRES_AT, number(now + count.kept_seconds));
            actions.push((count.barrier, update(&self.ledger, &count.key, &room)?));
        }
        Ok(actions)
    }
}

/// What must not be there. A company that stopped our mails wants no applications that no offer asked for.
fn barred(counted: &Counted) -> Vec<Key> {
    let mut barred = vec![keys::suppressed(&counted.recruiter)];
    if counted.offer_id.is_none() {
        barred.push(keys::stopped(&counted.recruiter));
    }
    barred
}

/// Of what the applications of a person for one thing are counted.
fn per_target(person: &str, target: &str) -> String {
    format!("target#{person}#{target}")
}

fn counts(counted: &Counted) -> Vec<Count> {
    let Counted { person, day, target, caller, siret, .. } = counted;
    let count = |barrier, of: String, most, kept_seconds| Count {
        barrier,
        key: keys::count(&of),
        most,
        kept_seconds,
    };
    let mut counts = vec![
        count(Barrier::PerDay, format!("day#{person}#{day}"), MAX_PER_DAY, DAY_SECONDS),
        count(Barrier::PerTarget, per_target(person, target), MAX_PER_TARGET, KEPT_SECONDS),
        count(Barrier::PerCaller, format!("caller#{caller}#{siret}#{day}"), MAX_PER_CALLER, DAY_SECONDS),
    ];
    let per_offer =
        |offer: &String| count(Barrier::PerOffer, format!("offer#{offer}"), MAX_PER_OFFER, KEPT_SECONDS);
    counts.extend(counted.offer_id.as_ref().map(per_offer));
    counts
}

#[async_trait]
impl ReleaseCount for Barriers {
    async fn release_count(&self, person: &str, target: &str, now: u32) -> Result<(), PortError> {
        let sent = self
            .client
            .delete_item()
            .table_name(&self.ledger)
            .set_key(Some(keys::count(&per_target(person, target)).attributes()))
            .condition_expression("expires_at <= :now")
            .expression_attribute_values(":now", number(now))
            .send()
            .await;
        on_condition("let a count go", sent, DeleteItemError::is_conditional_check_failed_exception).map(drop)
    }
}

#[async_trait]
impl FindBarriers for Barriers {
    async fn find_barriers(&self, counted: &Counted) -> Result<InTheWay, PortError> {
        let (barred, counts) = (barred(counted), counts(counted));
        let keys = barred.iter().chain(counts.iter().map(|count| &count.key)).map(Key::attributes);
        let asked = KeysAndAttributes::builder().set_keys(Some(keys.collect())).consistent_read(true).build();
        let asked = asked.map_err(|error| PortError::new(FIND, error))?;
        let got = self.client.batch_get_item().request_items(&self.ledger, asked).send().await;
        let got = got.map_err(|error| PortError::new(FIND, error))?;
        // Six small items: what throttling left out is looked at by the write itself.
        let items = got.responses().and_then(|tables| tables.get(&self.ledger)).map(Vec::as_slice);
        let found: HashMap<Key, &Item> =
            items.unwrap_or_default().iter().filter_map(|item| Some((Key::of(item).ok()?, item))).collect();
        let mut in_the_way = InTheWay::default();
        if barred.iter().any(|key| found.contains_key(key)) {
            in_the_way.barriers.push(Barrier::Unwritten);
        }
        for count in counts {
            let Some(item) = found.get(&count.key) else { continue };
            let reached = get_number(item, COUNT).map_err(|error| PortError::new(FIND, error))?;
            if count.barrier == Barrier::PerOffer {
                in_the_way.of_offer = reached;
            }
            if reached >= u64::from(count.most) {
                in_the_way.barriers.push(count.barrier);
            }
        }
        Ok(in_the_way)
    }
}

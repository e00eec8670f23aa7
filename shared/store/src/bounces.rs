//! Addresses that are written to no more, and how our mails fare.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use domain::event::BounceReason;
use domain::mail::address_hash;
use usecases::ports::{Bounce, CountSent, PortError, ReadReputation, RecordBounce, Reputation};

use crate::attributes::{EXPIRES_AT, Item, get_number, number, text};
use crate::change::Change;
use crate::consequences::event;
use crate::keys::{self, Key, REPUTATION};
use crate::tables::Tables;
use crate::transact::{Condition, Outcome, put, put_if, transact, update};

const RECORD: &str = "record a bounce";
const READ: &str = "read how mails fare";
const COUNT: &str = "count mails that were sent";
const SENT: &str = "sent";
const BOUNCED: &str = "bounced";
const COMPLAINED: &str = "complained";
const HOUR_SECONDS: u32 = 3_600;
const DAY_SECONDS: u32 = 86_400;
/// How long a word of the provider is remembered, in seconds: longer than any queue holds it.
const HEARD_SECONDS: u32 = 30 * DAY_SECONDS;

/// Records bounces, counts mails.
#[derive(Debug, Clone)]
pub struct Bounces {
    client: Client,
    ledger: String,
}

impl Bounces {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, ledger: tables.ledger.clone() }
    }

    fn suppression(&self, bounce: &Bounce) -> Result<TransactWriteItem, PortError> {
        let hash = address_hash(&bounce.address);
        let (key, word) = match bounce.reason {
            BounceReason::HardBounce => (keys::suppressed(&hash), "hard_bounce"),
            BounceReason::Complaint => (keys::suppressed(&hash), "complaint"),
            BounceReason::Unsubscribed => (keys::stopped(&hash), "unsubscribed"),
        };
        put(&self.ledger, barred(&key, word, bounce.now))
    }

    fn count(&self, counter: &'static str, now: u32) -> Result<TransactWriteItem, PortError> {
        let change = Change::default().add_one(counter, true).set(EXPIRES_AT, kept_until(now));
        update(&self.ledger, &keys::returned(now / HOUR_SECONDS), &change)
    }
}

/// That an address is not written to.
pub(crate) fn barred(key: &Key, reason: &str, since: u32) -> Item {
    let mut item = key.attributes();
    item.insert("reason".to_owned(), text(reason));
    item.insert("since".to_owned(), number(since));
    item
}

/// TTL of an hour's counts.
fn kept_until(now: u32) -> AttributeValue {
    number(now + 7 * DAY_SECONDS)
}

#[async_trait]
impl RecordBounce for Bounces {
    async fn record_bounce(&self, bounce: &Bounce) -> Result<bool, PortError> {
        let mut heard = keys::heard(&bounce.dedupe).attributes();
        heard.insert(EXPIRES_AT.to_owned(), number(bounce.now + HEARD_SECONDS));
        let mut actions = vec![put_if(&self.ledger, heard, Condition::Absent)?, self.suppression(bounce)?];
        match bounce.reason {
            BounceReason::HardBounce => actions.push(self.count(BOUNCED, bounce.now)?),
            BounceReason::Complaint => actions.push(self.count(COMPLAINED, bounce.now)?),
            BounceReason::Unsubscribed => {}
        }
        if let Some(message) = &bounce.event {
            actions.push(put(&self.ledger, event(message, bounce.now)?)?);
        }
        Ok(matches!(transact(&self.client, RECORD, actions).await?, Outcome::Written))
    }
}

#[async_trait]
impl ReadReputation for Bounces {
    async fn reputation(&self, now: u32) -> Result<Reputation, PortError> {
        let since = keys::sent((now / HOUR_SECONDS).saturating_sub(23));
        let page = self
            .client
            .query()
            .table_name(&self.ledger)
            .key_condition_expression("pk = :pk AND sk >= :since")
            .expression_attribute_values(":pk", text(REPUTATION))
            .expression_attribute_values(":since", text(since.sort))
            .send()
            .await
            .map_err(|error| PortError::new(READ, error))?;
        let sum = |name: &'static str| {
            let counts = page.items().iter().map(|item: &Item| get_number(item, name));
            counts.sum::<Result<u64, _>>().map_err(|error| PortError::new(READ, error))
        };
        Ok(Reputation { sent: sum(SENT)?, bounced: sum(BOUNCED)?, complained: sum(COMPLAINED)? })
    }
}

#[async_trait]
impl CountSent for Bounces {
    async fn count_sent(&self, sent: u32, now: u32) -> Result<(), PortError> {
        let counted = self
            .client
            .update_item()
            .table_name(&self.ledger)
            .set_key(Some(keys::sent(now / HOUR_SECONDS).attributes()))
            .update_expression("ADD sent :sent SET expires_at = :expires_at")
            .expression_attribute_values(":sent", number(sent))
            .expression_attribute_values(":expires_at", kept_until(now))
            .send()
            .await;
        counted.map(drop).map_err(|error| PortError::new(COUNT, error))
    }
}

//! Records of requests that must have one effect.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use usecases::ports::{
    Claim, ClaimRequest, FindRequest, Known, PortError, ReleaseRequest, RequestKey, StoredAnswer,
};

use crate::attributes::{BadItem, EXPIRES_AT, Item, get_bytes, get_number, get_text, number, text};
use crate::expression::{Expression, on_condition};
use crate::keys;
use crate::tables::Tables;

pub(crate) const STATE: &str = "state";
pub(crate) const RUNNING: &str = "running";
pub(crate) const ANSWERED: &str = "answered";
pub(crate) const BODY_HASH: &str = "body_hash";
pub(crate) const ANSWER: &str = "answer";
pub(crate) const STATUS: &str = "status";
pub(crate) const ETAG: &str = "etag";
const HOLDER: &str = "holder";
const UNTIL: &str = "until";
const FIND: &str = "find the record of a request";
const CLAIM: &str = "claim a request";
/// How long a claim that nobody gave back is kept, in seconds; it counts for a few.
const CLAIM_KEPT_SECONDS: u32 = 3_600;

/// Finds, claims and releases requests.
#[derive(Debug, Clone)]
pub struct Requests {
    client: Client,
    ledger: String,
}

impl Requests {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, ledger: tables.ledger.clone() }
    }
}

#[async_trait]
impl FindRequest for Requests {
    async fn find_request(&self, key: &RequestKey, now: u32) -> Result<Option<Known>, PortError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.ledger)
            .set_key(Some(keys::request(key.as_str()).attributes()))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        got.item().map_or(Ok(None), |item| known(item, now)).map_err(|error| PortError::new(FIND, error))
    }
}

#[async_trait]
impl ClaimRequest for Requests {
    async fn claim_request(&self, claim: &Claim) -> Result<Option<Known>, PortError> {
        let mut item = keys::request(claim.key.as_str()).attributes();
        item.insert(STATE.to_owned(), text(RUNNING));
        item.insert(BODY_HASH.to_owned(), text(&claim.body_hash));
        item.insert(HOLDER.to_owned(), text(&claim.holder));
        item.insert(UNTIL.to_owned(), number(claim.until));
        item.insert(EXPIRES_AT.to_owned(), number(claim.until + CLAIM_KEPT_SECONDS));
        let free = Expression::new(
            "attribute_not_exists(pk) OR #expires_at <= :now OR (#state = :running AND #until <= :now)",
            &["expires_at", "state", "until"],
        )
        .with("now", number(claim.now))
        .with("running", text(RUNNING));
        let sent = self
            .client
            .put_item()
            .table_name(&self.ledger)
            .set_item(Some(item))
            .condition_expression(free.text)
            .set_expression_attribute_names(free.names())
            .set_expression_attribute_values(free.values())
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        let Err(error) = sent else { return Ok(None) };
        let Some(PutItemError::ConditionalCheckFailedException(failed)) = error.as_service_error() else {
            return Err(PortError::new(CLAIM, error));
        };
        let there = failed.item().ok_or_else(|| PortError::new(CLAIM, "the record is gone"))?;
        if get_text(there, HOLDER).is_ok_and(|holder| holder == claim.holder) {
            // An earlier try was written and its answer lost.
            return Ok(None);
        }
        known(there, claim.now).map_err(|error| PortError::new(CLAIM, error))
    }
}

#[async_trait]
impl ReleaseRequest for Requests {
    async fn release_request(&self, claim: &Claim) -> Result<(), PortError> {
        let ours = Expression::new("#state = :running AND #holder = :holder", &["state", "holder"])
            .with("running", text(RUNNING))
            .with("holder", text(&claim.holder));
        let sent = self
            .client
            .delete_item()
            .table_name(&self.ledger)
            .set_key(Some(keys::request(claim.key.as_str()).attributes()))
            .condition_expression(ours.text)
            .set_expression_attribute_names(ours.names())
            .set_expression_attribute_values(ours.values())
            .send()
            .await;
        on_condition("release a request", sent, DeleteItemError::is_conditional_check_failed_exception)
            .map(drop)
    }
}

/// What a record says at `now`; none where it says nothing any more.
fn known(item: &Item, now: u32) -> Result<Option<Known>, BadItem> {
    let at = |name| get_number(item, name).map(|at| u32::try_from(at).unwrap_or(u32::MAX));
    let body_hash = get_text(item, BODY_HASH)?.to_owned();
    if get_text(item, STATE)? == RUNNING {
        let until = at(UNTIL)?;
        return Ok((until > now).then_some(Known::Running { body_hash, until }));
    }
    if at(EXPIRES_AT)? <= now {
        return Ok(None);
    }
    let unpacked = zstd::decode_all(get_bytes(item, ANSWER)?).map_err(|_| BadItem(ANSWER))?;
    let body = String::from_utf8(unpacked).map_err(|_| BadItem(ANSWER))?;
    let status = u16::try_from(get_number(item, STATUS)?).map_err(|_| BadItem(STATUS))?;
    let etag = item.contains_key(ETAG).then(|| get_text(item, ETAG)).transpose()?.map(str::to_owned);
    Ok(Some(Known::Answered { body_hash, answer: StoredAnswer { status, body, etag } }))
}

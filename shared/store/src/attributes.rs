//! Attributes in and out of items.

use std::collections::HashMap;
use std::fmt::Display;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::rome::{RomeCode, Romes};
use search::rank::Rank;
use usecases::ingest::ContentHash;
use usecases::ports::{Filed, Listing};

/// An item as `DynamoDB` gives it.
pub(crate) type Item = HashMap<String, AttributeValue>;

pub(crate) const PK: &str = "pk";
pub(crate) const SK: &str = "sk";
pub(crate) const RANK: &str = "rank";
pub(crate) const CARD: &str = "card";
pub(crate) const EXPIRES_AT: &str = "expires_at";
pub(crate) const HASH: &str = "hash";
pub(crate) const ROMES: &str = "romes";
pub(crate) const CHANGED_AT: &str = "changed_at";
pub(crate) const ORDER: &str = "order";
pub(crate) const DEPARTEMENT: &str = "departement";
pub(crate) const DETAIL_VIEWS: &str = "stats_detail_view";

/// An item is not of the form that its reader expects: something else wrote it.
#[derive(Debug, thiserror::Error)]
#[error("an item has no sound attribute {0}")]
pub(crate) struct BadItem(pub(crate) &'static str);

pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

pub(crate) fn bytes(value: impl Into<Vec<u8>>) -> AttributeValue {
    AttributeValue::B(Blob::new(value))
}

pub(crate) fn number(value: impl Display) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// Trades as one text: `D1102,D1104`.
pub(crate) fn romes(romes: impl Iterator<Item = RomeCode>) -> AttributeValue {
    text(romes.map(|rome| rome.to_string()).collect::<Vec<_>>().join(","))
}

pub(crate) fn get_text<'a>(item: &'a Item, name: &'static str) -> Result<&'a str, BadItem> {
    item.get(name).and_then(|value| value.as_s().ok()).map(String::as_str).ok_or(BadItem(name))
}

pub(crate) fn get_bytes<'a>(item: &'a Item, name: &'static str) -> Result<&'a [u8], BadItem> {
    item.get(name).and_then(|value| value.as_b().ok()).map(AsRef::as_ref).ok_or(BadItem(name))
}

/// Takes the text out of the item, so that it is not copied.
pub(crate) fn take_text(item: &mut Item, name: &'static str) -> Result<String, BadItem> {
    match item.remove(name) {
        Some(AttributeValue::S(text)) => Ok(text),
        _ => Err(BadItem(name)),
    }
}

/// Takes the bytes out of the item, so that a card is not copied.
pub(crate) fn take_bytes(item: &mut Item, name: &'static str) -> Result<Vec<u8>, BadItem> {
    match item.remove(name) {
        Some(AttributeValue::B(blob)) => Ok(blob.into_inner()),
        _ => Err(BadItem(name)),
    }
}

/// A whole number, or zero where it is absent.
pub(crate) fn get_number(item: &Item, name: &'static str) -> Result<u64, BadItem> {
    match item.get(name) {
        None => Ok(0),
        Some(AttributeValue::N(digits)) => digits.parse().map_err(|_| BadItem(name)),
        Some(_) => Err(BadItem(name)),
    }
}

pub(crate) fn get_hash(item: &Item) -> Result<ContentHash, BadItem> {
    ContentHash::from_bytes(get_bytes(item, HASH)?).ok_or(BadItem(HASH))
}

pub(crate) fn get_rank(item: &Item) -> Result<Rank, BadItem> {
    Rank::unpack(get_bytes(item, RANK)?).map_err(|_| BadItem(RANK))
}

pub(crate) fn get_romes(item: &Item) -> Result<Vec<RomeCode>, BadItem> {
    get_text(item, ROMES)?.split(',').map(|rome| rome.parse().map_err(|_| BadItem(ROMES))).collect()
}

/// Where an item says that its postings are filed; none for an item without postings.
pub(crate) fn get_filed(item: &Item) -> Result<Option<Filed>, BadItem> {
    if !item.contains_key(RANK) {
        return Ok(None);
    }
    let romes = Romes::try_from(get_romes(item)?).map_err(|_| BadItem(ROMES))?;
    let changed_at = u32::try_from(get_number(item, CHANGED_AT)?).map_err(|_| BadItem(CHANGED_AT))?;
    Ok(Some(Filed { romes, rank: get_rank(item)?, listing: get_listing(item)?, changed_at }))
}

fn get_listing(item: &Item) -> Result<Option<Listing>, BadItem> {
    if !item.contains_key(ORDER) {
        return Ok(None);
    }
    let departement = match item.get(DEPARTEMENT) {
        None => None,
        Some(_) => Some(get_text(item, DEPARTEMENT)?.parse().map_err(|_| BadItem(DEPARTEMENT))?),
    };
    Ok(Some(Listing { order: get_text(item, ORDER)?.to_owned(), departement }))
}

/// Adds to `item` where its postings are filed.
pub(crate) fn set_filed(item: &mut Item, filed: &Filed) {
    item.insert(RANK.to_owned(), bytes(filed.rank.pack()));
    item.insert(ROMES.to_owned(), romes(filed.romes.iter()));
    item.insert(CHANGED_AT.to_owned(), number(filed.changed_at));
    if let Some(listing) = &filed.listing {
        item.insert(ORDER.to_owned(), text(&listing.order));
        if let Some(departement) = listing.departement {
            item.insert(DEPARTEMENT.to_owned(), text(departement.to_string()));
        }
    }
}

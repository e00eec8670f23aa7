//! What applications and appointments have in common: how they are stored, facts that change, and the list of whoever
//! follows them, in the order of their last change.

use std::str::FromStr;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::person::Person;
use jiff::Timestamp;
use search::keys::date_asc;
use serde::Serialize;
use serde::de::DeserializeOwned;
use usecases::ingest::ContentHash;
use usecases::kept::expires_at;
use usecases::ports::{CommitError, Consequences, PortError, Standing};

use crate::attributes::{
    BadItem, EXPIRES_AT, HASH, Item, SK, bytes, get_bytes, get_hash, get_text, number, text,
};
use crate::change::Change;
use crate::consequences::refusal;
use crate::keys::Key;
use crate::transact::{Outcome, delete, put, transact};

/// What names nobody.
pub(crate) const FACTS: &str = "facts";
/// What was written, sealed.
pub(crate) const LETTER: &str = "letter";
/// The hash of the address of who wrote it.
pub(crate) const PERSON: &str = "person";

/// An item of what a person wrote.
pub(crate) fn entered<T: Serialize>(
    what: &'static str,
    key: &Key,
    facts: &T,
    (person, letter): (&Person, &[u8]),
    created_at: Timestamp,
) -> Result<Item, PortError> {
    let (json, hash) = written(what, facts)?;
    let mut item = key.attributes();
    item.insert(FACTS.to_owned(), text(json));
    item.insert(HASH.to_owned(), bytes(hash.as_bytes()));
    item.insert(PERSON.to_owned(), text(&person.hash));
    item.insert(LETTER.to_owned(), bytes(letter));
    item.insert(EXPIRES_AT.to_owned(), number(expires_at(created_at)));
    Ok(item)
}

/// An item that leads to one that was written then, for as long as that is there.
pub(crate) fn leading(table: &str, key: &Key, created_at: Timestamp) -> Result<TransactWriteItem, PortError> {
    let mut item = key.attributes();
    item.insert(EXPIRES_AT.to_owned(), number(expires_at(created_at)));
    put(table, item)
}

/// What such an item holds, whatever its time; none where it is there no more. Strongly consistent.
pub(crate) async fn find<Id, Facts: DeserializeOwned>(
    what: &'static str,
    client: &Client,
    table: &str,
    key: &Key,
    id: Id,
) -> Result<Option<Standing<Id, Facts>>, PortError> {
    let got = client
        .get_item()
        .table_name(table)
        .set_key(Some(key.attributes()))
        .consistent_read(true)
        .send()
        .await
        .map_err(|error| PortError::new(what, error))?;
    got.item().map(|item| stored(id, item)).transpose().map_err(|error| PortError::new(what, error))
}

fn stored<Id, Facts: DeserializeOwned>(id: Id, item: &Item) -> Result<Standing<Id, Facts>, BadItem> {
    let personal = match item.get(PERSON) {
        None => None,
        Some(_) => Some((get_text(item, PERSON)?.to_owned(), get_bytes(item, LETTER)?.to_vec())),
    };
    let facts = serde_json::from_str(get_text(item, FACTS)?).map_err(|_| BadItem(FACTS))?;
    Ok(Standing { id, facts, hash: get_hash(item)?, personal })
}

/// To these facts, on the condition that says that the item is as `seen`.
pub(crate) fn restated<T: Serialize>(
    what: &'static str,
    change: Change,
    seen: ContentHash,
    facts: &T,
) -> Result<Change, PortError> {
    let (json, hash) = written(what, facts)?;
    let change = change.with("seen", bytes(seen.as_bytes()));
    Ok(change.set(FACTS, text(json)).set(HASH, bytes(hash.as_bytes())))
}

/// From one place in a list to another, where they differ.
pub(crate) fn relisted(
    table: &str,
    old: &Key,
    new: &Key,
    created_at: Timestamp,
) -> Result<Vec<TransactWriteItem>, PortError> {
    if old == new { Ok(Vec::new()) } else { Ok(vec![delete(table, old)?, leading(table, new, created_at)?]) }
}

/// Facts as they are stored, and what must still be there when they are changed.
fn written<T: Serialize>(what: &'static str, facts: &T) -> Result<(String, ContentHash), PortError> {
    let json = serde_json::to_string(facts).map_err(|error| PortError::new(what, error))?;
    let hash = ContentHash::of_text(&json);
    Ok((json, hash))
}

/// What a partition lists from an instant on, in seconds since 1970, or after a mark: the marks and the ids in them.
pub(crate) async fn listed_since<Id: FromStr>(
    what: &'static str,
    client: &Client,
    table: &str,
    partition: String,
    since: u32,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<(String, Id)>, PortError> {
    // Above every key that begins like the mark, since each ends with an id.
    let from = after.map_or_else(|| date_asc(since), |mark| format!("{mark}~"));
    let page = client
        .query()
        .table_name(table)
        .key_condition_expression("pk = :pk AND sk >= :from")
        .expression_attribute_values(":pk", text(partition))
        .expression_attribute_values(":from", text(from))
        .limit(i32::try_from(limit).unwrap_or(i32::MAX))
        .send()
        .await
        .map_err(|error| PortError::new(what, error))?;
    let mark = |item: &Item| {
        let sort = get_text(item, SK)?;
        let id = sort.split_once('#').and_then(|(_, id)| id.parse().ok()).ok_or(BadItem(SK))?;
        Ok((sort.to_owned(), id))
    };
    let marks: Result<_, BadItem> = page.items().iter().map(mark).collect();
    marks.map_err(|error| PortError::new(what, error))
}

/// Writes a change whose own actions come after the `first` ones, which are what follows from it. False where somebody else
/// was first.
pub(crate) async fn commit_change(
    what: &'static str,
    client: &Client,
    actions: Vec<TransactWriteItem>,
    first: usize,
    consequences: &Consequences,
) -> Result<bool, PortError> {
    match transact(client, what, actions).await? {
        Outcome::Written => Ok(true),
        Outcome::ConditionFailed { at, .. } if at < first => match refusal(consequences, at) {
            // A mail of the same cause: somebody else has just made the same change.
            Some(CommitError::Overtaken) | None => Ok(false),
            Some(error) => Err(error.unexpected(what)),
        },
        Outcome::ConditionFailed { .. } => Ok(false),
    }
}

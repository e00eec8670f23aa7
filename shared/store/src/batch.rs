//! Items of many keys at once.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::KeysAndAttributes;
use futures::stream::{self, StreamExt, TryStreamExt};
use usecases::ports::PortError;

use crate::attributes::Item;
use crate::keys::Key;

/// Keys of one call.
const MAX_KEYS: usize = 100;
/// Calls under way at once.
const IN_FLIGHT: usize = 16;
/// How often the keys that throttling left out are asked for again: the waits add up to some three seconds.
const TRIES: u32 = 7;
const FIRST_WAIT: Duration = Duration::from_millis(50);

/// The items of these keys, eventually consistent; those that are not there are left out. A key may be named twice.
pub(crate) async fn get_all(
    client: &Client,
    table: &str,
    keys: impl IntoIterator<Item = Key>,
    operation: &'static str,
) -> Result<HashMap<Key, Item>, PortError> {
    let mut known = HashSet::new();
    let keys: Vec<Key> = keys.into_iter().filter(|key| known.insert(key.clone())).collect();
    // Owned, so that the future borrows nothing of a list that it is made from.
    let calls: Vec<Vec<Item>> =
        keys.chunks(MAX_KEYS).map(|keys| keys.iter().map(Key::attributes).collect()).collect();
    let calls = calls.into_iter().map(|keys| get(client, table, keys, operation));
    let found: Vec<Vec<Item>> = stream::iter(calls).buffer_unordered(IN_FLIGHT).try_collect().await?;
    let keyed = |item: Item| Ok((Key::of(&item).map_err(|error| PortError::new(operation, error))?, item));
    found.into_iter().flatten().map(keyed).collect()
}

async fn get(
    client: &Client,
    table: &str,
    keys: Vec<Item>,
    operation: &'static str,
) -> Result<Vec<Item>, PortError> {
    let mut left = keys;
    let mut found = Vec::new();
    let mut wait = FIRST_WAIT;
    for _ in 0..TRIES {
        let asked = KeysAndAttributes::builder().set_keys(Some(left)).build();
        let asked = asked.map_err(|error| PortError::new(operation, error))?;
        let got = client.batch_get_item().request_items(table, asked).send().await;
        let got = got.map_err(|error| PortError::new(operation, error))?;
        found.extend(got.responses.and_then(|mut tables| tables.remove(table)).unwrap_or_default());
        let unread = got.unprocessed_keys.and_then(|mut tables| tables.remove(table));
        left = unread.map(|unread| unread.keys).unwrap_or_default();
        if left.is_empty() {
            return Ok(found);
        }
        tokio::time::sleep(wait).await;
        wait *= 2;
    }
    Err(PortError::new(operation, "the store left keys out again and again"))
}

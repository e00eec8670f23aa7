//! What applications and appointments have in common: facts that change, and the list of whoever follows them, in the order
//! of their last change.

use std::str::FromStr;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::TransactWriteItem;
use search::keys::date_asc;
use serde::Serialize;
use usecases::ingest::ContentHash;
use usecases::ports::{CommitError, Consequences, PortError};

use crate::attributes::{BadItem, Item, SK, get_text, text};
use crate::consequences::refusal;
use crate::transact::{Outcome, transact};

/// Facts as they are stored, and what must still be there when they are changed.
pub(crate) fn written<T: Serialize>(
    what: &'static str,
    facts: &T,
) -> Result<(String, ContentHash), PortError> {
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

//! Ranges of postings, for searches.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{ConsumedCapacity, ReturnConsumedCapacity};
use search::keys;
use search::port::{KeyRange, Page, Postings, ReadError, Row};

use crate::attributes::{
    BadItem, CARD, EXPIRES_AT, Item, PK, RANK, ROMES, SK, get_rank, get_romes, take_bytes, take_text, text,
};
use crate::tables::Tables;

/// A read is billed by so many bytes, half a unit each when eventually consistent.
const UNIT: usize = 4096;
/// What a number of ten digits takes.
const EPOCH_SECONDS: usize = 6;

/// Reads ranges of postings.
#[derive(Debug, Clone)]
pub struct DynamoPostings {
    client: Client,
    table: String,
    reports_capacity: bool,
}

impl DynamoPostings {
    /// Over these tables. `reports_capacity` says whether the store tells what a read consumed: some emulators
    /// do not, and then it is computed from the bytes read.
    pub fn new(client: Client, tables: &Tables, reports_capacity: bool) -> Self {
        Self { client, table: tables.postings.clone(), reports_capacity }
    }
}

#[async_trait]
impl Postings for DynamoPostings {
    async fn read(&self, range: &KeyRange) -> Result<Page, ReadError> {
        let failed = |source| ReadError { partition: range.partition.clone(), source };
        let limit = range.limit as usize;
        let mut page = Page::default();
        let mut start = None;
        loop {
            let output = self
                .client
                .query()
                .table_name(&self.table)
                .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
                .projection_expression("sk, #rank, #card, romes")
                .expression_attribute_names("#rank", RANK)
                .expression_attribute_names("#card", CARD)
                .expression_attribute_values(":pk", text(&range.partition))
                .expression_attribute_values(":from", text(&range.from))
                .expression_attribute_values(":to", text(&range.to))
                .limit(i32::try_from(limit - page.rows.len()).unwrap_or(i32::MAX).max(1))
                .set_exclusive_start_key(start.take())
                .return_consumed_capacity(if self.reports_capacity {
                    ReturnConsumedCapacity::Total
                } else {
                    ReturnConsumedCapacity::None
                })
                .send()
                .await
                .map_err(|error| failed(error.into()))?;
            let reported = output.consumed_capacity().and_then(ConsumedCapacity::capacity_units);
            let mut bytes = 0;
            for item in output.items.unwrap_or_default() {
                let row = row(item).map_err(|error| failed(error.into()))?;
                bytes += stored_size(&range.partition, &row);
                page.rows.push(row);
            }
            page.calls += 1;
            page.rru += reported.unwrap_or_else(|| units(bytes));
            start = output.last_evaluated_key;
            page.cut = start.is_some();
            if start.is_none() || page.rows.len() >= limit {
                return Ok(page);
            }
        }
    }
}

fn row(mut item: Item) -> Result<Row, BadItem> {
    let sort_key = take_text(&mut item, SK)?;
    let id = keys::id_of(&sort_key).ok_or(BadItem(SK))?.to_owned();
    let rank = get_rank(&item)?;
    let romes = item.contains_key(ROMES).then(|| get_romes(&item)).transpose()?;
    Ok(Row { id, rank, romes, card: take_bytes(&mut item, CARD)?, sort_key })
}

/// The bytes of a row by which reading it is billed: names and values of all its attributes.
fn stored_size(partition: &str, row: &Row) -> usize {
    let expiry = if row.rank.expires_at.is_some() { EXPIRES_AT.len() + EPOCH_SECONDS } else { 0 };
    let rank = RANK.len() + row.rank.packed_size();
    // Five letters each, and a comma between two.
    let romes = row.romes.as_ref().map_or(0, |romes| ROMES.len() + romes.len() * 6 - 1);
    let card = CARD.len() + row.card.len();
    PK.len() + partition.len() + SK.len() + row.sort_key.len() + rank + romes + card + expiry
}

/// What `DynamoDB` bills for one page read with eventual consistency.
fn units(bytes: usize) -> f64 {
    0.5 * bytes.div_ceil(UNIT).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_page_costs_half_a_unit() {
        assert!((units(0) - 0.5).abs() < f64::EPSILON);
    }

    #[test]
    fn a_page_is_billed_as_a_whole_and_not_row_by_row() {
        assert!((units(4096) - 0.5).abs() < f64::EPSILON);
        assert!((units(4097) - 1.0).abs() < f64::EPSILON);
    }
}

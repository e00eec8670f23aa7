//! What calls of the store come to.

use std::collections::HashMap;
use std::ops::{Add, Sub};

use aws_sdk_dynamodb::types::{AttributeValue, CancellationReason, TransactWriteItem};
use serde::{Deserialize, Serialize};

/// Bytes that one write unit pays for.
const UNIT_BYTES: usize = 1_024;

/// Calls and units. Each attempt is a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Spent {
    /// Items got and pages queried.
    pub(crate) reads: u64,
    /// Items put or deleted alone.
    pub(crate) writes: u64,
    /// Transactions, cancelled ones included.
    pub(crate) transactions: u64,
    /// Read units, as the store told them.
    pub(crate) rru: f64,
    /// Write units of what was written, as the store told them.
    pub(crate) wru: f64,
    /// Write units of what was refused: computed, as if all of it had been written, so a bound from above.
    pub(crate) refused_wru: f64,
    /// Transactions cancelled since the establishment was no longer as read.
    pub(crate) overtaken: u64,
    /// Transactions cancelled since the request had its answer already.
    pub(crate) answered: u64,
    /// Transactions cancelled since the partner's name for the offer was taken.
    pub(crate) taken: u64,
    /// Transactions cancelled since another one was under way on the same item.
    pub(crate) conflicts: u64,
    /// Calls that failed otherwise.
    pub(crate) failed: u64,
}

impl Spent {
    /// All calls.
    pub(crate) fn calls(self) -> u64 {
        self.reads + self.writes + self.transactions
    }

    /// All write units: told and computed.
    pub(crate) fn all_wru(self) -> f64 {
        self.wru + self.refused_wru
    }

    fn with(self, other: Self, count: fn(u64, u64) -> u64, units: fn(f64, f64) -> f64) -> Self {
        Self {
            reads: count(self.reads, other.reads),
            writes: count(self.writes, other.writes),
            transactions: count(self.transactions, other.transactions),
            rru: units(self.rru, other.rru),
            wru: units(self.wru, other.wru),
            refused_wru: units(self.refused_wru, other.refused_wru),
            overtaken: count(self.overtaken, other.overtaken),
            answered: count(self.answered, other.answered),
            taken: count(self.taken, other.taken),
            conflicts: count(self.conflicts, other.conflicts),
            failed: count(self.failed, other.failed),
        }
    }
}

impl Add for Spent {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.with(other, u64::wrapping_add, f64::add)
    }
}

impl Sub for Spent {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.with(other, u64::saturating_sub, f64::sub)
    }
}

/// What a cancelled transaction comes to: the reason is the first action that has one, as the store adapter takes it.
pub(crate) fn why(actions: &[TransactWriteItem], reasons: &[CancellationReason]) -> Spent {
    let items = actions.iter().filter_map(|action| action.put().map(aws_sdk_dynamodb::types::Put::item));
    let spent = Spent { transactions: 1, refused_wru: written_units(items), ..Spent::default() };
    let coded = |wanted: &str| reasons.iter().position(|reason| reason.code() == Some(wanted));
    if coded("TransactionConflict").is_some() {
        return Spent { conflicts: 1, ..spent };
    }
    let failed = coded("ConditionalCheckFailed").and_then(|at| actions.get(at)).and_then(partition);
    match failed.and_then(|partition| partition.split('#').next()) {
        Some("recruiter") => Spent { overtaken: 1, ..spent },
        Some("request") => Spent { answered: 1, ..spent },
        Some("own-reference") => Spent { taken: 1, ..spent },
        _ => Spent { failed: 1, ..spent },
    }
}

fn partition(action: &TransactWriteItem) -> Option<&str> {
    action.put()?.item().get("pk")?.as_s().ok().map(String::as_str)
}

/// Write units of these items in a transaction: each twice, and each by itself.
pub(crate) fn written_units<'a>(items: impl IntoIterator<Item = &'a HashMap<String, AttributeValue>>) -> f64 {
    items.into_iter().map(|item| 2.0 * size(item).div_ceil(UNIT_BYTES).max(1) as f64).sum()
}

/// Bytes of an item of texts, numbers and bytes, as `DynamoDB` counts them.
fn size(item: &HashMap<String, AttributeValue>) -> usize {
    let value = |value: &AttributeValue| match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(digits) => digits.len().div_ceil(2) + 1,
        AttributeValue::B(bytes) => bytes.as_ref().len(),
        _ => 0,
    };
    item.iter().map(|(name, of)| name.len() + value(of)).sum()
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "small whole numbers")]
mod tests {
    use aws_sdk_dynamodb::types::Put;

    use super::*;

    fn put(partition: &str, bytes: usize) -> TransactWriteItem {
        let put = Put::builder()
            .table_name("records")
            .item("pk", AttributeValue::S(partition.to_owned()))
            .item("card", AttributeValue::B(vec![0; bytes].into()));
        TransactWriteItem::builder().put(put.build().unwrap()).build()
    }

    fn reasons(codes: [&str; 3]) -> Vec<CancellationReason> {
        codes.map(|code| CancellationReason::builder().code(code).build()).to_vec()
    }

    #[test]
    fn a_cancelled_transaction_costs_as_if_it_were_written_and_its_first_reason_counts() {
        let actions = [put("request#a", 10), put("recruiter#p#e", 1_100), put("own-reference#p#r", 10)];
        let failed = "ConditionalCheckFailed";
        let spent = why(&actions, &reasons(["None", failed, failed]));
        assert_eq!((spent.overtaken, spent.taken, spent.refused_wru), (1, 0, 8.0));
        assert_eq!(why(&actions, &reasons([failed, failed, "None"])).answered, 1);
        assert_eq!(why(&actions, &reasons(["None", failed, "TransactionConflict"])).conflicts, 1);
    }
}

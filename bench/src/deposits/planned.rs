//! What a call is to write, kept beside it until it is known whether it was written: the client forgets it once it is sent.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, CancellationReason, TransactWriteItem};
use aws_smithy_types::config_bag::{Storable, StoreReplace};

use super::spent::Spent;

type Item = HashMap<String, AttributeValue>;

/// Bytes that one write unit pays for.
const UNIT_BYTES: usize = 1_024;

/// What a call is to write.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Planned {
    /// Write units, if it is written.
    units: f64,
    /// What each action is about.
    about: Vec<About>,
}

impl Storable for Planned {
    type Storer = StoreReplace<Self>;
}

/// What an action is about, as far as its condition may fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// The answer of the request.
    Request,
    /// An establishment, or an offer of it.
    Recruiter,
    /// A partner's name for an offer.
    Reference,
    Other,
}

impl Planned {
    /// One item, alone.
    pub(crate) fn put(item: Option<&Item>) -> Self {
        Self { units: item.map_or(1.0, units), about: Vec::new() }
    }

    /// These actions, each of which costs twice.
    pub(crate) fn transaction(actions: &[TransactWriteItem]) -> Self {
        let item = |action: &TransactWriteItem| action.put().map(|put| units(put.item()));
        // Of an update and a delete the size is not known here.
        let of = |action| item(action).unwrap_or(1.0);
        Self {
            units: actions.iter().map(|action| 2.0 * of(action)).sum(),
            about: actions.iter().map(about).collect(),
        }
    }

    /// What it comes to where the item was there already.
    pub(crate) fn not_put(&self) -> Spent {
        Spent { writes: 1, refused_wru: self.units, ..Spent::default() }
    }

    /// What it comes to as a transaction that was cancelled: the reason is the first action that has one, as the adapter
    /// takes it.
    pub(crate) fn cancelled(&self, reasons: &[CancellationReason]) -> Spent {
        let spent = Spent { transactions: 1, refused_wru: self.units, ..Spent::default() };
        let coded = |wanted: &str| reasons.iter().position(|reason| reason.code() == Some(wanted));
        if coded("TransactionConflict").is_some() {
            return Spent { conflicts: 1, ..spent };
        }
        match coded("ConditionalCheckFailed").and_then(|at| self.about.get(at)) {
            Some(About::Recruiter) => Spent { overtaken: 1, ..spent },
            Some(About::Request) => Spent { answered: 1, ..spent },
            Some(About::Reference) => Spent { taken: 1, ..spent },
            Some(About::Other) | None => Spent { failed: 1, ..spent },
        }
    }
}

fn about(action: &TransactWriteItem) -> About {
    let partition = action.put().and_then(|put| put.item().get("pk")?.as_s().ok());
    match partition.and_then(|partition| partition.split('#').next()) {
        Some("request") => About::Request,
        Some("recruiter") => About::Recruiter,
        Some("own-reference") => About::Reference,
        _ => About::Other,
    }
}

/// Write units of an item, alone.
fn units(item: &Item) -> f64 {
    size(item).div_ceil(UNIT_BYTES).max(1) as f64
}

/// Bytes of an item of texts, numbers and bytes, as `DynamoDB` counts them.
fn size(item: &Item) -> usize {
    let value = |value: &AttributeValue| match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(digits) => digits.len().div_ceil(2) + 1,
        AttributeValue::B(bytes) => bytes.as_ref().len(),
        _ => 0,
    };
    item.iter().map(|(name, of)| name.len() + value(of)).sum()
}

#[cfg(test)]
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
        let (planned, failed) = (Planned::transaction(&actions), "ConditionalCheckFailed");
        let spent = planned.cancelled(&reasons(["None", failed, failed]));
        assert_eq!((spent.overtaken, spent.taken, spent.refused_wru), (1, 0, 8.0));
        assert_eq!(planned.cancelled(&reasons([failed, failed, "None"])).answered, 1);
        assert_eq!(planned.cancelled(&reasons(["None", failed, "TransactionConflict"])).conflicts, 1);
    }
}

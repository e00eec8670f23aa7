//! What calls of the store come to.

use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

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

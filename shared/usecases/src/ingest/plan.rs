//! What an import will do: the good rows of the file against what the index holds of the feed.

use std::collections::HashMap;

use super::first_pass::Seen;
use super::hash::{ContentHash, id_hash};
use super::report::Report;
use crate::ports::Held;

/// A file that withdraws more of its feed, in percent, is refused unless forced.
const MAX_WITHDRAWN_PERCENT: usize = 20;

/// A row to write.
#[derive(Debug)]
pub(crate) struct Planned {
    pub(crate) line: u32,
    pub(crate) hash: ContentHash,
    pub(crate) seen: Option<Box<Held>>,
}

/// What an import will do.
#[derive(Debug)]
pub(crate) struct Plan {
    /// In the order of the file.
    pub(crate) writes: Vec<Planned>,
    pub(crate) withdrawals: Vec<Held>,
    held: usize,
}

/// Makes a plan of a file, one shard of the feed's ledger after the other.
#[derive(Debug)]
pub(crate) struct Planner {
    rows: HashMap<u128, Seen>,
    changed: Vec<Planned>,
    withdrawals: Vec<Held>,
    held: usize,
}

impl Planner {
    pub(crate) fn new(rows: HashMap<u128, Seen>) -> Self {
        Self { rows, changed: Vec::new(), withdrawals: Vec::new(), held: 0 }
    }

    /// Compares a row that the index holds with the file.
    pub(crate) fn compare(&mut self, held: Held, report: &mut Report) {
        self.held += 1;
        match self.rows.remove(&id_hash(&held.id)) {
            None => self.withdrawals.push(held),
            Some(seen) if seen.hash == held.hash => report.unchanged += 1,
            Some(Seen { hash, line }) => {
                self.changed.push(Planned { line, hash, seen: Some(Box::new(held)) });
            }
        }
    }

    /// The plan, once every shard was compared: what remains of the file is new.
    pub(crate) fn plan(self) -> Plan {
        let mut writes = self.changed;
        writes.reserve_exact(self.rows.len());
        writes.extend(self.rows.into_values().map(|Seen { hash, line }| Planned { line, hash, seen: None }));
        writes.sort_unstable_by_key(|planned| planned.line);
        Plan { writes, withdrawals: self.withdrawals, held: self.held }
    }
}

impl Plan {
    /// Why it should not be done without a confirmation; none when it is safe.
    pub(crate) fn objection(&self) -> Option<String> {
        let gone = self.withdrawals.len();
        (gone * 100 > self.held * MAX_WITHDRAWN_PERCENT).then(|| {
            format!(
                "it would withdraw {gone} of the feed's {} rows, more than {MAX_WITHDRAWN_PERCENT} %: \
                 check the file, and force the load if it is right",
                self.held
            )
        })
    }
}

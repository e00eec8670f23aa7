//! The ids that were handled.
//!
//! In memory, which shows where they belong and no more: another instance of the function knows none of them. Whoever
//! must not do a thing twice keeps them in a table, written on the condition that they are not there yet, in the same
//! transaction as the thing itself, for as long as messages may come again: 14 days, longer where dead letters are
//! replayed.

use std::collections::{HashSet, VecDeque};

/// How many are kept: duplicates come soon.
const KEPT: usize = 10_000;

/// The last ones.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    ids: HashSet<String>,
    oldest_first: VecDeque<String>,
}

impl Seen {
    /// Whether this one was handled.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Notes that it was.
    pub(crate) fn add(&mut self, id: String) {
        if self.oldest_first.len() == KEPT
            && let Some(oldest) = self.oldest_first.pop_front()
        {
            self.ids.remove(&oldest);
        }
        self.oldest_first.push_back(id.clone());
        self.ids.insert(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_last_ones_and_no_more() {
        let mut seen = Seen::default();
        (0..=KEPT).for_each(|number| seen.add(number.to_string()));
        assert!(!seen.has("0") && seen.has("1") && seen.has(&KEPT.to_string()));
        assert_eq!((seen.ids.len(), seen.oldest_first.len()), (KEPT, KEPT));
    }
}

//! Leaves a service alone that fails again and again: it is spared, and whoever waits for it is answered at once.

use std::sync::{Mutex, PoisonError};

/// Failures in a row until it is left alone.
const FAILURES: u32 = 5;
/// For how long, in seconds.
const REST: u32 = 30;

/// Counts failures in a row.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    state: Mutex<State>,
}

#[derive(Debug, Default, Clone, Copy)]
struct State {
    failures: u32,
    /// In seconds since 1970.
    rests_until: u32,
}

impl Breaker {
    /// Whether to ask now. After a rest one question tells: if it fails, the next rest begins.
    pub(crate) fn lets_pass(&self, now: u32) -> bool {
        now >= self.state().rests_until
    }

    /// Takes into account how a question fared.
    pub(crate) fn count(&self, fared_well: bool, now: u32) {
        let mut state = self.state();
        if fared_well {
            *state = State::default();
        } else {
            state.failures = state.failures.saturating_add(1);
            if state.failures >= FAILURES {
                state.rests_until = now.saturating_add(REST);
            }
        }
    }

    /// Two numbers are whole whatever happened to another thread.
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rests_after_five_failures_in_a_row_and_after_each_that_follows() {
        let breaker = Breaker::default();
        for failure in 0..5 {
            assert!(breaker.lets_pass(100), "{failure}");
            breaker.count(false, 100);
        }
        assert!(!breaker.lets_pass(129));
        assert!(breaker.lets_pass(130));
        breaker.count(false, 130);
        assert!(!breaker.lets_pass(159));
        breaker.count(true, 160);
        breaker.count(false, 161);
        assert!(breaker.lets_pass(161));
    }

    #[test]
    fn a_good_answer_between_failures_begins_the_count_anew() {
        let breaker = Breaker::default();
        for fared_well in [false, false, false, false, true, false, false, false, false] {
            breaker.count(fared_well, 100);
        }
        assert!(breaker.lets_pass(100));
    }
}

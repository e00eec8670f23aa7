//! A clock that stands still until it is told.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use usecases::ports::Clock;

/// A clock that stands still.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// Stands at 2026-09-01T08:00:00Z.
    pub fn new() -> Self {
        Self(AtomicI64::new(1_788_249_600))
    }

    /// Goes forward.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Default for FixedClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).expect("an instant that jiff can hold")
    }
}

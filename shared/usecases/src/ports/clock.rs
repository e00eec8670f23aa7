//! The time, injected so that tests choose it.

use domain::date;
use jiff::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;

    /// The same in seconds since 1970, as cards hold it: after 2106 it stands still.
    fn seconds(&self) -> u32 {
        date::seconds(self.now()).unwrap_or(u32::MAX)
    }
}

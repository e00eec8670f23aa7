//! How long and how much one waits for.

use std::time::Duration;

/// What a question may take at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Until the connection stands.
    pub connect: Duration,
    /// Of one attempt, from its beginning to the last byte of the answer.
    pub attempt: Duration,
    /// Attempts, the first included.
    pub attempts: u8,
    /// Between two attempts, on average: half of it at least, half as much again at most.
    pub pause: Duration,
    /// Of an answer.
    pub bytes: usize,
}

impl Limits {
    /// Of a question that a request waits for and cannot do without: 4.3 s at most.
    pub const NEEDED: Self = Self {
        connect: Duration::from_secs(1),
        attempt: Duration::from_secs(2),
        attempts: 2,
        pause: Duration::from_millis(200),
        bytes: 1024 * 1024,
    };

    /// Of one that it can do without: 1.5 s at most.
    pub const OPTIONAL: Self = Self { attempt: Duration::from_millis(1500), attempts: 1, ..Self::NEEDED };
}

//! The failure of an adapter, in words a log can carry.

use std::error::Error;

/// An adapter could not do its work: the operation that failed, and why.
#[derive(Debug, thiserror::Error)]
#[error("could not {operation}")]
pub struct PortError {
    /// What was being done, as the end of "could not …". Never holds personal data.
    pub operation: &'static str,
    /// Why.
    #[source]
    pub source: Box<dyn Error + Send + Sync>,
}

impl PortError {
    /// Names the operation that failed.
    pub fn new(operation: &'static str, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { operation, source: source.into() }
    }

    /// The operation and why it failed, on one line of a log.
    pub fn causes(&self) -> String {
        format!("{self}: {}", self.source)
    }
}

//! Logs: JSON, one object a line, on standard output, where Lambda collects them.
//!
//! Field names are dotted by subject and carry their unit. No value a caller sent is logged but what has been
//! parsed into a type that says it may be.

use tracing_subscriber::EnvFilter;

use crate::environment::Environment;

/// Starts logging at the level of `RUST_LOG` (`info` when it is not set).
pub fn init() {
    let level = Environment.find("RUST_LOG").unwrap_or_else(|| "info".to_owned());
    let filter = EnvFilter::try_new(level).unwrap_or_else(|_| EnvFilter::new("info"));
    // A second start in one process, as in tests, changes nothing.
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_target(false)
        .with_env_filter(filter)
        .try_init();
}

/// An error and its causes on one line: each `Display` names its own step only.
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

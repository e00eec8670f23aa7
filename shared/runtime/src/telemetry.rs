//! Logs: JSON, one object a line, on standard output, where Lambda collects them.
//!
//! Field names are dotted by subject and carry their unit. No value a caller sent is logged but what has been
//! parsed into a type that says it may be.

use std::panic;

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;

use crate::environment::Environment;

/// Starts logging at the level of `RUST_LOG` (`info` when it is not set).
pub fn init() {
    let level = Environment.find("RUST_LOG").unwrap_or_else(|| "info".to_owned());
    // A second start in one process, as in tests, changes nothing.
    if subscriber(&level, std::io::stdout).try_init().is_ok() {
        panic::set_hook(Box::new(log_panic));
    }
}

/// What writes the log: public so that a test can read what a function would write. A level that is none is
/// `info`.
pub fn subscriber<W>(level: &str, writer: W) -> impl Subscriber + Send + Sync + 'static
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(level).unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_target(false)
        .with_env_filter(filter)
        .with_writer(writer)
        .finish()
}

/// Where a panic happened, on one line; its words may hold what a caller sent, so they are left out.
pub fn log_panic(panic: &panic::PanicHookInfo<'_>) {
    tracing::error!(panic.location = panic.location().map(ToString::to_string), "panic");
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

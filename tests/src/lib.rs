//! What the tests of the whole share: the event files of `events/`, and the golden answers of `golden/`.
//!
//! - `handlers/` runs every route's handler on event files, against an embedded store: no cloud is needed.
//! - `it/` runs over a deployed local cloud, which `make test` brings up.
//!
//! It panics where a test should fail.
#![allow(clippy::expect_used, clippy::panic, clippy::missing_panics_doc)]

pub mod events;
pub mod golden;

use std::path::PathBuf;

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A variable of the environment; none when it is not set or empty.
#[expect(clippy::disallowed_methods, reason = "the one place of the tests that reads the environment")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

//! Scanners that fail in every way, and the real one where it is installed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod failing;
mod files;
mod fresh;
mod real;
mod world;

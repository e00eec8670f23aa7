//! Services on this machine that do what a script says, in front of an embedded store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod cached;
mod faults;
mod optional;
mod server;
mod world;

//! Tests over a deployed local cloud: `make test` brings one up for them, or `make up` and `. .local/env` do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod cloud;
mod contract;
mod flows;

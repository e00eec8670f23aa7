//! Offers in the words of schema.org: each against golden files, any against what search engines require, and the
//! list of a search.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod any;
mod golden;
mod list;
mod offers;

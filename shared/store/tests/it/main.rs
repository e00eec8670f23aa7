//! Tests of the store and of the imports that stand on it, against an embedded store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod applications;
mod appointments;
mod asked;
mod behind;
mod cfas;
mod changes;
mod conditions;
mod deposits;
mod derived;
mod desk;
mod due;
mod export;
mod import;
mod import_cut;
mod import_kill;
mod import_moves;
mod known;
mod lease;
mod ledger;
mod lists;
mod nearest_cfas;
mod once;
mod outbox;
mod pages;
mod postings;
mod publish;
mod publish_walk;
mod records;
mod recruiters;
mod rows;
mod search;
mod shop;
mod trainings;

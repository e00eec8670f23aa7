//! Métiers, trades of the ROME, their names and the diplomas that lead to them: looked up and searched in memory
//! (contract 1.9).
//!
//! A *métier* is a group of trades that people look for together ("Boulangerie"); there are at most 200, each of at
//! most 20 trades, so that a métier can be given to a search of jobs as it is.
//!
//! - [`Metier::search`], [`Metier::by_title`], [`Diploma::by_title`]: the autocomplete
//! - [`Appellation::closest_to`]: from the name of a job to a trade
//! - [`Appellation::of_code`]: the name that a deposit means by its code
//! - [`Sheet::of`], [`rome_label`], [`labels_of`], [`romes_of`]: look-ups by code
//!
//! The search forgives accents, case, the order of words, words not typed to their end, plurals, and one typing error
//! in each word of five letters or more. It is not: a search by meaning, nor one in other languages.
//!
//! Invariants:
//! - No AWS, no async, no clock, no random number: the same text has the same answer everywhere.
//! - Nothing is loaded: `build.rs` writes the index as constants of the program.
//! - Any text has an answer; the work is bounded whatever its length.

mod appellation;
mod find;
mod index;
mod metier;
mod rank;
mod sheet;
mod table;
mod text;
mod typo;

pub use appellation::Appellation;
pub use index::index_bytes;
pub use metier::{Diploma, Metier, Query};
pub use rank::Terms;
pub use sheet::{Sheet, labels_of, rome_label, romes_of};

//! The bodies by which somebody applies: as in version 1 (contract 1.10), and in the present form (contract 2.4).

pub(crate) mod common;
mod v1;
mod v2;

pub use v1::{FIELDS as V1_FIELDS, TestMode, v1};
pub use v2::{FIELDS as V2_FIELDS, v2};

//! The bodies by which somebody applies: as in version 1 (contract 1.10), and in the present form (contract 2.4), for which
//! a CV may be uploaded beforehand.

pub(crate) mod common;
mod upload;
mod v1;
mod v2;

pub use upload::{FIELDS as UPLOAD_FIELDS, MAX_SIZE, upload};
pub use v1::{FIELDS as V1_FIELDS, TestMode, v1};
pub use v2::{FIELDS as V2_FIELDS, v2};

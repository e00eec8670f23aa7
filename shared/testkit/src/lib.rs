//! What tests stand on: an embedded store with the real tables, a bucket in memory, a clock that one sets, random
//! bytes that are the same in each run, a
//! wrapper that breaks or kills after so many writes, and builders of rows about invented companies.
//!
//! Tests of the store run against the embedded one, which refuses what `DynamoDB` refuses. The bucket is in
//! memory, since what S3 does is not what is proven; it keeps what imports rely on: versions and cut streams.
//!
//! It panics where a test should fail.
#![allow(clippy::expect_used, clippy::panic, clippy::missing_panics_doc)]

mod bucket;
mod calls;
mod clock;
mod cv;
mod entropy;
mod exports;
mod failing;
mod import;
mod publications;
mod rows;
mod ses;
mod store;
mod uploads;

pub use bucket::{MemoryBucket, Object, gzip};
pub use calls::{Calls, gated};
pub use clock::FixedClock;
pub use cv::{data_url, pdf};
pub use entropy::FixedEntropy;
pub use failing::{Failing, Fault};
pub use import::Importer;
pub use rows::{at_cfa, cfa_email, company, formation, jsonl, noise, offer, recruiter, siret};
pub use ses::{FakeSes, SesMail, SesOutcome};
pub use store::{Dump, EmbeddedStore, create_tables};

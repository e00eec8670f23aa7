//! The ports of the use cases over `DynamoDB` and S3: one file per port.
//!
//! It decides nothing: it spells keys (`keys.rs`, with [`search::keys`] for postings), writes and reads items,
//! and tries again what the store asks to try again. It builds no client and reads no environment.
//!
//! Invariants:
//! - What must change together changes in one `TransactWriteItems`.
//! - Nothing scans a table.
//! - `infra/tables.md` lists every access to a table. What is not there is not done.

mod applications;
mod appointments;
mod asked;
mod attributes;
mod barred;
mod barriers;
mod batch;
mod bounces;
mod bucket;
mod cfas;
mod change;
mod companies;
mod consequences;
mod cvs;
mod deliveries;
mod derived;
mod ended;
mod exports;
mod expression;
mod feed_ledger;
mod feeds;
mod filing;
mod health;
mod items;
mod keys;
mod known_addresses;
mod lease;
mod links;
mod mails;
mod opco_contacts;
mod outbox;
mod partners;
mod people;
mod postings;
mod publications;
mod recruiters;
mod reference;
mod reports;
mod requests;
mod rows;
mod sketches;
mod standing;
mod tables;
mod transact;
mod upload;
mod upload_form;
mod views;
mod webhooks;

pub use applications::{Applications, Submissions};
pub use appointments::{Consents, RdvEstablishments, RdvTrainings};
pub use asked::{AppointmentRequests, Appointments};
pub use barred::BarredAddresses;
pub use barriers::Barriers;
pub use bounces::Bounces;
pub use bucket::DataBucket;
pub use cfas::Cfas;
pub use companies::Companies;
pub use cvs::CvBucket;
pub use deliveries::Deliveries;
pub use derived::{Trades, Trainings};
pub use ended::Released;
pub use feed_ledger::FeedLedger;
pub use health::Health;
pub use items::Items;
pub use known_addresses::{KnownAddresses, PredictedAddresses};
pub use lease::Leases;
pub use links::Links;
pub use mails::Mails;
pub use opco_contacts::OpcoContacts;
pub use outbox::{OVERDUE_INDEX, Outbox, owed_of};
pub use partners::Partners;
pub use people::{People, PersonalIndex};
pub use postings::DynamoPostings;
pub use recruiters::Recruiters;
pub use requests::Requests;
pub use rows::Rows;
pub use tables::Tables;
pub use upload_form::UploadForms;
pub use views::Views;
pub use webhooks::Webhooks;

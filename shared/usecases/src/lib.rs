//! What the system does, one file per use case, over narrow ports.
//!
//! It names no cloud service and reads no clock: everything it needs of the outside is a trait of [`ports`],
//! with one method each, that an adapter implements.

pub mod accounts;
pub mod anonymise;
pub mod applications;
pub mod appointments;
pub mod asking;
pub mod build_sketch;
pub mod calendar;
pub mod changes;
pub mod delegation;
pub mod deposit;
pub mod export;
pub mod following;
pub mod ingest;
pub mod kept;
pub mod links;
pub mod mail_events;
pub mod once;
pub mod partners;
pub mod ports;
pub mod publish;
pub mod register;
pub mod relay;
pub mod search;
pub mod send_mail;
pub mod sketches;
pub mod training_links;
pub mod views;
pub mod webhooks;

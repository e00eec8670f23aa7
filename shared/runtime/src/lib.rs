//! What turns a handler into a Lambda: environment, clients, telemetry, and the loop. The only crate that names
//! Lambda.
//!
//! - [`http::serve`] runs a route, [`batch::serve`] what records of a queue or a stream start, [`worker::serve`] whatever
//!   else an event starts
//! - [`callers`] is what the routes that read nothing else share, [`details`] what the routes that show one item
//!   share, [`trades`] those that list trades, [`searching`] those that search, [`feeds`] the import functions,
//!   [`delivering`] those of the delivery machine, [`calendar`] those that do what time does to offers
//! - [`offers`] is what the routes that change offers share, [`schools`] what those share that have CFAs look for candidates,
//!   [`recruiters`] those that only read what a partner deposited
//! - [`applications`] is what the functions share that take applications, hand them on, and tell of them
//! - [`rdv`] is what the routes share that lead candidates to the form of a training
//! - [`register`] is what is known of companies
//! - [`environment::Environment`] is the only reader of environment variables
//! - [`clients::Clients`] makes the AWS clients a function asks for, and no others
//! - [`metrics`] are lines of the log
//! - [`clock::SystemClock`] is the only teller of time
//!
//! Invariant: whatever a handler does, panic included, one request gets one answer and one log line, and the
//! next request works.

pub mod applications;
pub mod batch;
pub mod calendar;
pub mod callers;
pub mod clients;
pub mod clock;
pub mod delivering;
pub mod details;
pub mod entropy;
pub mod environment;
pub mod feeds;
pub mod http;
pub mod metrics;
pub mod offers;
pub mod rdv;
pub mod recruiters;
pub mod register;
pub mod schools;
pub mod searching;
pub mod telemetry;
pub mod trades;
pub mod worker;

/// Why a function could not start, or stopped.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

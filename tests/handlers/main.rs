//! Every route's handler, run as Lambda would run it, against an embedded store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod answers;
mod bulk;
mod data;
mod delivery;
mod deposit;
mod depositing;
mod export;
mod faults;
mod feeds;
mod limits;
mod links;
mod listing;
mod logs;
mod mails;
mod metiers;
mod multi_published;
mod own;
mod publication;
mod put;
mod routes;
mod search;
mod service;
mod views;
mod world;

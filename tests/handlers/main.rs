//! Every route's handler, run as Lambda would run it, against an embedded store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod accounts;
mod answers;
mod applications;
mod applying;
mod asking;
mod bulk;
mod calendar;
mod contention;
mod data;
mod delegations;
mod delivery;
mod deposit;
mod depositing;
mod export;
mod faults;
mod feeds;
mod leak;
mod life;
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
mod standing;
mod told;
mod views;
mod world;

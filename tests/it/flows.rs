//! Whole paths, as a partner or a feed's owner walks them.

mod application;
mod appointment;
mod deposit;
mod details;
mod examples;
mod export;
mod feeds;
mod links;
mod metiers;
mod refusals;
mod search;
mod throttle;
mod webhook;

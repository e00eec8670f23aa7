//! Whole paths, as a partner or a feed's owner walks them.

mod details;
mod feeds;
mod links;
mod refusals;
mod search;
mod throttle;

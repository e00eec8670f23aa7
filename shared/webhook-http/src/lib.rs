//! Posts messages to partners' webhooks, at addresses that strangers choose.
//!
//! Invariants:
//! - Nothing is called that is not on the public Internet: names are resolved by [`Guard`], which lets no other address
//!   through, and the connection is made to what it let through. So it does not matter what a name led to before, or leads
//!   to afterwards.
//! - One attempt within one limit of time; no redirection is followed, no proxy is used, no connection is kept.
//! - Of an answer nothing but its status is believed, and no more than a few kilobytes are read.
//! - No address is in an error or a log line.

mod guard;
mod poster;

pub use guard::{Guard, NotCalled};
pub use poster::{Poster, PosterError};

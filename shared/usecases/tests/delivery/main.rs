//! Mails, events and requests while everything goes wrong: the use cases themselves, over a world that is simulated.
//!
//! A run is one thread and one seed. Clients send requests, several the same one; what those commit is handed on by
//! relays and a sweeper, sent by senders, and told of by the provider to a recorder. Every call to the outside stops
//! before its effect and after it: there others act, processes stall or die, calls fail, answers are lost, effects
//! come late. Then the faults end, the world is drained, and a checker looks at what is left (`check.rs`).
//!
//! Checked are the invariants of delivery:
//!
//! - I1: what was acknowledged is there exactly once, and a request has one effect at most;
//! - I2: every mail reaches a final state and stays there, every event is published, every client that keeps asking is
//!   answered;
//! - I3: no mail is accepted without a cause that was committed;
//! - I4: a mail is accepted once; twice only if the ledger called it unknown before, and its template allows that;
//!   and it is not taken again once the provider told of it, nor before that had the time to;
//! - I5: once its address is suppressed, a mail is not taken any more.
//!
//! I6 (caps), I7 (erasure) and I8 (whose data it is) are not of delivery. A simulation that finds nothing proves
//! nothing, so each safeguard is also left out, and must be missed (`safeguards.rs`).

#![cfg(test)]
#![allow(clippy::print_stdout)]

mod campaign;
mod channels;
mod check;
mod clients;
mod dice;
mod mails;
mod ports;
mod processes;
mod provider;
mod safeguards;
mod schedule;
mod schedules;
mod store;
mod weather;
mod without;
mod world;

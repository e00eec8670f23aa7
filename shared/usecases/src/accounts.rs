//! Accounts of recruiters: who is validated without a person looking (contract 3.2).

mod vouched;

pub use vouched::{Vouching, vouches};

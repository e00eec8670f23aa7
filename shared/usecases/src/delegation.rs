//! The delegation of an offer: its recruiter has CFAs look for a candidate (contract 1.11, 3.2).

pub mod ask;
pub mod nearest;

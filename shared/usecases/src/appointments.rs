//! RDV Apprentissage: which trainings one may ask for an appointment about, and to whom requests go (contract 1.12, 2.5,
//! 3.3).

mod contact;
mod listed;
mod open;

pub use contact::{Contact, ContactError, SetContact};
pub use listed::{OpenIds, OpenToParcoursup};
pub use open::{FindOpen, Named, Opening};

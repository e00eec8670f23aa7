//! The deposit of offers: a partner creates an establishment that recruits, then its offers, and says what becomes of
//! them (contract 1.11, 3.2).
//!
//! Each is one write: what changes, the answer under its idempotency key, and whatever follows, mails and events,
//! in one transaction. Nothing is sent from a request.

mod answer;
mod change;
pub(crate) mod desk;
mod establishment;
mod fields;
mod follow;
mod many;
mod named;
mod offer;
mod publication;
pub(crate) mod told;

pub use answer::etag;
pub use change::{ChangeError, ChangeOffer, ChosenCfa, Turn};
pub use desk::Desk;
pub use establishment::{CreateEstablishment, EstablishmentError, NewEstablishment};
pub use fields::{JobFields, JobPatch, Workplace};
pub use follow::{Delegated, FollowOffer, Followed};
pub use many::{DepositMany, MAX_ITEMS, OneOffer};
pub use named::PutOffer;
pub use offer::{Deposit, DepositError, DepositOffer, MAX_OFFERS, Notice};
pub use publication::{Obstacle, Publication, Publishing, ReadPublication};

/// The id of a document, in the form of the original's: 24 hexadecimal digits.
pub(crate) fn document_id(random: [u8; 16]) -> String {
    hex::encode(random.get(..12).unwrap_or_default())
}

#[cfg(test)]
mod tests;

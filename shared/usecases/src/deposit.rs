//! The deposit of offers: a partner creates an establishment that recruits, then its offers (contract 1.11).
//!
//! Each is one write: what is created, the answer under its idempotency key, and whatever follows, mails and events,
//! in one transaction. Nothing is sent from a request.

mod establishment;
mod offer;

pub use establishment::{CreateEstablishment, EstablishmentError, NewEstablishment};
pub use offer::{DepositError, DepositOffer, JobFields, MAX_OFFERS, Workplace};

use domain::recruiter::Recruiter;

use crate::ports::{PortError, StoredAnswer};

/// The answer to a deposit: the recruiter with its offers, created.
fn created(recruiter: &Recruiter) -> Result<StoredAnswer, PortError> {
    let body = serde_json::to_string(recruiter).map_err(|error| PortError::new("write an answer", error))?;
    Ok(StoredAnswer { status: 201, body })
}

/// The id of a document, in the form of the original's: 24 hexadecimal digits.
fn document_id(random: [u8; 16]) -> String {
    hex::encode(random.get(..12).unwrap_or_default())
}

//! Sets by hand where requests about a training go, or closes it.

use domain::appointment::{Decision, Eligibility};
use domain::email::Email;
use domain::mail::address_hash;
use domain::seal::ContactCipher;

use crate::ports::{FindEligibility, PortError, PutDecision};

/// To whom requests about a training go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contact {
    /// The address that was set by hand.
    ByHand,
    /// The catalogue's.
    Catalogue,
    /// Nobody: the catalogue has none.
    Nobody,
}

/// Nothing was set.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// The catalogue does not know the training.
    #[error("no such training")]
    Unknown,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Sets them.
#[derive(Clone, Copy)]
pub struct SetContact<'a> {
    /// Finds the training.
    pub find: &'a dyn FindEligibility,
    /// Keeps what was decided.
    pub put: &'a dyn PutDecision,
    /// Seals the address.
    pub cipher: &'a ContactCipher,
}

impl SetContact<'_> {
    /// In place of what was set before: no address gives back the catalogue's. Doing it twice is doing it once.
    pub async fn run(
        &self,
        training: &str,
        email: Option<&Email>,
        is_closed: bool,
    ) -> Result<Contact, ContactError> {
        let found = self.find.find_eligibility(training).await?.ok_or(ContactError::Unknown)?;
        let email = email.map(|email| (self.cipher.seal(email, training), address_hash(email)));
        let decided = Eligibility { decision: Decision { email, is_closed }, ..found };
        self.put.put_decision(training, &decided.decision).await?;
        Ok(match (&decided.decision.email, decided.address()) {
            (Some(_), _) => Contact::ByHand,
            (None, Some(_)) => Contact::Catalogue,
            (None, None) => Contact::Nobody,
        })
    }
}

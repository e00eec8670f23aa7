//! RDV Apprentissage: a partner's link leads to a form by which a candidate asks a training centre for an appointment
//! (contract 1.12, 2.5, 3.3).
//!
//! Whether a training can be asked about is nowhere stored as such. It follows from three things that change on their own:
//! what the catalogue says ([`training`]), what its establishment decided ([`establishment`]), and what was decided of the
//! training alone ([`Decision`]). So nothing has to be brought up to date when one of them changes.

mod asked;
pub mod calendar;
pub mod establishment;
mod referrer;
pub mod slot;
mod statistic;
pub mod training;
mod words;

use serde::{Deserialize, Serialize};

pub use self::asked::{AGAIN_SECONDS, AppointmentId, AppointmentIdError, Facts, Letter};
pub use self::establishment::Consent;
pub use self::referrer::{Premium, Referrer, UnknownReferrer};
pub use self::slot::{Slot, SlotError, TypedSlot};
pub use self::statistic::Statistic;
pub use self::training::{CatalogueId, RdvEstablishment, RdvTraining};
pub use self::words::{Asker, Intention, Reason, Stage};
use crate::seal::SealedEmail;

/// What was decided of one training, whatever its establishment says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decision {
    /// The address that a person set, and its hash; an import never touches it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<(SealedEmail, String)>,
    /// Whether it was closed: requests about it go nowhere.
    pub is_closed: bool,
}

/// All that decides whether a training can be asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Eligibility {
    /// What the catalogue says.
    pub training: RdvTraining,
    /// What its establishment decided.
    pub consent: Consent,
    /// What was decided of it alone.
    pub decision: Decision,
}

impl Eligibility {
    /// Where requests go, as it is sealed for the training, with its hash: the one that was set by hand, else the
    /// catalogue's; none where there is none.
    pub fn address(&self) -> Option<(&SealedEmail, &str)> {
        let set = self.decision.email.as_ref().or(self.training.email.as_ref());
        set.map(|(sealed, hash)| (sealed, hash.as_str()))
    }

    /// Whether a candidate that comes from this referrer may ask, given that mails to the address are not refused: open is
    /// what its establishment is open to, has an address, and was not closed (contract 3.3).
    pub fn is_open_to(&self, referrer: Referrer) -> bool {
        !self.decision.is_closed && self.consent.is_open_to(referrer) && self.address().is_some()
    }
}

#[cfg(test)]
mod tests;

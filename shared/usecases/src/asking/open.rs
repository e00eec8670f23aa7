//! Which trainings one may ask about.

use domain::appointment::{Eligibility, Referrer};

use crate::ports::{FindEligibility, IsStopped, PortError};

/// Characters of the longest clé ministère éducatif that there may be.
const MAX_KEY_CHARS: usize = 200;

/// Why nobody can be asked about a training.
#[derive(Debug, thiserror::Error)]
pub enum NotOpen {
    /// There is no such training.
    #[error("there is no such training")]
    Unknown,
    /// It is not open to who comes from that site, or its centre cannot be written to.
    #[error("the training is not open")]
    Closed,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Finds trainings that are open.
#[derive(Clone, Copy)]
pub struct OpenTrainings<'a> {
    /// Finds trainings.
    pub find: &'a dyn FindEligibility,
    /// Tells which addresses are written to no more.
    pub stopped: &'a dyn IsStopped,
}

impl OpenTrainings<'_> {
    /// The training, if one who comes from this site may ask about it (contract 3.3).
    pub async fn find(&self, training: &str, referrer: Referrer) -> Result<Eligibility, NotOpen> {
        let is_key = (1..=MAX_KEY_CHARS).contains(&training.len()) && !training.chars().any(char::is_control);
        let found = if is_key { self.find.find_eligibility(training).await? } else { None };
        let found = found.ok_or(NotOpen::Unknown)?;
        let address = found.address().filter(|_| found.is_open_to(referrer));
        let (_, hash) = address.ok_or(NotOpen::Closed)?;
        if self.stopped.is_stopped(hash).await? { Err(NotOpen::Closed) } else { Ok(found) }
    }
}

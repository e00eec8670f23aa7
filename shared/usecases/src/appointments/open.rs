//! Whether one may ask about a training, coming from a site.

use domain::appointment::{CatalogueId, Eligibility, RdvTraining, Referrer};
use domain::formation::MAX_CLE_BYTES;

use crate::ports::{Barred, FindBarred, FindByCatalogueId, FindEligibility, PortError};

/// A training, as a site names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// By its clé ministère éducatif.
    Training(String),
    /// By another id.
    Other(CatalogueId),
}

/// What there is of a training.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// The catalogue does not know it.
    Unknown,
    /// Nobody may ask about it, coming from there.
    Closed,
    /// One may.
    Open(Box<RdvTraining>),
}

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

/// Finds trainings that one may ask about.
#[derive(Clone, Copy)]
pub struct FindOpen<'a> {
    /// By their clé.
    pub trainings: &'a dyn FindEligibility,
    /// Tells which mails an address gets no more.
    pub barred: &'a dyn FindBarred,
}

impl FindOpen<'_> {
    /// By whatever the site names it; of several trainings, the first that is open. None of the sites that there are means
    /// one that is gone: to that nothing is open.
    pub async fn named(
        &self,
        ids: &dyn FindByCatalogueId,
        named: Named,
        referrer: Option<Referrer>,
    ) -> Result<Opening, PortError> {
        let trainings = match named {
            Named::Training(training) => vec![training],
            Named::Other(id) => ids.find_by_catalogue_id(&id).await?,
        };
        let mut best = Opening::Unknown;
        for training in trainings {
            match self.open(&training, referrer).await? {
                Opening::Unknown => {}
                Opening::Closed => best = Opening::Closed,
                open @ Opening::Open(_) => return Ok(open),
            }
        }
        Ok(best)
    }

    /// By its clé ministère éducatif.
    pub async fn open(&self, training: &str, referrer: Option<Referrer>) -> Result<Opening, PortError> {
        match self.find(training, referrer).await {
            Ok(found) => Ok(Opening::Open(Box::new(found.training))),
            Err(NotOpen::Unknown) => Ok(Opening::Unknown),
            Err(NotOpen::Closed) => Ok(Opening::Closed),
            Err(NotOpen::Failed(error)) => Err(error),
        }
    }

    /// The same, with where requests about it go (contract 3.3).
    pub async fn find(&self, training: &str, referrer: Option<Referrer>) -> Result<Eligibility, NotOpen> {
        let is_key = (1..=MAX_CLE_BYTES).contains(&training.len()) && !training.chars().any(char::is_control);
        let found = if is_key { self.trainings.find_eligibility(training).await? } else { None };
        let found = found.ok_or(NotOpen::Unknown)?;
        let address = found.address().filter(|_| referrer.is_some_and(|referrer| found.is_open_to(referrer)));
        let (_, address_hash) = address.ok_or(NotOpen::Closed)?;
        // A mail that would not leave must not be promised. Requests are none of those that one may stop.
        match self.barred.find_barred(address_hash).await? {
            Some(Barred::All) => Err(NotOpen::Closed),
            Some(Barred::Stoppable) | None => Ok(found),
        }
    }
}

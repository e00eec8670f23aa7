//! Whether one may ask about a training, coming from a site.

use domain::appointment::{CatalogueId, RdvTraining, Referrer};

use crate::ports::{FindByCatalogueId, FindEligibility, IsStopped, PortError};

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

/// Finds trainings that one may ask about.
#[derive(Clone, Copy)]
pub struct FindOpen<'a> {
    /// By their clé.
    pub trainings: &'a dyn FindEligibility,
    /// Tells who is written to no more.
    pub stopped: &'a dyn IsStopped,
}

impl FindOpen<'_> {
    /// By whatever the site names it. None of the sites that there are means one that is gone: to that nothing is open.
    pub async fn named(
        &self,
        ids: &dyn FindByCatalogueId,
        named: Named,
        referrer: Option<Referrer>,
    ) -> Result<Opening, PortError> {
        let training = match named {
            Named::Training(training) => Some(training),
            Named::Other(id) => ids.find_by_catalogue_id(&id).await?,
        };
        match training {
            Some(training) => self.open(&training, referrer).await,
            None => Ok(Opening::Unknown),
        }
    }

    /// By its clé ministère éducatif.
    pub async fn open(&self, training: &str, referrer: Option<Referrer>) -> Result<Opening, PortError> {
        let Some(found) = self.trainings.find_eligibility(training).await? else {
            return Ok(Opening::Unknown);
        };
        let address = found.address().filter(|_| referrer.is_some_and(|referrer| found.is_open_to(referrer)));
        // A mail that would not leave must not be promised.
        let is_open = match address {
            Some((_, address_hash)) => !self.stopped.is_stopped(address_hash).await?,
            None => false,
        };
        Ok(if is_open { Opening::Open(Box::new(found.training)) } else { Opening::Closed })
    }
}

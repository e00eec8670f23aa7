//! What became of an offer, told at once: whether it is shown, why not, and until when.

use domain::recruiter::{JobStatus, RecruiterStatus};
use jiff::Timestamp;

use super::desk::is_offer_id;
use super::etag;
use crate::ports::{Clock, FindOwnRecruiter, LocateOwnOffer, PortError};

/// Whether an offer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Publishing {
    /// By every search.
    Published,
    /// Once its account is validated.
    WillBe,
    /// No more.
    WillNotBe,
}

/// Why an offer is not shown, or not by every search. The codes are those of contract 2.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Obstacle {
    /// Its time is over.
    Expired,
    /// Its account is closed.
    ClosedCompany,
    /// Nobody knows where it is, so that only searches without a place find it.
    NoPlace,
}

/// What became of an offer.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// The offer.
    pub offer_id: String,
    /// Its establishment.
    pub establishment_id: String,
    /// Whether it is shown.
    pub publishing: Publishing,
    /// Why not.
    pub obstacle: Option<Obstacle>,
    /// Where it stands.
    pub status: JobStatus,
    /// When it was deposited.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
    /// When it stops being shown, or did.
    pub ends_at: Option<Timestamp>,
    /// Its entity tag.
    pub etag: String,
}

/// Tells what became of offers.
#[derive(Clone, Copy)]
pub struct ReadPublication<'a> {
    /// Finds whose offer it is.
    pub locate: &'a dyn LocateOwnOffer,
    /// Finds its recruiter.
    pub find: &'a dyn FindOwnRecruiter,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl ReadPublication<'_> {
    /// None where the partner has no such offer.
    pub async fn run(&self, owner: &str, offer_id: &str) -> Result<Option<Publication>, PortError> {
        if !is_offer_id(offer_id) {
            return Ok(None);
        }
        let Some(establishment_id) = self.locate.locate_own_offer(owner, offer_id).await? else {
            return Ok(None);
        };
        let Some(seen) = self.find.find_own_recruiter(owner, &establishment_id).await? else {
            return Ok(None);
        };
        let recruiter = seen.recruiter;
        let Some(job) = recruiter.jobs.iter().find(|job| job.id == offer_id) else { return Ok(None) };
        let now = self.clock.now();
        let placed = job.custom_geo_coordinates.or(recruiter.geo_coordinates).is_some();
        let (publishing, obstacle) = match (recruiter.status, job.job_status) {
            (_, _) if job.is_expired(now) => (Publishing::WillNotBe, Some(Obstacle::Expired)),
            (RecruiterStatus::Archive, _) => (Publishing::WillNotBe, Some(Obstacle::ClosedCompany)),
            (RecruiterStatus::Actif, JobStatus::Active) => {
                (Publishing::Published, (!placed).then_some(Obstacle::NoPlace))
            }
            (_, JobStatus::Active | JobStatus::EnAttente) => (Publishing::WillBe, None),
            (_, JobStatus::Pourvue | JobStatus::Annulee) => (Publishing::WillNotBe, None),
        };
        Ok(Some(Publication {
            offer_id: job.id.clone(),
            publishing,
            obstacle,
            status: job.job_status,
            created_at: job.job_creation_date,
            updated_at: job.job_update_date,
            ends_at: job.expires_at(),
            etag: etag(job),
            establishment_id,
        }))
    }
}

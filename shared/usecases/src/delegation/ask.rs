//! Asks CFAs to find candidates for an offer (contract 1.11, 3.2). Each gets a mail, once; while the account of the
//! offer waits, the mails leave when it is validated.

use domain::geo::Point;
use domain::recruiter::{Job, JobStatus, Recruiter};
use domain::seal::SealError;

use super::nearest::{NearbyCfa, NearestCfas, NearestCfasError, choose};
use crate::deposit::desk::is_offer_id;
use crate::deposit::{ChangeError, ChangeOffer, ChosenCfa, Turn};
use crate::once::{Answered, Asked, OnceError, Stop};
use crate::ports::{FindOwnRecruiter, LocateOwnOffer, PortError};

/// Why nobody was asked.
#[derive(Debug, thiserror::Error)]
pub enum DelegationError {
    /// The partner has no such offer.
    #[error("the partner has no such offer")]
    UnknownOffer,
    /// Nobody knows where it is, so that nobody is near.
    #[error("the offer has no place")]
    NoPlace,
    /// A chosen CFA is none of those to which the offer may be delegated.
    #[error("a chosen establishment is none of the nearest")]
    UnknownCfa,
    /// The offer could not be changed.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The CFAs could not be found.
    #[error(transparent)]
    Nearest(#[from] NearestCfasError),
    /// The address of a CFA was sealed by another key.
    #[error("the address of a training centre does not open")]
    Sealed(#[from] SealError),
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Lists CFAs. It needs no secret: their addresses stay sealed.
#[derive(Clone, Copy)]
pub struct ListCfas<'a> {
    /// Finds whose offer it is.
    pub locate: &'a dyn LocateOwnOffer,
    /// Finds its recruiter.
    pub find: &'a dyn FindOwnRecruiter,
    /// Finds CFAs.
    pub nearest: NearestCfas<'a>,
}

impl ListCfas<'_> {
    /// The nearest CFAs to which an offer of the partner may be delegated.
    pub async fn run(&self, owner: &str, offer_id: &str) -> Result<Vec<NearbyCfa>, DelegationError> {
        if !is_offer_id(offer_id) {
            return Err(DelegationError::UnknownOffer);
        }
        let establishment_id = self.locate.locate_own_offer(owner, offer_id).await?;
        let establishment_id = establishment_id.ok_or(DelegationError::UnknownOffer)?;
        let seen = self.find.find_own_recruiter(owner, &establishment_id).await?;
        let recruiter = seen.ok_or(DelegationError::UnknownOffer)?.recruiter;
        let job = recruiter.jobs.iter().find(|job| job.id == offer_id);
        let job = job.ok_or(DelegationError::UnknownOffer)?;
        if !matches!(job.job_status, JobStatus::Active | JobStatus::EnAttente) {
            return Err(ChangeError::Closed.into());
        }
        let place = place(&recruiter, job).ok_or(DelegationError::NoPlace)?;
        let romes: Vec<_> = job.rome_code.iter().collect();
        Ok(self.nearest.run(&romes, place).await?)
    }
}

/// Asks CFAs.
#[derive(Clone, Copy)]
pub struct Delegate<'a> {
    /// Finds and changes the offer.
    pub change: ChangeOffer<'a>,
    /// Finds CFAs.
    pub nearest: NearestCfas<'a>,
}

impl Delegate<'_> {
    /// Delegates an offer to those of the nearest CFAs that have these ids: the recruiter, as the answer to give.
    pub async fn run(
        &self,
        asked: Asked<'_>,
        offer_id: &str,
        ids: &[String],
    ) -> Result<Answered, OnceError<DelegationError>> {
        let owner = asked.partner;
        self.change
            .once
            .run(asked, async |promise| {
                let chosen = self.chosen(owner, offer_id, ids).await?;
                let turn = Turn::Delegate(&chosen);
                self.change.work(owner, offer_id, None, turn, promise).await.map_err(|stop| match stop {
                    Stop::NotFirst => Stop::NotFirst,
                    Stop::Unwritten(answer) => Stop::Unwritten(answer),
                    Stop::Because(error) => Stop::Because(error.into()),
                    Stop::PerhapsDone(error) => Stop::PerhapsDone(error.into()),
                })
            })
            .await
    }

    async fn chosen(
        &self,
        owner: &str,
        offer_id: &str,
        ids: &[String],
    ) -> Result<Vec<ChosenCfa>, DelegationError> {
        let ChangeOffer { locate, desk, .. } = self.change;
        let list = ListCfas { locate, find: desk.find, nearest: self.nearest };
        let nearest = list.run(owner, offer_id).await?;
        let chosen = choose(&nearest, ids).map_err(|_| DelegationError::UnknownCfa)?;
        let opened = chosen.into_iter().map(|near| {
            let email = self.change.desk.cipher.open(&near.cfa.email, near.cfa.siret.as_str())?;
            Ok(ChosenCfa { siret: near.cfa.siret.clone(), name: near.cfa.name.clone(), email })
        });
        opened.collect()
    }
}

/// Where the work is.
fn place(recruiter: &Recruiter, job: &Job) -> Option<Point> {
    job.custom_geo_coordinates.or(recruiter.geo_coordinates)
}

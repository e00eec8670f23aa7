//! Changes an offer: edits it, closes it, extends it.

use std::fmt;

use domain::email::Email;
use domain::event::ClosingReason;
use domain::recruiter::{Delegation, Job, JobStatus, Unchanged};
use domain::siret::Siret;
use jiff::Timestamp;

use super::answer::names;
use super::desk::{Opened, is_offer_id, retried};
use super::fields::is_past;
use super::told::Told;
use super::{Desk, JobPatch, answer};
use crate::delegation::nearest::MAX_CFAS;
use crate::once::{Answered, Asked, Once, OnceError, Promise, Stop};
use crate::ports::{CommitError, LocateOwnOffer, PortError, StoredAnswer};

/// What is asked of an offer.
#[derive(Debug, Clone, Copy)]
pub enum Turn<'a> {
    /// Say something else in it.
    Edit(&'a JobPatch),
    /// Close it: somebody was hired.
    Provide,
    /// Close it: it is given up.
    Cancel,
    /// Show it for two months from now on.
    Extend,
    /// Have CFAs look for candidates.
    Delegate(&'a [ChosenCfa]),
}

/// A CFA that is to look for candidates.
#[derive(Clone, PartialEq, Eq)]
pub struct ChosenCfa {
    /// The CFA.
    pub siret: Siret,
    /// Its name.
    pub name: String,
    /// Where it is written to.
    pub email: Email,
}

/// The address is left out.
impl fmt::Debug for ChosenCfa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChosenCfa").field("siret", &self.siret).finish_non_exhaustive()
    }
}

/// Why an offer was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The partner has no such offer.
    #[error("the partner has no such offer")]
    UnknownOffer,
    /// It is not as its editor saw it.
    #[error("the offer was changed since it was read")]
    Changed,
    /// What is asked of it is so already, or cannot be.
    #[error(transparent)]
    Unchanged(#[from] Unchanged),
    /// It is open no more, so that nobody may look for candidates.
    #[error("the offer is closed")]
    Closed,
    /// As many CFAs as may look for candidates do already.
    #[error("too many training centres look for candidates")]
    TooManyCfas,
    /// The texts of the establishment are more than one answer holds.
    #[error("the answer would be too large")]
    TooLarge,
    /// The job starts on a day that is over in Paris.
    #[error("the job starts in the past")]
    StartsInThePast,
    /// Other changes of the same establishment were faster each time.
    #[error("the establishment is being changed by other requests")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

impl From<CommitError> for ChangeError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Overtaken => Self::Busy,
            CommitError::AnswerTooLarge => Self::TooLarge,
            error => Self::Failed(error.unexpected("change an offer")),
        }
    }
}

/// Changes offers.
#[derive(Clone, Copy)]
pub struct ChangeOffer<'a> {
    /// Makes it once, where it has a key.
    pub once: Once<'a>,
    /// Finds whose offer it is.
    pub locate: &'a dyn LocateOwnOffer,
    /// Reads recruiters, and writes what becomes of them.
    pub desk: Desk<'a>,
}

impl ChangeOffer<'_> {
    /// The answer to give: of an edit the recruiter with its offers, else nothing. `if_match` are the entity tags of which the
    /// offer must have one; without it whoever comes last is right.
    pub async fn run(
        &self,
        asked: Asked<'_>,
        offer_id: &str,
        if_match: Option<&[String]>,
        turn: Turn<'_>,
    ) -> Result<Answered, OnceError<ChangeError>> {
        let owner = asked.partner;
        self.once.run(asked, async |promise| self.work(owner, offer_id, if_match, turn, promise).await).await
    }

    pub(crate) async fn work(
        &self,
        owner: &str,
        offer_id: &str,
        if_match: Option<&[String]>,
        turn: Turn<'_>,
        promise: Promise,
    ) -> Result<StoredAnswer, Stop<ChangeError>> {
        let now = self.desk.clock.now();
        if let Turn::Edit(JobPatch { start_date: Some(day), .. }) = turn
            && is_past(*day, now)
        {
            return Err(ChangeError::StartsInThePast.into());
        }
        if !is_offer_id(offer_id) {
            return Err(ChangeError::UnknownOffer.into());
        }
        let establishment_id =
            self.locate.locate_own_offer(owner, offer_id).await.map_err(ChangeError::from)?;
        let establishment_id = establishment_id.ok_or(ChangeError::UnknownOffer)?;
        let changed = retried(async || {
            let Some(mut opened) = self.desk.open(owner, &establishment_id).await? else {
                return Ok(Err(ChangeError::UnknownOffer));
            };
            match self.turned(owner, &mut opened, offer_id, if_match, turn, now) {
                Err(error) => Ok(Err(error)),
                Ok((index, told, answer)) => {
                    let consequences = told.answered(promise.clone(), answer.clone());
                    self.desk.commit(owner, &opened, &[index], &consequences).await?;
                    Ok(Ok(answer))
                }
            }
        });
        changed.await.map_err(Stop::<ChangeError>::of_commit)?.map_err(Stop::Because)
    }

    fn turned(
        &self,
        owner: &str,
        opened: &mut Opened,
        offer_id: &str,
        if_match: Option<&[String]>,
        turn: Turn<'_>,
        now: Timestamp,
    ) -> Result<(usize, Told, StoredAnswer), ChangeError> {
        let (index, job) = opened.offer(offer_id).ok_or(ChangeError::UnknownOffer)?;
        if if_match.is_some_and(|tags| !names(tags, job)) {
            return Err(ChangeError::Changed);
        }
        let was_open = matches!(job.job_status, JobStatus::Active | JobStatus::EnAttente);
        let (mut reason, mut asked) = (None, Vec::new());
        match turn {
            Turn::Edit(patch) => patch.apply(job, now),
            Turn::Extend => job.extend(now)?,
            Turn::Provide => {
                job.provide(now)?;
                reason = Some(ClosingReason::Filled);
            }
            Turn::Cancel => {
                job.cancel(now)?;
                reason = Some(ClosingReason::Canceled);
            }
            Turn::Delegate(_) if !was_open || job.is_expired(now) => return Err(ChangeError::Closed),
            Turn::Delegate(cfas) => {
                asked = delegate(job, cfas);
                if job.delegations.len() > MAX_CFAS {
                    return Err(ChangeError::TooManyCfas);
                }
            }
        }
        let job = job.clone();
        let mut told = Told::default();
        if let Some(reason) = reason.filter(|_| was_open) {
            told.closed(&self.desk, owner, &opened.recruiter, offer_id, reason);
        }
        // While it waits nobody is asked: they are when it is shown.
        if job.job_status == JobStatus::Active {
            told.delegated(&self.desk, owner, &opened.recruiter, (index, &job), &asked)?;
        }
        let answer = match turn {
            Turn::Edit(_) | Turn::Delegate(_) => answer::recruiter(200, &opened.recruiter, Some(&job))?,
            Turn::Provide | Turn::Cancel | Turn::Extend => answer::done(&job),
        };
        Ok((index, told, answer))
    }
}

/// Notes in an offer that these CFAs look for candidates: those that did not before.
fn delegate(job: &mut Job, cfas: &[ChosenCfa]) -> Vec<Delegation> {
    let is_new = |cfa: &&ChosenCfa| job.delegations.iter().all(|known| known.siret_code != cfa.siret);
    let new: Vec<Delegation> = cfas
        .iter()
        .filter(is_new)
        .map(|cfa| Delegation {
            siret_code: cfa.siret.clone(),
            email: cfa.email.clone(),
            name: Some(cfa.name.clone()),
            cfa_read_company_detail_at: None,
        })
        .collect();
    job.delegations.extend(new.iter().cloned());
    job.job_delegation_count = u32::try_from(job.delegations.len()).unwrap_or(u32::MAX);
    new
}

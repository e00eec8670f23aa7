//! Deposits an offer.

use domain::recruiter::{Job, JobStatus, Recruiter};
use domain::rome::RomeCode;
use metiers::Appellation;

use super::desk::{is_establishment_id, retried};
use super::told::Told;
use super::{Desk, JobFields, answer, document_id};
use crate::ingest::ContentHash;
use crate::once::{Answered, Asked, Once, OnceError, Promise, Stop};
use crate::ports::{
    CommitError, FindOwnHead, Lists, OfferChange, PortError, RecruiterChange, ReferenceHash, SeenHead,
    SeenRecruiter, StoredAnswer,
};

/// Offers that one establishment may have, closed ones included: its answer holds them all.
pub const MAX_OFFERS: usize = 200;
const DEPOSIT: &str = "deposit an offer";

/// Why an offer was not deposited.
#[derive(Debug, thiserror::Error)]
pub enum DepositError {
    /// The partner has no such establishment.
    #[error("the partner has no such establishment")]
    UnknownEstablishment,
    /// The account of the establishment was closed.
    #[error("the account is archived")]
    Archived,
    /// The job starts on a day that is over in Paris.
    #[error("the job starts in the past")]
    StartsInThePast,
    /// No appellation has this code.
    #[error("no appellation has this code")]
    UnknownAppellation,
    /// The establishment has as many offers as it may.
    #[error("the establishment has too many offers")]
    TooManyOffers,
    /// The partner has an offer of this name already.
    #[error("the partner's name for the offer is taken")]
    ReferenceTaken,
    /// The name is that of an offer of another establishment.
    #[error("the partner's name is that of an offer of another establishment")]
    OtherEstablishment,
    /// It is not as its editor saw it.
    #[error("the offer was changed since it was read")]
    Changed,
    /// Other deposits to the same establishment were faster each time.
    #[error("the establishment is being changed by other requests")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

impl From<CommitError> for DepositError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Overtaken => Self::Busy,
            CommitError::AnswerTooLarge => Self::TooManyOffers,
            CommitError::Taken => Self::ReferenceTaken,
            error => Self::Failed(error.unexpected(DEPOSIT)),
        }
    }
}

/// An offer to deposit.
#[derive(Clone, Copy)]
pub struct Deposit<'a> {
    /// Of which establishment.
    pub establishment_id: &'a str,
    /// What the partner says of it.
    pub fields: &'a JobFields,
    /// The partner's own name for it.
    pub reference: Option<&'a ReferenceHash>,
    /// How its recruiter is told of it.
    pub notice: Notice,
}

/// How a recruiter is told that an offer is shown. Its first one asks it to confirm its address in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notice {
    /// By a mail of its own.
    Alone,
    /// By a mail that says that others came with it.
    First,
    /// By the mail of the first one.
    Following,
}

/// Deposits offers.
#[derive(Clone, Copy)]
pub struct DepositOffer<'a> {
    /// Makes it once.
    pub once: Once<'a>,
    /// Reads recruiters, and writes what becomes of them.
    pub desk: Desk<'a>,
}

/// A recruiter that takes one more offer.
struct Taking {
    /// With its offers where they are to be answered, else without.
    recruiter: Recruiter,
    offers: usize,
    hash: ContentHash,
}

/// What was deposited.
pub(crate) struct Deposited {
    /// The recruiter; its offers, the new one last, are there where they were read.
    pub(crate) recruiter: Recruiter,
    pub(crate) job: Job,
}

impl DepositOffer<'_> {
    /// The recruiter, whose last offer is the new one, as the answer to give. The offer is found by the next search.
    pub async fn run(
        &self,
        asked: Asked<'_>,
        deposit: Deposit<'_>,
    ) -> Result<Answered, OnceError<DepositError>> {
        let owner = asked.partner;
        self.once
            .run(asked, async |promise| {
                let write = |deposited: &Deposited| {
                    answer::recruiter(201, &deposited.recruiter, Some(&deposited.job))
                };
                self.desk.deposit(owner, deposit, None, promise, write).await
            })
            .await
    }
}

impl Desk<'_> {
    /// Writes an offer; `answer` tells of it. With `head` the recruiter is read without its offers, however many it has.
    pub(crate) async fn deposit(
        &self,
        owner: &str,
        deposit: Deposit<'_>,
        head: Option<&dyn FindOwnHead>,
        promise: Promise,
        answer: impl Fn(&Deposited) -> Result<StoredAnswer, CommitError>,
    ) -> Result<StoredAnswer, Stop<DepositError>> {
        if deposit.fields.starts_in_the_past(self.clock.now()) {
            return Err(DepositError::StartsInThePast.into());
        }
        if !is_establishment_id(deposit.establishment_id) {
            return Err(DepositError::UnknownEstablishment.into());
        }
        let trade = deposit.fields.trade().ok_or(DepositError::UnknownAppellation)?;
        let mut refused = None;
        let committed = retried(async || {
            let taking = match self.taking(owner, deposit.establishment_id, head).await? {
                Ok(taking) => taking,
                Err(reason) => {
                    refused = Some(reason);
                    return Ok(None);
                }
            };
            self.attempt(owner, deposit, taking, &trade, promise.clone(), &answer).await.map(Some)
        })
        .await
        .map_err(Stop::<DepositError>::of_commit)?;
        match (committed, refused) {
            (Some(answer), _) => Ok(answer),
            (None, reason) => Err(reason.unwrap_or(DepositError::UnknownEstablishment).into()),
        }
    }

    async fn taking(
        &self,
        owner: &str,
        establishment_id: &str,
        head: Option<&dyn FindOwnHead>,
    ) -> Result<Result<Taking, DepositError>, PortError> {
        let found = match head {
            Some(head) => head
                .find_own_head(owner, establishment_id)
                .await?
                .map(|SeenHead { recruiter, offers, hash }| Taking { recruiter, offers, hash }),
            None => self.find.find_own_recruiter(owner, establishment_id).await?.map(
                |SeenRecruiter { recruiter, hash, .. }| Taking {
                    offers: recruiter.jobs.len(),
                    recruiter,
                    hash,
                },
            ),
        };
        Ok(match found {
            None => Err(DepositError::UnknownEstablishment),
            Some(taking) if taking.recruiter.status_of_new_offers().is_none() => Err(DepositError::Archived),
            Some(taking) if taking.offers >= MAX_OFFERS => Err(DepositError::TooManyOffers),
            Some(taking) => Ok(taking),
        })
    }

    async fn attempt(
        &self,
        owner: &str,
        deposit: Deposit<'_>,
        taking: Taking,
        trade: &(Appellation, RomeCode),
        promise: Promise,
        answer: &impl Fn(&Deposited) -> Result<StoredAnswer, CommitError>,
    ) -> Result<StoredAnswer, CommitError> {
        let Taking { mut recruiter, offers, hash } = taking;
        let now = self.clock.now();
        let status = recruiter.status_of_new_offers().unwrap_or(JobStatus::EnAttente);
        let job = deposit.fields.new_job(trade, document_id(self.entropy.bytes()), status, now);
        let card =
            recruiter.offer(offers, &job, self.cipher).map_err(|error| PortError::new(DEPOSIT, error))?;
        recruiter.jobs.push(job.clone());
        recruiter.updated_at = Some(now);
        let deposited = Deposited { recruiter, job };
        let answer = answer(&deposited)?;
        let Deposited { recruiter, job } = deposited;
        let mut told = Told::default();
        if offers == 0 {
            told.confirm_address(self, owner, &recruiter, &card, promise.now)?;
        } else if status == JobStatus::Active && deposit.notice != Notice::Following {
            told.published_mail(self, &recruiter, &card, deposit.notice == Notice::First, promise.now)?;
        }
        if status == JobStatus::Active {
            told.published(self, owner, &recruiter, &card);
        }
        let consequences = told.answered(promise, answer.clone());
        let change = OfferChange {
            index: offers,
            job,
            card,
            is_shown_alike: false,
            seen: None,
            reference: deposit.reference.cloned(),
        };
        let change = RecruiterChange {
            lists: Lists::AsTheyWere,
            recruiter: Recruiter { jobs: Vec::new(), ..recruiter },
            offers: offers + 1,
            seen: hash,
            changes: vec![change],
        };
        self.change.change_recruiter(owner, &change, &consequences).await?;
        Ok(answer)
    }
}

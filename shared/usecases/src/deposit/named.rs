//! Offers under their partner's own names: deposited or changed by one and the same request, however often it comes.

use domain::link::OfferRef;
use domain::recruiter::{Job, JobStatus};
use serde::Serialize;

use super::answer::names;
use super::desk::{is_establishment_id, retried};
use super::told::Told;
use super::{Deposit, DepositError, Desk, etag};
use crate::once::{Answered, Asked, Once, OnceError, Promise, Stop};
use crate::ports::{CommitError, FindOwnHead, FindOwnReference, PortError, ReferenceHash, StoredAnswer};

/// What is answered of one offer.
#[derive(Serialize)]
pub(crate) struct OfferAnswer<'a> {
    id: &'a str,
    establishment_id: &'a str,
    job_status: JobStatus,
    #[serde(with = "domain::date::option")]
    job_expiration_date: Option<jiff::Timestamp>,
}

/// The offer, in short.
pub(crate) fn short_answer(
    status: u16,
    establishment_id: &str,
    job: &Job,
) -> Result<StoredAnswer, PortError> {
    let answer = OfferAnswer {
        id: &job.id,
        establishment_id,
        job_status: job.job_status,
        job_expiration_date: job.job_expiration_date,
    };
    let body = serde_json::to_string(&answer).map_err(|error| PortError::new("write an answer", error))?;
    Ok(StoredAnswer { status, body, etag: Some(etag(job)) })
}

/// Puts offers under names.
#[derive(Clone, Copy)]
pub struct PutOffer<'a> {
    /// Makes it once, where it has a key.
    pub once: Once<'a>,
    /// Finds the offer that has the name.
    pub names: &'a dyn FindOwnReference,
    /// Finds a recruiter without its offers.
    pub head: &'a dyn FindOwnHead,
    /// Reads recruiters, and writes what becomes of them.
    pub desk: Desk<'a>,
}

impl PutOffer<'_> {
    /// The offer, new (201) or as it is now (200), as the answer to give. Without a key no answer is kept: what is put
    /// twice is the same.
    pub async fn run(
        &self,
        asked: Asked<'_>,
        deposit: Deposit<'_>,
        reference: &ReferenceHash,
        if_match: Option<&[String]>,
    ) -> Result<Answered, OnceError<DepositError>> {
        let owner = asked.partner;
        self.once
            .run(asked, async |promise| self.put(owner, deposit, reference, if_match, promise).await)
            .await
    }

    pub(crate) async fn put(
        &self,
        owner: &str,
        deposit: Deposit<'_>,
        reference: &ReferenceHash,
        if_match: Option<&[String]>,
        promise: Promise,
    ) -> Result<StoredAnswer, Stop<DepositError>> {
        let named = self.names.find_own_reference(owner, reference).await.map_err(DepositError::from)?;
        let named = match (named, if_match) {
            (Some(named), _) => named,
            // Whoever names a tag has seen an offer, and there is none.
            (None, Some(_)) => return Err(DepositError::Changed.into()),
            (None, None) => {
                let deposit = Deposit { reference: Some(reference), ..deposit };
                let created =
                    self.desk.deposit(owner, deposit, Some(self.head), promise.clone(), |deposited| {
                        Ok(short_answer(201, &deposited.recruiter.establishment_id, &deposited.job)?)
                    });
                match created.await {
                    // Another request has just taken the name: what it put is changed.
                    Err(Stop::Because(DepositError::ReferenceTaken)) => {
                        let named = self.names.find_own_reference(owner, reference).await;
                        named.map_err(DepositError::from)?.ok_or(DepositError::Busy)?
                    }
                    ended => return ended,
                }
            }
        };
        self.replace(owner, deposit, &named, if_match, promise).await
    }

    async fn replace(
        &self,
        owner: &str,
        deposit: Deposit<'_>,
        named: &OfferRef,
        if_match: Option<&[String]>,
        promise: Promise,
    ) -> Result<StoredAnswer, Stop<DepositError>> {
        let now = self.desk.clock.now();
        if !is_establishment_id(deposit.establishment_id) {
            return Err(DepositError::UnknownEstablishment.into());
        }
        if named.establishment_id != deposit.establishment_id {
            return Err(DepositError::OtherEstablishment.into());
        }
        let trade = deposit.fields.trade().ok_or(DepositError::UnknownAppellation)?;
        let replaced = retried(async || {
            let Some(mut opened) = self.desk.open(owner, &named.establishment_id).await? else {
                return Ok(Err(DepositError::UnknownEstablishment.into()));
            };
            let is_archived = opened.recruiter.status_of_new_offers().is_none();
            let Some((index, job)) = opened.offer(&named.offer_id) else {
                return Ok(Err(DepositError::UnknownEstablishment.into()));
            };
            if is_archived {
                return Ok(Err(DepositError::Archived.into()));
            }
            if if_match.is_some_and(|tags| !names(tags, job)) {
                return Ok(Err(DepositError::Changed.into()));
            }
            let before = job.clone();
            deposit.fields.replace(job, &trade, now);
            let same = Job { job_update_date: before.job_update_date, ..job.clone() } == before;
            if same {
                // Nothing is written, so that a partner may send all it has every night.
                let answer = short_answer(200, &named.establishment_id, &before);
                return Ok(
                    Err(answer.map_or_else(|error| DepositError::from(error).into(), Stop::Unwritten)),
                );
            }
            if before.job_start_date != job.job_start_date && deposit.fields.starts_in_the_past(now) {
                return Ok(Err(DepositError::StartsInThePast.into()));
            }
            let answer = short_answer(200, &named.establishment_id, job)?;
            let consequences = Told::default().answered(promise.clone(), answer.clone());
            self.desk.commit(owner, &opened, &[index], &consequences).await?;
            Ok::<_, CommitError>(Ok(answer))
        });
        replaced.await.map_err(Stop::<DepositError>::of_commit)?
    }
}

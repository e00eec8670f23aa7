//! Validates, refuses and archives accounts, with all their offers (contract 3.2).
//!
//! One transaction cannot hold two hundred offers, so each offer is written in one of its own, and the account is
//! settled by the last: whoever is killed in between is asked again, and goes on where it stopped. An account that is
//! being validated is open from the first of them on; one that is being closed stays open until the last.

use domain::event::ClosingReason;
use domain::mail::{AccountRefused, DueMail, Mail};
use domain::opco::Opco;
use domain::recruiter::{JobStatus, RecruiterStatus};

use crate::deposit::desk::{Opened, is_establishment_id, retried};
use crate::deposit::told::{Told, names};
use crate::deposit::{Desk, MAX_OFFERS};
use crate::once::{Answered, Asked, Once, OnceError, Promise, Stop};
use crate::ports::{CommitError, FindWaitingAccount, Lists, PortError, StoredAnswer};

/// What becomes of an account that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is what it says: its offers are shown.
    Validated,
    /// It is not.
    Refused,
}

/// Why an account was not settled.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// There is no such account, or it waits for somebody else, or for nobody any more.
    #[error("there is no such account")]
    UnknownAccount,
    /// Other changes of the same establishment were faster each time.
    #[error("the establishment is being changed by other requests")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

impl From<CommitError> for AccountError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Overtaken => Self::Busy,
            error => Self::Failed(error.unexpected("settle an account")),
        }
    }
}

/// Settles accounts.
#[derive(Clone, Copy)]
pub struct SettleAccount<'a> {
    /// Makes it once, where it has a key.
    pub once: Once<'a>,
    /// Reads recruiters, and writes what becomes of them.
    pub desk: Desk<'a>,
}

impl SettleAccount<'_> {
    /// Settles an account that waits for this OPCO, or for none.
    pub async fn judge(
        &self,
        asked: Asked<'_>,
        waiting: &dyn FindWaitingAccount,
        opco: Option<Opco>,
        establishment_id: &str,
        verdict: Verdict,
    ) -> Result<Answered, OnceError<AccountError>> {
        self.once
            .run(asked, async |promise| {
                if !is_establishment_id(establishment_id) {
                    return Err(AccountError::UnknownAccount.into());
                }
                let account = waiting.find_waiting_account(opco, establishment_id).await;
                let account = account.map_err(AccountError::from)?.ok_or(AccountError::UnknownAccount)?;
                match verdict {
                    Verdict::Validated => self.validate(&account.owner, establishment_id, promise).await,
                    Verdict::Refused => self.close(&account.owner, establishment_id, true, promise).await,
                }
            })
            .await
    }

    /// Archives an establishment of a partner. Archiving twice is no error.
    pub async fn archive(
        &self,
        asked: Asked<'_>,
        establishment_id: &str,
    ) -> Result<Answered, OnceError<AccountError>> {
        let owner = asked.partner;
        self.once.run(asked, async |promise| self.close(owner, establishment_id, false, promise).await).await
    }

    async fn validate(
        &self,
        owner: &str,
        establishment_id: &str,
        promise: Promise,
    ) -> Result<StoredAnswer, Stop<AccountError>> {
        self.one_by_one(owner, establishment_id, promise, |opened| {
            if opened.recruiter.status == RecruiterStatus::Archive {
                return Err(AccountError::UnknownAccount);
            }
            let opens = opened.recruiter.status != RecruiterStatus::Actif;
            opened.recruiter.status = RecruiterStatus::Actif;
            opened.lists = if opens { Lists::State } else { Lists::AsTheyWere };
            let now = self.desk.clock.now();
            let begun = opened.recruiter.jobs.iter_mut().position(|job| job.begin(now));
            if begun.is_none() {
                opened.lists = Lists::Settled;
            }
            let mut told = Told::default();
            if let Some(index) = begun {
                // Its recruiter is told by the first of its offers, of all of them.
                self.shown_from_now_on(&mut told, owner, opened, index, opens)?;
            }
            Ok((begun, told))
        })
        .await
    }

    fn shown_from_now_on(
        &self,
        told: &mut Told,
        owner: &str,
        opened: &Opened,
        index: usize,
        is_first: bool,
    ) -> Result<(), PortError> {
        let Some(job) = opened.recruiter.jobs.get(index) else { return Ok(()) };
        let card = opened.recruiter.offer(index, job, self.desk.cipher);
        let card = card.map_err(|error| PortError::new("settle an account", error))?;
        let now = self.desk.clock.seconds();
        told.published(&self.desk, owner, &opened.recruiter, &card);
        if is_first {
            let others = opened.recruiter.jobs.iter().any(|job| job.job_status == JobStatus::EnAttente);
            told.published_mail(&self.desk, &opened.recruiter, &card, others, now)?;
        }
        told.delegated(&self.desk, owner, &opened.recruiter, (index, job), &job.delegations)?;
        Ok(())
    }

    async fn close(
        &self,
        owner: &str,
        establishment_id: &str,
        refused: bool,
        promise: Promise,
    ) -> Result<StoredAnswer, Stop<AccountError>> {
        if !is_establishment_id(establishment_id) {
            return Err(AccountError::UnknownAccount.into());
        }
        self.one_by_one(owner, establishment_id, promise, |opened| {
            let now = self.desk.clock.now();
            let mut told = Told::default();
            let closed = opened.recruiter.jobs.iter_mut().position(|job| job.archive(now));
            if let Some(job) = closed.and_then(|index| opened.recruiter.jobs.get(index)) {
                told.closed(&self.desk, owner, &opened.recruiter, &job.id, ClosingReason::Archived);
            } else {
                let is_closed = opened.recruiter.status == RecruiterStatus::Archive;
                if refused && !is_closed {
                    told.mails.push(refusal(opened));
                }
                opened.recruiter.status = RecruiterStatus::Archive;
                // Its address was given back already, and may be another's by now.
                opened.lists = if is_closed { Lists::AsTheyWere } else { Lists::Settled };
            }
            Ok((closed, told))
        })
        .await
    }

    /// Writes one offer after the other, as `turn` says, until it names none any more; what it says then settles the
    /// account, with the answer.
    async fn one_by_one(
        &self,
        owner: &str,
        establishment_id: &str,
        promise: Promise,
        turn: impl Fn(&mut Opened) -> Result<(Option<usize>, Told), AccountError>,
    ) -> Result<StoredAnswer, Stop<AccountError>> {
        let answer = StoredAnswer { status: 204, body: String::new(), etag: None };
        for _ in 0..=MAX_OFFERS {
            let written = retried(async || {
                let Some(mut opened) = self.desk.open(owner, establishment_id).await? else {
                    return Ok(Err(AccountError::UnknownAccount));
                };
                let (index, told) = match turn(&mut opened) {
                    Ok(turned) => turned,
                    Err(error) => return Ok(Err(error)),
                };
                let promise = if index.is_some() { Promise::none(promise.now) } else { promise.clone() };
                let consequences = told.answered(promise, answer.clone());
                self.desk.commit(owner, &opened, index.as_slice(), &consequences).await?;
                Ok::<_, CommitError>(Ok(index.is_none()))
            });
            if written.await.map_err(Stop::<AccountError>::of_commit)?? {
                return Ok(answer);
            }
        }
        Err(AccountError::Busy.into())
    }
}

fn refusal(opened: &Opened) -> DueMail {
    let recruiter = &opened.recruiter;
    let (first_name, last_name) = names(recruiter);
    let company =
        recruiter.establishment_enseigne.clone().or_else(|| recruiter.establishment_raison_sociale.clone());
    let company = company.unwrap_or_default();
    let mail = Mail::AccountRefused(AccountRefused { first_name, last_name, company });
    DueMail::new(&recruiter.establishment_id, recruiter.email.clone(), mail)
}

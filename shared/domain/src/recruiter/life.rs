//! The life of an offer, and of the account it belongs to (contract 3.2): what may become of each, and when. Whoever
//! stores it says the time.

use jiff::Timestamp;

use super::{Job, JobStatus, Recruiter, RecruiterStatus};
use crate::date;

/// What is said of an offer that nobody closed.
const EXPIRED: &str = "Expirée";
/// What is said of one that has as many applications as one gets.
const FULL: &str = "Nombre maximal de candidatures atteint";
/// What is said of one that went with its account.
const ARCHIVED: &str = "Compte archivé";

/// Why nothing becomes of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unchanged {
    /// Somebody was hired already.
    #[error("the offer is filled")]
    AlreadyProvided,
    /// It was given up already.
    #[error("the offer is canceled")]
    AlreadyCanceled,
    /// It would end on the day on which it ends already.
    #[error("the offer is extended as far as it may be")]
    ExtendedAlready,
    /// It is not shown, so that there is nothing to extend.
    #[error("the offer is not active")]
    NotActive,
}

impl Job {
    /// Somebody was hired. An offer that was given up may still be filled, as in the original.
    pub fn provide(&mut self, now: Timestamp) -> Result<(), Unchanged> {
        self.close(JobStatus::Pourvue, Unchanged::AlreadyProvided, now)
    }

    /// It is given up.
    pub fn cancel(&mut self, now: Timestamp) -> Result<(), Unchanged> {
        self.close(JobStatus::Annulee, Unchanged::AlreadyCanceled, now)
    }

    fn close(&mut self, status: JobStatus, already: Unchanged, now: Timestamp) -> Result<(), Unchanged> {
        if self.job_status == status {
            return Err(already);
        }
        self.job_status = status;
        self.job_status_comment = None;
        self.job_update_date = Some(now);
        Ok(())
    }

    /// It is shown for two months from now on. The order of the two refusals is the contract's.
    pub fn extend(&mut self, now: Timestamp) -> Result<(), Unchanged> {
        let later = date::two_months_later(now);
        if self.job_expiration_date.map(date::paris_day) == later.map(date::paris_day) {
            return Err(Unchanged::ExtendedAlready);
        }
        if self.job_status != JobStatus::Active {
            return Err(Unchanged::NotActive);
        }
        self.job_expiration_date = later;
        self.job_last_prolongation_date = Some(now);
        self.job_prolongation_count += 1;
        self.job_update_date = Some(now);
        self.relance_mail_sent = false;
        self.reminded_days = None;
        Ok(())
    }

    /// Its last day has passed. False where it is not, or is over already.
    pub fn expire(&mut self, now: Timestamp) -> bool {
        let over = self.job_status == JobStatus::Active && self.expires_at().is_some_and(|at| at <= now);
        if over {
            self.end(EXPIRED, now);
        }
        over
    }

    /// It has as many applications as one gets. False where it was over before.
    pub fn fill_up(&mut self, now: Timestamp) -> bool {
        let open = self.job_status == JobStatus::Active;
        if open {
            self.end(FULL, now);
        }
        open
    }

    /// The account it belongs to is closed. False where it was over before.
    pub fn archive(&mut self, now: Timestamp) -> bool {
        let open = matches!(self.job_status, JobStatus::Active | JobStatus::EnAttente);
        if open {
            self.end(ARCHIVED, now);
        }
        open
    }

    fn end(&mut self, comment: &str, now: Timestamp) {
        self.job_status = JobStatus::Annulee;
        self.job_status_comment = Some(comment.to_owned());
        self.job_update_date = Some(now);
    }

    /// The account it waited for is validated: its two months begin. False where it does not wait.
    pub fn begin(&mut self, now: Timestamp) -> bool {
        let waits = self.job_status == JobStatus::EnAttente;
        if waits {
            self.job_status = JobStatus::Active;
            self.job_expiration_date = date::two_months_later(now);
            self.job_update_date = Some(now);
        }
        waits
    }

    /// How many days are left, where its recruiter is to be told of it now: on the seventh day before its end (or as soon
    /// after it as somebody looks), and on the last but one.
    pub fn due_reminder(&self, now: Timestamp) -> Option<u8> {
        let days =
            u8::try_from(self.days_left(now)?).ok().filter(|_| self.job_status == JobStatus::Active)?;
        match days {
            1 => (self.reminded_days != Some(1)).then_some(1),
            2..=7 => self.reminded_days.is_none().then_some(days),
            _ => None,
        }
    }

    /// Days until it ends, counted from midnight to midnight in Paris.
    fn days_left(&self, now: Timestamp) -> Option<i32> {
        let last = date::paris_day(self.expires_at()?);
        last.since(date::paris_day(now)).ok().map(|span| span.get_days())
    }

    /// Its recruiter was reminded of so many days.
    pub fn remind(&mut self, days: u8) {
        self.relance_mail_sent = true;
        self.reminded_days = Some(days);
    }

    /// When it ends: also of old records, which do not say.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.job_expiration_date.or_else(|| date::two_months_later(self.job_creation_date?))
    }

    /// Whether it ended because its time was over.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        match self.job_status {
            JobStatus::Active => self.expires_at().is_some_and(|at| at <= now),
            JobStatus::Annulee => self.job_status_comment.as_deref() == Some(EXPIRED),
            JobStatus::Pourvue | JobStatus::EnAttente => false,
        }
    }
}

impl Recruiter {
    /// The state of an offer that is deposited now; none where the account takes no more.
    pub const fn status_of_new_offers(&self) -> Option<JobStatus> {
        match self.status {
            RecruiterStatus::Actif => Some(JobStatus::Active),
            RecruiterStatus::EnAttente => Some(JobStatus::EnAttente),
            RecruiterStatus::Archive => None,
        }
    }

    /// As partners read it: without what is kept for ourselves.
    #[must_use]
    pub fn shown(mut self) -> Self {
        self.cfa_delegated = None;
        for job in &mut self.jobs {
            job.reminded_days = None;
            for delegation in &mut job.delegations {
                delegation.name = None;
            }
        }
        self
    }
}

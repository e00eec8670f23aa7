//! What the passing of time alone does to offers: reminders of their end, and the end itself (contract 3.2).
//!
//! The stock's lists of expiries say which offers it is about. What is done of an offer is decided by its recruiter's own
//! record, and written on the condition that it is as seen: so a run may be killed, and run again, on the same day.

mod expire;
mod expiring;
mod remind;

pub use expire::ExpireOffers;
pub use remind::RemindRecruiters;

use crate::ports::CommitError;

/// What a run did.
#[derive(Debug, Default)]
pub struct Ran {
    /// Offers that something became of.
    pub offers: usize,
    /// Their recruiters.
    pub recruiters: usize,
    /// Recruiters of which something could not be done: the next run does it.
    pub failed: usize,
    /// Why, of the first of them.
    pub why: Option<CommitError>,
}

impl Ran {
    /// What became of one recruiter.
    fn of_one(offers: usize, why: Option<CommitError>) -> Self {
        Self { offers, recruiters: usize::from(offers > 0), failed: usize::from(why.is_some()), why }
    }
}

impl std::iter::Sum for Ran {
    fn sum<I: Iterator<Item = Self>>(runs: I) -> Self {
        runs.fold(Self::default(), |all, one| Self {
            offers: all.offers + one.offers,
            recruiters: all.recruiters + one.recruiters,
            failed: all.failed + one.failed,
            why: all.why.or(one.why),
        })
    }
}

//! Recruiters with their offers.

use async_trait::async_trait;
use domain::matcha::MatchaOffer;
use domain::recruiter::Recruiter;

use super::{PortError, WriteError};

/// What a deposit changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Deposited {
    /// Offers written, closed ones included.
    pub written: usize,
    /// Offers that were there already, the same.
    pub unchanged: usize,
    /// Offers removed, because the recruiter has them no more.
    pub removed: usize,
}

/// Deposits a recruiter.
#[async_trait]
pub trait DepositRecruiter: Send + Sync {
    /// Stores the recruiter and its offers, whole: each offer with its postings in one transaction. `offers` are
    /// what [`Recruiter::offers`] makes of it, one per job, in the same order. An offer that is no longer active
    /// loses its postings and keeps its record. Depositing the same again writes nothing. `now` is the present in
    /// seconds since 1970.
    async fn deposit(
        &self,
        recruiter: &Recruiter,
        offers: &[MatchaOffer],
        now: u32,
    ) -> Result<Deposited, WriteError>;
}

/// Finds a recruiter.
#[async_trait]
pub trait FindRecruiter: Send + Sync {
    /// The recruiter as last deposited, with its offers.
    async fn find_recruiter(&self, establishment_id: &str) -> Result<Option<Recruiter>, PortError>;
}

//! The deposit of offers.

use async_trait::async_trait;
use domain::matcha::MatchaOffer;
use domain::recruiter::Recruiter;

use super::{Consequences, PortError};
use crate::ingest::ContentHash;

/// A recruiter as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenRecruiter {
    /// The recruiter, with its offers.
    pub recruiter: Recruiter,
    /// What the store must still hold when it is changed.
    pub hash: ContentHash,
}

/// Finds a recruiter of a partner.
#[async_trait]
pub trait FindOwnRecruiter: Send + Sync {
    /// Strongly consistent. Another partner's answers like one that does not exist.
    async fn find_own_recruiter(
        &self,
        owner: &str,
        establishment_id: &str,
    ) -> Result<Option<SeenRecruiter>, PortError>;
}

/// A write with consequences was not done; nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// What it replaces is no longer as seen.
    #[error("the record was changed by another request")]
    Overtaken,
    /// What must be unique is taken.
    #[error("the value is taken")]
    Taken,
    /// The answer is larger than the store can keep.
    #[error("the answer is too large to be kept")]
    TooLarge,
    /// The request was answered, or taken over, by another.
    #[error("another request with this key was first")]
    NotFirst,
    /// The store failed. Whether it was done is not known.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Creates a recruiter.
#[async_trait]
pub trait CreateRecruiter: Send + Sync {
    /// With its consequences, in one transaction. [`CommitError::Taken`] where its address belongs to another.
    async fn create_recruiter(
        &self,
        owner: &str,
        recruiter: &Recruiter,
        consequences: &Consequences,
    ) -> Result<(), CommitError>;
}

/// An offer to add to its recruiter.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOffer {
    /// The recruiter as it will be: the new offer is its last.
    pub recruiter: Recruiter,
    /// That offer as searches show it.
    pub offer: MatchaOffer,
    /// What the store must still hold of the recruiter.
    pub seen: ContentHash,
}

/// Adds an offer.
#[async_trait]
pub trait AddOffer: Send + Sync {
    /// With its postings and consequences, in one transaction.
    async fn add_offer(
        &self,
        owner: &str,
        new: &NewOffer,
        consequences: &Consequences,
    ) -> Result<(), CommitError>;
}

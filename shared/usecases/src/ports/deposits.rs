//! The deposit of offers.

use async_trait::async_trait;
use domain::link::OfferRef;
use domain::matcha::MatchaOffer;
use domain::recruiter::{Job, Recruiter};
use sha2::{Digest, Sha256};

use super::{Consequences, Filed, PortError};
use crate::ingest::ContentHash;

/// An offer as it was read: what the store must know to write another one in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenOffer {
    /// What the store must still hold.
    pub hash: ContentHash,
    /// Its id in the index, and where it is filed there; none where it is not.
    pub filed: Option<(String, Filed)>,
}

/// A recruiter as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenRecruiter {
    /// The recruiter, with its offers.
    pub recruiter: Recruiter,
    /// What the store must still hold when it is changed.
    pub hash: ContentHash,
    /// How each of its offers was read, in the order of `jobs`.
    pub offers: Vec<SeenOffer>,
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

/// A recruiter without its offers, as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenHead {
    /// The recruiter; its `jobs` are empty.
    pub recruiter: Recruiter,
    /// How many offers it has, closed ones included.
    pub offers: usize,
    /// What the store must still hold when it is changed.
    pub hash: ContentHash,
}

/// Finds a recruiter of a partner without reading its offers: one item, however many they are.
#[async_trait]
pub trait FindOwnHead: Send + Sync {
    /// Strongly consistent. Another partner's answers like one that does not exist.
    async fn find_own_head(&self, owner: &str, establishment_id: &str)
    -> Result<Option<SeenHead>, PortError>;
}

/// Finds which recruiter of a partner has an offer.
#[async_trait]
pub trait LocateOwnOffer: Send + Sync {
    /// The id of its establishment. Another partner's offer answers like one that does not exist.
    async fn locate_own_offer(&self, owner: &str, offer_id: &str) -> Result<Option<String>, PortError>;
}

/// Finds whose an offer is.
#[async_trait]
pub trait LocateOffer: Send + Sync {
    /// For those who act for the service itself: partners are asked by [`LocateOwnOffer`].
    async fn locate_offer(&self, offer_id: &str) -> Result<Option<OfferRef>, PortError>;
}

/// A partner's own name for an offer, hashed: it may be anything, a person's name too.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReferenceHash(String);

impl ReferenceHash {
    /// Of the name as the partner writes it.
    pub fn of(reference: &str) -> Self {
        Self(hex::encode(Sha256::digest(reference)))
    }

    /// Hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Finds which offer of a partner has a name of its own.
#[async_trait]
pub trait FindOwnReference: Send + Sync {
    /// Strongly consistent.
    async fn find_own_reference(
        &self,
        owner: &str,
        reference: &ReferenceHash,
    ) -> Result<Option<OfferRef>, PortError>;
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
    /// The answer is larger than what can be answered, or kept to be answered again.
    #[error("the answer is too large")]
    AnswerTooLarge,
    /// The request was answered, or taken over, by another.
    #[error("another request with this key was first")]
    NotFirst,
    /// The link that it follows was used, or has expired.
    #[error("the link does not work any more")]
    LinkUsed,
    /// The store failed. Whether it was done is not known.
    #[error(transparent)]
    Failed(#[from] PortError),
}

impl CommitError {
    /// The failure of an operation to which none of the others happens, or none that is left to tell.
    pub fn unexpected(self, operation: &'static str) -> PortError {
        match self {
            Self::Failed(error) => error,
            error => PortError::new(operation, error),
        }
    }
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

/// What becomes of an offer.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferChange {
    /// Its place among all offers of its recruiter.
    pub index: usize,
    /// The offer as it will be.
    pub job: Job,
    /// The same as searches show it.
    pub card: MatchaOffer,
    /// Whether searches show it as they did: then its postings stay as they are.
    pub is_shown_alike: bool,
    /// What the store must still hold of it; none for a new one.
    pub seen: Option<SeenOffer>,
    /// The partner's own name for a new one.
    pub reference: Option<ReferenceHash>,
}

/// What becomes of a recruiter and of some of its offers.
#[derive(Debug, Clone, PartialEq)]
pub struct RecruiterChange {
    /// The recruiter as it will be; its `jobs` are not looked at.
    pub recruiter: Recruiter,
    /// How many offers it will have, closed ones included.
    pub offers: usize,
    /// What the store must still hold of the recruiter.
    pub seen: ContentHash,
    /// What becomes of it in the lists that it stands in.
    pub lists: Lists,
    /// The offers that change.
    pub changes: Vec<OfferChange>,
}

/// What becomes of a recruiter in the lists that it stands in: its partner's, and that of the accounts that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lists {
    /// Nothing.
    AsTheyWere,
    /// Its state changed.
    State,
    /// Its state changed for good: it waits no more. One that is archived gives its address back.
    Settled,
}

/// Changes a recruiter and some of its offers.
#[async_trait]
pub trait ChangeRecruiter: Send + Sync {
    /// With consequences, in one transaction: with postings, too, where it can hold them; else they follow before this
    /// returns, and [`CatchUpPostings`] sees to it that they do. [`CommitError::Taken`] where the partner has another
    /// offer of that name.
    async fn change_recruiter(
        &self,
        owner: &str,
        change: &RecruiterChange,
        consequences: &Consequences,
    ) -> Result<(), CommitError>;
}

/// Brings the postings of changed offers up to date where their own change was stopped before it had done so.
#[async_trait]
pub trait CatchUpPostings: Send + Sync {
    /// Of how many. It may be done by several at once.
    async fn catch_up_postings(&self) -> Result<usize, PortError>;
}

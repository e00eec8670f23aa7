//! Requests that must have one effect: the records of `Idempotency-Key`, and what a write owes.

use std::fmt;

use async_trait::async_trait;
use domain::event::EventMessage;
use domain::link::StoredLink;
use domain::mail::DueMail;

use super::PortError;

/// The record of a request, by the hash of who asks what under which key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RequestKey(String);

impl RequestKey {
    /// `hash` must be of partner, route and key together.
    pub fn from_hash(hash: String) -> Self {
        Self(hash)
    }

    /// Hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An answer as it was given, to be given again.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// HTTP status.
    pub status: u16,
    /// The body; empty where the status has none.
    pub body: String,
    /// The entity tag of the offer that it tells of, without quotation marks.
    pub etag: Option<String>,
}

/// The body is left out: it holds people.
impl fmt::Debug for StoredAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredAnswer").field("status", &self.status).finish_non_exhaustive()
    }
}

/// What is known of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// It was answered.
    Answered {
        /// SHA-256 of its body.
        body_hash: String,
        /// The answer.
        answer: StoredAnswer,
    },
    /// It is being worked on, until the instant given at the latest, in seconds since 1970.
    Running {
        /// SHA-256 of its body.
        body_hash: String,
        /// Until when.
        until: u32,
    },
}

/// Reads the record of a request.
#[async_trait]
pub trait FindRequest: Send + Sync {
    /// What is known of it at `now`, strongly consistent; records past their time are none.
    async fn find_request(&self, key: &RequestKey, now: u32) -> Result<Option<Known>, PortError>;
}

/// A request that somebody wants to work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its record.
    pub key: RequestKey,
    /// SHA-256 of its body.
    pub body_hash: String,
    /// Who works on it: random.
    pub holder: String,
    /// The present, in seconds since 1970.
    pub now: u32,
    /// Until when it is worked on at the latest.
    pub until: u32,
}

/// Claims a request.
#[async_trait]
pub trait ClaimRequest: Send + Sync {
    /// Makes it run, unless it was answered or runs: what is known of it then.
    async fn claim_request(&self, claim: &Claim) -> Result<Option<Known>, PortError>;
}

/// Gives a request back.
#[async_trait]
pub trait ReleaseRequest: Send + Sync {
    /// Forgets that it runs, if it still does and is still held by that holder: a write that is still under way then
    /// fails on its condition, and one that was done has left an answer that stays.
    async fn release_request(&self, claim: &Claim) -> Result<(), PortError>;
}

/// How a write makes sure that it is the only one of its request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guard {
    /// It runs, and is still held by this holder.
    Claimed {
        /// Who.
        holder: String,
    },
    /// Nobody has answered it yet.
    Unanswered,
}

/// The answer of a request, stored by the write that it tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The record.
    pub key: RequestKey,
    /// SHA-256 of the body of the request.
    pub body_hash: String,
    /// The condition.
    pub guard: Guard,
    /// The answer.
    pub answer: StoredAnswer,
    /// Until when it is given again, in seconds since 1970.
    pub expires_at: u32,
}

/// What follows from a write, committed with it in one transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Consequences {
    /// The answer to store; none where nobody asked, or where asking twice is two requests.
    pub completion: Option<Completion>,
    /// The link of a mail that it follows, which then works no more.
    pub follows: Option<StoredLink>,
    /// Mails that become due.
    pub mails: Vec<DueMail>,
    /// Events to publish.
    pub events: Vec<EventMessage>,
    /// Links that begin to work.
    pub links: Vec<StoredLink>,
    /// The present, in seconds since 1970.
    pub now: u32,
}

impl Consequences {
    /// Nothing follows, at this instant; no request waits for it.
    pub const fn none(now: u32) -> Self {
        Self {
            completion: None,
            follows: None,
            mails: Vec::new(),
            events: Vec::new(),
            links: Vec::new(),
            now,
        }
    }
}

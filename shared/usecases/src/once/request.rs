//! A request to do something once, and how it ends.

use std::fmt;

use crate::ports::{CommitError, Completion, Consequences, Guard, PortError, RequestKey, StoredAnswer};

/// A request to do something once.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The partner that asks.
    pub partner: &'a str,
    /// What it asks, with whatever of it is not in the body: the operation, and the ids of the path.
    pub operation: &'a str,
    /// Its `Idempotency-Key`.
    pub key: Option<&'a str>,
    /// Its body.
    pub body: &'a [u8],
    /// What it is without a key.
    pub unkeyed: Unkeyed,
}

/// What a request is that has no `Idempotency-Key`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unkeyed {
    /// The same body of the same partner within ten minutes is the same request: what creates.
    SameBody,
    /// Each is one of its own: what changes a state, where the second time is told that it is done.
    Each,
}

/// Body and key are left out: they hold people.
impl fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked")
            .field("partner", &self.partner)
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}

/// An answer, and whether it is one that was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub answer: StoredAnswer,
    /// Whether it was given before.
    pub replayed: bool,
}

/// Why a request was not worked on, or failed.
#[derive(Debug, thiserror::Error)]
pub enum OnceError<E> {
    /// The key was used for another body.
    #[error("the idempotency key was used for another request")]
    OtherBody,
    /// The first request with this key is still running.
    #[error("the first request with this key is still running")]
    Running {
        /// When to come back, in seconds.
        retry_after_seconds: u32,
    },
    /// The work was refused or failed.
    #[error(transparent)]
    Work(E),
    /// The record of the request could not be read or written.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Why work ended without an answer.
#[derive(Debug)]
pub enum Stop<E> {
    /// Another request with the same key was first: its answer is ours.
    NotFirst,
    /// All is as it was asked to be: this is the answer, and no write was there to store it.
    Unwritten(StoredAnswer),
    /// It was refused or failed.
    Because(E),
    /// It was refused, perhaps because this very request, sent twice at once, was done meanwhile: then its answer is ours.
    PerhapsDone(E),
}

impl<E> From<E> for Stop<E> {
    fn from(error: E) -> Self {
        Self::Because(error)
    }
}

impl<E: From<CommitError>> Stop<E> {
    /// Of a write that was not done.
    pub fn of_commit(error: CommitError) -> Self {
        match error {
            CommitError::NotFirst => Self::NotFirst,
            other => Self::Because(other.into()),
        }
    }
}

/// What the write of a request needs to store its answer.
#[derive(Debug, Clone)]
pub struct Promise {
    pub(super) record: Option<Record>,
    /// The present, in seconds since 1970: the same for all that is written.
    pub now: u32,
}

/// Under what an answer is stored.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) key: RequestKey,
    pub(super) body_hash: String,
    pub(super) guard: Guard,
    pub(super) expires_at: u32,
}

impl Promise {
    /// Of nothing: the answer is not kept.
    pub const fn none(now: u32) -> Self {
        Self { record: None, now }
    }

    /// The answer, for the write to store; none where it is not kept.
    pub fn keep(self, answer: StoredAnswer) -> Option<Completion> {
        let Record { key, body_hash, guard, expires_at } = self.record?;
        Some(Completion { key, body_hash, guard, answer, expires_at })
    }

    /// The same, as what follows from that write: to be completed by mails, events and links.
    pub fn answered(self, answer: StoredAnswer) -> Consequences {
        let now = self.now;
        Consequences { completion: self.keep(answer), ..Consequences::none(now) }
    }
}

//! One effect for each request, however often it is sent.
//!
//! With an `Idempotency-Key` a request is claimed before anything is read for it, so that of several at once one
//! works and the others are told to come back. Without one, the same body of the same partner within ten minutes is
//! taken for the same request: a double click, or a retry by who knows no better. In both cases the write itself stores
//! the answer, in its own transaction and on the condition that nobody else did: that is what holds; the claim
//! only spares work.

use domain::event::{EVENT_VERSION, Event, EventMessage};
use sha2::{Digest, Sha256};

use crate::ports::{
    Claim, ClaimRequest, Clock, Entropy, FindRequest, Guard, Known, ReleaseRequest, RequestKey, StoredAnswer,
};
use request::Record;
pub use request::{Answered, Asked, OnceError, Promise, Stop, Unkeyed};

mod request;

/// How long the answer under an `Idempotency-Key` is given again, in seconds: a day, as everywhere.
const KEYED_SECONDS: u32 = 86_400;
/// How long the same body is taken for the same request where no key says otherwise, in seconds.
const NATURAL_SECONDS: u32 = 600;
/// How long a claim lasts, in seconds: the time limit of a function that serves a route, and one more. After it
/// whoever held the claim is dead, or fails on its condition.
pub const CLAIM_SECONDS: u32 = 11;
/// When to come back while a request runs, in seconds: most end well within it.
const RETRY_AFTER_SECONDS: u32 = 1;

/// Does things once.
#[derive(Clone, Copy)]
pub struct Once<'a> {
    /// Reads records of requests.
    pub find: &'a dyn FindRequest,
    /// Claims requests.
    pub claim: &'a dyn ClaimRequest,
    /// Gives them back.
    pub release: &'a dyn ReleaseRequest,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Names who works.
    pub entropy: &'a dyn Entropy,
}

impl Once<'_> {
    /// The answer of `work`, or the one that was given to this request before.
    pub async fn run<E>(
        &self,
        asked: Asked<'_>,
        work: impl AsyncFnOnce(Promise) -> Result<StoredAnswer, Stop<E>>,
    ) -> Result<Answered, OnceError<E>> {
        match (asked.key, asked.unkeyed) {
            (Some(key), _) => self.claimed(asked, key, work).await,
            (None, Unkeyed::SameBody) => self.unclaimed(asked, work).await,
            (None, Unkeyed::Each) => match work(Promise::none(self.clock.seconds())).await {
                Ok(answer) | Err(Stop::Unwritten(answer)) => Ok(Answered { answer, replayed: false }),
                // Without a record nobody can have been first.
                Err(Stop::NotFirst) => Err(OnceError::Running { retry_after_seconds: RETRY_AFTER_SECONDS }),
                Err(Stop::Because(error) | Stop::PerhapsDone(error)) => Err(OnceError::Work(error)),
            },
        }
    }

    async fn claimed<E>(
        &self,
        asked: Asked<'_>,
        key: &str,
        work: impl AsyncFnOnce(Promise) -> Result<StoredAnswer, Stop<E>>,
    ) -> Result<Answered, OnceError<E>> {
        let now = self.clock.seconds();
        let claim = Claim {
            key: record(asked, "key", key),
            body_hash: body_hash(asked),
            holder: hex::encode(self.entropy.bytes()),
            now,
            until: now + CLAIM_SECONDS,
        };
        if let Some(known) = self.claim.claim_request(&claim).await? {
            return replay(known, &claim.body_hash);
        }
        let record = Record {
            key: claim.key.clone(),
            body_hash: claim.body_hash.clone(),
            guard: Guard::Claimed { holder: claim.holder.clone() },
            expires_at: now + KEYED_SECONDS,
        };
        let promise = Promise { record: Some(record), now };
        match work(promise).await {
            Ok(answer) => Ok(Answered { answer, replayed: false }),
            Err(Stop::NotFirst) => self.known(&claim.key, &claim.body_hash).await,
            Err(Stop::Unwritten(answer)) => {
                // No answer is kept under the key, so that the same request may be looked at again at once.
                drop(self.release.release_request(&claim).await);
                Ok(Answered { answer, replayed: false })
            }
            Err(Stop::Because(error) | Stop::PerhapsDone(error)) => {
                // Nothing was promised, so the same key may try again at once. Too late is no failure: claims lapse.
                drop(self.release.release_request(&claim).await);
                Err(OnceError::Work(error))
            }
        }
    }

    /// The same without a claim, whether there is a key or not: of several at once each may work, and one succeeds. For
    /// the items of a request that is claimed as a whole, or whose work is small.
    pub async fn unclaimed<E>(
        &self,
        asked: Asked<'_>,
        work: impl AsyncFnOnce(Promise) -> Result<StoredAnswer, Stop<E>>,
    ) -> Result<Answered, OnceError<E>> {
        let now = self.clock.seconds();
        let body_hash = body_hash(asked);
        let (key, seconds) = match asked.key {
            Some(key) => (record(asked, "key", key), KEYED_SECONDS),
            None => (record(asked, "body", &body_hash), NATURAL_SECONDS),
        };
        if let Some(known) = self.find.find_request(&key, now).await? {
            return replay(known, &body_hash);
        }
        let record = Record {
            key: key.clone(),
            body_hash: body_hash.clone(),
            guard: Guard::Unanswered,
            expires_at: now + seconds,
        };
        match work(Promise { record: Some(record), now }).await {
            Ok(answer) => Ok(Answered { answer, replayed: false }),
            Err(Stop::NotFirst) => self.known(&key, &body_hash).await,
            // It may be so because this very request, sent twice at once, has just made it so.
            Err(Stop::Unwritten(answer)) => match self.find.find_request(&key, self.clock.seconds()).await? {
                Some(known) => replay(known, &body_hash),
                None => Ok(Answered { answer, replayed: false }),
            },
            Err(Stop::PerhapsDone(error)) => {
                match self.find.find_request(&key, self.clock.seconds()).await? {
                    Some(known) => replay(known, &body_hash),
                    None => Err(OnceError::Work(error)),
                }
            }
            Err(Stop::Because(error)) => Err(OnceError::Work(error)),
        }
    }

    /// What whoever was first has answered, or that it is still running.
    async fn known<E>(&self, key: &RequestKey, body_hash: &str) -> Result<Answered, OnceError<E>> {
        let now = self.clock.seconds();
        match self.find.find_request(key, now).await? {
            Some(known) => replay(known, body_hash),
            None => Err(OnceError::Running { retry_after_seconds: RETRY_AFTER_SECONDS }),
        }
    }
}

fn replay<E>(known: Known, asked: &str) -> Result<Answered, OnceError<E>> {
    let (Known::Answered { body_hash, .. } | Known::Running { body_hash, .. }) = &known;
    if body_hash != asked {
        return Err(OnceError::OtherBody);
    }
    match known {
        Known::Answered { answer, .. } => Ok(Answered { answer, replayed: true }),
        Known::Running { .. } => Err(OnceError::Running { retry_after_seconds: RETRY_AFTER_SECONDS }),
    }
}

/// Who asks what under which key: a key of one partner says nothing of another's.
fn record(asked: Asked<'_>, kind: &str, key: &str) -> RequestKey {
    RequestKey::from_hash(hash([asked.partner, asked.operation, kind, key].map(str::as_bytes)))
}

fn body_hash(asked: Asked<'_>) -> String {
    hash([asked.operation.as_bytes(), asked.body])
}

/// Of each part and its length, so that no two lists of parts are alike.
fn hash<const N: usize>(parts: [&[u8]; N]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    hex::encode(digest.finalize())
}

/// The message that tells of `event`, once for each `cause`.
pub fn message(cause: &str, event: Event, partner: Option<&str>, clock: &dyn Clock) -> EventMessage {
    EventMessage {
        id: hash([event.kind().as_bytes(), cause.as_bytes()]).chars().take(32).collect(),
        version: EVENT_VERSION,
        occurred_at: clock.now(),
        partner: partner.map(str::to_owned),
        event,
    }
}

#[cfg(test)]
mod tests;

//! The records of requests.

use usecases::ports::{Claim, Completion, Guard, Known, RequestKey};

use super::Store;
use crate::without::Without;

/// The record of a request.
pub(super) struct Record {
    known: Known,
    holder: String,
    expires_at: u32,
}

impl Store {
    pub(crate) fn find_request(&self, key: &RequestKey, now: u32) -> Option<Known> {
        self.requests.get(key).filter(|record| record.expires_at > now).map(|record| record.known.clone())
    }

    pub(crate) fn claim(&mut self, claim: &Claim) -> Option<Known> {
        let spares = match self.requests.get(&claim.key) {
            None => false,
            Some(record) => match record.known {
                Known::Answered { .. } => {
                    record.expires_at > claim.now && !self.lacks(Without::ClaimSparesAnswers)
                }
                Known::Running { until, .. } => {
                    record.holder != claim.holder
                        && (until > claim.now || self.lacks(Without::ClaimLapses))
                        && !self.lacks(Without::ClaimSparesWork)
                }
            },
        };
        if spares {
            return self.requests.get(&claim.key).map(|record| record.known.clone());
        }
        let known = Known::Running { body_hash: claim.body_hash.clone(), until: claim.until };
        let record = Record { known, holder: claim.holder.clone(), expires_at: claim.until };
        self.requests.insert(claim.key.clone(), record);
        None
    }

    pub(crate) fn release(&mut self, claim: &Claim) {
        let forgets_answers = self.lacks(Without::ReleaseSparesAnswers);
        if let Some(record) = self.requests.get(&claim.key)
            && record.holder == claim.holder
            && (forgets_answers || matches!(record.known, Known::Running { .. }))
        {
            self.requests.remove(&claim.key);
        }
    }

    /// False where another was first: nothing is changed then.
    pub(crate) fn complete(&mut self, completion: &Completion, now: u32) -> bool {
        let record = self.requests.get(&completion.key);
        let first = match &completion.guard {
            Guard::Claimed { holder } => record.is_some_and(|record| {
                record.holder == *holder && matches!(record.known, Known::Running { .. })
            }),
            Guard::Unanswered => record.is_none_or(|record| record.expires_at <= now),
        };
        if !first && !self.lacks(Without::CompletionGuard) {
            return false;
        }
        let known =
            Known::Answered { body_hash: completion.body_hash.clone(), answer: completion.answer.clone() };
        let holder = match &completion.guard {
            Guard::Claimed { holder } => holder.clone(),
            Guard::Unanswered => String::new(),
        };
        let record = Record { known, holder, expires_at: completion.expires_at };
        self.requests.insert(completion.key.clone(), record);
        true
    }
}

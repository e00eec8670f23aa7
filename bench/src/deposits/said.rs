//! What partners asked and were answered, offer by offer: what the store must hold afterwards.

use std::collections::{BTreeMap, BTreeSet};

use usecases::deposit::DepositError;
use usecases::once::{Answered, OnceError};
use usecases::ports::ReferenceHash;

use super::drawn::Request;
use super::short;

/// An offer, as its partner knows it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) partner: String,
    pub(crate) establishment_id: String,
    pub(crate) reference: Option<ReferenceHash>,
    /// It is the first of its establishment in its request: its recruiter is told of it.
    pub(crate) is_told: bool,
    /// The ids that it was acknowledged under: one, however often it was sent.
    pub(crate) ids: BTreeSet<String>,
    /// A request with it failed, so that nobody knows whether it is there.
    pub(crate) is_unknown: bool,
}

/// All offers by their numbers, and how they were answered.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) offers: BTreeMap<u32, Asked>,
    pub(crate) counts: Counts,
}

/// How offers were answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Requests, each time that they were sent.
    pub(crate) sent: u64,
    /// Offers that were answered 409, and sent again.
    pub(crate) busy: u64,
    /// Offers that were answered as before.
    pub(crate) replayed: u64,
    /// Offers of which the answer was that the store failed.
    pub(crate) failed: u64,
    /// Offers that were refused.
    pub(crate) refused: u64,
}

impl Said {
    /// That a partner is about to send a request.
    pub(crate) fn ask(&mut self, partner: &str, request: &Request) {
        let mut seen = BTreeSet::new();
        for (serial, offer) in request.serials.iter().zip(&request.offers) {
            self.offers.entry(*serial).or_insert_with(|| Asked {
                partner: partner.to_owned(),
                establishment_id: offer.establishment_id.clone(),
                reference: offer.reference.clone(),
                is_told: seen.insert(&offer.establishment_id),
                ids: BTreeSet::new(),
                is_unknown: false,
            });
        }
    }

    /// What a request was answered; whether it must be sent again.
    pub(crate) fn hear(
        &mut self,
        request: &Request,
        answers: BTreeMap<usize, Result<Answered, OnceError<DepositError>>>,
    ) -> bool {
        self.counts.sent += 1;
        let mut again = false;
        for (index, answer) in answers {
            let Some(asked) = request.serials.get(index).and_then(|serial| self.offers.get_mut(serial))
            else {
                continue;
            };
            match answer {
                Ok(Answered { answer, replayed }) => {
                    self.counts.replayed += u64::from(replayed);
                    asked.ids.extend(short(&answer.body));
                }
                Err(OnceError::Running { .. } | OnceError::Work(DepositError::Busy)) => {
                    self.counts.busy += 1;
                    again = true;
                }
                Err(OnceError::Failed(_) | OnceError::Work(DepositError::Failed(_))) => {
                    self.counts.failed += 1;
                    asked.is_unknown = true;
                    again = true;
                }
                Err(OnceError::OtherBody | OnceError::Work(_)) => self.counts.refused += 1,
            }
        }
        again
    }

    /// Offers that were acknowledged.
    pub(crate) fn acknowledged(&self) -> usize {
        self.offers.values().filter(|asked| !asked.ids.is_empty()).count()
    }
}

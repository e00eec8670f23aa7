//! Deposits many offers at once, each for itself: one that is refused takes no other down.

use std::collections::BTreeMap;

use futures::{StreamExt, stream};

use super::named::short_answer;
use super::{Deposit, DepositError, JobFields, Notice, PutOffer};
use crate::once::{Answered, Asked, OnceError};
use crate::ports::ReferenceHash;

/// Offers of one request.
pub const MAX_ITEMS: usize = 100;
/// The status of an offer that is new.
const CREATED: u16 = 201;
/// Establishments that are written to at once. Those of one establishment come one after the other: they would only be in
/// each other's way.
const AT_ONCE: usize = 8;

/// One of many offers.
#[derive(Debug, Clone)]
pub struct OneOffer {
    /// Its place in the request.
    pub index: usize,
    /// Of which establishment.
    pub establishment_id: String,
    /// The partner's own name for it: then it is put under that name.
    pub reference: Option<ReferenceHash>,
    /// What the partner says of it.
    pub fields: JobFields,
    /// The same as it was written, to know it again.
    pub raw: Vec<u8>,
}

/// Deposits many offers.
#[derive(Clone, Copy)]
pub struct DepositMany<'a> {
    /// Deposits or puts each.
    pub put: PutOffer<'a>,
}

/// Requests over the same establishments begin with others, so that they do not walk through them side by side, each in
/// the other's way: some number that differs from request to request.
fn start(asked: Asked<'_>) -> usize {
    let bytes = asked.key.map_or(asked.body, str::as_bytes);
    bytes.iter().fold(0, |sum: usize, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)))
}

impl DepositMany<'_> {
    /// What became of each offer, by its place. Each is a request of its own under the key of the whole, so that the
    /// same request sent again finds what is done, and does the rest.
    pub async fn run(
        &self,
        asked: Asked<'_>,
        offers: &[OneOffer],
    ) -> BTreeMap<usize, Result<Answered, OnceError<DepositError>>> {
        let mut by_establishment: BTreeMap<&str, Vec<&OneOffer>> = BTreeMap::new();
        for offer in offers {
            by_establishment.entry(&offer.establishment_id).or_default().push(offer);
        }
        let mut groups: Vec<_> = by_establishment.into_values().collect();
        let first = start(asked).checked_rem(groups.len()).unwrap_or_default();
        groups.rotate_left(first);
        let groups = groups.into_iter().map(async |group| {
            let mut ended = Vec::with_capacity(group.len());
            // Its recruiter is told by the first that is new, whichever of them are refused.
            let mut is_told = false;
            for (place, offer) in group.iter().enumerate() {
                let notice = match (is_told, place + 1 == group.len()) {
                    (true, _) => Notice::Following,
                    (false, true) => Notice::Alone,
                    (false, false) => Notice::First,
                };
                let outcome = self.one(asked, offer, notice).await;
                is_told |= outcome.as_ref().is_ok_and(|answered| answered.answer.status == CREATED);
                ended.push((offer.index, outcome));
            }
            ended
        });
        stream::iter(groups).buffer_unordered(AT_ONCE).flat_map(stream::iter).collect().await
    }

    async fn one(
        &self,
        asked: Asked<'_>,
        offer: &OneOffer,
        notice: Notice,
    ) -> Result<Answered, OnceError<DepositError>> {
        let operation = format!("{}#{}", asked.operation, offer.index);
        let one = Asked { operation: &operation, body: &offer.raw, ..asked };
        let owner = asked.partner;
        let reference = offer.reference.as_ref();
        let deposit =
            Deposit { establishment_id: &offer.establishment_id, fields: &offer.fields, reference, notice };
        let PutOffer { once, desk, head, .. } = self.put;
        once.unclaimed(one, async |promise| match reference {
            Some(reference) => self.put.put(owner, deposit, reference, None, promise).await,
            None => {
                desk.deposit(owner, deposit, Some(head), promise, |deposited| {
                    Ok(short_answer(201, &deposited.recruiter.establishment_id, &deposited.job)?)
                })
                .await
            }
        })
        .await
    }
}

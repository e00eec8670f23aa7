//! Recruiters that come whole, with the demonstration's data.

use std::collections::BTreeMap;

use async_trait::async_trait;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::matcha::MatchaOffer;
use domain::recruiter::Recruiter;
use usecases::ingest::ContentHash;
use usecases::ports::{DepositRecruiter, Deposited, FindRecruiter, PortError, SeenOffer, WriteError};

use super::offers::{NewOffer, Postings};
use super::stored::seen_offer;
use super::{FIND, RECRUITER, Recruiters, SITE, assemble};
use crate::attributes::{Item, SK, get_hash, get_text};
use crate::keys;
use crate::transact::{Condition, MAX_ACTIONS, Outcome, put_if};

impl Recruiters {
    async fn put_recruiter(&self, recruiter: &Recruiter, stored: &[Item]) -> Result<(), WriteError> {
        let (item, hash) = Self::item(SITE, recruiter, recruiter.jobs.len())?;
        let seen = stored.iter().find(|item| get_text(item, SK).is_ok_and(|sort| sort == RECRUITER));
        let seen = seen.map(get_hash).transpose().map_err(|error| PortError::new(FIND, error))?;
        if seen == Some(hash) {
            return Ok(());
        }
        self.commit(vec![put_if(&self.tables.records, item, Condition::still(seen))?], Some(hash)).await
    }

    /// Runs a transaction that ends with an item of this hash, or with none.
    async fn commit(
        &self,
        actions: Vec<TransactWriteItem>,
        hash: Option<ContentHash>,
    ) -> Result<(), WriteError> {
        match self.transact_in_step(actions).await? {
            Outcome::Written => Ok(()),
            // An earlier try was written and its answer lost.
            Outcome::ConditionFailed { there, .. }
                if there.as_ref().map(|item| get_hash(item).ok()) == hash.map(Some) =>
            {
                Ok(())
            }
            Outcome::ConditionFailed { .. } => Err(WriteError::Overtaken),
        }
    }
}

#[async_trait]
impl DepositRecruiter for Recruiters {
    async fn deposit(
        &self,
        recruiter: &Recruiter,
        offers: &[MatchaOffer],
        now: u32,
    ) -> Result<Deposited, WriteError> {
        let id = &recruiter.establishment_id;
        let stored = self.collection(SITE, id).await?;
        self.put_recruiter(recruiter, &stored).await?;
        let mut old = stored_offers(&stored)?;
        let mut deposited = Deposited::default();
        for (index, (job, offer)) in recruiter.jobs.iter().zip(offers).enumerate() {
            let new = NewOffer::new(job, index, offer)?;
            let old = old.remove(&job.id);
            if old.as_ref().is_some_and(|old| old.hash == new.hash) {
                deposited.unchanged += 1;
                continue;
            }
            let mut writes = self.writes(SITE, id, &new, old.as_ref(), (now, Postings::Now))?;
            let is_behind = writes.len() > MAX_ACTIONS;
            if is_behind {
                writes = self.writes(SITE, id, &new, old.as_ref(), (now, Postings::Later))?;
            }
            self.commit(writes, Some(new.hash)).await?;
            if is_behind {
                self.catch_up_at(&keys::offer(SITE, id, &job.id)).await?;
            }
            deposited.written += 1;
        }
        for (offer_id, old) in old {
            self.commit(self.removals(SITE, id, &offer_id, &old, now)?, None).await?;
            deposited.removed += 1;
        }
        Ok(deposited)
    }
}

#[async_trait]
impl FindRecruiter for Recruiters {
    async fn find_recruiter(&self, establishment_id: &str) -> Result<Option<Recruiter>, PortError> {
        Ok(assemble(&self.collection(SITE, establishment_id).await?)?.map(|(recruiter, _)| recruiter))
    }
}

fn stored_offers(items: &[Item]) -> Result<BTreeMap<String, SeenOffer>, PortError> {
    let mut offers = BTreeMap::new();
    for item in items {
        offers.extend(seen_offer(item).map_err(|error| PortError::new(FIND, error))?);
    }
    Ok(offers)
}

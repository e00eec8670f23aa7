//! Recruiters of partners: created and changed, each in one transaction with what follows from it.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::mail::address_hash;
use domain::recruiter::Recruiter;
use usecases::ports::{
    ChangeRecruiter, CommitError, Consequences, CreateRecruiter, FindOwnHead, FindOwnRecruiter, OfferChange,
    PortError, RecruiterChange, SeenHead, SeenRecruiter,
};

use super::offers::{NewOffer, Postings};
use super::{ESTABLISHMENT_ID, FIND, OFFERS, RECRUITER, Recruiters, WRITE, assemble, read};
use crate::attributes::{SK, get_hash, get_number, get_text, text};
use crate::consequences::{self, refusal};
use crate::keys;
use crate::transact::{Condition, MAX_ACTIONS, Outcome, put_if, transact};

const CREATE: &str = "create a recruiter";
const OFFER_ID: &str = "offer_id";

#[async_trait]
impl FindOwnRecruiter for Recruiters {
    async fn find_own_recruiter(
        &self,
        owner: &str,
        establishment_id: &str,
    ) -> Result<Option<SeenRecruiter>, PortError> {
        let items = self.collection(owner, establishment_id).await?;
        let own = items.iter().find(|item| get_text(item, SK).is_ok_and(|sort| sort == RECRUITER));
        let Some(own) = own else { return Ok(None) };
        let hash = get_hash(own).map_err(|error| PortError::new(FIND, error))?;
        Ok(assemble(&items)?.map(|(recruiter, offers)| SeenRecruiter { recruiter, hash, offers }))
    }
}

#[async_trait]
impl FindOwnHead for Recruiters {
    async fn find_own_head(
        &self,
        owner: &str,
        establishment_id: &str,
    ) -> Result<Option<SeenHead>, PortError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.tables.records)
            .set_key(Some(keys::recruiter(owner, establishment_id).attributes()))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        let Some(item) = got.item() else { return Ok(None) };
        if !item.contains_key(OFFERS) {
            // Written before the number stood there.
            let seen = self.find_own_recruiter(owner, establishment_id).await?;
            return Ok(seen.map(|SeenRecruiter { recruiter, hash, offers }| SeenHead {
                recruiter: Recruiter { jobs: Vec::new(), ..recruiter },
                offers: offers.len(),
                hash,
            }));
        }
        let bad = |error| PortError::new(FIND, error);
        let recruiter = read(get_text(item, RECRUITER).map_err(bad)?)?;
        let offers = get_number(item, OFFERS).map_err(bad)? as usize;
        Ok(Some(SeenHead { recruiter, offers, hash: get_hash(item).map_err(bad)? }))
    }
}

#[async_trait]
impl CreateRecruiter for Recruiters {
    async fn create_recruiter(
        &self,
        owner: &str,
        recruiter: &Recruiter,
        consequences: &Consequences,
    ) -> Result<(), CommitError> {
        let records = &self.tables.records;
        let mut actions = consequences::actions(&self.tables.ledger, consequences)?;
        let (address, created) = (actions.len(), actions.len() + 1);
        let mut unique = keys::recruiter_address(&address_hash(&recruiter.email)).attributes();
        unique.insert(ESTABLISHMENT_ID.to_owned(), text(&recruiter.establishment_id));
        actions.push(put_if(records, unique, Condition::Absent)?);
        actions.push(put_if(records, Self::item(owner, recruiter, 0)?.0, Condition::Absent)?);
        actions.extend(self.enter(owner, recruiter)?);
        match transact(&self.client, CREATE, actions).await? {
            Outcome::Written => Ok(()),
            Outcome::ConditionFailed { at, .. } if at == address => Err(CommitError::Taken),
            Outcome::ConditionFailed { at, .. } if at == created => Err(CommitError::Overtaken),
            Outcome::ConditionFailed { at, .. } => Err(refused(CREATE, consequences, at)),
        }
    }
}

#[async_trait]
impl ChangeRecruiter for Recruiters {
    async fn change_recruiter(
        &self,
        owner: &str,
        change: &RecruiterChange,
        consequences: &Consequences,
    ) -> Result<(), CommitError> {
        let mut written = self.written(owner, change, consequences, Postings::Now)?;
        let is_behind = written.actions.len() > MAX_ACTIONS;
        if is_behind {
            written = self.written(owner, change, consequences, Postings::Later)?;
        }
        let Written { actions, seen, names } = written;
        match self.transact_in_step(actions).await? {
            Outcome::Written => {
                if is_behind {
                    self.follow_up(owner, change).await;
                }
                Ok(())
            }
            Outcome::ConditionFailed { at, .. } if names.contains(&at) => Err(CommitError::Taken),
            // The recruiter, or one of its offers: they change together.
            Outcome::ConditionFailed { at, .. } if at >= seen => Err(CommitError::Overtaken),
            Outcome::ConditionFailed { at, .. } => Err(refused(WRITE, consequences, at)),
        }
    }
}

/// The transaction of a change.
struct Written {
    actions: Vec<TransactWriteItem>,
    /// Where the action stands whose condition is that the recruiter is as seen.
    seen: usize,
    /// Where those stand whose condition is that a name is free.
    names: Vec<usize>,
}

impl Recruiters {
    fn written(
        &self,
        owner: &str,
        change: &RecruiterChange,
        consequences: &Consequences,
        postings: Postings,
    ) -> Result<Written, CommitError> {
        let mut actions = consequences::actions(&self.tables.ledger, consequences)?;
        let (recruiter, _) = Self::item(owner, &change.recruiter, change.offers)?;
        let seen = actions.len();
        actions.push(put_if(&self.tables.records, recruiter, Condition::Hash(change.seen))?);
        let mut names = Vec::new();
        for offer in &change.changes {
            if let Some(named) = self.name(owner, &change.recruiter, offer)? {
                names.push(actions.len());
                actions.push(named);
            }
            let when = (consequences.now, postings);
            actions.extend(self.offer_writes(owner, &change.recruiter, offer, when)?);
        }
        actions.extend(self.relisted(owner, &change.recruiter, change.lists)?);
        Ok(Written { actions, seen, names })
    }

    /// Brings the postings of what was changed up to date. The change stands, whatever comes of it: what fails here is for
    /// the sweeper.
    async fn follow_up(&self, owner: &str, change: &RecruiterChange) {
        for offer in &change.changes {
            let key = keys::offer(owner, &change.recruiter.establishment_id, &offer.job.id);
            if let Err(error) = self.catch_up_at(&key).await {
                tracing::warn!(offer.id = offer.job.id, error.causes = error.causes(), "postings are behind");
            }
        }
    }

    /// What makes a new offer be found by its id, and by its partner's own name where it has one: the latter's action
    /// comes first, and may fail.
    fn name(
        &self,
        owner: &str,
        recruiter: &Recruiter,
        offer: &OfferChange,
    ) -> Result<Option<TransactWriteItem>, PortError> {
        let Some(reference) = &offer.reference else { return Ok(None) };
        let mut item = keys::own_reference(owner, reference.as_str()).attributes();
        item.insert(ESTABLISHMENT_ID.to_owned(), text(&recruiter.establishment_id));
        item.insert(OFFER_ID.to_owned(), text(&offer.job.id));
        put_if(&self.tables.records, item, Condition::Absent).map(Some)
    }

    fn offer_writes(
        &self,
        owner: &str,
        recruiter: &Recruiter,
        offer: &OfferChange,
        when: (u32, Postings),
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let id = &recruiter.establishment_id;
        let new = NewOffer::new(&offer.job, offer.index, &offer.card)?;
        match &offer.seen {
            Some(seen) if offer.is_shown_alike => Ok(vec![self.rewrite(owner, id, &new, seen)?]),
            Some(seen) => self.writes(owner, id, &new, Some(seen), when),
            None => {
                let mut actions = self.writes(owner, id, &new, None, when)?;
                let mut item = keys::own_offer(owner, &offer.job.id).attributes();
                item.insert(ESTABLISHMENT_ID.to_owned(), text(id));
                actions.push(crate::transact::put(&self.tables.records, item)?);
                Ok(actions)
            }
        }
    }
}

fn refused(operation: &'static str, consequences: &Consequences, at: usize) -> CommitError {
    refusal(consequences, at)
        .unwrap_or_else(|| PortError::new(operation, "a condition failed that has no name").into())
}

//! Recruiters of partners: created, and given offers, each in one transaction with what follows from it.

use async_trait::async_trait;
use domain::mail::address_hash;
use domain::recruiter::Recruiter;
use usecases::ports::{
    AddOffer, CommitError, Consequences, CreateRecruiter, FindOwnRecruiter, NewOffer, PortError,
    SeenRecruiter,
};

use super::{DEPOSIT_RECRUITER, FIND, Recruiters, assemble, new_offer};
use crate::attributes::{SK, get_hash, get_text, text};
use crate::consequences;
use crate::keys;
use crate::transact::{Condition, Outcome, put_if, transact};

const CREATE: &str = "create a recruiter";
const ADD: &str = "add an offer";
const ESTABLISHMENT_ID: &str = "establishment_id";

#[async_trait]
impl FindOwnRecruiter for Recruiters {
    async fn find_own_recruiter(
        &self,
        owner: &str,
        establishment_id: &str,
    ) -> Result<Option<SeenRecruiter>, PortError> {
        let items = self.collection(owner, establishment_id).await?;
        let own = items.iter().find(|item| get_text(item, SK).is_ok_and(|sort| sort == super::RECRUITER));
        let Some(own) = own else { return Ok(None) };
        let hash = get_hash(own).map_err(|error| PortError::new(FIND, error))?;
        Ok(assemble(&items)?.map(|recruiter| SeenRecruiter { recruiter, hash }))
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
        let mut actions = consequences::actions(&self.tables.ledger, consequences)?;
        let (address, created) = (actions.len(), actions.len() + 1);
        let mut unique = keys::recruiter_address(&address_hash(&recruiter.email)).attributes();
        unique.insert(ESTABLISHMENT_ID.to_owned(), text(&recruiter.establishment_id));
        actions.push(put_if(&self.tables.records, unique, Condition::Absent)?);
        actions.push(put_if(&self.tables.records, Self::item(owner, recruiter)?.0, Condition::Absent)?);
        match transact(&self.client, CREATE, actions).await? {
            Outcome::Written => Ok(()),
            Outcome::ConditionFailed { at: 0, .. } => Err(CommitError::NotFirst),
            Outcome::ConditionFailed { at, .. } if at == address => Err(CommitError::Taken),
            Outcome::ConditionFailed { at, .. } if at == created => Err(CommitError::Overtaken),
            Outcome::ConditionFailed { .. } => {
                Err(PortError::new(CREATE, "a consequence is there already").into())
            }
        }
    }
}

#[async_trait]
impl AddOffer for Recruiters {
    async fn add_offer(
        &self,
        owner: &str,
        new: &NewOffer,
        consequences: &Consequences,
    ) -> Result<(), CommitError> {
        let Some((index, job)) = new.recruiter.jobs.iter().enumerate().next_back() else {
            return Err(PortError::new(ADD, "the recruiter has no offer").into());
        };
        let mut actions = consequences::actions(&self.tables.ledger, consequences)?;
        let (recruiter, _) = Self::item(owner, &new.recruiter)?;
        let seen = actions.len();
        actions.push(put_if(&self.tables.records, recruiter, Condition::Hash(new.seen))?);
        let offer = new_offer(job, index, &new.offer)?;
        actions.extend(self.writes(
            owner,
            &new.recruiter.establishment_id,
            &offer,
            None,
            consequences.now,
        )?);
        match transact(&self.client, DEPOSIT_RECRUITER, actions).await? {
            Outcome::Written => Ok(()),
            Outcome::ConditionFailed { at: 0, .. } => Err(CommitError::NotFirst),
            Outcome::ConditionFailed { at, .. } if at == seen => Err(CommitError::Overtaken),
            Outcome::ConditionFailed { .. } => {
                Err(PortError::new(ADD, "a consequence is there already").into())
            }
        }
    }
}

//! Offers whose postings are more than one transaction takes, because they have some twenty trades.
//!
//! What is decided is written first: the recruiter, the offer and what follows from it, in one transaction, which also
//! notes in the offer that its postings are behind, and where they were before. They follow at once, in as many
//! transactions as they need. Whoever is killed in between leaves the note: the next one who changes the offer does what it
//! says before anything else, and so does the sweeper, each minute. All of it may be done again, and by two at once.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use domain::source::Source;
use search::keys::DEPOSIT;
use usecases::ports::{CatchUpPostings, PortError};

use super::{ESTABLISHMENT_ID, INDEX_ID, OWNER, Recruiters, WRITE};
use crate::attributes::{
    BadItem, CARD, HASH, Item, SK, bytes, get_bytes, get_filed, get_hash, get_text, set_filed, text,
};
use crate::change::Change;
use crate::filing::{New, Old};
use crate::keys::{self, Key, OFFER_PREFIX};
use crate::transact::{MAX_ACTIONS, Outcome, delete, put, transact, update};

/// What an offer bears while its postings are behind: where they were, or nothing where it had none.
/// [`Condition::InStep`](crate::transact::Condition::InStep) spells it too.
const BEHIND: &str = "postings_behind";
const CATCH_UP: &str = "bring the postings of an offer up to date";

impl Recruiters {
    /// Notes in the item of an offer that its postings are behind; the action enters it in the list of those.
    pub(super) fn falls_behind(
        &self,
        owner: &str,
        establishment_id: &str,
        offer_id: &str,
        item: &mut Item,
        old: Option<Old<'_>>,
    ) -> Result<TransactWriteItem, PortError> {
        let mut before = Item::new();
        if let Some((id, filed)) = old {
            before.insert(INDEX_ID.to_owned(), text(id));
            set_filed(&mut before, filed);
        }
        item.insert(BEHIND.to_owned(), AttributeValue::M(before));
        let mut listed = keys::offer_behind(offer_id).attributes();
        listed.insert(OWNER.to_owned(), text(owner));
        listed.insert(ESTABLISHMENT_ID.to_owned(), text(establishment_id));
        put(&self.tables.records, listed)
    }

    /// Runs a transaction once no offer that it is about is behind.
    pub(super) async fn transact_in_step(
        &self,
        actions: Vec<TransactWriteItem>,
    ) -> Result<Outcome, PortError> {
        loop {
            match transact(&self.client, WRITE, actions.clone()).await? {
                Outcome::ConditionFailed { there: Some(offer), .. } if offer.contains_key(BEHIND) => {
                    self.catch_up(&offer).await?;
                }
                outcome => return Ok(outcome),
            }
        }
    }

    /// Brings the postings of an offer up to date.
    pub(super) async fn catch_up_at(&self, key: &Key) -> Result<(), PortError> {
        match self.item_at(key).await? {
            Some(offer) => self.catch_up(&offer).await,
            None => Ok(()),
        }
    }

    /// As this item of an offer says: each part on the condition that it still stands there and is still behind, so that
    /// nothing is put or deleted that another change has decided since.
    async fn catch_up(&self, offer: &Item) -> Result<(), PortError> {
        let bad = |error: BadItem| PortError::new(CATCH_UP, error);
        let Some(AttributeValue::M(before)) = offer.get(BEHIND) else { return Ok(()) };
        let key = Key::of(offer).map_err(bad)?;
        let offer_id = key.sort.strip_prefix(OFFER_PREFIX).ok_or(BadItem(SK)).map_err(bad)?;
        let hash = bytes(get_hash(offer).map_err(bad)?.as_bytes());
        let still = || {
            let as_seen = "#hash = :hash AND attribute_exists(#postings_behind)";
            Change::on(as_seen, &[HASH, BEHIND]).with(HASH, hash.clone())
        };
        let records = &self.tables.records;
        let mut actions = self.owed(offer, offer_id, before).await?;
        actions.push(delete(records, &keys::offer_behind(offer_id))?);
        while !actions.is_empty() {
            let rest = actions.split_off(actions.len().min(MAX_ACTIONS - 1));
            // In all parts but the last it changes nothing: it is there for its condition.
            let change =
                if rest.is_empty() { still().remove(&[BEHIND]) } else { still().set(HASH, hash.clone()) };
            actions.push(update(records, &key, &change)?);
            if let Outcome::ConditionFailed { .. } = transact(&self.client, CATCH_UP, actions).await? {
                // Somebody else has done it.
                return Ok(());
            }
            actions = rest;
        }
        Ok(())
    }

    /// The rows that are missing in the index, and those that are too many.
    async fn owed(
        &self,
        offer: &Item,
        offer_id: &str,
        before: &Item,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let bad = |error: BadItem| PortError::new(CATCH_UP, error);
        let filing = self.filing(offer_id);
        let was = get_filed(before).map_err(bad)?;
        let old = was.as_ref().map(|filed| Ok((get_text(before, INDEX_ID)?, filed)));
        let old = old.transpose().map_err(bad)?;
        let Some(filed) = get_filed(offer).map_err(bad)? else { return filing.unpost(old) };
        let version = self.item_at(&keys::version(Source::Matcha, offer_id, DEPOSIT)).await?;
        let version = version.ok_or(BadItem(CARD)).map_err(bad)?;
        let card = get_bytes(&version, CARD).map_err(bad)?;
        let entry = filed.entry(get_text(offer, INDEX_ID).map_err(bad)?);
        filing.post(old, New { entry: &entry, filed: &filed, card })
    }
}

#[async_trait]
impl CatchUpPostings for Recruiters {
    async fn catch_up_postings(&self) -> Result<usize, PortError> {
        let behind = self
            .client
            .query()
            .table_name(&self.tables.records)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::OFFERS_BEHIND))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| PortError::new(CATCH_UP, error))?;
        let mut ended = Ok(behind.items().len());
        for item in behind.items() {
            let caught_up = match offer_of(item) {
                Ok(key) => self.catch_up_at(&key).await,
                Err(error) => Err(PortError::new(CATCH_UP, error)),
            };
            // The others are none the worse for it.
            ended = caught_up.and(ended);
        }
        ended
    }
}

/// The offer that an item of the list is about.
fn offer_of(listed: &Item) -> Result<Key, BadItem> {
    Ok(keys::offer(get_text(listed, OWNER)?, get_text(listed, ESTABLISHMENT_ID)?, get_text(listed, SK)?))
}

//! An offer as it is written: its item, its version for details, its postings.

use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::card::Card;
use domain::matcha::MatchaOffer;
use domain::recruiter::{Job, JobStatus};
use domain::source::Source;
use search::codec;
use search::keys::DEPOSIT;
use usecases::ingest::ContentHash;
use usecases::ports::{Filed, PortError, SeenOffer};

use super::stored::old;
use super::{ESTABLISHMENT_ID, INDEX_ID, JOB, JOB_INDEX, OWNER, Recruiters, WRITE, to_json};
use crate::attributes::{DETAIL_VIEWS, HASH, Item, bytes, number, set_filed, text};
use crate::filing::{Filing, New};
use crate::keys;
use crate::rows::version_attributes;
use crate::transact::{Condition, delete, delete_if, put_if, set};

/// An offer to write: the job as deposited, its card, and where it stands among its recruiter's.
pub(super) struct NewOffer<'a> {
    job: &'a Job,
    index: usize,
    card: Card,
    pub(super) hash: ContentHash,
    json: String,
}

impl<'a> NewOffer<'a> {
    pub(super) fn new(job: &'a Job, index: usize, offer: &MatchaOffer) -> Result<Self, PortError> {
        let card = Card::Matcha(Box::new(offer.clone()));
        let json = to_json(job)?;
        let mut content = card.to_json().map_err(|error| PortError::new(WRITE, error))?;
        content.extend_from_slice(json.as_bytes());
        let hash = ContentHash::of_card(&card.entry(), &content);
        Ok(Self { job, index, card, hash, json })
    }
}

/// When the rows that searches read are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Postings {
    /// With the offer.
    Now,
    /// After it, because they are more than one transaction takes: the offer says so until then.
    Later,
}

impl Recruiters {
    pub(super) fn filing<'a>(&'a self, offer_id: &'a str) -> Filing<'a> {
        Filing { table: &self.tables.postings, source: Source::Matcha, feed: DEPOSIT, record_id: offer_id }
    }

    /// The offer in place of what was seen, with its version and its rows in the index.
    pub(super) fn writes(
        &self,
        owner: &str,
        establishment_id: &str,
        new: &NewOffer<'_>,
        seen: Option<&SeenOffer>,
        (now, postings): (u32, Postings),
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let entry = new.card.entry();
        let packed = codec::pack(&new.card).map_err(|error| PortError::new("pack a card", error))?;
        let active = matches!(&new.card, Card::Matcha(offer) if offer.status == JobStatus::Active);
        let old = seen.and_then(old);
        let filed = Filed::new(&entry, old.map(|(_, filed)| filed), now);
        let mut attributes = version_attributes(&new.card, &packed).to_vec();
        // Whoever acts for the service itself knows an offer by its id alone.
        attributes.extend([(OWNER, text(owner)), (ESTABLISHMENT_ID, text(establishment_id))]);
        let offer_id = new.card.record_id();
        let version = keys::version(Source::Matcha, offer_id, DEPOSIT);
        let views = (DETAIL_VIEWS, number(new.job.stats_detail_view));
        let mut item = Self::offer_item(owner, establishment_id, new, active.then_some(&filed));
        let filing = self.filing(offer_id);
        let replaced = active.then_some(New { entry: &entry, filed: &filed, card: &packed });
        let mut actions = match replaced {
            Some(new) => filing.list(old, new)?,
            None => filing.unlist(old, now)?,
        };
        match (postings, replaced) {
            (Postings::Now, Some(new)) => actions.extend(filing.post(old, new)?),
            (Postings::Now, None) => actions.extend(filing.unpost(old)?),
            (Postings::Later, _) => {
                actions.push(self.falls_behind(owner, establishment_id, offer_id, &mut item, old)?);
            }
        }
        actions.push(set(&self.tables.records, &version, attributes, views)?);
        actions.push(self.put_offer(item, seen)?);
        Ok(actions)
    }

    /// The offer in place of what was seen; searches and details show it as they did.
    pub(super) fn rewrite(
        &self,
        owner: &str,
        establishment_id: &str,
        new: &NewOffer<'_>,
        seen: &SeenOffer,
    ) -> Result<TransactWriteItem, PortError> {
        let filed = seen.filed.as_ref().map(|(_, filed)| filed);
        self.put_offer(Self::offer_item(owner, establishment_id, new, filed), Some(seen))
    }

    fn put_offer(&self, item: Item, seen: Option<&SeenOffer>) -> Result<TransactWriteItem, PortError> {
        let condition = seen.map_or(Condition::Absent, |seen| Condition::InStep(seen.hash));
        put_if(&self.tables.records, item, condition)
    }

    fn offer_item(owner: &str, establishment_id: &str, new: &NewOffer<'_>, filed: Option<&Filed>) -> Item {
        let mut item = keys::offer(owner, establishment_id, &new.job.id).attributes();
        item.insert(HASH.to_owned(), bytes(new.hash.as_bytes()));
        item.insert(JOB.to_owned(), text(&new.json));
        item.insert(JOB_INDEX.to_owned(), number(new.index));
        item.insert(INDEX_ID.to_owned(), text(&new.card.entry().id));
        if let Some(filed) = filed {
            set_filed(&mut item, filed);
        }
        item
    }

    /// Takes an offer away with all that stands for it.
    pub(super) fn removals(
        &self,
        owner: &str,
        establishment_id: &str,
        offer_id: &str,
        seen: &SeenOffer,
        now: u32,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let offer = keys::offer(owner, establishment_id, offer_id);
        let version = keys::version(Source::Matcha, offer_id, DEPOSIT);
        let mut actions = vec![
            delete_if(&self.tables.records, &offer, Condition::InStep(seen.hash))?,
            delete(&self.tables.records, &version)?,
        ];
        actions.extend(self.filing(offer_id).withdraw(old(seen), now)?);
        Ok(actions)
    }
}

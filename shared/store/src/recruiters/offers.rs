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
use crate::attributes::{DETAIL_VIEWS, HASH, bytes, number, set_filed, text};
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

impl Recruiters {
    fn filing<'a>(&'a self, offer_id: &'a str) -> Filing<'a> {
        Filing { table: &self.tables.postings, source: Source::Matcha, feed: DEPOSIT, record_id: offer_id }
    }

    /// The offer in place of what was seen, with its version and postings.
    pub(super) fn writes(
        &self,
        owner: &str,
        establishment_id: &str,
        new: &NewOffer<'_>,
        seen: Option<&SeenOffer>,
        now: u32,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let entry = new.card.entry();
        let packed = codec::pack(&new.card).map_err(|error| PortError::new("pack a card", error))?;
        let active = matches!(&new.card, Card::Matcha(offer) if offer.status == JobStatus::Active);
        let old = seen.and_then(old);
        let filed = Filed::new(&entry, old.map(|(_, filed)| filed), now);
        let mut attributes = version_attributes(&new.card, &packed).to_vec();
        // Whoever acts for the service itself knows an offer by its id alone.
        attributes.extend([(OWNER, text(owner)), (ESTABLISHMENT_ID, text(establishment_id))]);
        let version = keys::version(Source::Matcha, new.card.record_id(), DEPOSIT);
        let views = (DETAIL_VIEWS, number(new.job.stats_detail_view));
        let mut actions = vec![
            self.offer_item(owner, establishment_id, new, seen, active.then_some(&filed))?,
            set(&self.tables.records, &version, attributes, views)?,
        ];
        let filing = self.filing(new.card.record_id());
        actions.extend(if active {
            filing.replace(old, New { entry: &entry, filed: &filed, card: &packed })?
        } else {
            filing.withdraw(old, now)?
        });
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
        self.offer_item(owner, establishment_id, new, Some(seen), filed)
    }

    fn offer_item(
        &self,
        owner: &str,
        establishment_id: &str,
        new: &NewOffer<'_>,
        seen: Option<&SeenOffer>,
        filed: Option<&Filed>,
    ) -> Result<TransactWriteItem, PortError> {
        let mut item = keys::offer(owner, establishment_id, &new.job.id).attributes();
        item.insert(HASH.to_owned(), bytes(new.hash.as_bytes()));
        item.insert(JOB.to_owned(), text(&new.json));
        item.insert(JOB_INDEX.to_owned(), number(new.index));
        item.insert(INDEX_ID.to_owned(), text(&new.card.entry().id));
        if let Some(filed) = filed {
            set_filed(&mut item, filed);
        }
        put_if(&self.tables.records, item, Condition::still(seen.map(|seen| seen.hash)))
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
            delete_if(&self.tables.records, &offer, Condition::Hash(seen.hash))?,
            delete(&self.tables.records, &version)?,
        ];
        actions.extend(self.filing(offer_id).withdraw(old(seen), now)?);
        Ok(actions)
    }
}

//! Recruiters with their offers: deposited whole, offer by offer.

use std::collections::BTreeMap;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::card::Card;
use domain::matcha::MatchaOffer;
use domain::recruiter::{Job, JobStatus, Recruiter};
use domain::source::Source;
use search::codec;
use search::keys::DEPOSIT;
use usecases::ingest::ContentHash;
use usecases::ports::{DepositRecruiter, Deposited, Filed, FindRecruiter, PortError, WriteError};

use crate::attributes::{
    DETAIL_VIEWS, HASH, Item, SK, bytes, get_hash, get_number, get_text, number, set_filed, text,
};
use crate::filing::{Filing, New};
use crate::keys::{self, OFFER_PREFIX};
use crate::rows::version_attributes;
use crate::tables::Tables;
use crate::transact::{Condition, MAX_ACTIONS, Outcome, delete, delete_if, put_if, set, transact};

mod own;
mod stored;

use stored::StoredOffer;

/// The owner of recruiters that came through no partner: by the site, or with the demonstration's data.
const SITE: &str = "site";
const DEPOSIT_RECRUITER: &str = "deposit a recruiter";
const FIND: &str = "find a recruiter";
const RECRUITER: &str = "recruiter";
const JOB: &str = "job";
const JOB_INDEX: &str = "job_index";
const INDEX_ID: &str = "index_id";

/// Deposits and finds recruiters.
#[derive(Debug, Clone)]
pub struct Recruiters {
    client: Client,
    tables: Tables,
}

/// An offer to write: the job as deposited, its card, and where it stands among its recruiter's.
struct NewOffer<'a> {
    job: &'a Job,
    index: usize,
    card: Card,
    hash: ContentHash,
    json: String,
}

impl Recruiters {
    /// Over these tables.
    pub fn new(client: Client, tables: Tables) -> Self {
        Self { client, tables }
    }

    async fn collection(&self, owner: &str, establishment_id: &str) -> Result<Vec<Item>, PortError> {
        let items = self
            .client
            .query()
            .table_name(&self.tables.records)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::recruiter_collection(owner, establishment_id)))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        items.collect::<Result<_, _>>().await.map_err(|error| PortError::new(FIND, error))
    }

    async fn put_recruiter(&self, recruiter: &Recruiter, stored: &[Item]) -> Result<(), WriteError> {
        let (item, hash) = Self::item(SITE, recruiter)?;
        let seen = stored.iter().find(|item| get_text(item, SK).is_ok_and(|sort| sort == RECRUITER));
        let seen = seen.map(get_hash).transpose().map_err(|error| PortError::new(FIND, error))?;
        if seen == Some(hash) {
            return Ok(());
        }
        self.commit(vec![put_if(&self.tables.records, item, Condition::still(seen))?], Some(hash)).await
    }

    /// The item of a recruiter, without its offers, and its hash. Their number is in the hash: two offers at one instant
    /// change nothing else of it, and whoever adds the second must have seen the first.
    fn item(owner: &str, recruiter: &Recruiter) -> Result<(Item, ContentHash), PortError> {
        let json = to_json(&Recruiter { jobs: Vec::new(), ..recruiter.clone() })?;
        let hash = ContentHash::of_text(&format!("{} {json}", recruiter.jobs.len()));
        let mut item = keys::recruiter(owner, &recruiter.establishment_id).attributes();
        item.insert(HASH.to_owned(), bytes(hash.as_bytes()));
        item.insert(RECRUITER.to_owned(), text(json));
        Ok((item, hash))
    }

    fn filing<'a>(&'a self, offer_id: &'a str) -> Filing<'a> {
        Filing { table: &self.tables.postings, source: Source::Matcha, feed: DEPOSIT, record_id: offer_id }
    }

    fn writes(
        &self,
        owner: &str,
        establishment_id: &str,
        new: &NewOffer<'_>,
        old: Option<&StoredOffer>,
        now: u32,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let entry = new.card.entry();
        let packed = codec::pack(&new.card).map_err(|error| PortError::new("pack a card", error))?;
        let active = matches!(&new.card, Card::Matcha(offer) if offer.status == JobStatus::Active);

        let mut item = keys::offer(owner, establishment_id, &new.job.id).attributes();
        item.insert(HASH.to_owned(), bytes(new.hash.as_bytes()));
        item.insert(JOB.to_owned(), text(&new.json));
        item.insert(JOB_INDEX.to_owned(), number(new.index));
        item.insert(INDEX_ID.to_owned(), text(&entry.id));
        let old_filed = old.and_then(StoredOffer::filed);
        let filed = Filed::new(&entry, old_filed.map(|(_, filed)| filed), now);
        if active {
            set_filed(&mut item, &filed);
        }
        let version = keys::version(Source::Matcha, new.card.record_id(), DEPOSIT);
        let attributes = version_attributes(&new.card, &packed).to_vec();
        let views = (DETAIL_VIEWS, number(new.job.stats_detail_view));
        let mut actions = vec![
            put_if(&self.tables.records, item, Condition::still(old.map(|old| old.hash)))?,
            set(&self.tables.records, &version, attributes, views)?,
        ];
        let filing = self.filing(new.card.record_id());
        actions.extend(if active {
            filing.replace(old_filed, New { entry: &entry, filed: &filed, card: &packed })?
        } else {
            filing.withdraw(old_filed, now)?
        });
        Ok(actions)
    }

    fn removals(
        &self,
        establishment_id: &str,
        offer_id: &str,
        old: &StoredOffer,
        now: u32,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let offer = keys::offer(SITE, establishment_id, offer_id);
        let version = keys::version(Source::Matcha, offer_id, DEPOSIT);
        let mut actions = vec![
            delete_if(&self.tables.records, &offer, Condition::Hash(old.hash))?,
            delete(&self.tables.records, &version)?,
        ];
        actions.extend(self.filing(offer_id).withdraw(old.filed(), now)?);
        Ok(actions)
    }

    /// Runs a transaction that ends with an item of this hash, or with none.
    async fn commit(
        &self,
        actions: Vec<TransactWriteItem>,
        hash: Option<ContentHash>,
    ) -> Result<(), WriteError> {
        match transact(&self.client, DEPOSIT_RECRUITER, actions).await? {
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
            let new = new_offer(job, index, offer)?;
            let old = old.remove(&job.id);
            if old.as_ref().is_some_and(|old| old.hash == new.hash) {
                deposited.unchanged += 1;
                continue;
            }
            let mut writes = self.writes(SITE, id, &new, old.as_ref(), now)?;
            if let Some(old) = old.as_ref().filter(|_| writes.len() > MAX_ACTIONS) {
                // As for the rows of feeds: more moved than one transaction takes.
                self.commit(self.removals(id, &job.id, old, now)?, None).await?;
                writes = self.writes(SITE, id, &new, None, now)?;
            }
            self.commit(writes, Some(new.hash)).await?;
            deposited.written += 1;
        }
        for (offer_id, old) in old {
            self.commit(self.removals(id, &offer_id, &old, now)?, None).await?;
            deposited.removed += 1;
        }
        Ok(deposited)
    }
}

#[async_trait]
impl FindRecruiter for Recruiters {
    async fn find_recruiter(&self, establishment_id: &str) -> Result<Option<Recruiter>, PortError> {
        assemble(&self.collection(SITE, establishment_id).await?)
    }
}

/// The recruiter of a collection, with its offers in their order; none where the collection has none.
fn assemble(items: &[Item]) -> Result<Option<Recruiter>, PortError> {
    let mut recruiter: Option<Recruiter> = None;
    let mut jobs = BTreeMap::new();
    for item in items {
        let bad = |error| PortError::new(FIND, error);
        let json = |name| get_text(item, name).map_err(|error| PortError::new(FIND, error));
        let sort = json(SK)?;
        if sort.starts_with(OFFER_PREFIX) {
            let job: Job = serde_json::from_str(json(JOB)?).map_err(bad)?;
            let index = get_number(item, JOB_INDEX).map_err(|error| PortError::new(FIND, error))?;
            jobs.insert(index, job);
        } else if sort == RECRUITER {
            recruiter = Some(serde_json::from_str(json(RECRUITER)?).map_err(bad)?);
        }
    }
    Ok(recruiter.map(|recruiter| Recruiter { jobs: jobs.into_values().collect(), ..recruiter }))
}

fn stored_offers(items: &[Item]) -> Result<BTreeMap<String, StoredOffer>, PortError> {
    let mut offers = BTreeMap::new();
    for item in items {
        if let Some((id, offer)) = StoredOffer::of(item).map_err(|error| PortError::new(FIND, error))? {
            offers.insert(id, offer);
        }
    }
    Ok(offers)
}

fn new_offer<'a>(job: &'a Job, index: usize, offer: &MatchaOffer) -> Result<NewOffer<'a>, PortError> {
    let card = Card::Matcha(Box::new(offer.clone()));
    let json = to_json(job)?;
    let mut content = card.to_json().map_err(|error| PortError::new(DEPOSIT_RECRUITER, error))?;
    content.extend_from_slice(json.as_bytes());
    let hash = ContentHash::of_card(&card.entry(), &content);
    Ok(NewOffer { job, index, card, hash, json })
}

fn to_json(value: &impl serde::Serialize) -> Result<String, PortError> {
    serde_json::to_string(value).map_err(|error| PortError::new(DEPOSIT_RECRUITER, error))
}

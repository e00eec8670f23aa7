//! Recruiters with their offers.
//!
//! Whatever changes of one, or of its offers, is written on the condition that the recruiter is as seen, and leaves it
//! otherwise: so two changes of one establishment never pass each other unseen.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::Client;
use domain::recruiter::{Job, Recruiter};
use usecases::ingest::ContentHash;
use usecases::ports::{PortError, SeenOffer};

use crate::attributes::{HASH, Item, SK, bytes, get_number, get_text, number, text};
use crate::keys::{self, OFFER_PREFIX};
use crate::tables::Tables;

mod behind;
mod locate;
mod offers;
mod own;
mod registers;
mod stored;
mod whole;

use stored::seen_offer;

/// The owner of recruiters that came through no partner: by the site, or with the demonstration's data.
const SITE: &str = "site";
const WRITE: &str = "write a recruiter";
const FIND: &str = "find a recruiter";
const RECRUITER: &str = "recruiter";
/// How many offers a recruiter has, closed ones included.
const OFFERS: &str = "offers";
const JOB: &str = "job";
const JOB_INDEX: &str = "job_index";
const INDEX_ID: &str = "index_id";
const OWNER: &str = "owner";
const ESTABLISHMENT_ID: &str = "establishment_id";

/// Writes and finds recruiters.
#[derive(Debug, Clone)]
pub struct Recruiters {
    client: Client,
    tables: Tables,
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

    /// The item of a recruiter, without its offers, and its hash. Their number is in the hash: two offers at one instant
    /// change nothing else of it, and whoever adds the second must have seen the first.
    fn item(owner: &str, recruiter: &Recruiter, offers: usize) -> Result<(Item, ContentHash), PortError> {
        let json = to_json(&Recruiter { jobs: Vec::new(), ..recruiter.clone() })?;
        let hash = ContentHash::of_text(&format!("{offers} {json}"));
        let mut item = keys::recruiter(owner, &recruiter.establishment_id).attributes();
        item.insert(HASH.to_owned(), bytes(hash.as_bytes()));
        item.insert(OFFERS.to_owned(), number(offers));
        item.insert(RECRUITER.to_owned(), text(json));
        Ok((item, hash))
    }
}

/// The recruiter of a collection, with its offers in their order; none where the collection has none.
fn assemble(items: &[Item]) -> Result<Option<(Recruiter, Vec<SeenOffer>)>, PortError> {
    let bad = |error| PortError::new(FIND, error);
    let mut recruiter: Option<Recruiter> = None;
    let mut jobs = BTreeMap::new();
    for item in items {
        let sort = get_text(item, SK).map_err(bad)?;
        if sort.starts_with(OFFER_PREFIX) {
            let job: Job = read(get_text(item, JOB).map_err(bad)?)?;
            let index = get_number(item, JOB_INDEX).map_err(bad)?;
            let seen = seen_offer(item).map_err(bad)?;
            jobs.extend(seen.map(|(_, seen)| (index, (job, seen))));
        } else if sort == RECRUITER {
            recruiter = Some(read(get_text(item, RECRUITER).map_err(bad)?)?);
        }
    }
    let (jobs, seen): (Vec<_>, Vec<_>) = jobs.into_values().unzip();
    Ok(recruiter.map(|recruiter| (Recruiter { jobs, ..recruiter }, seen)))
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, PortError> {
    serde_json::from_str(json).map_err(|error| PortError::new(FIND, error))
}

fn to_json(value: &impl serde::Serialize) -> Result<String, PortError> {
    serde_json::to_string(value).map_err(|error| PortError::new(WRITE, error))
}

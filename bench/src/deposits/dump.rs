//! What a store holds after deposits, read by a scan: it spells keys and attributes itself, so that it does not believe
//! the adapter that it checks.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::event::{Event, EventMessage};
use domain::recruiter::Job;
use domain::source::Source;
use search::{codec, keys};

use super::drawn::serial;
use super::site::Site;

type Item = std::collections::HashMap<String, AttributeValue>;
/// Items of a page: without a limit the embedded store reads the whole table for each.
const PAGE: i32 = 1_000;

/// An offer as its establishment's collection holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) id: String,
    pub(crate) partner: String,
    pub(crate) establishment_id: String,
    /// Its place among those of its establishment.
    pub(crate) index: usize,
    /// Its number among all that were sent; none where nobody sent it.
    pub(crate) serial: Option<u32>,
}

/// Rows of an offer in the index.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    /// By which searches find it.
    pub(crate) found_by: usize,
    /// In the stock, by last change and by expiry.
    pub(crate) stock: usize,
}

/// What a store holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) offers: Vec<Offer>,
    /// How many offers each establishment says that it has.
    pub(crate) told: BTreeMap<String, usize>,
    /// Which establishment has an offer, by its partner and its id.
    pub(crate) located: BTreeMap<(String, String), String>,
    /// Which offer a partner has a name for, by partner and hash.
    pub(crate) named: BTreeMap<(String, String), String>,
    /// The rows that the card of each offer needs, by the id that they bear: in the stock its own, elsewhere that of the
    /// index.
    pub(crate) needed: BTreeMap<String, Rows>,
    /// The rows that there are, by the same ids.
    pub(crate) rows: BTreeMap<String, Rows>,
    /// Mails that are due, by their ids.
    pub(crate) mails: BTreeSet<String>,
    /// How often it is told that each offer is published.
    pub(crate) events: BTreeMap<String, usize>,
    /// Links that work.
    pub(crate) links: usize,
}

impl Held {
    /// Reads all of a store.
    pub(crate) async fn read(site: &Site) -> anyhow::Result<Self> {
        let mut held = Self::default();
        scan(&site.plain, &site.tables.records, None, |item| held.record(item)).await?;
        scan(&site.plain, &site.tables.ledger, None, |item| held.owed(item)).await?;
        scan(&site.plain, &site.tables.postings, Some("pk, sk"), |item| held.row(item)).await?;
        Ok(held)
    }

    fn record(&mut self, item: &Item) -> anyhow::Result<()> {
        let (partition, sort) = (text(item, "pk")?, text(item, "sk")?);
        let parts: Vec<&str> = partition.split('#').collect();
        match parts.as_slice() {
            ["recruiter", partner, establishment] => {
                if let Some(id) = sort.strip_prefix("offer#") {
                    let job: Job = serde_json::from_str(text(item, "job")?)?;
                    self.offers.push(Offer {
                        id: id.to_owned(),
                        partner: (*partner).to_owned(),
                        establishment_id: (*establishment).to_owned(),
                        index: number(item, "job_index")?,
                        serial: job.job_description.as_deref().and_then(serial),
                    });
                } else if sort == "recruiter" {
                    self.told.insert((*establishment).to_owned(), number(item, "offers")?);
                }
            }
            ["own-offer", partner, id] => {
                let of = text(item, "establishment_id")?.to_owned();
                self.located.insert(((*partner).to_owned(), (*id).to_owned()), of);
            }
            ["own-reference", partner, hash] => {
                let offer = text(item, "offer_id")?.to_owned();
                self.named.insert(((*partner).to_owned(), (*hash).to_owned()), offer);
            }
            ["matcha", id] => {
                let card =
                    item.get("card").and_then(|card| card.as_b().ok()).context("a version without card")?;
                let entry = codec::unpack(Source::Matcha, card.as_ref())?.entry();
                let found_by = keys::postings(Source::Matcha, keys::DEPOSIT, &entry).len();
                let stock = 1 + usize::from(entry.expires_at.is_some());
                self.needed.entry(entry.id).or_default().found_by += found_by;
                self.needed.entry((*id).to_owned()).or_default().stock += stock;
            }
            _ => {}
        }
        Ok(())
    }

    fn owed(&mut self, item: &Item) -> anyhow::Result<()> {
        match text(item, "pk")?.split_once('#') {
            Some(("mail", id)) => drop(self.mails.insert(id.to_owned())),
            Some(("link", _)) => self.links += 1,
            Some(("event", _)) => {
                let message: EventMessage = serde_json::from_str(text(item, "event")?)?;
                if let Event::OfferPublished(published) = message.event {
                    *self.events.entry(published.offer_id).or_default() += 1;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn row(&mut self, item: &Item) -> anyhow::Result<()> {
        let (partition, sort) = (text(item, "pk")?, text(item, "sk")?);
        let id = keys::id_of(sort).context("a row without an id")?;
        let rows = self.rows.entry(id.to_owned()).or_default();
        if partition.contains("#stock#") {
            rows.stock += 1;
        } else {
            rows.found_by += 1;
        }
        Ok(())
    }
}

async fn scan(
    client: &Client,
    table: &str,
    only: Option<&str>,
    mut each: impl FnMut(&Item) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let request = client.scan().table_name(table).consistent_read(true).limit(PAGE);
    let mut pages = request.set_projection_expression(only.map(str::to_owned)).into_paginator().send();
    while let Some(page) = pages.next().await {
        page.with_context(|| format!("{table} cannot be read"))?.items().iter().try_for_each(&mut each)?;
    }
    Ok(())
}

fn text<'a>(item: &'a Item, name: &str) -> anyhow::Result<&'a str> {
    let value = item.get(name).and_then(|value| value.as_s().ok());
    value.map(String::as_str).with_context(|| format!("an item without {name}"))
}

fn number(item: &Item, name: &str) -> anyhow::Result<usize> {
    let value = item.get(name).and_then(|value| value.as_n().ok());
    value.with_context(|| format!("an item without {name}"))?.parse().context("a number that is none")
}

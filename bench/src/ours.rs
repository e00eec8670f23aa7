//! Our own index: how it is filled, and one request through the whole handler.
//!
//! Everything that knows the layout of the index or the handler is in this file.

mod exchange;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use domain::card::Card;
use domain::source::Source;
use dynoxide::{AttributeValue, Item};
use runtime::environment::Stage;
use runtime::searching::Searching;
use search::port::{KeyRange, Postings as _};
use search::rank::Rank;
use search::sketch::SketchBuilder;
use search::{codec, keys};
use sha2::{Digest as _, Sha256};
use usecases::partners::Partners;
use usecases::ports::Clock as _;
use usecases::sketches::Sketches;

pub(crate) use exchange::Answered;
pub(crate) use exchange::event;
use exchange::read;

use crate::data::World;
use crate::embedded::{NewFile, Served, TABLE};
use crate::measure::{spent, thread_cpu};
use crate::queries::Ask;
use crate::surroundings::{Held, Surroundings};
use crate::tape::{Mode, Tape};

const SOURCE: Source = Source::Offres;
const FEED: &str = "main";
/// Rows written at once.
const BATCH: usize = 20_000;
/// Offers by which a stored index is known to be of this layout.
const SAMPLE: u32 = 50;

/// The rows of an offer: their keys, and what they have in common, its trades for those that name them.
fn rows(card: &Card) -> anyhow::Result<(Vec<keys::Posting>, Item)> {
    let entry = card.entry();
    let mut item = Item::new();
    item.insert("rank".to_owned(), AttributeValue::B(Rank::of(&entry, entry.created_at).pack()));
    item.insert("card".to_owned(), AttributeValue::B(codec::pack(card)?));
    let trades: Vec<String> = entry.romes.iter().map(|rome| rome.to_string()).collect();
    item.insert("romes".to_owned(), AttributeValue::S(trades.join(",")));
    if let Some(at) = entry.expires_at {
        item.insert("expires_at".to_owned(), AttributeValue::N(at.to_string()));
    }
    Ok((keys::postings(SOURCE, FEED, &entry), item))
}

fn whole(partition: &str, (sort, names_trades): (&str, bool), item: &Item) -> Item {
    let mut item = item.clone();
    item.insert("pk".to_owned(), AttributeValue::S(partition.to_owned()));
    item.insert("sk".to_owned(), AttributeValue::S(sort.to_owned()));
    if !names_trades {
        item.remove("romes");
    }
    item
}

fn card(world: &World, number: u32) -> Card {
    Card::PartnerOffer(Box::new(world.offer(number)))
}

/// Says whether a stored index is the one that this build would write.
pub(crate) fn fingerprint(world: &World) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    for number in 0..SAMPLE.min(world.shape.items) {
        let card = card(world, number);
        let (postings, item) = rows(&card)?;
        for keys::Posting { key, names_trades } in postings {
            let whole = whole(&key.partition, (&key.sort, names_trades), &item);
            let sorted: BTreeMap<String, AttributeValue> = whole.into_iter().collect();
            hash.update(serde_json::to_vec(&sorted)?);
        }
    }
    hash.update(serde_json::to_vec(&world.shape)?);
    Ok(hex::encode(hash.finalize()))
}

/// Writes the sketch of the index. It is made anew by each run, as it decides what is read and not what is stored.
pub(crate) fn write_sketch(world: &World, file: &Path) -> anyhow::Result<()> {
    let mut sketch = SketchBuilder::default();
    let mut packed = 0;
    for number in 0..world.shape.items {
        let card = card(world, number);
        // The size of one card in so many says enough of the others', as in an import.
        if number.is_multiple_of(16) {
            packed = codec::pack(&card)?.len();
        }
        sketch.add(SOURCE, &card.entry(), packed);
    }
    Ok(std::fs::write(file, sketch.finish().to_bytes())?)
}

/// Writes the index into a new file. Returns rows and their mean size as billed.
pub(crate) fn load(world: &World, file: &Path) -> anyhow::Result<(u64, f64)> {
    let mut items = Vec::with_capacity(world.shape.items as usize);
    let mut partitions: BTreeMap<String, Vec<(String, bool, u32)>> = BTreeMap::new();
    for number in 0..world.shape.items {
        let card = card(world, number);
        let (postings, item) = rows(&card)?;
        items.push(item);
        for keys::Posting { key, names_trades } in postings {
            partitions.entry(key.partition).or_default().push((key.sort, names_trades, number));
        }
    }
    let store = NewFile::create(file)?;
    let (mut count, mut bytes) = (0_u64, 0_u64);
    let mut batch = Vec::with_capacity(BATCH);
    for (partition, mut sorts) in partitions {
        sorts.sort_unstable();
        for (sort, names_trades, number) in sorts {
            let item = items.get(number as usize).context("an offer is lost")?;
            let item = whole(&partition, (&sort, names_trades), item);
            bytes += dynoxide::types::item_size(&item) as u64;
            count += 1;
            batch.push(item);
            if batch.len() == BATCH {
                store.write(std::mem::take(&mut batch))?;
            }
        }
    }
    store.write(batch)?;
    Ok((count, bytes as f64 / count.max(1) as f64))
}

/// The handler of `search-jobs` over the embedded store.
pub(crate) struct Ours {
    context: Searching,
    postings: store::DynamoPostings,
    tape: Tape,
    runtime: tokio::runtime::Runtime,
    _served: Served,
}

impl Ours {
    /// The handler as in a warm Lambda.
    pub(crate) fn start(served: Served, sketch_file: &Path) -> anyhow::Result<Self> {
        let tape = Tape::new();
        let tables =
            store::Tables { postings: TABLE.to_owned(), records: String::new(), ledger: String::new() };
        let postings = store::DynamoPostings::new(served.client(&tape), &tables, true);
        let sketch = std::fs::read(sketch_file)?;
        let context = Searching {
            stage: Stage::Recette,
            partners: Partners::new(Box::new(Surroundings)),
            postings: Box::new(postings.clone()),
            sketches: Arc::new(Sketches::new(Box::new(Held(sketch)), [SOURCE])),
            trades: Box::new(Surroundings),
            items: Box::new(Surroundings),
            cursors: Box::new(Surroundings),
            clock: Box::new(Surroundings),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        context.sketches.claim_refresh(Surroundings.now());
        anyhow::ensure!(runtime.block_on(context.sketches.load()).is_empty(), "the sketch is damaged");
        Ok(Self { context, postings, tape, runtime, _served: served })
    }

    /// One request against the store, kept on the tape.
    pub(crate) fn record(&self, ask: &Ask) -> anyhow::Result<()> {
        self.tape.clear();
        self.tape.set(Mode::Record);
        self.request(ask).map(drop)
    }

    /// One request against the store.
    pub(crate) fn live(&self, ask: &Ask) -> anyhow::Result<Answered> {
        self.tape.set(Mode::Live);
        self.request(ask)
    }

    /// The last recorded request again, from the tape.
    pub(crate) fn replay(&self, ask: &Ask) -> anyhow::Result<Answered> {
        self.tape.set(Mode::Play);
        self.request(ask)
    }

    /// Processor time that a call takes which finds nothing: what the client costs, whatever is read.
    pub(crate) fn empty_call(&self) -> anyhow::Result<Duration> {
        const CALLS: u32 = 500;
        self.tape.set(Mode::Empty);
        let range = KeyRange {
            partition: format!("{SOURCE}#A1101"),
            from: "u09tvw0".to_owned(),
            to: "u09tvw0zzzzz~".to_owned(),
            limit: 1_000,
        };
        let own = self.tape.own_cpu();
        let before = thread_cpu();
        for _ in 0..CALLS {
            self.runtime.block_on(self.postings.read(&range))?;
        }
        let all = thread_cpu().saturating_sub(before);
        Ok(all.saturating_sub(self.tape.own_cpu().saturating_sub(own)) / CALLS)
    }

    /// One request, or as many pages as are asked: the figures are then those of a page, the mean over all of
    /// them.
    fn request(&self, ask: &Ask) -> anyhow::Result<Answered> {
        if ask.pages == 1 {
            return Ok(self.page(ask, None)?.0);
        }
        let (mut answered, mut next) = self.page(ask, Some(""))?;
        let mut pages = 1;
        while let Some(cursor) = next.filter(|_| pages < ask.pages) {
            let (page, after) = self.page(ask, Some(&cursor))?;
            answered.add(page);
            next = after;
            pages += 1;
        }
        answered.each_of(pages);
        Ok(answered)
    }

    fn page(&self, ask: &Ask, cursor: Option<&str>) -> anyhow::Result<(Answered, Option<String>)> {
        let event = event(ask, cursor).to_string();
        let own = self.tape.own_cpu();
        let (answer, mut spent) = spent(|| {
            self.runtime.block_on(runtime::http::answer(&event, "bench", Duration::from_mins(5), |request| {
                search_jobs::handle(&self.context, request)
            }))
        });
        spent.cpu = spent.cpu.saturating_sub(self.tape.own_cpu().saturating_sub(own));
        read(&answer, ask, spent)
    }
}

#[cfg(test)]
#[path = "ours_tests.rs"]
mod tests;

//! A search desk over an importer: what the tests of searches share.

use std::collections::{BTreeMap, BTreeSet};

use domain::geo::{Point, Radius};
use domain::rome::Romes;
use domain::source::Source;
use store::{DynamoPostings, Items, Trades as StoredTrades};
use testkit::{Importer, MemoryBucket};
use usecases::build_sketch::BuildSketch;
use usecases::changes::{ChangesFound, ChangesMark, ChangesSince, PAGE, ReadChanges, Wanted};
use usecases::search::{Mark, OpcoFilter, Page, Place, Search, SearchFound, SearchIndex, Trades};
use usecases::sketches::Sketches;

pub(crate) struct Desk {
    pub(crate) import: Importer,
    postings: DynamoPostings,
    trades: StoredTrades,
    items: Items,
    sketches: Sketches,
}

impl Desk {
    /// Over what was imported so far, without sketches.
    pub(crate) fn over(import: Importer) -> Self {
        let (client, tables) = (import.store.client.clone(), import.store.tables.clone());
        Self {
            postings: DynamoPostings::new(client.clone(), &tables, true),
            trades: StoredTrades::new(client.clone(), &tables),
            items: Items::new(client, &tables),
            sketches: Sketches::new(Box::new(MemoryBucket::default()), Vec::new()),
            import,
        }
    }

    /// The same with fresh sketches.
    pub(crate) async fn with_sketches(mut self) -> Self {
        let build =
            BuildSketch { parts: &self.import.bucket, postings: &self.postings, put: &self.import.bucket };
        let held = MemoryBucket::default();
        for (source, sketch) in build.run().await.unwrap() {
            held.put_bytes(&format!("sketch/{source}"), sketch.to_bytes());
        }
        self.sketches = Sketches::new(Box::new(held), Source::ALL);
        assert!(self.sketches.load().await.is_empty());
        self
    }

    pub(crate) async fn search(&self, search: &Search) -> SearchFound {
        let index = SearchIndex {
            postings: &self.postings,
            sketches: &self.sketches,
            trades: &self.trades,
            clock: &self.import.clock,
        };
        index.run(search).await.unwrap()
    }

    /// Every page of a search, one after the other; `between` runs after each.
    pub(crate) async fn pages(
        &self,
        search: &Search,
        mut between: impl AsyncFnMut(usize),
    ) -> Vec<SearchFound> {
        let mut page = Page { as_of: self.now(), marks: None };
        let mut pages = Vec::new();
        loop {
            let found = self.search(&Search { page: Some(page.clone()), ..search.clone() }).await;
            let marks: BTreeMap<Source, Mark> = found.next.clone();
            pages.push(found);
            if marks.is_empty() {
                return pages;
            }
            assert!(pages.len() < 200, "paging ends");
            page.marks = Some(marks);
            between(pages.len()).await;
        }
    }

    pub(crate) async fn changes(&self, since: u32, sources: &[Source], wanted: Wanted) -> ChangesFound {
        let marks = sources.iter().map(|&source| (source, ChangesMark::default())).collect();
        self.changes_from(since, marks, wanted).await
    }

    pub(crate) async fn changes_from(
        &self,
        since: u32,
        marks: BTreeMap<Source, ChangesMark>,
        wanted: Wanted,
    ) -> ChangesFound {
        let read = ReadChanges { postings: &self.postings, items: &self.items, clock: &self.import.clock };
        read.run(&ChangesSince { since, as_of: self.now(), marks, wanted, page: PAGE }).await
    }

    pub(crate) fn now(&self) -> u32 {
        use usecases::ports::Clock as _;
        u32::try_from(self.import.clock.now().as_second()).unwrap()
    }
}

pub(crate) fn ids(found: &SearchFound, source: Source) -> Vec<String> {
    let items = found.by_source[&source].as_ref().unwrap();
    items.iter().map(|item| item.card.record_id().to_owned()).collect()
}

pub(crate) fn search(romes: &[&str], place: Place, sources: &[Source]) -> Search {
    let romes: Vec<_> = romes.iter().map(|rome| rome.parse().unwrap()).collect();
    Search {
        trades: Trades::Romes(Romes::try_from(romes).unwrap()),
        place,
        sources: sources.iter().copied().collect::<BTreeSet<_>>(),
        diploma: None,
        opco: OpcoFilter::Any,
        by_date: false,
        page: None,
    }
}

pub(crate) fn around(lat: f64, lon: f64, km: f64) -> Place {
    Place::Around(Point::new(lat, lon).unwrap(), Radius::from_km(km).unwrap())
}

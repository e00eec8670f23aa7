//! An invented country: items round real cities, on the seams of the geohash, overseas and at the antimeridian.

mod items;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use domain::card::Entry;
use domain::diploma::Diploma;
use domain::geo::Point;
use domain::opco::Opco;
use domain::rome::RomeCode;
use domain::source::Source;
use search::keys::{self, Shelf};
use search::listed::{List, Listed, listed};
use search::merge::Filter;
use search::nearest::{Answer, Nearest, Sort, nearest};
use search::port::{KeyRange, Page, Postings, ReadError, Row};
use search::rank::Rank;
use search::sketch::{Sketch, SketchBuilder};

use items::{CITIES, Dice, frequent, item, rome};

pub(crate) const NOW: u32 = 1_800_000_000;
pub(crate) const CAP: usize = 150;
/// The source that fails where it is asked of another's country.
const FAILING: Source = Source::Formations;

#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) romes: Vec<RomeCode>,
    pub(crate) centre: (f64, f64),
    /// None searches without a place.
    pub(crate) radius_km: Option<f64>,
    pub(crate) filter: Filter,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Sketching {
    Fresh,
    None,
}

pub(crate) struct Country {
    items: Vec<Entry>,
    source: Source,
    rows: BTreeMap<(String, String), Row>,
    sketch: Sketch,
    in_flight: AtomicUsize,
    most: AtomicUsize,
}

impl Country {
    pub(crate) fn new(seed: u64, size: usize) -> Self {
        let mut dice = Dice(seed);
        let source = [Source::Matcha, Source::Lba, Source::Offres, Source::Formations][(seed % 4) as usize];
        let items = (0..size).map(|index| item(&mut dice, index, source)).collect::<Vec<_>>();
        let mut rows = BTreeMap::new();
        let mut builder = SketchBuilder::default();
        for entry in &items {
            let rank = Rank::of(entry, NOW);
            builder.add(source, entry, 200);
            for keys::Posting { key, names_trades } in keys::postings(source, "demo", entry) {
                let romes = names_trades.then(|| entry.romes.iter().collect());
                let row =
                    Row { sort_key: key.sort.clone(), id: entry.id.clone(), rank, romes, card: Vec::new() };
                rows.insert((key.partition, key.sort), row);
            }
        }
        Self { items, source, rows, sketch: builder.finish(), in_flight: 0.into(), most: 0.into() }
    }

    pub(crate) fn sketch(&self) -> &Sketch {
        &self.sketch
    }

    pub(crate) fn most_in_flight(&self) -> usize {
        self.most.load(Ordering::Relaxed)
    }

    pub(crate) fn most_frequent(count: usize) -> Vec<RomeCode> {
        (0..count).map(rome).collect()
    }

    pub(crate) fn question(seed: u64) -> Question {
        let mut dice = Dice(seed ^ 0xABCD);
        let count = [1, 1, 2, 3, 20][dice.below(5)];
        let mut codes: Vec<RomeCode> = (0..count).map(|_| rome(frequent(&mut dice))).collect();
        codes.sort_unstable();
        codes.dedup();
        let (lat, lon) = CITIES[dice.below(CITIES.len())];
        let centre = (lat + dice.unit() - 0.5, lon + dice.unit() - 0.5);
        let radius_km = [Some(10.0), Some(30.0), Some(60.0), Some(100.0), Some(200.0), Some(20_000.0), None]
            [dice.below(7)];
        let filter = Filter {
            now: NOW,
            diploma: Diploma::from_level([0, 0, 0, 4, 6][dice.below(5)]),
            opco: Opco::from_number([0, 0, 0, 2][dice.below(4)]),
            ..Filter::default()
        };
        Question { romes: codes, centre, radius_km, filter }
    }

    pub(crate) async fn ask(&self, question: &Question, sketching: Sketching) -> Answer {
        let sketch = match sketching {
            Sketching::Fresh => Some(&self.sketch),
            Sketching::None => None,
        };
        self.ask_with(question, sketch).await
    }

    pub(crate) async fn ask_with(&self, question: &Question, sketch: Option<&Sketch>) -> Answer {
        match question.radius_km {
            Some(_) => nearest(self, &[self.nearest(question, sketch)]).await,
            None => listed(self, &[self.listed(question, sketch)]).await,
        }
    }

    pub(crate) async fn ask_beside_a_failing_source(&self, question: &Question) -> Answer {
        let question = Question { radius_km: Some(question.radius_km.unwrap_or(30.0)), ..question.clone() };
        let failing = Nearest { source: FAILING, ..self.nearest(&question, None) };
        nearest(self, &[failing, self.nearest(&question, None)]).await
    }

    pub(crate) fn nearest<'a>(&self, question: &'a Question, sketch: Option<&'a Sketch>) -> Nearest<'a> {
        let (lat, lon) = question.centre;
        Nearest {
            source: self.source,
            romes: &question.romes,
            centre: Point::new(lat, lon).unwrap(),
            radius_km: question.radius_km.unwrap(),
            cap: CAP,
            filter: question.filter,
            sort: Sort::Distance(None),
            sketch,
        }
    }

    pub(crate) fn listed<'a>(&self, question: &Question, sketch: Option<&Sketch>) -> Listed<'a> {
        let shelves = |&rome: &RomeCode| match question.filter.diploma {
            Some(diploma) if keys::listed_has_levels(self.source) => {
                let levels = [diploma.level(), keys::UNKNOWN_LEVEL].map(Shelf::Level);
                levels.map(|shelf| keys::listed_partition(self.source, rome, shelf)).to_vec()
            }
            _ => vec![keys::listed_partition(self.source, rome, Shelf::Whole)],
        };
        let partitions: Vec<String> = question.romes.iter().flat_map(shelves).collect();
        let share = 1.0 / partitions.len() as f64;
        Listed {
            source: self.source,
            lists: partitions.into_iter().map(|partition| List { partition, share }).collect(),
            cap: CAP,
            wanted_rows: sketch.map(|sketch| CAP as f64 * sketch.rows_per_result(&question.romes)),
            filter: question.filter,
            within: None,
            after: None,
            until: None,
            is_log: false,
        }
    }

    /// Every item looked at, sorted, cut: what the answer must be.
    pub(crate) fn brute_force(&self, question: &Question) -> Vec<String> {
        let mut groups = std::collections::HashSet::new();
        let mut ids = Vec::new();
        for item in self.matching(question) {
            let id = item.id.as_str();
            let group = if self.source == Source::Matcha { &id[..id.rfind('-').unwrap()] } else { id };
            if groups.len() == CAP && !groups.contains(group) || ids.len() == 1_000 {
                break;
            }
            groups.insert(group);
            ids.push(id.to_owned());
        }
        ids
    }

    /// All that match, best first, twins once.
    pub(crate) fn matching(&self, question: &Question) -> Vec<&Entry> {
        let centre = Point::new(question.centre.0, question.centre.1).unwrap();
        let wanted = &question.filter;
        let mut found: Vec<(f64, String, u32, &Entry)> = self
            .items
            .iter()
            .filter(|item| item.romes.iter().any(|code| question.romes.contains(&code)))
            .filter(|item| item.expires_at.is_none_or(|at| at > wanted.now))
            .filter(|item| {
                wanted.diploma.is_none() || item.diploma.is_none() || item.diploma == wanted.diploma
            })
            .filter(|item| wanted.opco.is_none() || item.opco == wanted.opco)
            .filter_map(|item| {
                let training = item.training.as_ref();
                let distance = match question.radius_km {
                    None => 0.0,
                    Some(radius) => item.point.map(|p| centre.distance_km(p)).filter(|&km| km <= radius)?,
                };
                let title = training.filter(|_| question.radius_km.is_none());
                let title = title.map(|training| training.order.clone()).unwrap_or_default();
                let newest = if title.is_empty() { u32::MAX - item.created_at } else { 0 };
                Some((distance, title, newest, item))
            })
            .collect();
        found.sort_by(|a, b| {
            a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)).then(a.3.id.cmp(&b.3.id))
        });
        let mut twins = std::collections::HashSet::new();
        let mut items: Vec<&Entry> = found.into_iter().map(|(_, _, _, item)| item).collect();
        items.retain(|item| item.training.as_ref().is_none_or(|training| twins.insert(training.twin)));
        items
    }
}

#[async_trait]
impl Postings for Country {
    async fn read(&self, range: &KeyRange) -> Result<Page, ReadError> {
        if range.partition.starts_with(FAILING.as_str()) && self.source != FAILING {
            return Err(ReadError { partition: range.partition.clone(), source: "made to fail".into() });
        }
        assert!(!range.from.is_empty(), "DynamoDB refuses an empty bound");
        let now = self.in_flight.fetch_add(1, Ordering::Relaxed) + 1;
        self.most.fetch_max(now, Ordering::Relaxed);
        tokio::task::yield_now().await;
        self.in_flight.fetch_sub(1, Ordering::Relaxed);
        let bounds =
            (range.partition.clone(), range.from.clone())..=(range.partition.clone(), range.to.clone());
        let mut rows = self.rows.range(bounds).map(|(_, row)| row.clone());
        let taken: Vec<Row> = rows.by_ref().take(range.limit as usize).collect();
        let cut = rows.next().is_some();
        let rru = (taken.len() as f64 * 300.0 / 4096.0).ceil().max(1.0) / 2.0;
        Ok(Page { rows: taken, cut, calls: 1, rru })
    }
}

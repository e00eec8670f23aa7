//! An invented country: items round real cities, on the seams of the geohash, overseas and at the antimeridian.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use domain::card::{Entry, TrainingEntry};
use domain::departement::Departement;
use domain::diploma::Diploma;
use domain::geo::Point;
use domain::opco::Opco;
use domain::rome::{RomeCode, Romes};
use domain::source::Source;
use domain::years::Years;
use search::keys::{self, Shelf};
use search::listed::{List, Listed, listed};
use search::merge::Filter;
use search::nearest::{Answer, Nearest, Sort, nearest};
use search::port::{KeyRange, Page, Postings, ReadError, Row};
use search::rank::Rank;
use search::sketch::{Sketch, SketchBuilder};

const CITIES: [(f64, f64); 14] = [
    (48.8566, 2.3522),
    (45.764, 4.8357),
    (45.0, 3.0),
    (47.0, 0.0),
    (45.0, 0.0),
    (44.84, -0.58),
    (46.17, 1.87),
    (-20.88, 55.45),
    (-12.78, 45.23),
    (16.25, -61.55),
    (14.61, -61.06),
    (4.92, -52.31),
    (46.78, -56.18),
    (-14.31, -178.12),
];
pub(crate) const NOW: u32 = 1_800_000_000;
pub(crate) const CAP: usize = 150;
/// The source that fails where it is asked of another's country.
const FAILING: Source = Source::Formations;

/// Small, seeded, good enough: the same country on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

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

fn rome(number: usize) -> RomeCode {
    format!("{}{:04}", (b'A' + (number / 10) as u8) as char, 1101 + number % 10).parse().unwrap()
}

/// Squared twice: a few trades are very frequent.
fn frequent(dice: &mut Dice) -> usize {
    (dice.unit().powi(3) * 60.0) as usize
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
            for key in keys::postings(source, "demo", entry) {
                let row = Row { sort_key: key.sort.clone(), id: entry.id.clone(), rank, card: Vec::new() };
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

fn item(dice: &mut Dice, index: usize, source: Source) -> Entry {
    let (lat, lon) = CITIES[dice.below(CITIES.len())];
    let spread = [0.01, 0.1, 1.5][dice.below(3)];
    // One in ten shares a site, so that distances tie; one in fifty has no place.
    let (north, east) = if dice.below(10) == 0 { (0.0, 0.0) } else { (dice.unit() - 0.5, dice.unit() - 0.5) };
    let point = Point::new(lat + north * spread, lon + east * spread).ok().filter(|_| dice.below(50) > 0);
    let mut codes: Vec<RomeCode> = (0..=dice.below(3)).map(|_| rome(frequent(dice))).collect();
    codes.sort_unstable();
    codes.dedup();
    let id = match source {
        Source::Matcha => format!("recruiter{:05}-{}", dice.below(index / 2 + 1), index),
        _ => format!("{index:014}"),
    };
    Entry {
        id,
        romes: Romes::try_from(codes).unwrap(),
        point,
        created_at: NOW - 1_000 * dice.below(50) as u32,
        expires_at: [None, Some(NOW + 1), Some(NOW)][dice.below(3)],
        diploma: Diploma::from_level([0, 0, 3, 4, 5, 6][dice.below(6)]),
        opco: Opco::from_number(dice.below(12) as u8),
        training: (source == Source::Formations).then(|| TrainingEntry {
            order: format!("titre-{}$ecole-{}", dice.below(40), dice.below(9)),
            departement: Departement::of_zip(["75001", "97411", "20200"][dice.below(3)]),
            years: Years::of_tags(["2027"]),
            // One in ten cannot be told from another.
            twin: if dice.below(10) == 0 { dice.below(index + 1) as u64 } else { 1_000_000 + index as u64 },
        }),
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

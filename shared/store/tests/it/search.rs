//! From feed files to answers: what a search finds equals a brute-force search over the same files.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use domain::geo::{Point, Radius};
use domain::rome::Romes;
use domain::source::Source;
use serde_json::{Value, json};
use store::{DynamoPostings, Trades as StoredTrades};
use testkit::{Importer, MemoryBucket, company, jsonl, offer};
use usecases::build_sketch::BuildSketch;
use usecases::search::{OpcoFilter, Place, Search, SearchFound, SearchIndex, Trades};
use usecases::sketches::Sketches;

/// Both seams of the geohash through France, a dense town, overseas.
const PLACES: [(f64, f64); 6] =
    [(49.12, 6.18), (45.0, 3.1), (47.0, 0.02), (-20.88, 55.45), (16.25, -61.55), (48.85, 2.35)];
const ROMES: [&str; 8] = ["D1102", "D1104", "M1607", "K1302", "N4101", "F1602", "I1604", "G1602"];

/// The same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
    fn unit(&mut self) -> f64 {
        self.below(1 << 30) as f64 / f64::from(1 << 30)
    }
    fn place(&mut self, spread: f64) -> (f64, f64) {
        let (lat, lon) = PLACES[self.below(PLACES.len() as u64) as usize];
        (lat + (self.unit() - 0.5) * spread, lon + (self.unit() - 0.5) * spread)
    }
    fn romes(&mut self, most: u64) -> Vec<&'static str> {
        let count = 1 + self.below(most);
        let mut romes: Vec<_> = (0..count).map(|_| ROMES[self.below(ROMES.len() as u64) as usize]).collect();
        romes.sort_unstable();
        romes.dedup();
        romes
    }
}

fn companies(dice: &mut Dice, numbers: std::ops::Range<u32>) -> Vec<Value> {
    numbers
        .map(|number| {
            let mut row = company(number);
            let (lat, lon) = dice.place(1.0);
            row["geo_coordinates"] = json!(format!("{lat},{lon}"));
            row["rome_codes"] = json!(dice.romes(4));
            row["created_at"] = json!(format!("2026-0{}-01T00:00:00.000Z", 1 + dice.below(8)));
            row
        })
        .collect()
}

fn offers(dice: &mut Dice, count: u32) -> Vec<Value> {
    (1..=count)
        .map(|number| {
            let mut row = offer(number);
            let (lat, lon) = dice.place(0.5);
            row["lieuTravail"]["latitude"] = json!(lat);
            row["lieuTravail"]["longitude"] = json!(lon);
            row["romeCode"] = json!(dice.romes(1)[0]);
            // Two months are over for those of June.
            row["dateCreation"] = json!(format!("2026-0{}-15T09:00:00.000Z", 6 + dice.below(3)));
            row
        })
        .collect()
}

/// One row as the brute force sees it: only what the files say.
struct Plain {
    id: String,
    point: Point,
    romes: Vec<String>,
    created: String,
}

fn plain(row: &Value) -> Plain {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if let Some(place) = row.get("lieuTravail") {
        let point = Point::new(place["latitude"].as_f64().unwrap(), place["longitude"].as_f64().unwrap());
        let romes = vec![text(&row["romeCode"])];
        return Plain {
            id: text(&row["id"]),
            point: point.unwrap(),
            romes,
            created: text(&row["dateCreation"]),
        };
    }
    let place = text(&row["geo_coordinates"]);
    let (lat, lon) = place.split_once(',').unwrap();
    Plain {
        id: text(&row["siret"]),
        point: Point::new(lat.parse().unwrap(), lon.parse().unwrap()).unwrap(),
        romes: row["rome_codes"].as_array().unwrap().iter().map(text).collect(),
        created: text(&row["created_at"]),
    }
}

fn brute_force(rows: &[Plain], romes: &[&str], place: Option<(Point, f64)>) -> Vec<String> {
    let mut found: Vec<(f64, Reverse<&str>, &str)> = rows
        .iter()
        .filter(|row| row.romes.iter().any(|rome| romes.contains(&rome.as_str())))
        .filter_map(|row| {
            let distance = match place {
                None => 0.0,
                Some((centre, radius)) => Some(centre.distance_km(row.point)).filter(|&km| km <= radius)?,
            };
            Some((distance, Reverse(row.created.as_str()), row.id.as_str()))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(b.2)));
    found.iter().take(150).map(|(_, _, id)| (*id).to_owned()).collect()
}

fn ids(found: &SearchFound, source: Source) -> Vec<String> {
    let items = found.by_source[&source].as_ref().unwrap();
    items.iter().map(|item| item.card.record_id().to_owned()).collect()
}

async fn sketches(import: &Importer, postings: &DynamoPostings) -> Sketches {
    let build = BuildSketch { parts: &import.bucket, postings, put: &import.bucket };
    build.run().await.unwrap();
    let held = MemoryBucket::default();
    for source in ["lba", "offres", "matcha"] {
        let key = format!("sketch/{source}");
        held.put_bytes(&key, import.bucket.bytes(&key).unwrap());
    }
    let sketches = Sketches::new(Box::new(held), [Source::Lba, Source::Offres, Source::Matcha]);
    assert!(sketches.load().await.is_empty());
    sketches
}

#[tokio::test]
async fn two_hundred_random_searches_equal_brute_force_over_the_files_that_were_imported() {
    let import = Importer::start().await;
    let mut dice = Dice(42);
    let (one, other, offers) =
        (companies(&mut dice, 1..700), companies(&mut dice, 700..1_000), offers(&mut dice, 600));
    import.load("companies/one/list.jsonl", jsonl(&one)).await;
    import.load("companies/other/list.jsonl", jsonl(&other)).await;
    import.load("offers/main/list.jsonl", jsonl(&offers)).await;
    let companies: Vec<Plain> = one.iter().chain(&other).map(plain).collect();
    // What was created before July is over on the first of September.
    let offers: Vec<Plain> =
        offers.iter().map(plain).filter(|row| row.created.as_str() > "2026-07").collect();

    let postings = DynamoPostings::new(import.store.client.clone(), &import.store.tables, true);
    let trades = StoredTrades::new(import.store.client.clone(), &import.store.tables);
    let (built, none) =
        (sketches(&import, &postings).await, Sketches::new(Box::new(MemoryBucket::default()), []));
    let mut rounds = BTreeMap::new();
    for number in 0..200 {
        let (lat, lon) = dice.place(0.8);
        let radius = [0.0, 5.0, 10.0, 30.0, 100.0, 200.0, 20_000.0][dice.below(7) as usize];
        let place = Some((Point::new(lat, lon).unwrap(), Radius::from_km(radius).unwrap()))
            .filter(|_| dice.below(5) > 0);
        let asked = dice.romes(8);
        let romes: Vec<_> = asked.iter().map(|rome| rome.parse().unwrap()).collect();
        let search = Search {
            trades: Trades::Romes(Romes::try_from(romes).unwrap()),
            place: place.map_or(Place::Anywhere, |(centre, radius)| Place::Around(centre, radius)),
            sources: BTreeSet::from([Source::Lba, Source::Offres, Source::Matcha]),
            diploma: None,
            opco: OpcoFilter::Any,
            by_date: false,
            page: None,
        };
        let sketches = if number % 4 == 0 { &none } else { &built };
        let use_case = SearchIndex { postings: &postings, sketches, trades: &trades, clock: &import.clock };
        let found = use_case.run(&search).await.unwrap();
        let circle =
            place.map(|(centre, radius)| (centre, if radius.km() > 0.0 { radius.km() } else { 10.0 }));
        assert_eq!(ids(&found, Source::Lba), brute_force(&companies, &asked, circle), "{search:?}");
        assert_eq!(ids(&found, Source::Offres), brute_force(&offers, &asked, circle), "{search:?}");
        assert!(ids(&found, Source::Matcha).is_empty());
        assert!(found.cost.rru >= 0.5 * f64::from(found.cost.calls) && found.cost.calls > 0);
        *rounds.entry(found.cost.rounds).or_insert(0) += 1;
    }
    assert!(rounds.keys().all(|&count| count <= 3), "{rounds:?}");
}

#[tokio::test]
async fn an_item_that_two_feeds_bring_is_found_once_and_stays_until_both_let_it_go() {
    let import = Importer::start().await;
    let rows: Vec<Value> = (1..=10).map(company).collect();
    import.load("companies/one/list.jsonl", jsonl(&rows)).await;
    import.load("companies/other/list.jsonl", jsonl(&rows)).await;
    let postings = DynamoPostings::new(import.store.client.clone(), &import.store.tables, true);
    let trades = StoredTrades::new(import.store.client.clone(), &import.store.tables);
    let none = Sketches::new(Box::new(MemoryBucket::default()), []);
    let use_case =
        SearchIndex { postings: &postings, sketches: &none, trades: &trades, clock: &import.clock };
    let search = Search {
        trades: Trades::Romes(
            Romes::try_from(vec!["D1102".parse().unwrap(), "D1104".parse().unwrap()]).unwrap(),
        ),
        place: Place::Anywhere,
        sources: BTreeSet::from([Source::Lba]),
        diploma: None,
        opco: OpcoFilter::Any,
        by_date: false,
        page: None,
    };
    let count = async || ids(&use_case.run(&search).await.unwrap(), Source::Lba).len();
    assert_eq!(count().await, 10);
    import.load("companies/one/list.jsonl", jsonl(&rows[..9])).await;
    assert_eq!(count().await, 10);
    import.load("companies/other/list.jsonl", jsonl(&rows[..9])).await;
    assert_eq!(count().await, 9);
}

//! The CFAs nearest to an offer, from feed files to the list that its recruiter chooses from.

use std::sync::Mutex;

use async_trait::async_trait;
use domain::event::BounceReason;
use domain::geo::Point;
use domain::mail::address_hash;
use search::port::{KeyRange, Page, Postings, ReadError};
use search::read::Cost;
use serde_json::{Value, json};
use store::{BarredAddresses, Bounces, Cfas, DynamoPostings, Links};
use testkit::{Importer, at_cfa, cfa_email, formation, jsonl, siret};
use usecases::delegation::nearest::{MAX_CFAS, NearbyCfa, NearestCfas, UnknownIds, choose};
use usecases::ports::{Bounce, RecordBounce as _, StopMails as _};

const MAIN: &str = "formations/main/list.jsonl";
const OTHER: &str = "formations/autre/list.jsonl";
/// The trade of [`formation`].
const TRADE: &str = "G1602";
const KM_PER_DEGREE: f64 = 111.195;

fn offer() -> Point {
    Point::new(48.0, 2.0).unwrap()
}

/// So many km north of the offer.
fn north(km: f64) -> String {
    format!("{},2", 48.0 + km / KM_PER_DEGREE)
}

/// A training of the CFA of this number, which teaches where it is.
fn taught(number: u32, km: f64) -> Value {
    let mut row = at_cfa(formation(number), number, &north(km));
    row["lieu_formation_geo_coordonnees"] = json!(north(km));
    row
}

/// Postings that remember what reading them cost.
struct Metered {
    postings: DynamoPostings,
    cost: Mutex<Cost>,
}

#[async_trait]
impl Postings for Metered {
    async fn read(&self, range: &KeyRange) -> Result<Page, ReadError> {
        let page = self.postings.read(range).await?;
        self.cost.lock().unwrap().add(&page);
        Ok(page)
    }
}

async fn metered(import: &Importer, romes: &[&str]) -> (Vec<NearbyCfa>, Cost) {
    let (client, tables) = (&import.store.client, &import.store.tables);
    let postings =
        Metered { postings: DynamoPostings::new(client.clone(), tables, false), cost: Mutex::default() };
    let nearest = NearestCfas {
        postings: &postings,
        cfas: &Cfas::new(client.clone(), tables),
        barred: &BarredAddresses::new(client.clone(), tables),
    };
    let romes: Vec<_> = romes.iter().map(|rome| rome.parse().unwrap()).collect();
    let found = nearest.run(&romes, offer()).await.unwrap();
    let cost = *postings.cost.lock().unwrap();
    (found, cost)
}

async fn nearest(import: &Importer) -> Vec<NearbyCfa> {
    metered(import, &[TRADE]).await.0
}

/// Numbers of the CFAs, and how far each is.
fn told(found: &[NearbyCfa]) -> Vec<(u32, f64)> {
    found.iter().map(|near| (near.cfa.id.parse().unwrap(), near.distance_km)).collect()
}

fn numbers(found: &[NearbyCfa]) -> Vec<u32> {
    told(found).into_iter().map(|(number, _)| number).collect()
}

#[tokio::test]
async fn the_nearest_come_first_each_once_with_its_distance() {
    let import = Importer::start().await;
    let mut again = taught(7, 3.0);
    again["etablissement_formateur_siret"] = json!(siret(2));
    again["etablissement_formateur_id"] = json!(format!("{:024}", 2));
    again["geo_coordonnees_etablissement_formateur"] = json!(north(2.0));
    import.load(MAIN, jsonl(&[taught(1, 150.0), taught(2, 2.0), again, taught(3, 45.678)])).await;
    assert_eq!(told(&nearest(&import).await), [(2, 2.0), (3, 45.68), (1, 150.0)]);
}

#[tokio::test]
async fn at_most_ten_are_told_and_none_beyond_200_km() {
    let import = Importer::start().await;
    let near: Vec<Value> = (1..=3).map(|number| taught(number, 60.0 * f64::from(number))).collect();
    import.load(MAIN, jsonl(&[near.as_slice(), &[taught(4, 201.0)]].concat())).await;
    assert_eq!(numbers(&nearest(&import).await), [1, 2, 3]);
    let more: Vec<Value> = (5..=30).map(|number| taught(number, 40.0 - f64::from(number))).collect();
    import.load(OTHER, jsonl(&more)).await;
    let found = nearest(&import).await;
    assert_eq!(numbers(&found), (21..=30).rev().collect::<Vec<_>>());
    assert_eq!(found.len(), MAX_CFAS);
}

#[tokio::test]
async fn an_id_of_the_catalogue_means_one_school() {
    let import = Importer::start().await;
    let mut other = taught(2, 2.0);
    other["etablissement_formateur_id"] = json!(format!("{:024}", 1));
    import.load(MAIN, jsonl(&[taught(1, 1.0), other, taught(3, 3.0)])).await;
    assert_eq!(told(&nearest(&import).await), [(1, 1.0), (3, 3.0)]);
}

#[tokio::test]
async fn schools_at_one_place_come_by_their_siret() {
    let import = Importer::start().await;
    import.load(MAIN, jsonl(&[taught(3, 5.0), taught(1, 5.0), taught(2, 5.0)])).await;
    assert_eq!(numbers(&nearest(&import).await), [1, 2, 3]);
}

#[tokio::test]
async fn who_teaches_near_but_stands_far_does_not_hide_who_stands_near() {
    let import = Importer::start().await;
    let away = |number: u32| {
        let mut row = taught(number, f64::from(number) / 10.0);
        row["geo_coordonnees_etablissement_formateur"] = json!(north(100.0 + f64::from(number)));
        row
    };
    let mut rows: Vec<Value> = (1..=12).map(away).collect();
    rows.extend((21..=24).map(|number| taught(number, f64::from(number))));
    import.load(MAIN, jsonl(&rows)).await;
    assert_eq!(numbers(&nearest(&import).await), [21, 22, 23, 24, 1, 2, 3, 4, 5, 6]);
}

#[tokio::test]
async fn schools_of_other_trades_and_schools_that_are_in_no_directory_are_left_out() {
    let import = Importer::start().await;
    let mut baker = taught(2, 2.0);
    baker["rome_codes"] = json!(["D1102"]);
    let mut uncertified = taught(3, 3.0);
    uncertified["etablissement_gestionnaire_certifie_qualite"] = json!(false);
    let mut silent = taught(4, 4.0);
    silent["etablissement_gestionnaire_courriel"] = json!(null);
    import.load(MAIN, jsonl(&[taught(1, 1.0), baker, uncertified, silent])).await;
    assert_eq!(numbers(&nearest(&import).await), [1]);
    assert_eq!(numbers(&metered(&import, &[TRADE, "D1102"]).await.0), [1, 2]);
    assert!(metered(&import, &["A1101"]).await.0.is_empty());
    let (none, cost) = metered(&import, &[]).await;
    assert_eq!((none.len(), cost.calls), (0, 0), "without a trade nothing is read");
}

#[tokio::test]
async fn who_unsubscribed_bounced_or_complained_is_left_out() {
    let import = Importer::start().await;
    let rows: Vec<Value> = (1..=4).map(|number| taught(number, f64::from(number))).collect();
    import.load(MAIN, jsonl(&rows)).await;
    assert_eq!(numbers(&nearest(&import).await), [1, 2, 3, 4]);
    let (client, tables) = (&import.store.client, &import.store.tables);
    let links = Links::new(client.clone(), tables.clone());
    links.stop_mails(&address_hash(&cfa_email(2).parse().unwrap()), 1).await.unwrap();
    let bounces = Bounces::new(client.clone(), tables);
    for (number, reason) in [(3, BounceReason::HardBounce), (4, BounceReason::Complaint)] {
        let address = cfa_email(number).parse().unwrap();
        let bounce = Bounce { address, reason, dedupe: format!("word-{number}"), event: None, now: 1 };
        assert!(bounces.record_bounce(&bounce).await.unwrap());
    }
    assert_eq!(numbers(&nearest(&import).await), [1]);
}

#[tokio::test]
async fn a_school_that_two_feeds_bring_is_told_once() {
    let import = Importer::start().await;
    import.load(MAIN, jsonl(&[taught(1, 1.0), taught(2, 2.0)])).await;
    import.load(OTHER, jsonl(&[taught(1, 1.0), taught(3, 3.0)])).await;
    assert_eq!(numbers(&nearest(&import).await), [1, 2, 3]);
}

#[tokio::test]
async fn more_trainings_than_a_page_holds_do_not_hide_the_schools_behind_them() {
    let import = Importer::start().await;
    let mut rows: Vec<Value> = (0..450)
        .map(|number| {
            let mut row = at_cfa(formation(1_000 + number), 1, &north(1.0));
            row["lieu_formation_geo_coordonnees"] = json!(north(1.0 + f64::from(number) / 1_000.0));
            row
        })
        .collect();
    rows.push(taught(2, 5.0));
    import.load(MAIN, jsonl(&rows)).await;
    assert_eq!(numbers(&nearest(&import).await), [1, 2]);
}

#[tokio::test]
async fn what_it_costs_where_a_trade_is_taught_much_and_where_it_is_not() {
    let import = Importer::start().await;
    // 300 trainings of 60 schools within 10 km, as of a common trade in Paris.
    let dense: Vec<Value> = (0..300)
        .map(|number: u32| {
            let mut row = at_cfa(formation(number), number % 60, &north(f64::from(number % 60) / 6.0));
            row["lieu_formation_geo_coordonnees"] = row["geo_coordonnees_etablissement_formateur"].clone();
            row
        })
        .collect();
    import.load(MAIN, jsonl(&dense)).await;
    let (found, dense) = metered(&import, &[TRADE]).await;
    let (none, bare) = metered(&import, &["D1102"]).await;
    assert_eq!((found.len(), none.len()), (10, 0));
    assert_eq!((dense.calls, dense.rows), (8, 300), "one ring");
    assert!((10.0..18.0).contains(&dense.rru), "{dense:?}");
    assert_eq!((bare.calls, bare.rows), (32, 0), "four rings of eight ranges");
    assert!((bare.rru - 16.0).abs() < 1e-9, "{bare:?}");
}

#[tokio::test]
async fn what_is_chosen_is_among_what_was_told() {
    let import = Importer::start().await;
    import.load(MAIN, jsonl(&[taught(1, 1.0), taught(2, 2.0), taught(3, 3.0)])).await;
    let told = nearest(&import).await;
    let id = |number: u32| format!("{number:024}");
    let chosen =
        |ids: &[String]| choose(&told, ids).map(|chosen| chosen.into_iter().cloned().collect::<Vec<_>>());
    assert_eq!(chosen(&[id(3), id(1), id(3)]).map(|chosen| numbers(&chosen)), Ok(vec![1, 3]));
    assert_eq!(chosen(&[]).map(|chosen| chosen.len()), Ok(0));
    assert_eq!(chosen(&[id(1), id(4)]), Err(UnknownIds));
    assert_eq!(chosen(&[siret(1)]), Err(UnknownIds), "a SIRET is no id where the catalogue gives one");
}

//! What belongs to whom: feeds side by side, rows that move.

use domain::rome::RomeCode;
use serde_json::{Value, json};
use testkit::{Importer, Object, company, formation, jsonl};

const MAIN: &str = "companies/main/list.jsonl";
const METZ: &str = "companies/metz/list.jsonl";

#[tokio::test]
async fn two_feeds_with_one_id_do_not_touch_each_other() {
    let import = Importer::start().await;
    import.load(MAIN, jsonl(&[company(1), company(2)])).await;
    let main_alone = import.store.dumps().await;
    let mut other = company(1);
    other["enseigne"] = json!("Boulangerie Vue De Metz");
    import.load(METZ, jsonl(&[other, company(3)])).await;
    let (postings, records) = import.store.dumps().await;
    assert_eq!((postings.len(), records.len()), (4 * 5, 4 * 2));
    for (key, item) in &main_alone.0 {
        assert_eq!(postings.get(key), Some(item));
    }
    import.bucket.put(METZ, Object { forced: true, ..Object::default() });
    assert_eq!(import.run(METZ).await.unwrap().withdrawn, 2);
    assert_eq!(import.store.dumps().await, main_alone);
    assert_eq!(import.store.withdrawn().await.len(), 2);
}

/// Loads `first` then `second` and checks that nothing of the first is left.
async fn replaced(first: Value, second: Value) {
    replaced_at(MAIN, first, second).await;
}

async fn replaced_at(key: &str, first: Value, second: Value) {
    let import = Importer::start().await;
    import.load(key, jsonl(&[first])).await;
    let report = import.load(key, jsonl(std::slice::from_ref(&second))).await;
    assert_eq!(report.changed, 1);
    let fresh = Importer::start().await;
    fresh.load(key, jsonl(&[second])).await;
    assert_eq!(import.store.dumps().await, fresh.store.dumps().await);
}

fn with(field: &str, value: Value) -> Value {
    let mut row = company(1);
    row[field] = value;
    row
}

#[tokio::test]
async fn a_row_that_moves_leaves_no_posting_behind() {
    replaced(company(1), with("geo_coordinates", json!("43.6,1.44"))).await;
    replaced(company(1), with("geo_coordinates", Value::Null)).await;
    replaced(with("geo_coordinates", Value::Null), company(1)).await;
}

#[tokio::test]
async fn a_row_that_changes_trade_or_date_leaves_no_posting_behind() {
    replaced(company(1), with("rome_codes", json!(["G1602"]))).await;
    replaced(company(1), with("rome_codes", json!(["D1104", "D1102"]))).await;
    replaced(company(1), with("created_at", json!("2026-02-03T00:00:00Z"))).await;
}

#[tokio::test]
async fn a_row_may_have_twenty_trades_and_change_them_all() {
    let trades = |family: char| -> Vec<String> {
        (0..20).map(|n| format!("{family}11{n:02}").parse::<RomeCode>().unwrap().to_string()).collect()
    };
    let mut moved = with("rome_codes", json!(trades('B')));
    moved["geo_coordinates"] = json!("43.6,1.44");
    replaced(with("rome_codes", json!(trades('A'))), moved).await;
    // A training has more rows for each trade: more than one transaction takes when all of them move.
    let training = |family, zip: &str, title: &str, place: &str| {
        let mut row = formation(1);
        row["rome_codes"] = json!(trades(family));
        row["code_postal"] = json!(zip);
        row["intitule_long"] = json!(title);
        row["lieu_formation_geo_coordonnees"] = json!(place);
        row
    };
    let (first, second) =
        (training('A', "57000", "CAP", "49.1,6.1"), training('B', "75001", "BTS", "48.8,2.3"));
    replaced_at("formations/main/list.jsonl", first, second).await;
}

#[tokio::test]
async fn a_row_gone_is_withdrawn_with_all_that_was_written_for_it() {
    let import = Importer::start().await;
    let rows: Vec<Value> = (1..=10).map(company).collect();
    import.load(MAIN, jsonl(&rows)).await;
    assert_eq!(import.load(MAIN, jsonl(&rows[1..])).await.withdrawn, 1);
    let (postings, records) = import.store.dumps().await;
    let gone = testkit::siret(1);
    assert!(!format!("{:?}{:?}", postings.keys(), records.keys()).contains(&gone));
    assert_eq!((postings.len(), records.len()), (9 * 5, 9 * 2));
    assert_eq!(import.store.withdrawn().await, [gone]);
}

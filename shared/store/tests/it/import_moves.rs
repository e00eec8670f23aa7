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
    assert_eq!((postings.len(), records.len()), (4 * 6, 4 * 2));
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

/// Twenty trades, of as many grands domaines as there are letters.
fn twenty_trades(letters: &str) -> Vec<String> {
    let code = |(n, letter)| format!("{letter}11{n:02}").parse::<RomeCode>().unwrap().to_string();
    letters.chars().cycle().take(20).enumerate().map(code).collect()
}

fn training(letters: &str, zip: &str, title: &str, place: &str) -> Value {
    let mut row = formation(1);
    row["rome_codes"] = json!(twenty_trades(letters));
    row["code_postal"] = json!(zip);
    row["intitule_long"] = json!(title);
    row["lieu_formation_geo_coordonnees"] = json!(place);
    row
}

#[tokio::test]
async fn a_row_may_have_twenty_trades_and_change_them_all() {
    // Of one grand domaine, of as many as are filed one by one, and of more than that.
    for (first, second) in [("A", "B"), ("ABCDEFG", "HIJKLMN"), ("ABCDEFGH", "HIJKLMNO"), ("A", "ABCDEFGH")] {
        let mut moved = with("rome_codes", json!(twenty_trades(second)));
        moved["geo_coordinates"] = json!("43.6,1.44");
        replaced(with("rome_codes", json!(twenty_trades(first))), moved).await;
        // A training has more rows for each trade: more than one transaction takes when all of them move.
        let (first, second) =
            (training(first, "57000", "CAP", "49.1,6.1"), training(second, "75001", "BTS", "48.8,2.3"));
        replaced_at("formations/main/list.jsonl", first, second).await;
    }
}

#[tokio::test]
async fn a_row_with_as_many_postings_as_there_may_be_is_withdrawn() {
    let import = Importer::start().await;
    let key = "formations/main/list.jsonl";
    let rows: Vec<Value> = std::iter::once(training("ABCDEFG", "57000", "CAP", "49.1,6.1"))
        .chain((2..=10).map(formation))
        .collect();
    import.load(key, jsonl(&rows)).await;
    assert_eq!(import.load(key, jsonl(&rows[1..])).await.withdrawn, 1);
    assert_eq!(import.store.withdrawn().await.len(), 1);
}

#[tokio::test]
async fn a_row_that_keeps_a_grand_domaine_and_changes_trade_names_the_new_one() {
    replaced(with("rome_codes", json!(["D1102", "G1602"])), with("rome_codes", json!(["D1104", "G1602"])))
        .await;
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
    assert_eq!((postings.len(), records.len()), (9 * 6, 9 * 2));
    assert_eq!(import.store.withdrawn().await, [gone]);
}

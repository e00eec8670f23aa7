//! What is derived from trainings: trades of diplomas and establishments, trainings of schools.

use serde_json::{Value, json};
use store::{Trades, Trainings};
use testkit::{Fault, Importer, Object, formation, jsonl, noise, siret};
use usecases::ports::{DerivedKey, FindTrades as _, FindTrainings as _};

const MAIN: &str = "formations/main/list.jsonl";

async fn trades(import: &Importer, key: &str) -> Vec<String> {
    let DerivedKey::Trades(of) = key.parse().unwrap() else { panic!("{key} has no trades") };
    let trades = Trades::new(import.store.client.clone(), &import.store.tables);
    trades.find_trades(&of).await.unwrap().iter().map(ToString::to_string).collect()
}

/// Clés ME, without what all have in common.
async fn trainings(import: &Importer, key: &str) -> Vec<String> {
    let DerivedKey::Trainings(of) = key.parse().unwrap() else { panic!("{key} has no trainings") };
    let trainings = Trainings::new(import.store.client.clone(), &import.store.tables);
    let found = trainings.find_trainings(&of).await.unwrap();
    found.iter().map(|one| one.id.trim_start_matches("formation-inventee-").to_owned()).collect()
}

/// A training with every code that something is derived by.
fn coded(number: u32, romes: &[&str]) -> Value {
    let mut row = formation(number);
    row["rome_codes"] = json!(romes);
    row["cfd"] = json!("50022137");
    row["bcn_mefs_10"] = json!([{"mef10": "2472541131"}, {"mef10": "2472541132"}]);
    row["uai_formation"] = json!("0690001A");
    row["etablissement_formateur_uai"] = json!("0690002B");
    row["etablissement_gestionnaire_uai"] = json!("0690003C");
    row["etablissement_formateur_siret"] = json!(siret(1));
    row["etablissement_gestionnaire_siret"] = json!(siret(2));
    row
}

#[tokio::test]
async fn a_sheet_has_the_trades_of_all_its_trainings_in_all_feeds() {
    let import = Importer::start().await;
    let mut other = formation(3);
    other["rome_codes"] = json!(["D1102", "A1101"]);
    import.load(MAIN, jsonl(&[formation(0), other])).await;
    let mut third = formation(6);
    third["rome_codes"] = json!(["B1101"]);
    import.load("formations/autre/list.jsonl", jsonl(&[third])).await;
    assert_eq!(trades(&import, "rncp#RNCP10000").await, ["A1101", "B1101", "D1102", "G1602"]);
    assert!(trades(&import, "rncp#RNCP99999").await.is_empty());
}

#[tokio::test]
async fn diplomas_and_establishments_have_the_trades_of_their_trainings() {
    let import = Importer::start().await;
    let mut elsewhere = coded(2, &["A1101"]);
    elsewhere["etablissement_formateur_siret"] = json!(siret(3));
    elsewhere["bcn_mefs_10"] = json!(["2472541132"]);
    import.load(MAIN, jsonl(&[coded(1, &["D1102", "D1104"]), elsewhere])).await;
    assert_eq!(trades(&import, "cfd#50022137").await, ["A1101", "D1102", "D1104"]);
    assert_eq!(trades(&import, "mef#2472541131").await, ["D1102", "D1104"]);
    assert_eq!(trades(&import, "mef#2472541132").await, ["A1101", "D1102", "D1104"]);
    let of = async |number| trades(&import, &format!("establishment#{}", siret(number))).await;
    assert_eq!(of(1).await, ["D1102", "D1104"], "who teaches");
    assert_eq!(of(2).await, ["A1101", "D1102", "D1104"], "who answers for it");
    assert_eq!(of(3).await, ["A1101"]);
    assert!(of(4).await.is_empty());
}

#[tokio::test]
async fn a_school_has_its_trainings_in_each_of_its_roles() {
    let import = Importer::start().await;
    let mut own = coded(2, &["A1101"]);
    for role in ["uai_formation", "etablissement_formateur_uai", "etablissement_gestionnaire_uai"] {
        own[role] = json!("0690002b");
    }
    import.load(MAIN, jsonl(&[own, coded(1, &["D1102"])])).await;
    import.load("formations/autre/list.jsonl", jsonl(&[coded(3, &["D1102"])])).await;
    assert_eq!(trainings(&import, "uai#lieu#0690001A").await, ["3#L01", "1#L01"], "feed by feed");
    assert_eq!(trainings(&import, "uai#lieu#0690002B").await, ["2#L01"]);
    assert_eq!(trainings(&import, "uai#formateur#0690002B").await, ["3#L01", "1#L01", "2#L01"]);
    assert_eq!(trainings(&import, "uai#responsable#0690002B").await, ["2#L01"]);
    assert_eq!(trainings(&import, "uai#responsable#0690003C").await, ["3#L01", "1#L01"]);
    assert!(trainings(&import, "uai#formateur#0690001A").await.is_empty());
}

#[tokio::test]
async fn a_list_tells_what_it_takes_to_choose_a_training_and_to_link_to_it() {
    let import = Importer::start().await;
    import.load(MAIN, jsonl(&[coded(1, &["D1102", "D1104"])])).await;
    let DerivedKey::Trainings(of) = "uai#lieu#0690001A".parse().unwrap() else { panic!() };
    let port = Trainings::new(import.store.client.clone(), &import.store.tables);
    let found = serde_json::to_value(port.find_trainings(&of).await.unwrap()).unwrap();
    let wanted = json!([{
        "id": "formation-inventee-1#L01", "romes": ["D1102", "D1104"], "cfd": "50022137", "rncp": "RNCP10001",
        "mefs": ["2472541131", "2472541132"], "point": "45.77,4.83", "zip": "69001", "insee": "69381",
    }]);
    assert_eq!(found[0]["point"].as_str().unwrap().get(..5), Some("45.76"), "{found}");
    let mut found = found;
    found[0]["point"] = wanted[0]["point"].clone();
    assert_eq!(found, wanted);
}

#[tokio::test]
async fn only_changed_items_are_written_and_gone_ones_are_withdrawn() {
    let import = Importer::start().await;
    import.load(MAIN, jsonl(&[formation(0), formation(1), formation(2)])).await;
    let mut changed = formation(1);
    changed["rncp_code"] = json!("RNCP10000");
    changed["rome_codes"] = json!(["D1102"]);
    assert_eq!(written(&import, &[formation(0), changed, formation(2)]).await, 3);
    assert_eq!(trades(&import, "rncp#RNCP10000").await, ["D1102", "G1602"]);
    assert!(trades(&import, "rncp#RNCP10001").await.is_empty());
    assert_eq!(trades(&import, "rncp#RNCP10002").await, ["G1602"]);
}

/// Loads a file and tells how many rows, of all families, were written or withdrawn.
async fn written(import: &Importer, rows: &[Value]) -> usize {
    let port = import.failing(Fault::None);
    import.bucket.put(MAIN, Object { bytes: jsonl(rows), forced: true, ..Object::default() });
    import.run_with(MAIN, &port).await.unwrap();
    port.writes()
}

#[tokio::test]
async fn a_training_that_changes_school_leaves_one_list_and_enters_another() {
    let import = Importer::start().await;
    let rows = [coded(1, &["D1102"]), coded(2, &["D1102"])];
    import.load(MAIN, jsonl(&rows)).await;
    let mut moved = rows.clone();
    moved[1]["etablissement_formateur_uai"] = json!("0690009Z");
    assert_eq!(written(&import, &moved).await, 3, "the training, the list it left, the list it entered");
    assert_eq!(trainings(&import, "uai#formateur#0690002B").await, ["1#L01"]);
    assert_eq!(trainings(&import, "uai#formateur#0690009Z").await, ["2#L01"]);
    assert_eq!(written(&import, &moved).await, 0, "the same file again");
    let mut reordered = moved.clone();
    reordered.reverse();
    assert_eq!(written(&import, &reordered).await, 0, "the order of a file says nothing");
    moved[1]["intitule_long"] = json!("CAP Exemple renommé");
    assert_eq!(
        written(&import, &moved).await,
        2,
        "a title is in no list: the training, and as one that is asked about"
    );
    written(&import, &rows[..1]).await;
    assert!(trainings(&import, "uai#formateur#0690009Z").await.is_empty());
    let fresh = Importer::start().await;
    fresh.load(MAIN, jsonl(&rows[..1])).await;
    assert_eq!(import.store.dumps().await, fresh.store.dumps().await);
}

#[tokio::test]
async fn a_school_with_too_many_trainings_keeps_as_many_as_an_item_takes_and_says_so() {
    let import = Importer::start().await;
    let rows: Vec<Value> = (0..1_900)
        .map(|number| {
            let mut row = coded(number, &["D1102"]);
            // A clé ME that does not compress, as long as one may be.
            let key = format!("{number:04}{}", noise(number, 196).replace(['@', '!', '"', ' '], "#"));
            row["cle_ministere_educatif"] = json!(key);
            // No list but those of schools.
            row["etablissement_gestionnaire_siret"] = json!(null);
            row
        })
        .collect();
    let report = import.load(MAIN, jsonl(&rows)).await;
    assert_eq!(report.kept, 1_900, "{report:?}");
    let kept = trainings(&import, "uai#lieu#0690001A").await;
    assert!((900..1_100).contains(&kept.len()), "{}", kept.len());
    assert_eq!(report.left_off, 3 * (1_900 - kept.len() as u64));
    assert!(kept.iter().enumerate().all(|(number, id)| id.starts_with(&format!("{number:04}"))));
}

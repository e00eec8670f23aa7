//! The trades of an RNCP sheet, derived from trainings.

use serde_json::json;
use store::Trades;
use testkit::{Fault, Importer, Object, formation, jsonl};
use usecases::ports::FindTrades as _;

async fn trades(import: &Importer, sheet: &str) -> Vec<String> {
    let trades = Trades::new(import.store.client.clone(), &import.store.tables);
    trades.find_trades(&sheet.parse().unwrap()).await.unwrap().iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_sheet_has_the_trades_of_all_its_trainings_in_all_feeds() {
    let import = Importer::start().await;
    let mut other = formation(3);
    other["rome_codes"] = json!(["D1102", "A1101"]);
    import.load("formations/main/list.jsonl", jsonl(&[formation(0), other])).await;
    let mut third = formation(6);
    third["rome_codes"] = json!(["B1101"]);
    import.load("formations/autre/list.jsonl", jsonl(&[third])).await;
    assert_eq!(trades(&import, "RNCP10000").await, ["A1101", "B1101", "D1102", "G1602"]);
    assert!(trades(&import, "RNCP99999").await.is_empty());
}

#[tokio::test]
async fn only_changed_sheets_are_written_and_gone_ones_are_withdrawn() {
    let import = Importer::start().await;
    let key = "formations/main/list.jsonl";
    import.load(key, jsonl(&[formation(0), formation(1), formation(2)])).await;
    let mut changed = formation(1);
    changed["rncp_code"] = json!("RNCP10000");
    changed["rome_codes"] = json!(["D1102"]);
    let rows = import.failing(Fault::None);
    import
        .bucket
        .put(key, Object { bytes: jsonl(&[formation(0), changed, formation(2)]), ..Object::default() });
    import.run_with(key, &rows).await.unwrap();
    assert_eq!(rows.writes(), 3, "the training, the sheet it came to and the sheet it left");
    assert_eq!(trades(&import, "RNCP10000").await, ["D1102", "G1602"]);
    assert!(trades(&import, "RNCP10001").await.is_empty());
    assert_eq!(trades(&import, "RNCP10002").await, ["G1602"]);
}

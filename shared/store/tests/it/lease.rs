//! One import of a feed at a time.

use serde_json::Value;
use testkit::{Fault, Importer, Object, company, jsonl};
use usecases::ingest::ImportError;

const KEY: &str = "companies/metz/list.jsonl";

/// Begins an import and leaves it as it stands, its lease held.
async fn begun() -> Importer {
    let import = Importer::start().await;
    import.bucket.put_bytes(KEY, jsonl(&[company(1), company(2)]));
    let rows = import.failing(Fault::KillAfter(0));
    tokio::select! {
        _ = import.run_as(KEY, &rows, "first") => panic!("it does not end"),
        () = rows.killed() => {}
    }
    import
}

#[tokio::test]
async fn a_second_import_of_a_feed_fails_clearly() {
    let import = begun().await;
    let load_id = Some("second".to_owned());
    import.bucket.put(KEY, Object { bytes: jsonl(&[company(3)]), load_id, ..Object::default() });
    assert!(matches!(import.run(KEY).await, Err(ImportError::Busy)));
    let report: Value =
        serde_json::from_slice(&import.bucket.bytes("reports/companies/metz/list.jsonl.json").unwrap())
            .unwrap();
    assert_eq!((report["status"].as_str(), report["load_id"].as_str()), (Some("failed"), Some("second")));
    assert!(report["reason"].as_str().unwrap().contains("another import of this feed is running"));
}

#[tokio::test]
async fn another_feed_does_not_wait() {
    let import = begun().await;
    assert_eq!(import.load("companies/main/list.jsonl", jsonl(&[company(1)])).await.added, 1);
}

#[tokio::test]
async fn a_lease_lapses_within_a_minute_of_a_kill() {
    let import = begun().await;
    import.clock.advance(50);
    assert_eq!(import.run(KEY).await.unwrap().added, 2);
}

#[tokio::test]
async fn the_retry_of_a_killed_run_has_its_lease() {
    let import = begun().await;
    let report = import.run_as(KEY, &import.failing(Fault::None), "first").await;
    assert_eq!(report.unwrap().added, 2);
}

#[tokio::test]
async fn a_lease_is_given_back_after_success_and_after_an_error() {
    let import = Importer::start().await;
    import.load(KEY, jsonl(&[company(1)])).await;
    import.bucket.put_bytes(KEY, jsonl(&[company(1), company(2)]));
    assert!(import.run_with(KEY, &import.failing(Fault::ErrorAt(1))).await.is_err());
    assert_eq!(import.run(KEY).await.unwrap().added, 1);
    assert!(import.store.dump(&import.store.tables.ledger).await.is_empty());
}

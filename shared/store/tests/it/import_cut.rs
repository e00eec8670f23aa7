//! Files that are not what their sender meant to send: refused whole, nothing changed.

use serde_json::{Value, json};
use testkit::{Importer, Object, company, gzip, jsonl};
use usecases::ingest::{ImportError, Report, Status};

const KEY: &str = "companies/metz/list.jsonl";

fn rows(count: u32) -> Vec<u8> {
    jsonl(&(1..=count).map(company).collect::<Vec<_>>())
}

/// Loads `file` over ten rows and checks that it changes nothing.
async fn refused(file: Vec<u8>) -> Report {
    let import = Importer::start().await;
    import.load(KEY, rows(10)).await;
    let before = import.store.dumps().await;
    let report = import.load(KEY, file).await;
    assert_eq!(report.status, Status::Refused, "{report:?}");
    assert_eq!((report.added, report.changed, report.withdrawn), (0, 0, 0));
    assert_eq!(import.store.dumps().await, before);
    report
}

#[tokio::test]
async fn a_cut_gzip_file_is_refused() {
    let mut file = gzip(&rows(12));
    file.truncate(file.len() - 9);
    let report = refused(file).await;
    assert!(report.reason.unwrap().contains("cut or damaged"));
}

#[tokio::test]
async fn a_file_cut_inside_its_last_line_is_refused() {
    let mut file = rows(12);
    file.truncate(file.len() - 20);
    let report = refused(file).await;
    assert!(report.reason.unwrap().contains("its last line, 12, is not closed"));
}

#[tokio::test]
async fn a_last_line_without_its_end_is_read_when_it_is_whole() {
    let import = Importer::start().await;
    let mut file = rows(3);
    file.pop();
    assert_eq!(import.load(KEY, file).await.added, 3);
}

#[tokio::test]
async fn a_file_that_would_remove_more_than_a_fifth_is_refused() {
    let report = refused(rows(7)).await;
    let reason = report.reason.unwrap();
    assert!(reason.contains("it would withdraw 3 of the feed's 10 rows"), "{reason}");
}

#[tokio::test]
async fn a_file_that_removes_a_fifth_goes_on() {
    let import = Importer::start().await;
    import.load(KEY, rows(10)).await;
    let report = import.load(KEY, rows(8)).await;
    assert_eq!((report.status, report.withdrawn), (Status::Done, 2));
    let fresh = Importer::start().await;
    fresh.load(KEY, rows(8)).await;
    assert_eq!(import.store.dumps().await, fresh.store.dumps().await);
}

#[tokio::test]
async fn a_forced_file_may_remove_all_it_wants() {
    let import = Importer::start().await;
    import.load(KEY, rows(10)).await;
    import.bucket.put(KEY, Object { bytes: rows(1), forced: true, ..Object::default() });
    let report = import.run(KEY).await.unwrap();
    assert_eq!((report.status, report.withdrawn, report.unchanged), (Status::Done, 9, 1));
}

#[tokio::test]
async fn an_empty_file_is_refused_unless_forced() {
    refused(Vec::new()).await;
    refused(b"{\"siret\": 1}\n".to_vec()).await;
    let import = Importer::start().await;
    import.load(KEY, rows(2)).await;
    import.bucket.put(KEY, Object { forced: true, ..Object::default() });
    assert_eq!(import.run(KEY).await.unwrap().withdrawn, 2);
    let (postings, records) = import.store.dumps().await;
    assert!(postings.is_empty() && records.is_empty());
}

#[tokio::test]
async fn a_first_file_without_a_good_row_is_refused_too() {
    let import = Importer::start().await;
    for file in [Vec::new(), b"{\"siret\": 1}\n".to_vec()] {
        let report = import.load(KEY, file).await;
        assert_eq!(
            (report.status, report.reason.as_deref()),
            (Status::Refused, Some("the file has no good row"))
        );
    }
}

#[tokio::test]
async fn a_connection_that_breaks_changes_nothing_and_is_told() {
    let import = Importer::start().await;
    import.load(KEY, rows(10)).await;
    let before = import.store.dumps().await;
    import.bucket.put(KEY, Object { bytes: rows(20), breaks_after: Some(3000), ..Object::default() });
    assert!(matches!(import.run(KEY).await, Err(ImportError::Failed(_))));
    assert_eq!(import.store.dumps().await, before);
    let report: Value =
        serde_json::from_slice(&import.bucket.bytes("reports/companies/metz/list.jsonl.json").unwrap())
            .unwrap();
    assert_eq!(
        (&report["status"], &report["reason"]),
        (&json!("failed"), &json!("could not read a feed file"))
    );
}

#[tokio::test]
async fn a_file_replaced_between_its_two_readings_is_an_error() {
    let import = Importer::start().await;
    import.bucket.put_bytes(KEY, rows(3));
    import.bucket.replace_when_opened(KEY, rows(5));
    assert!(matches!(import.run(KEY).await, Err(ImportError::Replaced)));
    let (postings, _) = import.store.dumps().await;
    assert!(postings.is_empty());
    assert_eq!(import.run(KEY).await.unwrap().added, 5);
}

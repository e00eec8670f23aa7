//! A feed comes in: what is written, what is set aside, what is told.

use serde_json::{Value, json};
use testkit::{Fault, Importer, Object, company, formation, gzip, jsonl, offer};
use usecases::ingest::Status;

const KEY: &str = "companies/metz/list.jsonl.gz";

#[tokio::test]
async fn a_file_becomes_what_the_index_holds() {
    let import = Importer::start().await;
    let report = import.load(KEY, jsonl(&[company(1), company(2)])).await;
    assert_eq!(report.status, Status::Done);
    assert_eq!((report.rows_read, report.kept, report.added, report.refused), (2, 2, 2, 0));
    let (postings, records) = import.store.dumps().await;
    // Two trades, near and newest, one of their grand domaine, and one in the stock; a version and an entry in the ledger.
    assert_eq!((postings.len(), records.len()), (2 * 6, 2 * 2));
}

#[tokio::test]
async fn the_same_file_again_costs_no_write() {
    let import = Importer::start().await;
    let file = jsonl(&[company(1), company(2), company(3)]);
    import.load(KEY, file.clone()).await;
    let rows = import.failing(Fault::ErrorAt(1));
    import.bucket.put_bytes(KEY, file);
    let report = import.run_with(KEY, &rows).await.unwrap();
    assert_eq!((report.unchanged, report.added, report.changed, rows.writes()), (3, 0, 0, 0));
}

#[tokio::test]
async fn only_a_changed_row_is_written() {
    let import = Importer::start().await;
    import.load(KEY, jsonl(&[company(1), company(2), company(3)])).await;
    let mut changed = company(2);
    changed["enseigne"] = json!("Boulangerie Renommée");
    let rows = import.failing(Fault::None);
    import.bucket.put_bytes(KEY, jsonl(&[company(1), changed, company(3)]));
    let report = import.run_with(KEY, &rows).await.unwrap();
    assert_eq!((report.unchanged, report.changed, rows.writes()), (2, 1, 1));
}

#[tokio::test]
async fn a_bad_row_is_set_aside_and_the_others_go_on() {
    let import = Importer::start().await;
    let mut bad = company(2);
    bad["siret"] = json!("12345678901234");
    let file =
        [jsonl(&[company(1), bad, company(3)]), b"{not json}\n\n".to_vec(), jsonl(&[company(1)])].concat();
    let report = import.load(KEY, file).await;
    assert_eq!((report.rows_read, report.kept, report.added, report.refused), (5, 2, 2, 3));
    let lines: Vec<u32> = report.first_refused.iter().map(|refused| refused.line).collect();
    assert_eq!(lines, [2, 4, 6]);
    assert_eq!(report.first_refused[2].reason, "the id is that of an earlier row, on line 1");
    assert_eq!(report.refused_reasons.values().sum::<u64>(), 3);
    let rejects = import.bucket.bytes(&report.rejects_key.unwrap()).unwrap();
    let rejects: Vec<Value> =
        String::from_utf8(rejects).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rejects[0]["line"], 2);
    assert!(rejects[0]["reason"].as_str().unwrap().contains("siret"), "{}", rejects[0]);
    assert!(!rejects[0].to_string().contains("12345678901234"), "a reason quotes no value");
}

#[tokio::test]
async fn of_two_rows_with_one_id_the_first_stands() {
    let import = Importer::start().await;
    let mut second = company(1);
    second["enseigne"] = json!("Boulangerie Seconde");
    import.load(KEY, jsonl(&[company(1), company(2)])).await;
    let alone = import.store.dumps().await;
    let report = import.load(KEY, jsonl(&[company(1), second, company(2)])).await;
    assert_eq!((report.refused, report.unchanged), (1, 2));
    assert_eq!(import.store.dumps().await, alone);
}

#[tokio::test]
async fn a_row_too_large_for_a_transaction_is_set_aside() {
    let import = Importer::start().await;
    let mut large = offer(1);
    large["description"] = json!("x".repeat(70 * 1024));
    let report = import.load("offers/main/list.jsonl", jsonl(&[large, offer(2)])).await;
    assert_eq!((report.kept, report.refused), (1, 1));
    assert_eq!(report.refused_reasons.keys().next().unwrap(), "the row is over 44 KiB once read");
}

#[tokio::test]
async fn gzip_and_plain_end_in_the_same_state() {
    let file = jsonl(&(1..=30).map(company).collect::<Vec<_>>());
    let (plain, packed) = (Importer::start().await, Importer::start().await);
    plain.load(KEY, file.clone()).await;
    let members = [gzip(&file[..700]), gzip(&file[700..])].concat();
    packed.load(KEY, members).await;
    assert_eq!(plain.store.dumps().await, packed.store.dumps().await);
}

#[tokio::test]
async fn a_company_without_trades_gets_those_of_its_activity() {
    let import = Importer::start().await;
    let mut row = company(1);
    row.as_object_mut().unwrap().remove("rome_codes");
    let refused = import.load(KEY, jsonl(&[row.clone(), company(2)])).await;
    let reason = &refused.first_refused[0].reason;
    assert!(reason.contains("load reference/rome_naf.csv"), "{reason}");

    import.bucket.put_bytes("reference/rome_naf.csv", "rome,naf,hires\nD1102,1071C,90\nG1602,1071C,10\n");
    let report = import.load(KEY, jsonl(&[row, company(2)])).await;
    assert_eq!((report.refused, report.added, report.unchanged), (0, 1, 1));
    let (postings, _) = import.store.dumps().await;
    assert_eq!(postings.keys().filter(|(partition, _)| partition == "lba#G1602").count(), 1);
}

#[tokio::test]
async fn no_address_is_stored_in_clear() {
    let import = Importer::start().await;
    import.load(KEY, jsonl(&[company(1)])).await;
    let (postings, records) = import.store.dumps().await;
    let stored = format!("{postings:?}{records:?}");
    assert!(!stored.contains("exemple.invalid"));
}

#[tokio::test]
async fn every_kind_of_feed_comes_in() {
    let import = Importer::start().await;
    let offers = import.load("offers/main/a.jsonl", jsonl(&[offer(1), offer(2)])).await;
    let formations = import.load("formations/main/a.jsonl", jsonl(&[formation(1), formation(2)])).await;
    assert_eq!((offers.added, formations.added), (2, 2), "{offers:?} {formations:?}");
    let (postings, _) = import.store.dumps().await;
    assert_eq!(postings.keys().filter(|(partition, _)| partition == "offres#M1607").count(), 2);
    assert_eq!(postings.keys().filter(|(partition, _)| partition == "formations#G1602#d").count(), 2);
    let expiring = postings.values().filter(|item| item.contains("expires_at")).count();
    // Near, by grand domaine and listed, each whole and by level; the stock by change and by expiry.
    assert_eq!(expiring, 2 * 8, "offers expire, trainings do not");
}

#[tokio::test]
async fn the_report_is_put_beside_the_file_with_the_name_of_the_load() {
    let import = Importer::start().await;
    let load_id = Some("load-1".to_owned());
    import.bucket.put(KEY, Object { bytes: jsonl(&[company(1)]), load_id, ..Object::default() });
    import.run(KEY).await.unwrap();
    let report = import.bucket.bytes("reports/companies/metz/list.jsonl.gz.json").unwrap();
    let report: Value = serde_json::from_slice(&report).unwrap();
    assert_eq!(report["load_id"], "load-1");
    assert_eq!(
        (&report["source"], &report["feed"], &report["file"]),
        (&json!("companies"), &json!("metz"), &json!("list.jsonl.gz"))
    );
    assert_eq!((&report["status"], &report["added"]), (&json!("done"), &json!(1)));
    assert_eq!(report["started_at"], "2026-09-01T08:00:00Z");
}

#[tokio::test]
async fn a_file_of_another_kind_is_an_error() {
    let import = Importer::start().await;
    assert!(import.run("companies/metz/absent.jsonl").await.is_err());
}

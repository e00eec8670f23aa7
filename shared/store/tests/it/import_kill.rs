//! Killed anywhere, an import is made good by the next one: the end state is that of one clean run.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use testkit::{Dump, Fault, Importer, Object, at_cfa, company, formation, jsonl};
use usecases::ingest::{ImportError, Report};

const KEY: &str = "companies/metz/list.jsonl";

/// Rows that add, change, move, lose a trade and go, against [`before`].
fn after() -> Vec<Value> {
    let mut rows: Vec<Value> = (3..=14).map(company).collect();
    rows[0]["enseigne"] = json!("Boulangerie Renommée");
    rows[1]["geo_coordinates"] = json!("43.6,1.44");
    rows[2]["rome_codes"] = json!(["D1102"]);
    rows[3]["rome_codes"] = json!(["G1602", "D1104"]);
    rows[4].as_object_mut().unwrap().remove("geo_coordinates");
    rows
}

fn before() -> Vec<Value> {
    (1..=10).map(company).collect()
}

async fn clean(key: &str, files: &[Vec<Value>]) -> (Dump, Dump) {
    let import = Importer::start().await;
    for rows in files {
        import.load(key, jsonl(rows)).await;
    }
    import.store.dumps().await
}

/// Loads `first`, then kills the load of `second` after each number of writes, then loads `third`: forced, since
/// it may well remove more than a fifth of what the killed one had written by then.
async fn kill_everywhere(key: &str, first: &[Value], second: &[Value], third: &[Value]) {
    let expected = clean(key, &[third.to_vec()]).await;
    let mut writes = 0;
    loop {
        let import = Importer::start().await;
        import.load(key, jsonl(first)).await;
        import.bucket.put_bytes(key, jsonl(second));
        let ended = import.kill_after(writes, key).await;
        import.bucket.put(key, Object { bytes: jsonl(third), forced: second != third, ..Object::default() });
        let report = import.run(key).await.unwrap();
        assert_same(
            &import.store.dumps().await,
            &expected,
            &format!("killed after {writes}, then {report:?}"),
        );
        if ended.is_some() {
            break;
        }
        writes += 1;
    }
    assert!(writes > 3, "the import is long enough to be killed inside: {writes} writes");
}

#[tokio::test]
async fn killed_after_any_write_and_run_again_it_ends_as_one_clean_run() {
    kill_everywhere(KEY, &before(), &after(), &after()).await;
}

#[tokio::test]
async fn killed_after_any_write_and_followed_by_another_file_it_ends_as_that_file_alone() {
    let mut third = before();
    third[5]["city"] = json!("NANCY");
    kill_everywhere(KEY, &before(), &after(), &third).await;
}

#[tokio::test]
async fn what_is_derived_from_trainings_survives_a_kill_too() {
    let taught = |number: u32| {
        let mut row = formation(number);
        row["etablissement_formateur_uai"] = json!(if number < 4 { "0690001A" } else { "0690002B" });
        if number > 4 { at_cfa(row, number, "45.76,4.83") } else { row }
    };
    let first: Vec<Value> = (1..=6).map(taught).collect();
    let mut second = first.clone();
    second[0]["rome_codes"] = json!(["G1602", "D1102"]);
    second[1]["rncp_code"] = json!("RNCP777");
    second[2]["etablissement_formateur_uai"] = json!("0690003C");
    second[3]["cfd"] = json!("50022137");
    second[4]["etablissement_gestionnaire_courriel"] = json!("autre@exemple.invalid");
    second[5]["etablissement_gestionnaire_certifie_qualite"] = json!(false);
    second.push(taught(7));
    kill_everywhere("formations/main/list.jsonl", &first, &second, &second).await;
}

/// Compares two states, and names the first key that differs.
fn assert_same(found: &(Dump, Dump), expected: &(Dump, Dump), when: &str) {
    for (found, expected) in [(&found.0, &expected.0), (&found.1, &expected.1)] {
        let keys: BTreeSet<_> = found.keys().chain(expected.keys()).collect();
        let different = keys.into_iter().find(|key| found.get(*key) != expected.get(*key));
        assert_eq!(different, None, "{when}");
    }
}

async fn broken(fault: Fault) -> (Importer, Result<Report, ImportError>) {
    let import = Importer::start().await;
    import.load(KEY, jsonl(&before())).await;
    import.bucket.put_bytes(KEY, jsonl(&after()));
    let report = import.run_with(KEY, &import.failing(fault)).await;
    (import, report)
}

#[tokio::test]
async fn after_an_error_it_says_so_and_the_next_run_makes_it_good() {
    let expected = clean(KEY, &[after()]).await;
    for at in [1, 4, 9] {
        let (import, report) = broken(Fault::ErrorAt(at)).await;
        assert!(matches!(report, Err(ImportError::Failed(_))));
        let told = import.bucket.bytes("reports/companies/metz/list.jsonl.json").unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&told).unwrap()["status"], "failed");
        import.run(KEY).await.unwrap();
        assert_eq!(import.store.dumps().await, expected, "error at write {at}");
    }
}

#[tokio::test]
async fn a_write_whose_answer_was_lost_is_not_done_twice() {
    let (import, report) = broken(Fault::AnswerLostAt(2)).await;
    assert!(report.is_err());
    import.run(KEY).await.unwrap();
    assert_eq!(import.store.dumps().await, clean(KEY, &[after()]).await);
}

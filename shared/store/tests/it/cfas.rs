//! The directory of CFAs, as imports of trainings leave it.

use domain::cfa::Cfa;
use serde_json::{Value, json};
use store::Cfas;
use testkit::{Fault, Importer, Object, at_cfa, cfa_email, formation, jsonl, siret};
use usecases::ports::FindCfa as _;

const MAIN: &str = "formations/main/list.jsonl";
const OTHER: &str = "formations/autre/list.jsonl";
const METZ: &str = "49.12,6.18";

async fn cfa(import: &Importer, number: u32) -> Option<Cfa> {
    let cfas = Cfas::new(import.store.client.clone(), &import.store.tables);
    cfas.find_cfa(&siret(number).parse().unwrap()).await.unwrap()
}

/// Loads a file and tells how many rows, of all families, were written or withdrawn.
async fn written(import: &Importer, key: &str, rows: &[Value]) -> usize {
    let port = import.failing(Fault::None);
    import.bucket.put(key, Object { bytes: jsonl(rows), forced: true, ..Object::default() });
    import.run_with(key, &port).await.unwrap();
    port.writes()
}

fn trainings() -> [Value; 3] {
    [at_cfa(formation(1), 1, METZ), at_cfa(formation(2), 1, METZ), at_cfa(formation(3), 2, METZ)]
}

#[tokio::test]
async fn an_import_leaves_each_school_once_with_what_the_contract_shows() {
    let import = Importer::start().await;
    import.load(MAIN, jsonl(&trainings())).await;
    let found = cfa(&import, 1).await.unwrap();
    assert_eq!((found.id.as_str(), found.siret.as_str()), ("000000000000000000000001", &*siret(1)));
    assert_eq!((found.name.as_str(), found.zip.as_str()), ("CFA IMAGINAIRE 1", "57000"));
    assert_eq!((found.departement.as_str(), found.point.to_string().as_str()), ("Moselle", METZ));
    assert_eq!(found.street.kind.as_deref(), Some("RUE"));
    assert!(cfa(&import, 2).await.is_some());
    assert!(cfa(&import, 3).await.is_none());
}

#[tokio::test]
async fn a_school_is_rewritten_only_where_it_says_something_else() {
    let import = Importer::start().await;
    let rows = trainings();
    import.load(MAIN, jsonl(&rows)).await;
    assert_eq!(written(&import, MAIN, &rows).await, 0, "the same file again");
    let mut reordered = rows.clone();
    reordered.reverse();
    assert_eq!(written(&import, MAIN, &reordered).await, 0, "the order of a file says nothing");
    let mut moved = rows.clone();
    moved[2]["etablissement_gestionnaire_courriel"] = json!(cfa_email(9));
    let before = cfa(&import, 2).await.unwrap();
    assert_eq!(
        written(&import, MAIN, &moved).await,
        2,
        "an address is in no card: the CFA, and where requests go"
    );
    let after = cfa(&import, 2).await.unwrap();
    assert_ne!((&before.email, &before.address_hash), (&after.email, &after.address_hash));
}

#[tokio::test]
async fn a_school_leaves_with_its_last_training_or_its_certification() {
    let import = Importer::start().await;
    let rows = trainings();
    import.load(MAIN, jsonl(&rows)).await;
    let mut lost = rows.clone();
    for row in &mut lost[..2] {
        row["etablissement_gestionnaire_certifie_qualite"] = json!(false);
    }
    assert_eq!(written(&import, MAIN, &lost).await, 1);
    assert!(cfa(&import, 1).await.is_none() && cfa(&import, 2).await.is_some());
    written(&import, MAIN, &rows[..2]).await;
    assert!(cfa(&import, 1).await.is_some() && cfa(&import, 2).await.is_none());
    let fresh = Importer::start().await;
    fresh.load(MAIN, jsonl(&rows[..2])).await;
    assert_eq!(import.store.dumps().await, fresh.store.dumps().await);
}

#[tokio::test]
async fn a_school_of_two_feeds_stays_as_long_as_one_has_it() {
    let import = Importer::start().await;
    let mut elsewhere = at_cfa(formation(5), 1, METZ);
    elsewhere["etablissement_formateur_entreprise_raison_sociale"] = json!("CFA IMAGINAIRE, AUTREMENT");
    import.load(MAIN, jsonl(&trainings())).await;
    import.load(OTHER, jsonl(&[elsewhere, formation(6)])).await;
    let name = async || cfa(&import, 1).await.map(|cfa| cfa.name);
    assert_eq!(name().await.as_deref(), Some("CFA IMAGINAIRE, AUTREMENT"), "the first feed by name");
    written(&import, OTHER, &[formation(6)]).await;
    assert_eq!(name().await.as_deref(), Some("CFA IMAGINAIRE 1"));
    written(&import, MAIN, &[formation(1)]).await;
    assert_eq!(name().await, None);
}

#[tokio::test]
async fn of_two_managers_one_is_kept_whichever_comes_first() {
    let mut rows = [at_cfa(formation(1), 1, METZ), at_cfa(formation(2), 1, METZ)];
    rows[1]["etablissement_gestionnaire_courriel"] = json!(cfa_email(2));
    let import = Importer::start().await;
    import.load(MAIN, jsonl(&rows)).await;
    let kept = cfa(&import, 1).await.unwrap();
    rows.reverse();
    assert_eq!(written(&import, MAIN, &rows).await, 0);
    assert_eq!(cfa(&import, 1).await.unwrap(), kept);
}

#[tokio::test]
async fn no_address_is_kept_in_clear() {
    let import = Importer::start().await;
    let mut rows = trainings().to_vec();
    rows.push(
        json!({"cle_ministere_educatif": "refusée", "etablissement_gestionnaire_courriel": cfa_email(3)}),
    );
    let report = import.load(MAIN, jsonl(&rows)).await;
    assert_eq!((report.kept, report.refused), (3, 1));
    let tables = &import.store.tables;
    for table in [&tables.postings, &tables.records, &tables.ledger] {
        for (key, item) in import.store.dump(table).await {
            assert!(!format!("{key:?}{item}").contains("exemple.invalid"), "{key:?}");
        }
    }
    let cfas = import.store.dump(&tables.records).await;
    assert!(cfas.keys().any(|(partition, _)| partition.starts_with("cfa#")), "there is something to look at");
    for file in [report.rejects_key.unwrap(), "reports/formations/main/list.jsonl.json".to_owned()] {
        let text = String::from_utf8(import.bucket.bytes(&file).unwrap()).unwrap();
        assert!(!text.contains("exemple.invalid"), "{text}");
    }
}

//! Trainings that one may ask about, as imports leave them.

mod decided;

use domain::appointment::{CatalogueId, Eligibility, RdvEstablishment};
use domain::email::Email;
use domain::mail::address_hash;
use domain::seal::ContactCipher;
use serde_json::{Value, json};
use store::{RdvEstablishments, RdvTrainings};
use testkit::{Calls, Fault, Importer, Object, formation, jsonl, siret};
use usecases::ports::{
    ESTABLISHMENT_SHARDS, FindByCatalogueId as _, FindEligibility as _, ListRdvEstablishments as _,
    MAX_TRAININGS_OF_ID,
};

const MAIN: &str = "formations/main/list.jsonl";
const OTHER: &str = "formations/autre/list.jsonl";
const TRAINER: u32 = 1;
const MANAGER: u32 = 2;

fn id(number: u32) -> String {
    format!("formation-inventee-{number}#L01")
}

/// A training that the one teaches and the other answers for, with an address of its own.
fn asked(number: u32) -> Value {
    let mut row = formation(number);
    row["email"] = json!(format!("rdv{number}@exemple.invalid"));
    row["etablissement_formateur_siret"] = json!(siret(TRAINER));
    row["etablissement_gestionnaire_siret"] = json!(siret(MANAGER));
    row["etablissement_gestionnaire_courriel"] = json!("siege@exemple.invalid");
    row
}

/// The same, without any address.
fn mute(number: u32) -> Value {
    let mut row = asked(number);
    row["email"] = json!(null);
    row["etablissement_gestionnaire_courriel"] = json!(null);
    row
}

fn trainings(import: &Importer) -> RdvTrainings {
    RdvTrainings::new(import.store.client.clone(), &import.store.tables)
}

async fn eligibility(import: &Importer, number: u32) -> Option<Eligibility> {
    trainings(import).find_eligibility(&id(number)).await.unwrap()
}

/// Where requests about a training go, opened.
async fn address(import: &Importer, number: u32) -> Option<String> {
    let cipher = ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap();
    let found = eligibility(import, number).await?;
    let (sealed, hash) = found.address()?;
    let email = cipher.open(sealed, &id(number)).unwrap();
    assert_eq!(hash, address_hash(&email));
    Some(email.as_str().to_owned())
}

async fn establishments(import: &Importer) -> Vec<RdvEstablishment> {
    let port = RdvEstablishments::new(import.store.client.clone(), &import.store.tables);
    let mut listed = Vec::new();
    for shard in 0..ESTABLISHMENT_SHARDS {
        listed.extend(port.list_rdv_establishments(shard).await.unwrap());
    }
    listed
}

/// Loads a file and tells how many rows, of all families, were written or withdrawn.
async fn written(import: &Importer, key: &str, rows: &[Value]) -> usize {
    let port = import.failing(Fault::None);
    import.bucket.put(key, Object { bytes: jsonl(rows), forced: true, ..Object::default() });
    import.run_with(key, &port).await.unwrap();
    port.writes()
}

#[tokio::test]
async fn a_training_without_an_address_has_the_one_that_most_of_its_establishment_have() {
    let import = Importer::start().await;
    let mut rows = vec![mute(1), asked(2), asked(3), asked(4)];
    rows[1]["email"] = json!("b@exemple.invalid");
    rows[2]["email"] = json!("b@exemple.invalid");
    rows[3]["email"] = json!("a@exemple.invalid");
    let mut elsewhere = mute(5);
    elsewhere["etablissement_formateur_siret"] = json!(siret(3));
    rows.push(elsewhere);
    import.load(MAIN, jsonl(&rows)).await;
    assert_eq!(address(&import, 1).await.as_deref(), Some("b@exemple.invalid"));
    assert_eq!(address(&import, 4).await.as_deref(), Some("a@exemple.invalid"), "its own counts first");
    assert_eq!(address(&import, 5).await, None, "another establishment teaches it");
    rows.push(asked(6));
    rows[5]["email"] = json!("a@exemple.invalid");
    written(&import, MAIN, &rows).await;
    assert_eq!(address(&import, 1).await.as_deref(), Some("a@exemple.invalid"), "of as many, the first");
    rows.reverse();
    assert_eq!(written(&import, MAIN, &rows).await, 0, "the order of a file says nothing");
}

#[tokio::test]
async fn a_training_is_found_by_its_other_ids_for_as_long_as_the_catalogue_has_it() {
    let import = Importer::start().await;
    let mut rows = [asked(1), asked(2)];
    for row in &mut rows {
        row["parcoursup_id"] = json!("12345");
    }
    rows[1]["id_rco_formation"] = json!("24_1|24_2|3");
    rows[1]["id_action_ideo2"] = json!(["AF.1", "AF.2"]);
    import.load(MAIN, jsonl(&rows)).await;
    let found = async |id: CatalogueId| trainings(&import).find_by_catalogue_id(&id).await.unwrap();
    let parcoursup = CatalogueId::Parcoursup("12345".to_owned());
    let rco = CatalogueId::RcoFormation("24_1|24_2|3".to_owned());
    let action = |id: &str| CatalogueId::OnisepAction(id.to_owned());
    assert_eq!(found(parcoursup.clone()).await, [id(1), id(2)]);
    assert_eq!(found(rco.clone()).await, [id(2)]);
    assert_eq!(found(action("AF.1")).await, [id(2)]);
    assert_eq!(found(action("AF.2")).await, [id(2)]);
    assert_eq!(found(action("12345")).await, [""; 0], "another kind of id");
    rows.reverse();
    assert_eq!(written(&import, MAIN, &rows).await, 0, "the order of a file says nothing");
    rows.reverse();
    written(&import, MAIN, &rows[..1]).await;
    assert_eq!(found(parcoursup).await, [id(1)]);
    assert_eq!((found(rco).await, found(action("AF.1")).await), (vec![], vec![]));
    assert_eq!(eligibility(&import, 2).await, None);
    let fresh = Importer::start().await;
    fresh.load(MAIN, jsonl(&rows[..1])).await;
    assert_eq!(import.store.dumps().await, fresh.store.dumps().await, "nothing is left of it");
}

#[tokio::test]
async fn an_id_stands_for_the_trainings_of_all_feeds_as_far_as_they_are_looked_for() {
    let import = Importer::start().await;
    let bearing = |numbers: std::ops::Range<u32>| {
        let rows = numbers.map(|number| {
            let mut row = asked(number);
            row["parcoursup_id"] = json!("12345");
            row
        });
        rows.collect::<Vec<_>>()
    };
    let found = async || {
        let id = CatalogueId::Parcoursup("12345".to_owned());
        trainings(&import).find_by_catalogue_id(&id).await.unwrap()
    };
    let ids = |numbers: std::ops::Range<u32>| numbers.map(id).collect::<Vec<_>>();
    import.load(MAIN, jsonl(&bearing(103..105))).await;
    import.load(OTHER, jsonl(&bearing(102..104))).await;
    assert_eq!(found().await, ids(102..105), "each once");
    let report = import.load(MAIN, jsonl(&bearing(103..126))).await;
    assert_eq!((report.left_off, MAX_TRAININGS_OF_ID), (3, 20));
    assert_eq!(found().await, ids(102..122), "the first of them, of whichever feed");
    for (key, item) in import.store.dump(&import.store.tables.records).await {
        if key.0.starts_with("rdv-id#parcoursup#") {
            assert!(item.matches("formation-inventee-").count() <= MAX_TRAININGS_OF_ID, "{key:?}");
        }
    }
}

#[tokio::test]
async fn of_two_feeds_the_first_by_name_speaks_and_one_stays_when_the_other_goes() {
    let import = Importer::start().await;
    let mut other = asked(1);
    other["email"] = json!("autre@exemple.invalid");
    import.load(MAIN, jsonl(&[asked(1), asked(2)])).await;
    import.load(OTHER, jsonl(&[other, asked(3)])).await;
    assert_eq!(address(&import, 1).await.as_deref(), Some("autre@exemple.invalid"));
    let listed = establishments(&import).await;
    let ids: Vec<&str> = listed[0].trainings.iter().map(|one| one.id.as_str()).collect();
    assert_eq!((listed.len(), ids), (1, vec![&*id(1), &*id(2), &*id(3)]));
    let autre: Email = "autre@exemple.invalid".parse().unwrap();
    assert_eq!(listed[0].trainings[0].address_hash, Some(address_hash(&autre)));
    written(&import, OTHER, &[asked(3)]).await;
    assert_eq!(address(&import, 1).await.as_deref(), Some("rdv1@exemple.invalid"));
}

#[tokio::test]
async fn an_establishment_is_listed_once_with_the_trainings_it_answers_for() {
    let import = Importer::start().await;
    let mut rows = [asked(1), asked(2), asked(3), formation(4)];
    rows[0]["parcoursup_id"] = json!("12345");
    rows[0]["etablissement_gestionnaire_entreprise_raison_sociale"] = json!("ASSOCIATION INVENTÉE");
    rows[1]["affelnet_statut"] = json!("publié");
    rows[2]["etablissement_gestionnaire_siret"] = json!(siret(9));
    rows[2]["etablissement_gestionnaire_courriel"] = json!(null);
    rows[2]["etablissement_gestionnaire_entreprise_raison_sociale"] = json!(null);
    import.load(MAIN, jsonl(&rows)).await;
    let mut listed = establishments(&import).await;
    listed.sort_by_key(|one| one.siret.as_str() == siret(9));
    let [first, second] = listed.as_slice() else { panic!("{listed:?}") };
    assert_eq!((first.siret.as_str(), first.name.as_str()), (&*siret(MANAGER), "ASSOCIATION INVENTÉE"));
    let (sealed, hash) = first.email.as_ref().unwrap();
    let cipher = ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap();
    let email = cipher.open(sealed, &siret(MANAGER)).unwrap();
    assert_eq!((email.as_str(), hash), ("siege@exemple.invalid", &address_hash(&email)));
    let own = |number: u32| address_hash(&format!("rdv{number}@exemple.invalid").parse().unwrap());
    let wanted = json!([
        {"id": id(1), "parcoursup_id": "12345", "is_affelnet": false, "address_hash": own(1)},
        {"id": id(2), "is_affelnet": true, "address_hash": own(2)},
    ]);
    assert_eq!(serde_json::to_value(&first.trainings).unwrap(), wanted);
    assert_eq!((second.name.as_str(), &second.email), (&*siret(9), &None), "the catalogue knows no more");
    written(&import, MAIN, &rows[..1]).await;
    listed.truncate(1);
    listed[0].trainings.truncate(1);
    assert_eq!(establishments(&import).await, listed, "it leaves with its last training");
}

#[tokio::test]
async fn the_list_of_a_large_establishment_keeps_what_an_item_takes_and_the_report_says_so() {
    let import = Importer::start().await;
    let rows: Vec<Value> = (0..1_400)
        .map(|number| {
            let mut row = asked(number);
            let key =
                format!("{number:04}{}", testkit::noise(number, 190).replace(['@', '!', '"', ' '], "#"));
            row["cle_ministere_educatif"] = json!(key);
            row
        })
        .collect();
    let report = import.load(MAIN, jsonl(&rows)).await;
    let listed = establishments(&import).await;
    let kept = listed[0].trainings.len();
    assert!((1_000..1_300).contains(&kept), "{kept}");
    assert_eq!(report.left_off, 1_400 - kept as u64);
    let last = rows.last().unwrap()["cle_ministere_educatif"].as_str().unwrap();
    assert!(
        trainings(&import).find_eligibility(last).await.unwrap().is_some(),
        "it can be asked about all the same"
    );
}

#[tokio::test]
async fn no_address_is_kept_in_clear() {
    let import = Importer::start().await;
    import.load(MAIN, jsonl(&[asked(1), mute(2)])).await;
    let records = import.store.dump(&import.store.tables.records).await;
    assert!(records.keys().any(|(partition, _)| partition.starts_with("rdv-training#")));
    for (key, item) in records {
        assert!(!format!("{key:?}{item}").contains("exemple.invalid"), "{key:?}");
    }
}

#[tokio::test]
async fn it_takes_two_calls_to_know_what_is_decided_of_a_training() {
    let import = Importer::start().await;
    import.load(MAIN, jsonl(&[asked(1)])).await;
    let (client, calls) = Calls::of(&import.store.client);
    let port = RdvTrainings::new(client, &import.store.tables);
    port.find_eligibility(&id(1)).await.unwrap().unwrap();
    assert_eq!(calls.take(), ["Query", "BatchGetItem"]);
    assert_eq!(port.find_eligibility(&id(2)).await.unwrap(), None);
    assert_eq!(calls.take(), ["Query"]);
}

//! Single records: items by id, partners by key.

use domain::appointment::Referrer;
use domain::partner::{Partner, PartnerState, Right};
use domain::source::Source;
use serde_json::json;
use store::{Health, Items, Partners};
use testkit::{EmbeddedStore, Importer, company, jsonl, siret};
use usecases::ports::{CheckHealth as _, FindItem as _, FindPartner as _, FindSite as _, PutPartner as _};

#[tokio::test]
async fn an_item_is_found_by_its_source_and_id() {
    let import = Importer::start().await;
    import.load("companies/main/list.jsonl", jsonl(&[company(1)])).await;
    let items = Items::new(import.store.client.clone(), &import.store.tables);
    let item = items.find_item(Source::Lba, &siret(1)).await.unwrap().unwrap();
    assert_eq!((item.card.record_id(), item.feed.as_str()), (siret(1).as_str(), "main"));
    assert_eq!(items.find_item(Source::Offres, &siret(1)).await.unwrap(), None);
    assert_eq!(items.find_item(Source::Lba, &siret(2)).await.unwrap(), None);
}

#[tokio::test]
async fn of_two_versions_the_newest_is_shown_and_at_a_tie_the_first_feed_by_name() {
    let import = Importer::start().await;
    let items = Items::new(import.store.client.clone(), &import.store.tables);
    let feed = async || items.find_item(Source::Lba, &siret(1)).await.unwrap().unwrap().feed;
    import.load("companies/b/list.jsonl", jsonl(&[company(1)])).await;
    import.load("companies/a/list.jsonl", jsonl(&[company(1)])).await;
    assert_eq!(feed().await, "a");
    let mut newer = company(1);
    newer["created_at"] = json!("2026-05-01T00:00:00Z");
    import.load("companies/b/list.jsonl", jsonl(&[newer])).await;
    assert_eq!(feed().await, "b");
}

#[tokio::test]
async fn a_partner_is_found_by_the_hash_of_its_key() {
    let store = EmbeddedStore::start().await;
    let partners = Partners::new(store.client.clone(), &store.tables);
    let partner = Partner {
        partner: "exemple".to_owned(),
        organisation: "Organisation Exemple".to_owned(),
        rights: vec![Right::Phones],
        state: PartnerState::Suspended,
        origins: vec!["https://exemple.invalid".to_owned()],
        opco: None,
        referrer: Some(Referrer::Onisep),
    };
    partners.put_partner("ab12", &partner).await.unwrap();
    assert_eq!(partners.find_partner("ab12").await.unwrap(), Some(partner));
    assert_eq!(partners.find_partner("ab13").await.unwrap(), None);
}

#[tokio::test]
async fn the_partner_that_was_last_registered_as_a_site_is_that_site() {
    let store = EmbeddedStore::start().await;
    let partners = Partners::new(store.client.clone(), &store.tables);
    let named = |name: &str, referrer| Partner {
        partner: name.to_owned(),
        organisation: "Organisation Exemple".to_owned(),
        rights: Vec::new(),
        state: PartnerState::Active,
        origins: Vec::new(),
        opco: None,
        referrer,
    };
    assert_eq!(partners.find_site(Referrer::Onisep).await.unwrap(), None);
    for (key, name, referrer) in [
        ("ab12", "premier", Some(Referrer::Onisep)),
        ("ab13", "second", Some(Referrer::Onisep)),
        ("ab14", "aucun", None),
        ("ab15", "autre", Some(Referrer::Lba)),
    ] {
        partners.put_partner(key, &named(name, referrer)).await.unwrap();
    }
    assert_eq!(partners.find_site(Referrer::Onisep).await.unwrap().as_deref(), Some("second"));
    assert_eq!(partners.find_site(Referrer::Lba).await.unwrap().as_deref(), Some("autre"));
}

#[tokio::test]
async fn health_tells_a_store_that_answers_from_one_that_has_no_table() {
    let store = EmbeddedStore::start().await;
    Health::new(store.client.clone(), &store.tables).check().await.unwrap();
    let mut wrong = store.tables.clone();
    wrong.records = "absent".to_owned();
    assert!(Health::new(store.client.clone(), &wrong).check().await.is_err());
}

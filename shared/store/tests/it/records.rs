//! Single records: items by id, partners by key, looks at offers, the scan of every posting.

use domain::card::Card;
use domain::partner::{Partner, PartnerState, Right};
use domain::source::Source;
use serde_json::json;
use store::{FeedLedger, Health, Items, Partners, Rows, Scan};
use testkit::{EmbeddedStore, Importer, company, jsonl, siret};
use usecases::ports::{
    CheckHealth as _, Content, Family, FeedRef, FindItem as _, FindPartner as _, ListHeld as _,
    PutPartner as _, RowWrite, ScanPostings as _, WithdrawRow as _, WriteError, WriteRow as _,
};

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
    };
    partners.put_partner("ab12", &partner).await.unwrap();
    assert_eq!(partners.find_partner("ab12").await.unwrap(), Some(partner));
    assert_eq!(partners.find_partner("ab13").await.unwrap(), None);
}

#[tokio::test]
async fn health_tells_a_store_that_answers_from_one_that_has_no_table() {
    let store = EmbeddedStore::start().await;
    Health::new(store.client.clone(), &store.tables).check().await.unwrap();
    let mut wrong = store.tables.clone();
    wrong.records = "absent".to_owned();
    assert!(Health::new(store.client.clone(), &wrong).check().await.is_err());
}

#[tokio::test]
async fn the_scan_hands_over_every_posting_once_with_its_size() {
    let import = Importer::start().await;
    let rows: Vec<_> = (1..=40).map(company).collect();
    import.load("companies/main/list.jsonl", jsonl(&rows)).await;
    let mut seen = Vec::new();
    let mut bytes = 0;
    let scan = Scan::new(import.store.client.clone(), &import.store.tables);
    scan.scan(&mut |posting| {
        bytes += posting.bytes;
        assert!(posting.rank.point.is_some());
        seen.push((posting.partition, posting.sort));
    })
    .await
    .unwrap();
    seen.sort();
    let (postings, _) = import.store.dumps().await;
    assert_eq!(seen, postings.into_keys().collect::<Vec<_>>());
    assert!((200..600).contains(&(bytes / 160)), "{} bytes a posting", bytes / 160);
}

#[tokio::test]
async fn a_row_that_another_import_changed_is_not_overwritten() {
    let import = Importer::start().await;
    import.load("companies/main/list.jsonl", jsonl(&[company(1)])).await;
    let feed =
        FeedRef { family: Family::Cards(domain::feed::FeedKind::Companies), feed: "main".parse().unwrap() };
    let ledger = FeedLedger::new(import.store.client.clone(), &import.store.tables);
    let mut seen = Vec::new();
    for shard in 0..usecases::ports::LEDGER_SHARDS {
        seen.extend(ledger.list_held(&feed, shard).await.unwrap());
    }
    let seen = seen.remove(0);
    let mut changed = company(1);
    changed["enseigne"] = json!("Boulangerie Renommée");
    import.load("companies/main/list.jsonl", jsonl(&[changed])).await;
    let current = import.store.dumps().await;

    let items = Items::new(import.store.client.clone(), &import.store.tables);
    let Card::Company(mut stale) = items.find_item(Source::Lba, &siret(1)).await.unwrap().unwrap().card
    else {
        panic!("a company");
    };
    stale.name = "Boulangerie Dépassée".to_owned();
    let card = Card::Company(stale);
    let row = RowWrite {
        feed: feed.clone(),
        id: seen.id.clone(),
        hash: usecases::ingest::ContentHash::of(&card).unwrap(),
        content: Content::Card(Box::new(card)),
        seen: Some(seen.clone()),
    };
    let rows = Rows::new(import.store.client.clone(), import.store.tables.clone());
    assert!(matches!(rows.write(&row).await, Err(WriteError::Overtaken)));
    assert!(matches!(rows.write(&RowWrite { seen: None, ..row }).await, Err(WriteError::Overtaken)));
    assert!(matches!(rows.withdraw(&feed, &seen).await, Err(WriteError::Overtaken)));
    assert_eq!(import.store.dumps().await, current);
}

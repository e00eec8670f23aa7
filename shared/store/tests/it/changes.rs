//! What has changed: for those who keep a copy.

use std::collections::{BTreeMap, BTreeSet};

use domain::geo::Point;
use domain::source::Source;
use serde_json::{Value, json};
use testkit::{Importer, Object, company, jsonl, offer, siret};
use usecases::changes::{ChangesFound, ChangesMark, Wanted};

use crate::desk::Desk;

const KEY: &str = "companies/main/list.jsonl";

fn told(found: &ChangesFound, source: Source) -> (BTreeSet<String>, BTreeSet<String>) {
    let changes = found.by_source[&source].as_ref().unwrap();
    let items = changes.items.iter().map(|item| item.card.record_id().to_owned()).collect();
    (items, changes.withdrawn.iter().cloned().collect())
}

fn set(ids: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    ids.into_iter().collect()
}

async fn desk(rows: &[Value]) -> Desk {
    let import = Importer::start().await;
    import.load(KEY, jsonl(rows)).await;
    Desk::over(import)
}

#[tokio::test]
async fn what_was_written_and_what_was_withdrawn_since_is_told() {
    let rows: Vec<Value> = (1..=10).map(company).collect();
    let desk = desk(&rows).await;
    desk.import.clock.advance(100);
    let since = desk.now();
    let mut next: Vec<Value> = rows[1..].to_vec();
    next[0]["enseigne"] = json!("Boulangerie Renommée");
    next.push(company(11));
    desk.import.load(KEY, jsonl(&next)).await;
    let found = desk.changes(since, &[Source::Lba], Wanted::default()).await;
    assert_eq!(told(&found, Source::Lba), (set([siret(2), siret(11)]), set([siret(1)])));
    assert!(found.next.is_empty());
    assert_eq!(found.updated_until, since - 60);
    desk.import.clock.advance(1);
    let later = desk.changes(desk.now(), &[Source::Lba], Wanted::default()).await;
    assert_eq!(told(&later, Source::Lba), (set([]), set([])));
}

#[tokio::test]
async fn an_offer_that_expired_since_is_told_although_nothing_was_written() {
    let import = Importer::start().await;
    let mut old = offer(1);
    old["dateCreation"] = json!("2026-07-02T09:00:00.000Z");
    import.load("offers/main/list.jsonl", jsonl(&[old, offer(2)])).await;
    let desk = Desk::over(import);
    desk.import.clock.advance(10);
    let since = desk.now();
    desk.import.clock.advance(2 * 86_400);
    let found = desk.changes(since, &[Source::Offres], Wanted::default()).await;
    assert_eq!(told(&found, Source::Offres), (set([]), set(["0000001".to_owned()])));
    // Told from the beginning, it is not among the items either.
    let all = desk.changes(0, &[Source::Offres], Wanted::default()).await;
    assert_eq!(told(&all, Source::Offres), (set(["0000002".to_owned()]), set(["0000001".to_owned()])));
}

#[tokio::test]
async fn what_another_feed_still_holds_is_no_withdrawal() {
    let desk = desk(&[company(1), company(2)]).await;
    desk.import.load("companies/metz/list.jsonl", jsonl(&[company(2), company(3)])).await;
    desk.import.clock.advance(100);
    let since = desk.now();
    desk.import.bucket.put(KEY, Object { forced: true, ..Object::default() });
    desk.import.run(KEY).await.unwrap();
    let found = desk.changes(since, &[Source::Lba], Wanted::default()).await;
    assert_eq!(told(&found, Source::Lba), (set([siret(2)]), set([siret(1)])));
}

#[tokio::test]
async fn what_does_not_match_any_more_is_to_be_dropped() {
    let desk = desk(&[company(1), company(2), company(3)]).await;
    desk.import.clock.advance(100);
    let since = desk.now();
    let (mut far, mut other_trade) = (company(2), company(3));
    far["geo_coordinates"] = json!("43.3,5.4");
    other_trade["rome_codes"] = json!(["N4101"]);
    let mut stays = company(1);
    stays["enseigne"] = json!("Boulangerie Renommée");
    desk.import.load(KEY, jsonl(&[stays, far, other_trade])).await;
    let wanted = Wanted {
        romes: Some(vec!["D1102".parse().unwrap()]),
        within: Some((Point::new(49.1, 6.17).unwrap(), 50.0)),
        ..Wanted::default()
    };
    let found = desk.changes(since, &[Source::Lba], wanted).await;
    assert_eq!(told(&found, Source::Lba), (set([siret(1)]), set([siret(2), siret(3)])));
    let item = &found.by_source[&Source::Lba].as_ref().unwrap().items[0];
    assert!(item.distance_km.is_some());
}

#[tokio::test]
async fn a_copy_that_follows_the_pages_ends_as_the_stock() {
    let rows: Vec<Value> = (1..=1_300).map(company).collect();
    let desk = desk(&rows).await;
    let mut copy: BTreeMap<String, String> = BTreeMap::new();
    let mut since = 0;
    for round in 0..3u32 {
        let mut marks = BTreeMap::from([(Source::Lba, ChangesMark::default())]);
        loop {
            let found = desk.changes_from(since, marks, Wanted::default()).await;
            let changes = found.by_source[&Source::Lba].as_ref().unwrap();
            for item in &changes.items {
                let domain::card::Card::Company(company) = &item.card else { panic!() };
                copy.insert(company.siret.as_str().to_owned(), company.name.clone());
            }
            for id in &changes.withdrawn {
                copy.remove(id);
            }
            if found.next.is_empty() {
                since = found.updated_until;
                break;
            }
            marks = found.next;
        }
        let expected: BTreeMap<String, String> = (1..=1_300)
            .filter(|number| round == 0 || number % 10 != round)
            .map(|number| (siret(number), name(number, round)))
            .collect();
        assert_eq!(copy, expected, "round {round}");
        desk.import.clock.advance(3_600);
        let next: Vec<Value> = (1..=1_300)
            .filter(|number| number % 10 != round + 1)
            .map(|number| {
                let mut row = company(number);
                row["enseigne"] = json!(name(number, round + 1));
                row
            })
            .collect();
        desk.import.load(KEY, jsonl(&next)).await;
    }
}

fn name(number: u32, round: u32) -> String {
    if round > 0 && number.is_multiple_of(7) {
        return format!("Boulangerie Renommée {number} {round}");
    }
    company(number)["enseigne"].as_str().unwrap().to_owned()
}

//! `list-multi-published`, and the file that `publish-offers` writes: the same lines, and nothing of a person.

use serde_json::Value;
use testkit::MemoryBucket;
use tests::events;
use usecases::publish::PublishOffers;

use crate::data;
use crate::world::{World, clock};

#[tokio::test]
async fn the_feed_and_the_file_hold_the_same_lines_and_no_person() {
    let world = World::new().await;
    let feed = world.answer("list-multi-published", &events::load("list-multi-published/everything")).await;
    let (postings, bucket) = (world.postings(), MemoryBucket::default());
    let publish = PublishOffers {
        postings: &*postings,
        site: "https://site.exemple.invalid",
        put: &bucket,
        make_current: &bucket,
        put_manifest: &bucket,
        clock: &clock(),
    };
    assert_eq!(publish.run().await.unwrap().manifest.rows, 3);
    let file = String::from_utf8(bucket.bytes("multi-publication/offers.csv").unwrap()).unwrap();
    let lines: Vec<&str> = file.lines().skip(1).collect();
    let mut told: Vec<Value> = feed.json()["offers"].as_array().unwrap().clone();
    told.sort_by_key(|line| line["reference"].to_string());
    assert_eq!(lines.len(), told.len());
    for (line, told) in lines.iter().zip(&told) {
        let begins = format!("{};LABONNEALTERNANCE;", told["reference"].as_str().unwrap());
        assert!(line.starts_with(&begins), "{line}");
        assert!(line.contains(told["url"].as_str().unwrap()), "{line}");
    }
    for secret in data::addresses().iter().map(String::as_str).chain(["0100000000", "PERSONNE"]) {
        assert!(!file.contains(secret) && !feed.body.contains(secret), "{secret} is told");
    }
}

//! The events that are no request: files that landed, and the clock.

use domain::feed::FeedKey;
use runtime::worker::ObjectsCreated;
use testkit::{Importer, company, formation, jsonl, offer};
use tests::events;
use usecases::ingest::Status;

fn landed(event: &str) -> Vec<String> {
    let event: ObjectsCreated = serde_json::from_str(&events::load(event)).unwrap();
    event.keys().collect()
}

#[tokio::test]
async fn the_file_that_an_event_names_is_imported() {
    let import = Importer::start().await;
    for (event, rows) in [
        ("ingest-companies/feed-landed", vec![company(1), company(2)]),
        ("ingest-offers/feed-landed", vec![offer(1), offer(2)]),
        ("ingest-formations/feed-landed", vec![formation(1), formation(2)]),
    ] {
        let [key] = landed(event).try_into().unwrap();
        let report = import.load(&key, jsonl(&rows)).await;
        assert_eq!((report.status, report.added), (Status::Done, 2), "{event}: {report:?}");
        assert_eq!(key, format!("{}/{}/{}", report.source, report.feed, report.file));
    }
}

#[test]
fn a_file_outside_any_feed_is_known_as_such() {
    let [key] = landed("ingest-companies/not-a-feed").try_into().unwrap();
    assert!(key.parse::<FeedKey>().is_err(), "{key}");
}

#[test]
fn a_sketch_that_landed_names_its_source_and_the_schedule_names_none() {
    assert_eq!(landed("build-sketch/part-landed"), ["sketch/parts/lba/metz"]);
    assert!(landed("build-sketch/nightly").is_empty());
}

#[test]
fn every_event_file_is_for_a_function_that_exists() {
    for event in events::all() {
        let source = tests::root().join("functions").join(&event.function).join("src/main.rs");
        assert!(source.exists(), "{}", event.name());
    }
}

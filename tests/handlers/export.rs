//! `get-jobs-export`, and the file that it leads to: the items that searches show.

use std::collections::BTreeMap;
use std::io::Read;

use serde_json::{Value, json};
use testkit::MemoryBucket;
use tests::events;
use usecases::export::ExportStock;
use usecases::ports::{Clock, ExportItems, ExportManifest, PutExportManifest};

use crate::data;
use crate::world::{World, clock, run};

/// A bucket with the manifest of an export that was begun when the clock of the data stood still.
pub(crate) async fn exported() -> MemoryBucket {
    let bucket = MemoryBucket::default();
    let begun = clock().now();
    let manifest = ExportManifest {
        file: "jobs-2026-09-01T080000Z.jsonl.gz".to_owned(),
        generated_at: begun,
        updated_until: begun - jiff::SignedDuration::from_mins(1),
        bytes: 2_048,
        sha256: "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b".to_owned(),
        items: ExportItems { offres: 3, matcha: 3, lba: 4 },
    };
    bucket.put_export_manifest(&manifest).await.unwrap();
    bucket
}

#[tokio::test]
async fn before_the_first_night_there_is_no_export_and_the_answer_says_when_there_will_be() {
    let world = World::new().await;
    let context = world.export(MemoryBucket::default());
    let event = events::load("get-jobs-export/found");
    let answer = run(&event, |request| get_jobs_export::handle(&context, request)).await;
    let message =
        "Aucun export n'est encore disponible : le premier est produit dans la nuit, réessayez demain.";
    assert_eq!(
        (answer.status, answer.json()),
        (404, json!({"error": "not_found", "status": 404, "result": "not_found", "message": message}))
    );
}

#[tokio::test]
async fn the_file_holds_the_very_items_that_searches_show_without_distance_and_phones() {
    let world = World::new().await;
    let (postings, bucket) = (world.postings(), MemoryBucket::default());
    let export = ExportStock {
        postings: &*postings,
        render: api::export_answer::line,
        put: &bucket,
        put_manifest: &bucket,
        clock: &clock(),
    };
    let manifest = export.run().await.unwrap().manifest;
    assert_eq!(manifest.items, ExportItems { offres: 3, matcha: 3, lba: 4 });
    let file = bucket.bytes(&format!("exports/{}", manifest.file)).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(file.as_slice()).read_to_string(&mut text).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 10);

    // The caller of this search names itself.
    let found = world.answer("search-jobs", &events::load("search-jobs/caller")).await.json();
    let mut exported: BTreeMap<(String, String), Value> = BTreeMap::new();
    for line in lines {
        exported.insert(key(&line), line);
    }
    let mut compared = 0;
    for source in ["peJobs", "matchas", "lbaCompanies"] {
        for item in found[source]["results"].as_array().unwrap() {
            let mut item = item.clone();
            item["place"]["distance"] = Value::Null;
            item["contact"].as_object_mut().unwrap().remove("phone");
            assert_eq!(exported.get(&key(&item)), Some(&item));
            compared += 1;
        }
    }
    assert!(compared >= 8, "every source around Paris: {compared}");
    for secret in data::addresses().iter().map(String::as_str).chain(["01990000", "0100000000"]) {
        assert!(!text.contains(secret), "{secret} in the export");
    }
}

/// What tells an item from all others.
fn key(item: &Value) -> (String, String) {
    let id = if item["ideaType"] == "lba" { &item["company"]["siret"] } else { &item["job"]["id"] };
    (item["ideaType"].to_string(), id.to_string())
}

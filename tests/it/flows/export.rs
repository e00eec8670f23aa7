//! A partner takes the export of the whole stock.

use std::io::Read;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::cloud::{Api, download};

#[tokio::test]
async fn the_export_of_the_seed_is_whole_and_its_link_needs_no_key() {
    let api = Api::deployed();
    for version in ["v1", "V1"] {
        let answer = api.get(&format!("/{version}/jobs/export")).await.ok();
        let file = download(answer["url"].as_str().unwrap()).await;
        assert_eq!(answer["bytes"], file.len());
        let hash = hex::encode(Sha256::digest(&file));
        assert_eq!(answer["sha256"], hash);
        let mut text = String::new();
        flate2::read::GzDecoder::new(&*file).read_to_string(&mut text).unwrap();
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for (kind, source) in [("peJob", "offres"), ("matcha", "matcha"), ("lba", "lba")] {
            let count = lines.iter().filter(|line| line["ideaType"] == kind).count();
            assert!(count > 0, "the seed has some of {source}");
            assert_eq!(answer["items"][source], count, "{source}");
        }
    }
}

//! A mailing asks for links, and what they search for is there.

use hyper::body::Bytes;
use serde_json::{Value, json};

use crate::cloud::{Api, Call};

async fn links(api: &Api, target: &str, wishes: &Value) -> Value {
    let body = Bytes::from(wishes.to_string());
    api.patient(Call { method: "POST", target, key: Some(&api.key), headers: Vec::new(), body }).await.ok()
}

/// A value of the query of a link.
fn query<'a>(link: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = link.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

#[tokio::test]
async fn a_diploma_leads_to_its_trades_and_they_to_jobs() {
    let api = Api::deployed();
    let wishes = json!([{"id": "b", "cfd": "50022137"}, {"id": "a"}]);
    let found = links(&api, "/traininglinks", &wishes).await;
    assert_eq!((&found[0]["id"], &found[1]["id"]), (&json!("b"), &json!("a")));
    let link = found[0]["lien_lba"].as_str().unwrap();
    let romes = query(link, "romes").unwrap();
    assert!(romes.contains("D1102"), "{link}");
    assert_eq!(query(link, "radius"), Some("60"));
    let jobs = api.get(&format!("/v1/jobs?romes={romes}")).await.ok();
    assert!(!jobs["lbaCompanies"]["results"].as_array().unwrap().is_empty());
    for target in ["/v1/traininglinks", "/V1/traininglinks"] {
        assert_eq!(links(&api, target, &wishes).await, found);
    }
    let metiers = api.get("/v1/metiers/metiersParFormation/50022137").await.ok();
    assert!(!metiers["metiers"].as_array().unwrap().is_empty());
}

//! A partner searches.

use serde_json::Value;

use crate::cloud::{Answer, Api, Call, eventually};

/// The search of the README.
const BAKERS: &str = "romes=D1102,D1104&latitude=48.8566&longitude=2.3522&radius=30&insee=75056";
const SOURCES: [&str; 3] = ["peJobs", "matchas", "lbaCompanies"];
/// Most results of a source; matcha counts recruiters, each with a few offers.
const CAPS: [usize; 3] = [150, 1_000, 150];

fn results<'a>(body: &'a Value, source: &str) -> &'a Vec<Value> {
    body[source]["results"].as_array().unwrap_or_else(|| panic!("{source}: {}", body[source]))
}

fn distances(body: &Value, source: &str) -> Vec<f64> {
    let distance = |item: &Value| item["place"]["distance"].as_f64().unwrap_or_else(|| panic!("{item}"));
    results(body, source).iter().map(distance).collect()
}

/// A figure of `x-search-cost`.
fn cost(answer: &Answer, name: &str) -> f64 {
    let told = answer.header("x-search-cost");
    let figure = told.split("; ").find_map(|part| part.strip_prefix(&format!("{name}=")));
    figure.and_then(|figure| figure.parse().ok()).unwrap_or_else(|| panic!("{name} in {told:?}"))
}

#[tokio::test]
async fn a_search_finds_something_of_every_source_nearest_first() {
    let api = Api::deployed();
    let answer = api.get(&format!("/v1/jobs?{BAKERS}")).await;
    let body = answer.ok();
    for (source, cap) in SOURCES.into_iter().zip(CAPS) {
        let distances = distances(&body, source);
        assert!((1..=cap).contains(&distances.len()), "{source}: {} results", distances.len());
        assert!(distances.is_sorted() && distances.iter().all(|km| *km <= 30.0), "{source}: {distances:?}");
    }
    assert_eq!(body["lbbCompanies"], Value::Null);
    assert!(cost(&answer, "rounds") <= 2.0 && cost(&answer, "calls") >= 1.0);
    assert!(cost(&answer, "rru") > 0.0 && cost(&answer, "rows") > 0.0);
}

#[tokio::test]
async fn both_spellings_of_the_route_answer_the_same() {
    let api = Api::deployed();
    let lower = api.get(&format!("/v1/jobs?{BAKERS}")).await;
    let upper = api.get(&format!("/V1/jobs?{BAKERS}")).await;
    assert_eq!(lower.ok(), upper.ok());
}

#[tokio::test]
async fn the_widest_search_is_answered_in_two_rounds() {
    let api = Api::deployed();
    let romes = "D1101,D1102,D1103,D1104,D1106,D1107,D1401,D1402,F1602,F1604,F1701,F1703,G1602,G1603,G1803,I1604,\
                 J1501,K1302,M1203,M1607";
    let target = format!(
        "/v1/jobs?romes={romes}&latitude=46.2276&longitude=2.2137&radius=20000&insee=75056&sources=lba,offres,matcha"
    );
    let answer = api.get(&target).await;
    let body = answer.ok();
    for (source, cap) in SOURCES.into_iter().zip(CAPS) {
        let distances = distances(&body, source);
        assert!(distances.is_sorted() && distances.len() <= cap, "{source}: {} results", distances.len());
        assert!(!distances.is_empty(), "{source}");
    }
    let rounds = cost(&answer, "rounds");
    assert!(rounds <= 2.0, "{rounds} rounds");
    // At most 8 ranges per ROME and source in each round, each of a page or a few.
    assert!(cost(&answer, "calls") <= 20.0 * 3.0 * 8.0 * 2.0, "{}", answer.header("x-search-cost"));
}

#[tokio::test]
async fn a_search_without_a_place_is_of_the_whole_country() {
    let api = Api::deployed();
    let body = api.get("/v1/jobs?romes=D1102,D1104").await.ok();
    for source in SOURCES {
        let results = results(&body, source);
        assert!(!results.is_empty(), "{source}");
        assert!(results.iter().all(|item| item["place"]["distance"].is_null()), "{source}");
    }
}

#[tokio::test]
async fn a_recruiters_address_is_sealed_in_every_result() {
    let api = Api::deployed();
    let body = api.get(&format!("/v1/jobs?{BAKERS}&sources=lba,matcha")).await.ok();
    let mut sealed = 0;
    for source in ["matchas", "lbaCompanies"] {
        for item in results(&body, source) {
            assert!(!item["contact"].to_string().contains('@'), "{item}");
            sealed += usize::from(item["contact"]["iv"].is_string());
        }
    }
    assert!(sealed > 0);
}

#[tokio::test]
async fn health_and_version_ask_for_no_key() {
    let api = Api::deployed();
    for target in ["/healthcheck", "/"] {
        let body = api.patient(Call::get(target)).await.ok();
        assert_eq!(body, serde_json::json!({"env": "local", "healthcheck": {"mongodb": true}}), "{target}");
    }
    // Three a second for all callers together: it may be somebody else's turn.
    let body = eventually("a version", async || {
        let answer = api.send(Call::get("/version")).await;
        (answer.status != 429).then(|| answer.ok())
    });
    assert!(body.await["version"].as_str().is_some_and(|version| !version.is_empty()));
}

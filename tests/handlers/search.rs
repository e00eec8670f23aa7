//! `search-jobs`: what is found, in which order, and what is told of its cost.

use runtime::environment::Stage;
use serde_json::Value;
use tests::events;

use crate::world::{Answer, World, search};

async fn searched(world: &World, case: &str) -> Answer {
    world.answer("search-jobs", &events::load(&format!("search-jobs/{case}"))).await
}

/// The titles of a source, in order.
fn titles<'a>(body: &'a Value, source: &str) -> Vec<&'a str> {
    let results = body[source]["results"].as_array().unwrap_or_else(|| panic!("{source}: {}", body[source]));
    results.iter().map(|item| item["title"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_source_is_found_nearest_first() {
    let world = World::new().await;
    let body = searched(&world, "nominal").await.json();
    assert_eq!(
        titles(&body, "lbaCompanies"),
        [2, 3, 1].map(|number| format!("Boulangerie Inventée {number}"))
    );
    assert_eq!(titles(&body, "peJobs"), [2, 1].map(|number| format!("Apprenti imaginaire {number} (H/F)")));
    assert_eq!(body["matchas"]["results"].as_array().unwrap().len(), 3, "the filled offer is not shown");
    for source in ["peJobs", "matchas", "lbaCompanies"] {
        let results = body[source]["results"].as_array().unwrap();
        let distances: Vec<f64> =
            results.iter().map(|item| item["place"]["distance"].as_f64().unwrap()).collect();
        assert!(distances.is_sorted(), "{source}: {distances:?}");
    }
    assert_eq!(body["lbbCompanies"], Value::Null);
}

#[tokio::test]
async fn a_source_that_was_not_asked_is_null() {
    let world = World::new().await;
    let body = searched(&world, "one-source").await.json();
    assert!(body["matchas"]["results"].is_array());
    assert_eq!((&body["peJobs"], &body["lbaCompanies"]), (&Value::Null, &Value::Null));
    let body = searched(&world, "retired-source").await.json();
    assert!(body.as_object().unwrap().values().all(Value::is_null), "{body}");
}

#[tokio::test]
async fn a_search_without_a_place_is_of_the_whole_country_and_tells_no_distance() {
    let world = World::new().await;
    let body = searched(&world, "no-place").await.json();
    assert_eq!(titles(&body, "lbaCompanies").len(), 4, "the company in Metz is found too");
    for source in ["peJobs", "matchas", "lbaCompanies"] {
        let results = body[source]["results"].as_array().unwrap();
        assert!(results.iter().all(|item| item["place"]["distance"].is_null()), "{}", body[source]);
    }
}

#[tokio::test]
async fn an_rncp_sheet_finds_what_its_trades_find() {
    let world = World::new().await;
    assert_eq!(searched(&world, "rncp").await.body, searched(&world, "nominal").await.body);
}

#[tokio::test]
async fn a_phone_is_shown_to_partners_that_may_see_it_and_a_siret_to_no_named_caller() {
    let world = World::new().await;
    let body = searched(&world, "nominal").await.json();
    assert_eq!(body["lbaCompanies"]["results"][0]["contact"]["phone"], "0199000002");
    assert!(body["peJobs"]["results"][0]["company"]["siret"].is_string());
    let body = searched(&world, "no-phone-right").await.json();
    assert!(!body.to_string().contains("01990000"), "{body}");
    let body = searched(&world, "caller").await.json();
    assert!(body["peJobs"]["results"][0]["company"]["siret"].is_null());
}

/// The figures of `x-search-cost`.
fn cost(header: &str) -> Vec<(String, f64)> {
    let figure = |part: &str| {
        let (name, figure) = part.split_once('=').unwrap();
        (name.to_owned(), figure.parse().unwrap())
    };
    header.split("; ").map(figure).collect()
}

#[tokio::test]
async fn every_stage_but_production_tells_what_a_search_cost() {
    let world = World::new().await;
    let event = events::load("search-jobs/nominal");
    for stage in [Stage::Local, Stage::Preview, Stage::Recette] {
        let answer = search(&world.search(stage, world.postings()).await, &event).await;
        let cost = cost(answer.headers["x-search-cost"].as_str().unwrap());
        let names: Vec<&str> = cost.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["calls", "rows", "rounds", "rru"]);
        assert!(cost.iter().all(|(_, figure)| *figure > 0.0), "{cost:?}");
        assert!(cost[2].1 <= 3.0, "at most three rounds: {cost:?}");
    }
    let answer = search(&world.search(Stage::Production, world.postings()).await, &event).await;
    assert_eq!((answer.status, &answer.headers["x-search-cost"]), (200, &Value::Null));
}

#[tokio::test]
async fn a_refusal_reads_nothing_and_tells_no_cost() {
    let world = World::new().await;
    for case in ["wrong-parameters", "schema-error", "unknown-key", "suspended-partner", "no-key"] {
        let answer = searched(&world, case).await;
        assert!((400..500).contains(&answer.status), "{case}: {}", answer.status);
        assert_eq!(answer.headers["x-search-cost"], Value::Null, "{case}");
    }
}

//! What no request may do, however it is written: make a handler fail, or read without bound.

use std::fmt::Write as _;

use serde_json::{Value, json};
use tests::events;

use crate::asking::{event, set_query};
use crate::world::World;

/// An event of a case, with another query.
fn with_query(case: &str, query: &[(String, String)]) -> String {
    event(case, |event| set_query(event, query))
}

fn pair(name: impl Into<String>, value: impl Into<String>) -> (String, String) {
    (name.into(), value.into())
}

#[tokio::test]
async fn ten_thousand_parameters_are_refused() {
    let world = World::new().await;
    let distinct: Vec<_> = (0..10_000).map(|number| pair(format!("p{number}"), "1")).collect();
    let repeated: Vec<_> = (0..10_000).map(|_| pair("romes", "D1102")).collect();
    for query in [distinct, repeated] {
        let answer = world.answer("search-jobs", &with_query("search-jobs/nominal", &query)).await;
        assert_eq!((answer.status, &answer.json()["statusCode"]), (400, &json!(400)), "{}", answer.body);
    }
}

#[tokio::test]
async fn odd_text_is_refused_wherever_it_stands() {
    let world = World::new().await;
    for odd in ["%", "%zz", "\0", "\u{FFFD}", "%00%", "a%2"] {
        for name in ["romes", "latitude", "caller", "unknown"] {
            let query = [pair("romes", "D1102"), pair(name, odd)];
            let answer = world.answer("search-jobs", &with_query("search-jobs/nominal", &query)).await;
            assert_eq!(answer.status, 400, "{name}={odd:?}: {}", answer.body);
        }
        let answer = world.answer("search-jobs", &with_query("search-jobs/nominal", &[pair(odd, "1")])).await;
        assert_eq!(answer.status, 400, "{odd:?}=1: {}", answer.body);
    }
}

#[tokio::test]
async fn an_event_that_is_no_request_is_refused_with_the_id_of_its_invocation() {
    let world = World::new().await;
    for event in ["", "null", "[]", "{", "\"text\"", r#"{"httpMethod": 1}"#] {
        let answer = world.answer("search-jobs", event).await;
        assert_eq!(
            (answer.status, &answer.headers["x-request-id"]),
            (400, &json!("fake-invocation")),
            "{event}"
        );
    }
    // Nothing in it: a request without a key.
    assert_eq!(world.answer("search-jobs", "{}").await.status, 403);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let world = World::new().await;
    let mut event: Value = serde_json::from_str(&events::load("count-offer-view/counted-v1")).unwrap();
    event["body"] = json!("x".repeat(api::request::MAX_BODY_BYTES + 1));
    let answer = world.answer("count-offer-view", &event.to_string()).await;
    assert_eq!((answer.status, &answer.json()["statusCode"]), (413, &json!(413)));
    event["isBase64Encoded"] = json!(true);
    event["body"] = json!("no base64");
    assert_eq!(world.answer("count-offer-view", &event.to_string()).await.status, 400);
}

#[tokio::test]
async fn the_widest_search_is_answered_in_two_rounds() {
    let world = World::new().await;
    let mut romes = "D1102".to_owned();
    for number in 1..20 {
        write!(romes, ",D{}", 1102 + number).unwrap();
    }
    let query = [
        pair("romes", romes),
        pair("latitude", "48.8566"),
        pair("longitude", "2.3522"),
        pair("radius", "20000"),
        pair("insee", "75056"),
    ];
    let answer = world.answer("search-jobs", &with_query("search-jobs/nominal", &query)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.json()["lbaCompanies"]["results"].as_array().unwrap().len(), 4);
    let cost = answer.headers["x-search-cost"].as_str().unwrap();
    assert!(cost.contains("rounds=1;") || cost.contains("rounds=2;"), "{cost}");
}

#[tokio::test]
async fn an_id_of_any_form_is_a_404_or_a_400() {
    let world = World::new().await;
    for (case, name) in
        [("get-company/found", "siret"), ("get-matcha-offer/found", "id"), ("get-partner-offer/found", "id")]
    {
        let (function, _) = case.split_once('/').unwrap();
        for id in ["", " ", "..", "#", "%23", "a#b@c", "é", "partner-key#", "%", &"9".repeat(5_000)] {
            let mut event: Value = serde_json::from_str(&events::load(case)).unwrap();
            event["pathParameters"] = json!({name: id});
            let answer = world.answer(function, &event.to_string()).await;
            assert!(
                [400, 404].contains(&answer.status),
                "{function} {id:?}: {} {}",
                answer.status,
                answer.body
            );
        }
    }
}

#[tokio::test]
async fn a_body_of_any_form_to_a_route_that_writes_is_a_400() {
    let world = World::new().await;
    let deep = "{\"a\":".repeat(50_000);
    for case in [
        "create-establishment/nominal",
        "deposit-offer/nominal",
        "edit-offer/nominal",
        "delegate-offer/nominal",
        "deposit-offers/nominal",
        "put-offer/nominal",
        "create-webhook/nominal",
        "change-webhook/nominal",
        "unsubscribe/nominal",
        "receive-mail-event/hard-bounce",
    ] {
        let (function, _) = case.split_once('/').unwrap();
        let mut event: Value = serde_json::from_str(&events::load(case)).unwrap();
        for body in ["", " ", "{", "[]", "[{}]", "null", "1", "\u{0}", "{}", r#"{"email":{}}"#, &deep] {
            event["body"] = json!(body);
            let answer = world.answer(function, &event.to_string()).await;
            assert_eq!(answer.status, 400, "{case} {body:.20}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn a_token_of_any_form_is_a_page_or_a_400() {
    let world = World::new().await;
    for case in ["show-link/confirm-address", "follow-link/confirm-address"] {
        let (function, _) = case.split_once('/').unwrap();
        for token in ["", " ", "..", "#", "é", "<script>", "%", &"A".repeat(43), &"A".repeat(5_000)] {
            let mut event: Value = serde_json::from_str(&events::load(case)).unwrap();
            event["pathParameters"] = json!({"token": token});
            let answer = world.answer(function, &event.to_string()).await;
            assert!([400, 410].contains(&answer.status), "{case} {token:?}: {}", answer.status);
            assert!(!answer.body.contains("<script>"), "{}", answer.body);
        }
    }
}

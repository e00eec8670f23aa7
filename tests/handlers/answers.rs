//! The whole answer to every event of a route, against its golden file.

use serde_json::{Value, json};
use tests::{events, golden};

use crate::data;
use crate::world::{Answer, World};

/// Functions that a request starts; the others are started by files and the clock.
const ROUTES: &[&str] = &[
    "close-offer",
    "archive-establishment",
    "change-webhook",
    "count-offer-view",
    "create-establishment",
    "create-webhook",
    "create-rdv-context",
    "delegate-offer",
    "delete-webhook",
    "deposit-offer",
    "edit-offer",
    "extend-offer",
    "deposit-offers",
    "find-establishment",
    "follow-link",
    "generate-appointment-link",
    "get-company",
    "get-jobs-export",
    "get-matcha-offer",
    "get-offer-publication",
    "get-partner-offer",
    "get-rome",
    "get-training",
    "health",
    "link-trainings",
    "list-appointment-formations",
    "list-delegations",
    "list-metiers",
    "list-metiers-of-establishment",
    "list-metiers-of-training",
    "list-multi-published",
    "list-recruiters",
    "list-trainings-of-area",
    "list-waiting-accounts",
    "list-webhooks",
    "match-appellation",
    "prepare-upload",
    "put-offer",
    "receive-mail-event",
    "search-jobs",
    "search-jobs-and-diplomas",
    "search-jobs-and-trainings",
    "search-metiers",
    "search-rome",
    "search-trainings",
    "set-appointment-contact",
    "settle-account",
    "show-link",
    "test-webhook",
    "unsubscribe",
    "version",
];

/// Those whose writes a search would see, and one that reads what they write.
const DEPOSITS: &[&str] = &[
    "close-offer",
    "create-establishment",
    "delegate-offer",
    "deposit-offer",
    "edit-offer",
    "extend-offer",
    "list-delegations",
    "settle-account",
];

/// Those about what a partner owns, in a world of their own: establishments in every state, and what became of them.
const OWN: [&str; 6] = [
    "archive-establishment",
    "deposit-offers",
    "find-establishment",
    "get-offer-publication",
    "list-recruiters",
    "put-offer",
];

/// Those of webhooks, in a world of their own too: their secrets are drawn.
const WEBHOOKS: [&str; 5] =
    ["change-webhook", "create-webhook", "delete-webhook", "list-webhooks", "test-webhook"];

/// Those of trainings that one may ask about.
const RDV: [&str; 4] = [
    "create-rdv-context",
    "generate-appointment-link",
    "list-appointment-formations",
    "set-appointment-contact",
];

fn is_route(event: &events::Event) -> bool {
    ROUTES.contains(&event.function.as_str())
}

/// Whether its answer bears the entity tag of an offer.
fn tells_of_one_offer(function: &str) -> bool {
    const THEM: [&str; 6] =
        ["close-offer", "delegate-offer", "deposit-offer", "edit-offer", "extend-offer", "put-offer"];
    THEM.contains(&function)
}

/// Status, headers and body. What a search cost is left out: it changes with every change of the index.
fn shown(answer: &Answer) -> Value {
    let mut headers = answer.headers.clone();
    headers.as_object_mut().unwrap().remove("x-search-cost");
    json!({"status": answer.status, "headers": headers, "body": answer.json()})
}

#[tokio::test]
async fn every_event_gets_its_golden_answer() {
    let (world, deposits) = (World::new().await, World::with_offers().await);
    let (own, webhooks, rdv) = (World::with_own().await, World::new().await, World::with_rdv().await);
    let mut wrong = Vec::new();
    for event in events::all().iter().filter(|event| is_route(event)) {
        let function = event.function.as_str();
        let world = if DEPOSITS.contains(&function) { &deposits } else { &world };
        let world = if OWN.contains(&function) { &own } else { world };
        let world = if WEBHOOKS.contains(&function) { &webhooks } else { world };
        let world = if RDV.contains(&function) { &rdv } else { world };
        let answer = world.answer(function, &event.text).await;
        wrong.extend(golden::compare(&event.name(), &shown(&answer)).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_golden_answer_is_that_of_an_event() {
    let events: Vec<String> =
        events::all().iter().filter(|event| is_route(event)).map(events::Event::name).collect();
    assert_eq!(golden::all(), events);
}

#[tokio::test]
async fn no_address_of_a_recruiter_is_ever_shown_in_clear() {
    let world = World::new().await;
    for event in events::all().iter().filter(|event| is_route(event)) {
        let answer = world.answer(&event.function, &event.text).await;
        for address in data::addresses() {
            assert!(!answer.body.contains(&address), "{} shows {address}", event.name());
            assert!(!answer.headers.to_string().contains(&address), "{} shows {address}", event.name());
        }
    }
}

#[tokio::test]
async fn a_v1_spelling_gets_the_same_body() {
    let world = World::with_offers().await;
    for (function, one, other) in [
        ("search-jobs", "nominal", "nominal-v1"),
        ("search-jobs-and-trainings", "nominal", "nominal-v1"),
        ("search-trainings", "nominal", "nominal-v1"),
        ("list-trainings-of-area", "departement", "departement-v1"),
        ("get-training", "found", "found-v1"),
        ("get-company", "found", "found-v1"),
        ("count-offer-view", "counted", "counted-v1"),
        ("create-establishment", "nominal", "replayed-v1"),
        ("deposit-offer", "nominal", "replayed-v1"),
        ("edit-offer", "nominal", "replayed-v1"),
        ("close-offer", "nominal", "replayed-v1"),
        ("extend-offer", "nominal", "replayed-v1"),
        ("list-delegations", "cfas", "cfas-v1"),
        ("delegate-offer", "nominal", "replayed-v1"),
        ("find-establishment", "own", "own-v1"),
        ("list-recruiters", "page", "page-v1"),
        ("put-offer", "nominal", "replayed-v1"),
        ("list-multi-published", "everything", "everything-v1"),
        ("list-waiting-accounts", "nominal", "nominal-v1"),
        ("settle-account", "nominal", "replayed-v1"),
        ("list-webhooks", "nominal", "nominal-v1"),
        ("search-metiers", "nominal", "nominal-v1"),
        ("list-metiers", "nominal", "nominal-v1"),
        ("match-appellation", "nominal", "nominal-v1"),
        ("link-trainings", "nominal", "nominal-v1"),
        ("list-metiers-of-training", "found", "found-v1"),
        ("list-metiers-of-establishment", "found", "found-v1"),
    ] {
        let lower = world.answer(function, &events::load(&format!("{function}/{one}"))).await;
        let upper = world.answer(function, &events::load(&format!("{function}/{other}"))).await;
        assert!([200, 201, 204].contains(&lower.status), "{function}: {}", lower.body);
        assert_eq!((lower.status, lower.body), (upper.status, upper.body), "{function}");
    }
}

#[tokio::test]
async fn every_answer_names_its_request_and_says_what_a_cache_may_do() {
    let world = World::with_offers().await;
    for event in events::all().iter().filter(|event| is_route(event)) {
        let answer = world.answer(&event.function, &event.text).await;
        let is_get = event.text.contains(r#""httpMethod": "GET""#);
        let read = matches!(answer.status, 200 | 304) && is_get && !answer.is_page();
        let kept = if read { "private, no-cache" } else { "no-store" };
        assert_eq!(answer.headers["cache-control"], kept, "{}", event.name());
        // Of an answer that may be kept, or of the offer that was deposited or changed.
        let tagged = matches!(answer.status, 200 | 201 | 204) && tells_of_one_offer(&event.function);
        assert_eq!(answer.headers["etag"].is_string(), read || tagged, "{}", event.name());
        let linked = event.text.contains("application/ld+json");
        let is_page = ["follow-link", "show-link"].contains(&event.function.as_str());
        let kind = match (linked, is_page) {
            (true, _) => "application/ld+json; charset=utf-8",
            (_, true) => "text/html; charset=utf-8",
            _ => "application/json; charset=utf-8",
        };
        let kind = if matches!(answer.status, 204 | 304) { Value::Null } else { json!(kind) };
        assert_eq!(answer.headers["content-type"], kind, "{}", event.name());
        // An event that is no JSON has no id to read: the invocation's own takes its place.
        let id = serde_json::from_str::<Value>(&event.text)
            .map_or(json!("fake-invocation"), |json| json["requestContext"]["requestId"].clone());
        assert_eq!(answer.headers["x-request-id"], id, "{}", event.name());
    }
}

//! A part of the index that fails, a handler that panics, a store that is down.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use runtime::environment::Stage;
use search::port::{KeyRange, Page, Postings, ReadError};
use serde_json::{Value, json};
use tests::events;
use usecases::ports::{CheckHealth, PortError};

use crate::bulk::{own, results};
use crate::world::{World, run, run_within, search};

/// Fails to read the partitions that begin with a prefix.
struct Broken {
    inner: Box<dyn Postings>,
    prefix: &'static str,
}

#[async_trait]
impl Postings for Broken {
    async fn read(&self, range: &KeyRange) -> Result<Page, ReadError> {
        if range.partition.starts_with(self.prefix) {
            return Err(ReadError { partition: range.partition.clone(), source: "broken on purpose".into() });
        }
        self.inner.read(range).await
    }
}

/// Panics at the first read.
struct Panicking {
    inner: Box<dyn Postings>,
    panicked: AtomicBool,
}

#[async_trait]
impl Postings for Panicking {
    async fn read(&self, range: &KeyRange) -> Result<Page, ReadError> {
        assert!(
            self.panicked.swap(true, Ordering::SeqCst),
            "a panic on purpose: lba#D1102 secret@exemple.invalid"
        );
        self.inner.read(range).await
    }
}

#[tokio::test]
async fn a_source_that_fails_takes_neither_the_others_nor_the_status_down() {
    let world = World::new().await;
    let whole = world.answer("search-jobs", &events::load("search-jobs/nominal")).await.json();
    for (prefix, name) in [("lba#", "lbaCompanies"), ("matcha#", "matchas"), ("offres#", "peJobs")] {
        let postings = Box::new(Broken { inner: world.postings(), prefix });
        let context = world.search(Stage::Local, postings).await;
        let answer = search(&context, &events::load("search-jobs/nominal")).await;
        assert_eq!(answer.status, 200);
        let mut expected = whole.clone();
        expected[name] = json!({
            "error": "Service Unavailable",
            "status": 503,
            "result": "error",
            "message": "Cette source ne répond pas pour le moment : réessayez dans quelques instants.",
            "statusText": "Service Unavailable",
        });
        assert_eq!(answer.json(), expected, "{name}");
    }
}

#[tokio::test]
async fn all_sources_that_fail_are_still_an_answer() {
    let world = World::new().await;
    let context = world.search(Stage::Local, Box::new(Broken { inner: world.postings(), prefix: "" })).await;
    let answer = search(&context, &events::load("search-jobs/nominal")).await;
    assert_eq!(answer.status, 200);
    for source in ["peJobs", "matchas", "lbaCompanies"] {
        assert_eq!(answer.json()[source]["status"], 503, "{source}");
    }
    assert!(!answer.body.contains("broken on purpose"), "the cause is logged, not shown");
}

#[tokio::test]
async fn a_panic_is_a_500_with_the_request_id_and_the_next_request_works() {
    let world = World::new().await;
    let postings = Panicking { inner: world.postings(), panicked: AtomicBool::new(false) };
    let context = world.search(Stage::Local, Box::new(postings)).await;
    let event = events::load("search-jobs/one-source");
    let id = serde_json::from_str::<Value>(&event).unwrap()["requestContext"]["requestId"].clone();

    let answer = search(&context, &event).await;
    assert_eq!((answer.status, &answer.headers["x-request-id"]), (500, &id));
    let body = json!({
        "statusCode": 500,
        "error": "Internal Server Error",
        "message": "Une erreur est survenue",
        "data": {"request_id": id},
    });
    assert_eq!(answer.json(), body);

    let answer = search(&context, &event).await;
    assert_eq!(answer.status, 200);
    assert!(!answer.json()["matchas"]["results"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_panic_before_the_first_await_counts_too() {
    let event = events::load("version/nominal");
    let answer = run(&event, |_| -> std::future::Ready<_> { panic!("on purpose") }).await;
    assert_eq!(answer.status, 500);
}

#[tokio::test]
async fn a_handler_that_never_ends_is_answered_in_time() {
    let event = events::load("version/nominal");
    let answer = run_within(Duration::from_millis(1), &event, |_| std::future::pending()).await;
    assert_eq!((answer.status, &answer.json()["statusCode"]), (503, &json!(503)));
    assert!(answer.headers["retry-after"].is_string());
}

/// A store that is down.
struct Down;

#[async_trait]
impl CheckHealth for Down {
    async fn check(&self) -> Result<(), PortError> {
        Err(PortError::new("read the store", "down on purpose"))
    }
}

#[tokio::test]
async fn health_is_a_500_of_the_same_shape_when_the_store_is_down() {
    for case in ["health/healthcheck", "health/root"] {
        let context = health::Context { stage: Stage::Recette, store: Box::new(Down) };
        let answer = run(&events::load(case), |request| health::handle(&context, request)).await;
        assert_eq!(answer.status, 500);
        assert_eq!(answer.json(), json!({"env": "recette", "healthcheck": {"mongodb": false}}));
    }
}

#[tokio::test]
async fn a_store_that_is_down_is_a_500_that_tells_nothing() {
    let world = World::new().await;
    let event = events::load("get-company/found");
    let working = world.answer("get-company", &event).await;
    assert_eq!(working.status, 200);
    let table = &world.import.store.tables.records;
    world.import.store.client.delete_table().table_name(table).send().await.unwrap();
    let answer = world.answer("get-company", &event).await;
    assert_eq!((answer.status, &answer.json()["message"]), (500, &json!("Une erreur est survenue")));
    assert!(!answer.body.contains("records"), "{}", answer.body);
}

#[tokio::test]
async fn a_deposit_while_the_store_is_down_is_a_503_that_may_be_sent_again() {
    let world = World::new().await;
    let table = &world.import.store.tables.ledger;
    world.import.store.client.delete_table().table_name(table).send().await.unwrap();
    for function in [
        "create-establishment",
        "deposit-offer",
        "edit-offer",
        "close-offer",
        "extend-offer",
        "delegate-offer",
    ] {
        let answer = world.answer(function, &events::load(&format!("{function}/nominal"))).await;
        assert_eq!(answer.status, 503, "{function}: {}", answer.body);
        assert!(answer.headers["retry-after"].is_string(), "{function}");
        assert!(!answer.body.contains("ledger"), "{}", answer.body);
    }
}

#[tokio::test]
async fn while_the_store_is_down_each_offer_says_that_it_may_be_sent_again() {
    let world = World::new().await;
    let store = &world.import.store;
    store.client.delete_table().table_name(&store.tables.ledger).send().await.unwrap();
    let answer = world.bulk(Some("one"), &own(2)).await;
    for result in results(&answer) {
        assert_eq!((&result["status"], &result["error"]["code"]), (&json!(503), &json!("UNAVAILABLE")));
        assert!(!result.to_string().contains("ledger"), "{result}");
    }
    assert_eq!(answer.headers["retry-after"], "1");
}

//! What a partner may say of its webhooks, and what it is shown.

use std::time::Duration;

use serde_json::{Value, json};

use super::{load, world_with};
use crate::asking::{event, saying};
use crate::hooks::{OTHERS, OWN, Receiver, Script};
use crate::world::{World, run};

#[tokio::test]
async fn a_test_is_signed_and_tells_at_once_what_was_answered_and_counts_for_nothing() {
    let receiver = Receiver::start([Script::Status(401), Script::Status(200), Script::Hold]).await;
    let (world, id, secret) = world_with(&receiver).await;
    let mut said = Vec::new();
    for limit in [Duration::from_secs(20), Duration::from_secs(20), Duration::from_millis(100)] {
        let poster = webhook_http::Poster::new(domain::webhook::Reach::Loopback, limit).unwrap();
        let context = test_webhook::Context { managing: world.managing(), post: Box::new(poster) };
        let asked = event("test-webhook/nominal", |event| event["pathParameters"]["id"] = json!(id));
        let answer = run(&asked, |request| test_webhook::handle(&context, request)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let answer = answer.json();
        said.push((answer["delivered"].clone(), answer["status"].clone(), answer["error"].clone()));
    }
    let wanted = [
        (json!(false), json!(401), Value::Null),
        (json!(true), json!(200), Value::Null),
        (json!(false), Value::Null, json!("timed_out")),
    ];
    assert_eq!(said, wanted);
    let calls = receiver.calls();
    assert!(calls.iter().all(|call| call.is_signed_by(&secret) && call.json()["type"] == "webhook.test"));
    assert_ne!(calls[0].id, calls[1].id);
    let shown = world.shown(&id).await;
    assert_eq!((&shown["last_success_at"], &shown["failing_since"]), (&Value::Null, &Value::Null));
    assert_eq!(world.open_calls().await, 0);
}

#[tokio::test]
async fn no_webhook_may_be_where_only_we_could_reach_it() {
    let world = World::new().await;
    for url in [
        "http://partenaire.exemple.invalid/",
        "https://169.254.169.254/latest/meta-data/",
        "https://2852039166/",
        "https://0xa9fea9fe/",
        "https://0251.0376.0251.0376/",
        "https://[::ffff:169.254.169.254]/",
        "https://[fd00:ec2::254]/",
        "https://localhost/",
        "http://127.0.0.1:4566/",
        "https://partenaire.exemple.invalid:22/",
        "https://moi:secret@partenaire.exemple.invalid/",
    ] {
        let body = json!({"url": url, "enabled": true});
        let changed = saying(load("change-webhook/nominal"), &body);
        let created = saying(load("create-webhook/nominal"), &json!({"url": url}));
        for (function, asked) in [("change-webhook", changed), ("create-webhook", created)] {
            let answer = world.answer(function, &asked.to_string()).await;
            assert_eq!(answer.status, 400, "{function} {url}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn the_secret_is_shown_once_and_stored_sealed() {
    let receiver = Receiver::start([]).await;
    let (world, id, secret) = world_with(&receiver).await;
    for table in [&world.import.store.tables.records, &world.import.store.tables.ledger] {
        for item in world.import.store.dump(table).await.values() {
            assert!(!item.contains(&secret), "{item}");
        }
    }
    let list = world.answer("list-webhooks", &tests::events::load("list-webhooks/nominal")).await;
    let tested = world.ask_about("test-webhook/nominal", &id).await;
    for answer in [list, tested] {
        assert_eq!(answer.status, 200);
        assert!(!answer.body.contains("whsec_"), "{}", answer.body);
    }
}

#[tokio::test]
async fn five_at_once_are_five_and_no_sixth_however_many_ask_at_the_same_time() {
    let world = World::new().await;
    // Three are there already.
    let asked = (0..8).map(|number| {
        let url = format!("https://partenaire.exemple.invalid/{number}");
        let asked = saying(load("create-webhook/nominal"), &json!({"url": url})).to_string();
        let world = &world;
        async move { world.answer("create-webhook", &asked).await.status }
    });
    let statuses = futures::future::join_all(asked).await;
    let of = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!((of(201), of(400)), (2, 6), "{statuses:?}");
    let list = world.answer("list-webhooks", &tests::events::load("list-webhooks/nominal")).await.json();
    assert_eq!(list["webhooks"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn a_webhook_of_another_partner_is_neither_changed_nor_tested_nor_deleted() {
    let world = World::new().await;
    for case in [
        "change-webhook/of-another-partner",
        "test-webhook/of-another-partner",
        "delete-webhook/of-another-partner",
    ] {
        assert_eq!(world.ask_about(case, OTHERS).await.status, 404, "{case}");
        let own = world.ask_about(case, OWN).await;
        assert!([200, 204].contains(&own.status), "{case}: {}", own.body);
    }
    assert_eq!(world.shown(OWN).await, Value::Null);
    let still = usecases::ports::ListWebhooks::list_webhooks(&world.webhooks(), "partner-two").await.unwrap();
    assert_eq!(still.webhooks.len(), 1);
}

//! When a webhook is called no more.

use domain::event::{Event, EventMessage};
use domain::webhook::DISABLED_AFTER_SECONDS;
use serde_json::{Value, json};

use super::{FAILS, event_of_one, load, world_with};
use crate::asking::saying;
use crate::hooks::{Receiver, Script};
use crate::world::run;

#[tokio::test]
async fn after_five_days_of_failure_a_webhook_is_disabled_with_one_event_and_enabled_again_it_is_called() {
    let receiver = Receiver::start(vec![FAILS; 4]).await;
    let (world, id, _) = world_with(&receiver).await;
    let days = i64::from(DISABLED_AFTER_SECONDS);
    world.file(&event_of_one("first"), 0).await;
    world.call(0).await;
    world.file(&event_of_one("second"), days).await;
    world.file(&event_of_one("third"), days).await;
    world.call(days - 1).await;
    assert_eq!(world.shown(&id).await["enabled"], true);
    // Three are due at once.
    world.call(days).await;
    let shown = world.shown(&id).await;
    assert_eq!((&shown["enabled"], &shown["disabled_reason"]), (&json!(false), &json!("failing")));
    let published = world.publish(1, days).await;
    let [EventMessage { event: Event::WebhookDisabled(disabled), partner, .. }] = &published[..] else {
        panic!("{published:?}")
    };
    assert_eq!((disabled.webhook_id.as_str(), partner.as_deref()), (id.as_str(), Some("partner-one")));
    let failed = receiver.calls().len();
    world.call(days + 1_000_000).await;
    world.file(&event_of_one("fourth"), days).await;
    assert_eq!((receiver.calls().len(), world.open_calls().await), (failed, 0), "nothing waits for it");
    assert!(world.ended("dropped").await > 0);

    let again = saying(load("change-webhook/nominal"), &json!({"url": receiver.url(), "enabled": true}));
    let again = {
        let mut again = again;
        again["pathParameters"]["id"] = json!(id);
        again.to_string()
    };
    let context =
        change_webhook::Context { reach: domain::webhook::Reach::Loopback, managing: world.managing() };
    let changed = run(&again, |request| change_webhook::handle(&context, request)).await.json();
    assert_eq!((&changed["enabled"], &changed["failing_since"]), (&json!(true), &Value::Null));
    receiver.then([]);
    world.file(&event_of_one("fifth"), days).await;
    world.call(days).await;
    assert_eq!(receiver.calls().len(), failed + 1);
}

#[tokio::test]
async fn a_webhook_that_is_gone_is_disabled_at_once() {
    let receiver = Receiver::start([Script::Status(410)]).await;
    let (world, id, _) = world_with(&receiver).await;
    world.file(&event_of_one("first"), 0).await;
    world.file(&event_of_one("second"), 0).await;
    world.call(0).await;
    world.call(1).await;
    assert_eq!(
        (receiver.calls().len(), world.ended("failed").await, world.ended("dropped").await),
        (1, 1, 1)
    );
    assert_eq!(world.shown(&id).await["disabled_reason"], "gone");
    assert!(matches!(
        &world.publish(1, 0).await[..],
        [EventMessage { event: Event::WebhookDisabled(_), .. }]
    ));
}

//! `count-offer-view`: looks are counted, and the offer stays as it is.

use domain::source::Source;
use tests::events;
use usecases::ports::FindItem;

use crate::world::World;

#[tokio::test]
async fn each_look_is_counted_once_and_changes_nothing_else() {
    let world = World::new().await;
    let before = world.items().find_item(Source::Matcha, "offer-1-0").await.unwrap().unwrap();
    assert_eq!(before.detail_views, 0);
    for case in ["counted", "counted", "counted-v1"] {
        let answer =
            world.answer("count-offer-view", &events::load(&format!("count-offer-view/{case}"))).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "{}"));
    }
    let after = world.items().find_item(Source::Matcha, "offer-1-0").await.unwrap().unwrap();
    assert_eq!((after.detail_views, after.card), (3, before.card));
}

#[tokio::test]
async fn a_look_at_nothing_makes_no_offer() {
    let world = World::new().await;
    let answer = world.answer("count-offer-view", &events::load("count-offer-view/unknown")).await;
    assert_eq!((answer.status, answer.body.as_str()), (404, r#"{"error":"not_found"}"#));
    assert!(world.items().find_item(Source::Matcha, "offer-9-9").await.unwrap().is_none());
}

#[tokio::test]
async fn looks_that_are_told_under_one_key_are_counted_once() {
    let world = World::new().await;
    let mut replayed = Vec::new();
    for _ in 0..3 {
        let answer = world.answer("count-offer-view", &events::load("count-offer-view/counted-once")).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "{}"));
        replayed.push(answer.headers["idempotency-replayed"].is_string());
    }
    assert_eq!(replayed, [false, true, true]);
    let seen = world.items().find_item(Source::Matcha, "offer-1-0").await.unwrap().unwrap();
    assert_eq!(seen.detail_views, 1);
}

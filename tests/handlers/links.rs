//! `link-trainings`: what each way of naming a training leads to.

use serde_json::{Value, json};
use tests::events;

use crate::world::World;

const CAMPAIGN: &str = "radius=60&utm_source=lba&utm_medium=email&utm_campaign=promotion-emploi-jeunes-voeux";

#[tokio::test]
async fn each_wish_gets_its_links_in_the_order_of_the_wishes() {
    let world = World::new().await;
    let answer = world.answer("link-trainings", &events::load("link-trainings/nominal")).await;
    let wanted: Vec<Value> = [
        ("by-key", "romes=D1102&lat=49.1193&lon=6.1757&"),
        ("by-place", "romes=D1104&lat=49.358&lon=6.1683&"),
        ("nearest-of-several", "romes=D1102,D1104&lat=49.1193&lon=6.1757&"),
        ("several-and-no-place", "romes=D1102,D1104&"),
        ("diploma-alone", "romes=D1102,D1104&"),
        ("nothing-known", ""),
    ]
    .into_iter()
    .map(|(id, query)| {
        let link = format!("https://site.exemple.invalid/recherche-emploi?{query}{CAMPAIGN}");
        json!({"id": id, "lien_prdv": "", "lien_lba": link})
    })
    .collect();
    assert_eq!((answer.status, answer.json()), (200, Value::Array(wanted)));
}

#[tokio::test]
async fn a_body_in_base64_is_read_like_any_other() {
    let world = World::new().await;
    let mut event: Value = serde_json::from_str(&events::load("link-trainings/empty-list")).unwrap();
    // [{"id":"1"}]
    event["body"] = json!("W3siaWQiOiIxIn1d");
    event["isBase64Encoded"] = json!(true);
    let answer = world.answer("link-trainings", &event.to_string()).await;
    assert_eq!((answer.status, &answer.json()[0]["id"]), (200, &json!("1")));
}

#[tokio::test]
async fn a_body_of_any_form_is_answered_with_200_or_400() {
    let world = World::new().await;
    let mut event: Value = serde_json::from_str(&events::load("link-trainings/empty-list")).unwrap();
    let deep = "[".repeat(50_000);
    for body in
        ["", " ", "[", "[1]", "[[]]", "[null]", "[{\"id\":{}}]", "\u{0}", "[{\"id\":\"\\u0000\"}]", &deep]
    {
        event["body"] = json!(body);
        let answer = world.answer("link-trainings", &event.to_string()).await;
        assert!([200, 400].contains(&answer.status), "{body:?}: {} {}", answer.status, answer.body);
    }
}

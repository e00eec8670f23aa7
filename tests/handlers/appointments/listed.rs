//! The trainings that are open to Parcoursup, and what it costs to list them.

use serde_json::json;
use testkit::FixedClock;

use super::{LINK, key, trainings};
use crate::asking::event;
use crate::world::{Answer, World, run};

impl World {
    /// The ids that a process with this context lists.
    async fn open_ids(&self, context: &list_appointment_formations::Context) -> Vec<String> {
        let sent = event("list-appointment-formations/nominal", |_| ());
        let answer = run(&sent, |request| list_appointment_formations::handle(context, request)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_value(answer.json()["ids"].clone()).unwrap()
    }
}

impl World {
    /// The training to whose form an id of Parcoursup leads, by both routes; none where it is closed.
    async fn led_to_by(&self, id: &str) -> Option<String> {
        let first = self.context(&json!({"idParcoursup": id, "referrer": "parcoursup"})).await;
        let present = event(LINK, |event| event["body"] = json!(json!({"parcoursup_id": id}).to_string()));
        let present = self.answer("generate-appointment-link", &present).await;
        assert_eq!((first.status, present.status), (200, 200), "{} {}", first.body, present.body);
        let training = |answer: Answer| answer.json()["cle_ministere_educatif"].as_str().map(str::to_owned);
        let (first, present) = (training(first), training(present));
        assert_eq!(first, present);
        first
    }
}

#[tokio::test]
async fn they_are_those_that_the_form_would_take_a_request_about() {
    let world = World::with_rdv().await;
    let mut open = Vec::new();
    for number in 20..=26 {
        if world.is_open(number, "parcoursup").await {
            open.push(number.to_string());
        }
    }
    assert_eq!(open, ["20", "26"]);
    assert_eq!(world.open_ids(&world.open_trainings()).await, open);
    world.set(22, &json!({"email": "choisie@exemple.invalid"})).await;
    world.set(20, &json!({"email": "rdv23@exemple.invalid"})).await;
    assert_eq!(world.open_ids(&world.open_trainings()).await, ["22", "26"], "by the addresses that were set");
    world.leave(&trainings()[..5]).await;
    assert_eq!(world.open_ids(&world.open_trainings()).await, ["22"], "two left the catalogue");
}

#[tokio::test]
async fn an_id_of_several_trainings_is_listed_once_and_for_as_long_as_one_is_open() {
    let world = World::with_rdv().await;
    let mut rows = trainings();
    rows[6]["parcoursup_id"] = json!("20");
    world.leave(&rows).await;
    assert_eq!(world.open_ids(&world.open_trainings()).await, ["20"]);
    assert_eq!(world.led_to_by("20").await, Some(key(20)), "of several, the first");
    world.set(20, &json!({"email": null, "closed": true})).await;
    assert_eq!(world.open_ids(&world.open_trainings()).await, ["20"]);
    assert_eq!(world.led_to_by("20").await, Some(key(26)), "of those that are open");
    world.set(26, &json!({"email": null, "closed": true})).await;
    assert_eq!(world.open_ids(&world.open_trainings()).await, [""; 0]);
    assert_eq!(world.led_to_by("20").await, None, "it is known, and closed");
}

#[tokio::test]
async fn a_process_works_it_out_once_in_five_minutes() {
    let world = World::with_rdv().await;
    let mut context = world.open_trainings();
    let after = |seconds| {
        let clock = FixedClock::new();
        clock.advance(seconds);
        Box::new(clock)
    };
    assert_eq!(world.open_ids(&context).await, ["20", "26"]);
    world.set(26, &json!({"email": null, "closed": true})).await;
    context.callers.clock = after(299);
    assert_eq!(world.open_ids(&context).await, ["20", "26"]);
    context.callers.clock = after(300);
    assert_eq!(world.open_ids(&context).await, ["20"]);
}

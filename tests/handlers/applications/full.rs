//! An offer that has as many applications as one gets is closed by whoever finds it so (contract 3.1).

use domain::application::MAX_PER_OFFER;
use domain::mail::Template;
use domain::recruiter::JobStatus;
use serde_json::{Value, json};
use testkit::Calls;

use super::RECRUITER;
use super::refusals::today;
use crate::applying::id_of;
use crate::asking::event;
use crate::world::{World, run};

impl World {
    /// The offer has so many already.
    async fn offer_has(&self, offer: &Value, count: u32) {
        self.counted(&format!("offer#{}", offer["job"]["id"].as_str().unwrap()), count).await;
    }

    async fn status_of_offer(&self, offer: &Value) -> JobStatus {
        let (establishment, _) = offer["id"].as_str().unwrap().rsplit_once('-').unwrap();
        self.job_of("site", establishment, offer["job"]["id"].as_str().unwrap()).await.job_status
    }
}

#[tokio::test]
async fn whoever_takes_the_last_place_closes_the_offer_and_nobody_before() {
    let world = World::new().await;
    let offer = world.offer_to_apply_for().await;
    world.offer_has(&offer, MAX_PER_OFFER - 2).await;
    id_of(&world.apply_as(&offer, Some("one"), |_| ()).await);
    assert_eq!(world.status_of_offer(&offer).await, JobStatus::Active);
    id_of(&world.apply_as(&offer, Some("last"), |_| ()).await);
    assert_eq!(world.status_of_offer(&offer).await, JobStatus::Annulee);
    assert_eq!(world.due_to(Template::OfferFull, RECRUITER).await.len(), 1);
}

#[tokio::test]
async fn whoever_is_refused_closes_it_where_the_one_that_filled_it_was_killed() {
    for (today_before, word) in [(0, "offre expirée"), (100, "max candidatures atteint")] {
        let world = World::new().await;
        let offer = world.offer_to_apply_for().await;
        world.offer_has(&offer, MAX_PER_OFFER).await;
        world.counted(&today(), today_before).await;
        assert_eq!(world.apply_as(&offer, None, |_| ()).await.json(), json!({"error": word}));
        assert_eq!(world.status_of_offer(&offer).await, JobStatus::Annulee);
    }
}

#[tokio::test]
async fn an_offer_that_is_far_from_full_is_counted_once() {
    for (before, counts) in [(0, 1), (MAX_PER_OFFER / 2, 2)] {
        let world = World::new().await;
        let offer = world.offer_to_apply_for().await;
        world.offer_has(&offer, before).await;
        let (client, calls) = Calls::of(&world.import.store.client);
        let mut context = world.applying();
        context.barriers = store::Barriers::new(client, &world.import.store.tables);
        let sent = event("apply-by-id/nominal", |event| {
            let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
            body["recipient_id"] = json!(format!("partners_{}", offer["job"]["id"].as_str().unwrap()));
            event["body"] = json!(body.to_string());
        });
        let answer = run(&sent, |request| apply_by_id::handle(&context, request)).await;
        assert_eq!((answer.status, calls.take().len()), (202, counts), "{}", answer.body);
    }
}

//! What becomes of an offer: each step is seen by the next search, or refused in the words of the contract.

use domain::recruiter::JobStatus;
use serde_json::{Value, json};
use tests::events;

use crate::asking::{CANCEL, EDIT, EXTEND, PROVIDE, about, saying};
use crate::deposit::{last_offer, offer};
use crate::standing::{NO_OFFER, standing};
use crate::world::{Answer, World, clock, run};

/// A day, in seconds.
const DAY: i64 = 86_400;

impl World {
    /// Extends an offer so many seconds from now.
    async fn extend_in(&self, seconds: i64, offer_id: &str) -> Answer {
        let (mut context, later) = (self.offers_desk(), clock());
        later.advance(seconds);
        context.depositing.clock = Box::new(later);
        run(&about(EXTEND, offer_id).to_string(), |request| extend_offer::handle(&context, request)).await
    }

    /// Whether a search around Paris finds an offer, and whether one around Metz does.
    async fn is_found(&self, offer_id: &str) -> (bool, bool) {
        let mut near_metz: Value = serde_json::from_str(&events::load("search-jobs/nominal")).unwrap();
        for (name, value) in [("latitude", "49.12"), ("longitude", "6.18"), ("insee", "57463")] {
            near_metz["queryStringParameters"][name] = json!(value);
            near_metz["multiValueQueryStringParameters"][name] = json!([value]);
        }
        let metz = self.answer("search-jobs", &near_metz.to_string()).await;
        assert_eq!(metz.status, 200, "{}", metz.body);
        let paris = self.found().await.iter().any(|(_, id)| id == offer_id);
        (paris, metz.body.contains(offer_id))
    }
}

/// Status and message of a refusal.
fn refusal(answer: &Answer) -> (u64, String) {
    (answer.status, answer.json()["message"].as_str().unwrap_or_default().to_owned())
}

fn refused(message: &str) -> (u64, String) {
    (400, message.to_owned())
}

#[tokio::test]
async fn a_whole_life_is_seen_by_searches_step_by_step() {
    let world = World::new().await;
    let id = last_offer(&world.deposit(None, &offer(1)).await);
    assert_eq!(world.is_found(&id).await, (true, false));

    let place =
        json!({"custom_address": "2 RUE DES EXEMPLES 57000 METZ", "custom_geo_coordinates": "49.12,6.18"});
    let moved = world.ask(EDIT, &saying(about(EDIT, &id), &place)).await;
    assert_eq!(moved.status, 200, "{}", moved.body);
    let job = &moved.json()["jobs"][0];
    assert_eq!((&job["custom_address"], &job["job_count"]), (&place["custom_address"], &json!(1)));
    assert_eq!(world.is_found(&id).await, (false, true), "it is found where it is now and nowhere else");

    let same_day = world.ask(EXTEND, &about(EXTEND, &id)).await;
    assert_eq!(refusal(&same_day), refused("Job is already extended up to a month"));
    let before = world.job("partner-one", &id).await;
    let extended = world.extend_in(DAY, &id).await;
    assert_eq!((extended.status, extended.body.as_str()), (204, ""), "{}", extended.body);
    let again = world.extend_in(DAY, &id).await;
    assert_eq!(refusal(&again), refused("Job is already extended up to a month"));
    let after = world.job("partner-one", &id).await;
    assert!(after.job_expiration_date > before.job_expiration_date);
    assert_eq!((after.job_prolongation_count, after.job_last_prolongation_date.is_some()), (1, true));
    assert_eq!(world.is_found(&id).await, (false, true));

    let provided = world.ask(PROVIDE, &about(PROVIDE, &id)).await;
    assert_eq!((provided.status, provided.body.as_str()), (204, ""));
    assert_eq!(provided.headers["content-type"], Value::Null, "nothing has no type");
    assert_eq!(world.is_found(&id).await, (false, false));
    assert_eq!(refusal(&world.ask(PROVIDE, &about(PROVIDE, &id)).await), refused("Job is already provided"));
    assert_eq!(
        refusal(&world.extend_in(2 * DAY, &id).await),
        refused("Job cannot be extended as it is not active")
    );

    assert_eq!(world.ask(CANCEL, &about(CANCEL, &id)).await.status, 204);
    assert_eq!(world.job("partner-one", &id).await.job_status, JobStatus::Annulee);
    assert_eq!(refusal(&world.ask(CANCEL, &about(CANCEL, &id)).await), refused("Job is already canceled"));
    assert_eq!(world.is_found(&id).await, (false, false));
}

#[tokio::test]
async fn each_refusal_has_its_code_beside_the_words_of_the_contract() {
    let world = World::with_offers().await;
    for (case, offer_id, message, code) in [
        (EDIT, NO_OFFER, "Job does not exists", "UNKNOWN_OFFER"),
        (PROVIDE, NO_OFFER, "Job does not exists", "UNKNOWN_OFFER"),
        (CANCEL, NO_OFFER, "Job does not exists", "UNKNOWN_OFFER"),
        (EXTEND, NO_OFFER, "Job does not exists", "UNKNOWN_OFFER"),
        (PROVIDE, &standing(3), "Job is already provided", "ALREADY_PROVIDED"),
        (CANCEL, &standing(4), "Job is already canceled", "ALREADY_CANCELED"),
        (EXTEND, &standing(6), "Job is already extended up to a month", "EXTENDED_ALREADY"),
        (EXTEND, &standing(3), "Job cannot be extended as it is not active", "NOT_ACTIVE"),
    ] {
        let answer = world.ask(case, &about(case, offer_id)).await;
        assert_eq!(answer.json(), json!({"error": true, "message": message}), "{case} {offer_id}");
        assert_eq!((answer.status, &answer.headers["x-error-code"]), (400, &json!(code)), "{case}");
    }
}

#[tokio::test]
async fn an_edit_tells_every_mistake_and_changes_nothing_then() {
    let world = World::with_offers().await;
    let before = world.job("partner-one", &standing(0)).await;
    let wrong = json!({
        "job_duration": 5, "job_start_date": "demain", "custom_address": "ici", "appellation_code": "908335789664",
    });
    let answer = world.ask(EDIT, &saying(about(EDIT, &standing(0)), &wrong)).await;
    assert_eq!((answer.status, &answer.json()["statusCode"]), (400, &json!(400)));
    for told in ["body.job_duration", "body.job_start_date", "body.custom_address", "Champ inconnu"] {
        assert!(answer.body.contains(told), "{told}: {}", answer.body);
    }
    for alone in [json!({"custom_address": "ici"}), json!({"custom_geo_coordinates": "48.8,2.3"})] {
        let answer = world.ask(EDIT, &saying(about(EDIT, &standing(0)), &alone)).await;
        assert!(answer.status == 400 && answer.body.contains("vont ensemble"), "{}", answer.body);
    }
    let past = saying(about(EDIT, &standing(0)), &json!({"job_start_date": "2026-08-31"}));
    assert!(world.ask(EDIT, &past).await.body.contains("body.job_start_date"));
    assert_eq!(world.job("partner-one", &standing(0)).await, before);
}

//! What becomes of an offer: each step is seen by the next search, done once, and refused in the words of the contract.

use domain::recruiter::{Job, JobStatus};
use futures::future::join_all;
use serde_json::{Value, json};
use tests::events;
use usecases::ports::{FindOwnRecruiter, LocateOwnOffer, Owed};

use crate::deposit::{last_offer, offer};
use crate::standing::{NO_OFFER, OTHERS_OFFER, standing};
use crate::world::{Answer, World, clock, run};

pub(crate) const EDIT: &str = "edit-offer/nominal";
const PROVIDE: &str = "close-offer/nominal";
const CANCEL: &str = "close-offer/canceled";
const EXTEND: &str = "extend-offer/nominal";
/// A day, in seconds.
const DAY: i64 = 86_400;

/// An event about this offer, without key and tag.
pub(crate) fn about(case: &str, offer_id: &str) -> Value {
    let mut event: Value = serde_json::from_str(&events::load(case)).unwrap();
    event["pathParameters"] = json!({"id": offer_id});
    for headers in ["headers", "multiValueHeaders"] {
        for name in ["Idempotency-Key", "If-Match"] {
            event[headers].as_object_mut().unwrap().remove(name);
        }
    }
    event
}

/// The same with one more header.
pub(crate) fn with(mut event: Value, name: &str, value: &str) -> Value {
    event["headers"][name] = json!(value);
    event["multiValueHeaders"][name] = json!([value]);
    event
}

/// The same with this body.
pub(crate) fn saying(mut event: Value, body: &Value) -> Value {
    event["body"] = json!(body.to_string());
    event
}

/// An edit of what the job is.
fn describing(offer_id: &str, text: &str) -> Value {
    saying(about(EDIT, offer_id), &json!({"job_description": text}))
}

fn tag(answer: &Answer) -> String {
    answer.headers["etag"].as_str().unwrap().to_owned()
}

impl World {
    /// Answers an event that was made of this case.
    pub(crate) async fn ask(&self, case: &str, event: &Value) -> Answer {
        let (function, _) = case.split_once('/').unwrap();
        self.answer(function, &event.to_string()).await
    }

    /// An offer as it is stored.
    pub(crate) async fn job(&self, partner: &str, offer_id: &str) -> Job {
        let recruiters = self.recruiters();
        let establishment_id = recruiters.locate_own_offer(partner, offer_id).await.unwrap().unwrap();
        let seen = recruiters.find_own_recruiter(partner, &establishment_id).await.unwrap().unwrap();
        seen.recruiter.jobs.into_iter().find(|job| job.id == offer_id).unwrap()
    }

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

    async fn owed_events(&self) -> usize {
        self.stream().await.iter().filter(|owed| matches!(owed, Owed::Event(_))).count()
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

#[tokio::test]
async fn of_two_editors_who_saw_the_same_offer_the_second_overwrites_nothing() {
    let world = World::new().await;
    let deposited = world.deposit(None, &offer(1)).await;
    let (id, seen) = (last_offer(&deposited), tag(&deposited));
    let first = world.ask(EDIT, &with(describing(&id, "La première."), "If-Match", &seen)).await;
    assert_eq!(first.status, 200, "{}", first.body);
    assert_ne!(tag(&first), seen);
    for (case, event) in [
        (EDIT, describing(&id, "La seconde.")),
        (PROVIDE, about(PROVIDE, &id)),
        (CANCEL, about(CANCEL, &id)),
        (EXTEND, about(EXTEND, &id)),
    ] {
        for stale in [seen.clone(), format!("W/{}", tag(&first)), "\"\"".to_owned()] {
            let second = world.ask(case, &with(event.clone(), "If-Match", &stale)).await;
            assert_eq!((second.status, &second.json()["statusCode"]), (412, &json!(412)), "{case}");
        }
    }
    let job = world.job("partner-one", &id).await;
    assert_eq!((job.job_description.as_deref(), job.job_status), (Some("La première."), JobStatus::Active));

    let either = format!("{seen}, {}", tag(&first));
    let third = world.ask(EDIT, &with(describing(&id, "La troisième."), "If-Match", &either)).await;
    assert_eq!(third.status, 200, "{}", third.body);
    let closed = world.ask(PROVIDE, &with(about(PROVIDE, &id), "If-Match", &tag(&third))).await;
    assert_eq!(closed.status, 204, "{}", closed.body);
    let any = world.ask(CANCEL, &with(about(CANCEL, &id), "If-Match", "*")).await;
    assert_eq!(any.status, 204, "{}", any.body);
}

#[tokio::test]
async fn a_request_with_a_key_has_one_effect_whatever_happened_meanwhile() {
    let world = World::with_offers().await;
    let id = standing(0);
    let edit = with(describing(&id, "La première."), "Idempotency-Key", "edit");
    let first = world.ask(EDIT, &edit).await;
    world.ask(EDIT, &describing(&id, "La seconde.")).await;
    let again = world.ask(EDIT, &edit).await;
    assert_eq!((again.status, &again.body, tag(&again)), (200, &first.body, tag(&first)));
    assert_eq!(
        (&first.headers["idempotency-replayed"], &again.headers["idempotency-replayed"]),
        (&Value::Null, &json!("true"))
    );
    assert_eq!(world.job("partner-one", &id).await.job_description.as_deref(), Some("La seconde."));
    let other = with(describing(&id, "Une autre."), "Idempotency-Key", "edit");
    assert_eq!(world.ask(EDIT, &other).await.status, 422);

    let extend = with(about(EXTEND, &id), "Idempotency-Key", "extend");
    let provide = with(about(PROVIDE, &id), "Idempotency-Key", "close");
    for (case, event) in [(EXTEND, &extend), (PROVIDE, &provide)] {
        let first = world.ask(case, event).await;
        let again = world.ask(case, event).await;
        assert_eq!((first.status, again.status, tag(&first)), (204, 204, tag(&again)), "{case}");
        assert_eq!(again.headers["idempotency-replayed"], "true", "{case}");
    }
    assert_eq!(world.job("partner-one", &id).await.job_prolongation_count, 1);
    assert_eq!(world.owed_events().await, 1, "it was closed once");
    let cancel = with(about(CANCEL, &id), "Idempotency-Key", "close");
    let canceled = world.ask(CANCEL, &cancel).await;
    assert_eq!(canceled.headers["idempotency-replayed"], Value::Null, "another path is another request");
    assert_eq!(world.ask(PROVIDE, &provide).await.status, 204);
    assert_eq!(world.job("partner-one", &id).await.job_status, JobStatus::Annulee);
}

#[tokio::test]
async fn a_refusal_is_not_remembered_under_its_key() {
    let world = World::new().await;
    let id = last_offer(&world.deposit(None, &offer(1)).await);
    let keyed = with(describing(&id, "Dite."), "Idempotency-Key", "one");
    let stale = with(keyed.clone(), "If-Match", "\"0\"");
    assert_eq!(world.ask(EDIT, &stale).await.status, 412);
    assert_eq!(world.ask(EDIT, &keyed).await.status, 200);
}

#[tokio::test]
async fn eight_who_close_an_offer_at_once_close_it_once() {
    let world = World::with_offers().await;
    let event = about(PROVIDE, &standing(0));
    let answers = join_all((0..8).map(|_| world.ask(PROVIDE, &event))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 204).count(), 1);
    for answer in answers.iter().filter(|answer| answer.status != 204) {
        assert!([400, 409].contains(&answer.status), "{}", answer.body);
    }
    assert_eq!(world.owed_events().await, 1);
}

#[tokio::test]
async fn an_offer_of_another_partner_answers_like_one_that_does_not_exist() {
    let world = World::with_offers().await;
    let before = world.job("partner-two", OTHERS_OFFER).await;
    let odd = "é".repeat(2_000);
    for case in [EDIT, PROVIDE, CANCEL, EXTEND, "list-delegations/cfas", "delegate-offer/nominal"] {
        let mut answers = Vec::new();
        for id in [NO_OFFER, OTHERS_OFFER, "", "..", "a#b", "offer-1-0", &odd] {
            let mut answer = world.ask(case, &with(about(case, id), "If-Match", "\"0\"")).await;
            answer.headers["x-request-id"] = Value::Null;
            answers.push((answer.status, answer.headers.to_string(), answer.body));
        }
        assert_eq!(answers[0].2, r#"{"error":true,"message":"Job does not exists"}"#, "{case}");
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{case}: {answers:#?}");
    }
    assert_eq!(world.job("partner-two", OTHERS_OFFER).await, before);
}

#[tokio::test]
async fn a_partner_without_the_right_changes_nothing() {
    let world = World::with_offers().await;
    let before = world.import.store.dump(&world.import.store.tables.records).await;
    for function in ["edit-offer", "close-offer", "extend-offer", "list-delegations", "delegate-offer"] {
        let answer = world.answer(function, &events::load(&format!("{function}/no-right"))).await;
        assert_eq!(answer.status, 403, "{function}: {}", answer.body);
    }
    assert_eq!(world.import.store.dump(&world.import.store.tables.records).await, before);
}

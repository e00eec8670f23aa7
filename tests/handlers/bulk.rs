//! Many offers at once: each has its own result, and the same request sent again does what is left to do.

use std::collections::BTreeSet;

use api::deposit_request::many;
use api::offers_answer::sorted;
use api::request::Request;
use futures::future::join_all;
use serde_json::{Value, json};
use testkit::{Failing, Fault};
use usecases::once::{Asked, Unkeyed};

use crate::asking::{event, set_header};
use crate::deposit::offer;
use crate::depositing::{OTHERS, OWN};
use crate::own::{establishment_id, in_paris};
use crate::world::{Answer, World};

/// A request of these offers.
fn asking(key: Option<&str>, offers: &[Value]) -> String {
    event("deposit-offers/nominal", |event| {
        set_header(event, "Idempotency-Key", key);
        event["body"] = json!(json!({ "offers": offers }).to_string());
    })
}

/// An offer of an establishment, told apart from others by its number.
fn of(establishment_id: &str, number: u32) -> Value {
    with(offer(number), "establishment_id", json!(establishment_id))
}

fn with(mut offer: Value, field: &str, value: Value) -> Value {
    offer[field] = value;
    offer
}

pub(crate) fn own(count: u32) -> Vec<Value> {
    (0..count).map(|number| of(OWN, number)).collect()
}

/// The results of an answer, each at its place.
pub(crate) fn results(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let results = answer.json()["results"].as_array().unwrap().clone();
    for (place, result) in results.iter().enumerate() {
        assert_eq!(result["index"], json!(place));
    }
    results
}

fn texts<'a>(results: &'a [Value], field: &str) -> Vec<&'a str> {
    results.iter().map(|result| result[field].as_str().unwrap()).collect()
}

fn statuses(results: &[Value]) -> BTreeSet<u64> {
    results.iter().map(|result| result["status"].as_u64().unwrap()).collect()
}

impl World {
    pub(crate) async fn bulk(&self, key: Option<&str>, offers: &[Value]) -> Answer {
        self.answer("deposit-offers", &asking(key, offers)).await
    }
}

/// What may be wrong with an offer, the code and the message that it is told.
fn wrong() -> Vec<(Value, &'static str, &'static str)> {
    vec![
        (json!(12), "WRONG_DATA", "Une offre est un objet JSON, dont chaque champ n'est donné qu'une fois."),
        (with(of(OWN, 1), "job_duration", json!(5)), "WRONG_DATA", "Nombre entier attendu, de 6 à 36"),
        (
            with(of(OWN, 1), "job_start_date", json!("2026-08-31")),
            "WRONG_DATA",
            "La date de début ne peut être passée : donnez une date à partir d'aujourd'hui.",
        ),
        (
            with(of(OWN, 1), "partner_job_id", json!("a b")),
            "WRONG_DATA",
            "Une référence a de 1 à 255 caractères visibles, sans espace ni « % ».",
        ),
        (
            with(of(OWN, 1), "appellation_code", json!("1")),
            "WRONG_DATA",
            "ROME Code details could not be retrieved",
        ),
        (of(&establishment_id(99), 1), "UNKNOWN_ESTABLISHMENT", "Establishment does not exist"),
        (of(OTHERS, 1), "UNKNOWN_ESTABLISHMENT", "Establishment does not exist"),
        (of("no uuid", 1), "UNKNOWN_ESTABLISHMENT", "Establishment does not exist"),
    ]
}

#[tokio::test]
async fn of_a_hundred_offers_the_good_ones_are_found_by_the_next_search_and_the_bad_ones_say_why() {
    let world = World::new().await;
    let before = world.found().await.len();
    let wrong = wrong();
    let mut offers = own(100);
    for (number, (offer, ..)) in wrong.iter().enumerate() {
        offers[number * 12 + 3] = offer.clone();
    }
    let results = results(&world.bulk(Some("one"), &offers).await);
    assert_eq!(results.len(), 100);
    let mut ids = BTreeSet::new();
    for (place, result) in results.iter().enumerate() {
        let refused = place.checked_sub(3).filter(|place| place % 12 == 0);
        let Some((_, code, message)) = refused.and_then(|place| wrong.get(place / 12)) else {
            assert_eq!((&result["status"], &result["replayed"]), (&json!(201), &json!(false)), "{result}");
            assert!(ids.insert(result["id"].as_str().unwrap().to_owned()));
            continue;
        };
        assert_eq!((&result["status"], &result["error"]["code"]), (&json!(400), &json!(code)));
        let told = result["error"]["message"].as_str().unwrap();
        // A mistake is told with its place in the body; a refusal of the service is not.
        let issues = result["error"]["issues"].as_array();
        let at = issues.map(|_| format!("body.offers.{place}"));
        assert!(told.starts_with(at.as_deref().unwrap_or(message)), "{told}");
        assert!(told.ends_with(message), "{told}");
    }
    let found: BTreeSet<String> = world.found().await.into_iter().map(|(_, job)| job).collect();
    assert!(ids.is_subset(&found));
    assert_eq!(found.len(), before + ids.len());
    let stored: Vec<String> = world.jobs(OWN).await.into_iter().map(|job| job.id).collect();
    assert_eq!(stored.len(), ids.len(), "nothing else is written");
}

#[tokio::test]
async fn offers_that_are_all_wrong_write_nothing() {
    let world = World::new().await;
    let before = world.everything().await;
    let offers: Vec<Value> = wrong().into_iter().map(|(offer, ..)| offer).collect();
    for key in [None, Some("one")] {
        assert_eq!(statuses(&results(&world.bulk(key, &offers).await)), [400].into());
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_mistake_around_the_offers_refuses_all_of_them() {
    let world = World::new().await;
    let before = world.everything().await;
    let too_many = own(101);
    for (body, message) in [
        (json!({"offers": []}), "body.offers: Liste attendue, de 1 à 100 offres"),
        (json!({"offers": too_many}), "body.offers: Liste attendue, de 1 à 100 offres"),
        (json!({"offers": own(1), "more": 1}), "body: Champ inconnu ; les champs sont : offers"),
        (json!({}), "body.offers: Champ obligatoire"),
    ] {
        let event = event("deposit-offers/nominal", |event| event["body"] = json!(body.to_string()));
        let answer = world.answer("deposit-offers", &event).await;
        assert_eq!((answer.status, &answer.json()["message"]), (400, &json!(message)));
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn the_same_request_again_has_the_same_results_and_writes_nothing() {
    let world = World::new().await;
    for key in [Some("one"), None] {
        let mut offers: Vec<Value> = own(4);
        offers[1] = with(of(OWN, 100), "partner_job_id", json!(format!("REF-{}", key.unwrap_or("0"))));
        offers[2] = offers[0].clone();
        let first = results(&world.bulk(key, &offers).await);
        let before = world.everything().await;
        let again = results(&world.bulk(key, &offers).await);
        assert_eq!(texts(&first, "id"), texts(&again, "id"));
        assert_eq!(texts(&first, "etag"), texts(&again, "etag"));
        assert!(again.iter().all(|result| result["replayed"] == true), "{again:?}");
        assert_eq!(world.everything().await, before);
    }
    // Offers 0 and 2 say the same at two places: they are two.
    assert_eq!(world.jobs(OWN).await.len(), 8);
}

#[tokio::test]
async fn an_offer_that_is_put_right_is_deposited_and_the_others_stay_as_they_are() {
    let world = World::new().await;
    let mut offers = own(3);
    let good = offers[1].clone();
    offers[1] = with(good.clone(), "appellation_code", json!("1"));
    let first = results(&world.bulk(Some("one"), &offers).await);
    assert_eq!(first[1]["status"], 400);
    offers[1] = good;
    let second = results(&world.bulk(Some("one"), &offers).await);
    assert_eq!(statuses(&second), [201].into());
    for (place, is_replayed) in [(0, true), (1, false), (2, true)] {
        assert_eq!(second[place]["replayed"], json!(is_replayed));
        assert!(!is_replayed || first[place]["id"] == second[place]["id"]);
    }
    assert_eq!(world.jobs(OWN).await.len(), 3);
}

#[tokio::test]
async fn under_its_key_an_offer_that_says_something_else_is_refused_and_its_neighbours_are_not() {
    let world = World::new().await;
    let mut offers = own(2);
    world.bulk(Some("one"), &offers).await;
    offers[1] = of(OWN, 50);
    let results = results(&world.bulk(Some("one"), &offers).await);
    assert_eq!((&results[0]["status"], &results[0]["replayed"]), (&json!(201), &json!(true)));
    assert_eq!((&results[1]["status"], &results[1]["error"]["code"]), (&json!(422), &json!("OTHER_BODY")));
    assert_eq!(world.jobs(OWN).await.len(), 2);
}

/// Whether the store fails, loses an answer or the function is killed.
#[tokio::test]
async fn a_request_that_failed_half_way_is_finished_by_the_same_request() {
    for fault in [Fault::ErrorAt(6), Fault::AnswerLostAt(6), Fault::KillAfter(5), Fault::KillAfter(0)] {
        let world = World::new().await;
        let mut offers = own(10);
        offers[7] = with(of(OWN, 7), "partner_job_id", json!("REF-7"));
        let event = asking(Some("one"), &offers);
        let (read, _) = sorted(many(&Request::from_event(&event).unwrap()).unwrap());
        let context = world.offers_desk();
        let failing = Failing::new(world.recruiters(), fault);
        let mut half = context.deposit_many();
        half.put.desk.change = &failing;
        let asked = Asked {
            partner: "partner-one",
            operation: "deposit-offers",
            key: Some("one"),
            body: b"",
            unkeyed: Unkeyed::SameBody,
        };
        tokio::select! {
            ended = half.run(asked, &read) => assert!(ended.values().any(Result::is_err), "{fault:?}"),
            () = failing.killed() => {}
        }
        let written = world.jobs(OWN).await;
        assert_eq!(written.len(), failing.writes(), "{fault:?}");
        let results = results(&world.answer("deposit-offers", &event).await);
        assert_eq!(statuses(&results), [201].into(), "{fault:?}");
        let replayed = results.iter().filter(|result| result["replayed"] == true).count();
        assert_eq!(replayed, written.len(), "{fault:?}");
        let stored: BTreeSet<String> = world.jobs(OWN).await.into_iter().map(|job| job.id).collect();
        assert_eq!(stored, texts(&results, "id").into_iter().map(str::to_owned).collect(), "{fault:?}");
        assert_eq!(stored.len(), 10);
        assert!(written.iter().all(|job| stored.contains(&job.id)), "{fault:?}");
    }
}

#[tokio::test]
async fn two_identical_requests_at_once_double_nothing() {
    for key in [Some("one"), None] {
        let world = World::new().await;
        let mut offers = own(12);
        offers[3] = with(of(OWN, 3), "partner_job_id", json!("REF-3"));
        let answers = join_all((0..2).map(|_| world.bulk(key, &offers))).await;
        let mut told = BTreeSet::new();
        for answer in &answers {
            for result in results(answer) {
                match result["status"].as_u64() {
                    // The name was taken by the other request, for the same offer.
                    Some(200) => assert_eq!(result["index"], 3),
                    Some(201) => drop(told.insert(result["id"].as_str().unwrap().to_owned())),
                    Some(409) => assert_eq!(answer.headers["retry-after"], "1"),
                    other => panic!("{other:?}: {result}"),
                }
            }
        }
        let stored: BTreeSet<String> = world.jobs(OWN).await.into_iter().map(|job| job.id).collect();
        assert_eq!(stored, told);
        let last = results(&world.bulk(key, &offers).await);
        assert_eq!(statuses(&last), [201].into());
        assert_eq!(world.jobs(OWN).await.len(), 12);
    }
}

#[tokio::test]
async fn an_offer_with_a_name_that_is_there_already_is_changed_and_not_doubled() {
    let world = World::new().await;
    let named = |number: u32| with(of(OWN, number), "partner_job_id", json!("REF-1"));
    let first = results(&world.bulk(None, &[named(1)]).await);
    let second = results(&world.bulk(None, &[of(OWN, 2), named(3)]).await);
    assert_eq!((&second[1]["status"], &second[1]["id"]), (&json!(200), &first[0]["id"]));
    assert_ne!(second[1]["etag"], first[0]["etag"]);
    let jobs = world.jobs(OWN).await;
    assert_eq!(jobs.len(), 2);
    assert_eq!(jobs[0].job_description.as_deref(), Some("Offre inventée 3"));
}

#[tokio::test]
async fn a_recruiter_is_told_once_of_all_offers_of_a_request_whichever_of_them_are_refused() {
    let world = World::new().await;
    world.own("partner-one", &in_paris(65, 1)).await;
    let id = establishment_id(65);
    let wrong = with(of(&id, 0), "appellation_code", json!("1"));
    world.bulk(None, &[wrong, of(&id, 1), of(&id, 2), of(&id, 3)]).await;
    assert_eq!(world.owed("mail#").await, 1);
    assert_eq!(world.owed("event#").await, 3, "who follows is told of each");
}

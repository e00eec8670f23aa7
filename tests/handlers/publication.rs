//! What became of an offer, in each of its states.

use domain::recruiter::JobStatus;
use serde_json::{Value, json};

use crate::asking::{event, set_header};
use crate::depositing::OWN;
use crate::own::{establishment_id, offer_id};
use crate::world::{Answer, World, clock, run};

fn asking(id: &str, if_none_match: Option<&str>) -> String {
    event("get-offer-publication/published", |event| {
        event["pathParameters"] = json!({ "id": id });
        set_header(event, "If-None-Match", if_none_match);
    })
}

impl World {
    async fn publication(&self, id: &str) -> Answer {
        self.answer("get-offer-publication", &asking(id, None)).await
    }

    async fn archive(&self, number: u32) -> Answer {
        let id = establishment_id(number);
        let event = event("archive-establishment/nominal", |event| event["pathParameters"]["id"] = json!(id));
        self.answer("archive-establishment", &event).await
    }
}

#[tokio::test]
async fn each_state_of_an_offer_is_told_and_what_stands_in_its_way() {
    let world = World::with_own().await;
    assert_eq!(world.archive(63).await.status, 204);
    for (number, status, code, job_status) in [
        (0, "PUBLISHED", None, JobStatus::Active),
        (1, "WILL_NOT_BE_PUBLISHED", None, JobStatus::Pourvue),
        (2, "WILL_NOT_BE_PUBLISHED", None, JobStatus::Annulee),
        (3, "WILL_NOT_BE_PUBLISHED", Some("EXPIRED"), JobStatus::Active),
        (4, "PUBLISHED", Some("GEOLOCATION_NOT_FOUND"), JobStatus::Active),
        (5, "WILL_BE_PUBLISHED", None, JobStatus::EnAttente),
        (6, "WILL_NOT_BE_PUBLISHED", Some("CLOSED_COMPANY"), JobStatus::Annulee),
    ] {
        let answer = world.publication(&offer_id(number)).await;
        let body = answer.json();
        let told = (&body["publishing"]["status"], &body["job_status"]);
        assert_eq!(told, (&json!(status), &json!(job_status.as_str())), "{number}");
        assert_eq!(body["publishing"]["error"]["code"], json!(code), "{number}");
        assert_eq!(body["publishing"]["error"].is_null(), code.is_none(), "{number}");
        assert!(body["published_until"].is_string(), "{number}");
    }
}

#[tokio::test]
async fn an_offer_just_deposited_is_published_until_two_months_from_now_under_the_tag_of_its_deposit() {
    let world = World::new().await;
    let put = world.answer("put-offer", &tests::events::load("put-offer/nominal")).await;
    let id = put.json()["id"].as_str().unwrap().to_owned();
    let answer = world.publication(&id).await;
    assert_eq!(answer.headers["etag"], put.headers["etag"]);
    let wanted = json!({
        "publishing": {"status": "PUBLISHED", "error": null}, "id": id, "establishment_id": OWN,
        "job_status": "Active", "job_creation_date": "2026-09-01T08:00:00.000Z",
        "job_update_date": "2026-09-01T08:00:00.000Z", "published_until": "2026-11-01T08:00:00.000Z",
    });
    assert_eq!(answer.json(), wanted);
}

#[tokio::test]
async fn the_tag_serves_both_who_asks_again_and_who_changes_the_offer() {
    let world = World::new().await;
    let put = world.answer("put-offer", &tests::events::load("put-offer/nominal")).await;
    let id = put.json()["id"].as_str().unwrap().to_owned();
    let tag = world.publication(&id).await.headers["etag"].as_str().unwrap().to_owned();
    let again = world.answer("get-offer-publication", &asking(&id, Some(&tag))).await;
    assert_eq!((again.status, again.body.as_str(), &again.headers["etag"]), (304, "", &json!(tag)));
    let change = |tag: &str| {
        event("put-offer/nominal", |event| {
            set_header(event, "Idempotency-Key", None);
            set_header(event, "If-Match", Some(tag));
            let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
            body["job_count"] = json!(5);
            event["body"] = json!(body.to_string());
        })
    };
    assert_eq!(world.answer("put-offer", &change(&tag)).await.status, 200);
    assert_eq!(world.answer("put-offer", &change(&tag)).await.status, 412);
    let changed = world.answer("get-offer-publication", &asking(&id, Some(&tag))).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.headers["etag"], json!(tag));
}

/// Time passes, and accounts are archived, without a change of the offer: who holds its tag is told all the same.
#[tokio::test]
async fn an_offer_that_ends_by_the_clock_is_told_to_who_holds_its_tag() {
    let world = World::with_own().await;
    let tag = world.publication(&offer_id(0)).await.headers["etag"].clone();
    let mut context = world.own_recruiters();
    let later = clock();
    later.advance(40 * 86_400);
    context.callers.clock = Box::new(later);
    let asked = asking(&offer_id(0), tag.as_str());
    let answer = run(&asked, |request| get_offer_publication::handle(&context, request)).await;
    assert_eq!((answer.status, &answer.headers["etag"]), (200, &tag), "it is the same offer");
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(
        answer.json()["publishing"],
        json!({"status": "WILL_NOT_BE_PUBLISHED", "error": {
            "code": "EXPIRED",
            "label": "L'offre a expiré : elle n'a pas été prolongée à temps. Déposez-la de nouveau.",
        }})
    );
    let given_up = world.publication(&offer_id(2)).await.headers["etag"].clone();
    world.archive(60).await;
    let answer = world.answer("get-offer-publication", &asking(&offer_id(2), given_up.as_str())).await;
    assert_eq!((answer.status, &answer.headers["etag"]), (200, &given_up));
    assert_eq!(answer.json()["publishing"]["error"]["code"], "CLOSED_COMPANY");
}

#[tokio::test]
async fn an_offer_of_another_partner_answers_like_one_that_does_not_exist() {
    let world = World::with_own().await;
    let mut answers = Vec::new();
    for id in [&offer_id(7), "000000000000000000000000", "", "é", "a#b", &"9".repeat(5_000)] {
        let mut answer = world.publication(id).await;
        answer.headers["x-request-id"] = Value::Null;
        answers.push((answer.status, answer.headers.to_string(), answer.body));
    }
    assert_eq!(answers[0].2, r#"{"error":true,"message":"Job does not exists"}"#);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[tokio::test]
async fn the_other_spelling_gets_the_same_body() {
    let world = World::with_own().await;
    let [lower, upper] = ["published", "published-v1"]
        .map(|case| tests::events::load(&format!("get-offer-publication/{case}")));
    let lower = world.answer("get-offer-publication", &lower).await;
    let upper = world.answer("get-offer-publication", &upper).await;
    assert_eq!((lower.status, &lower.body), (200, &upper.body));
}

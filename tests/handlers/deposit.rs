//! Deposits: each has one effect however often and however many at once it is asked for, and a search finds it.

use std::collections::BTreeSet;

use api::request::Request;
use domain::mail::{MailId, Template};
use futures::future::join_all;
use serde_json::{Value, json};
use tests::events;
use usecases::deposit::JobFields;
use usecases::ports::{Clock, FindMail, MailState};

use crate::asking::{about, saying, set_header};
use crate::depositing::{OTHERS, OWN};
use crate::world::{Answer, World, clock, run};

/// A deposit of this body to this establishment.
pub(crate) fn asking(establishment_id: &str, key: Option<&str>, body: &Value) -> String {
    let mut event = saying(about("deposit-offer/nominal", establishment_id), body);
    set_header(&mut event, "Idempotency-Key", key);
    event.to_string()
}

/// The body of an offer, told apart from others by its number.
pub(crate) fn offer(number: u32) -> Value {
    let event: Value = serde_json::from_str(&events::load("deposit-offer/nominal")).unwrap();
    let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
    body["job_description"] = json!(format!("Offre inventée {number}"));
    body
}

/// The same, parsed.
pub(crate) fn fields() -> JobFields {
    let body = Some(offer(1).to_string().into_bytes());
    api::deposit_request::offer(&Request { body, ..Request::default() }).unwrap()
}

/// The id of the offer that an answer ends with.
pub(crate) fn last_offer(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.json()["jobs"].as_array().unwrap().last().unwrap()["_id"].as_str().unwrap().to_owned()
}

impl World {
    pub(crate) async fn deposit(&self, key: Option<&str>, body: &Value) -> Answer {
        self.answer("deposit-offer", &asking(OWN, key, body)).await
    }

    /// The ids of the offers of the establishment, in their order.
    async fn offers(&self) -> Vec<String> {
        self.jobs(OWN).await.into_iter().map(|job| job.id).collect()
    }

    /// Where the mail stands that an offer makes due.
    async fn mail(&self, template: Template, offer: &str) -> Option<MailState> {
        self.mails().find_mail(&MailId::of(template, offer)).await.unwrap().map(|entry| entry.state)
    }

    /// What a search around Paris finds of offers deposited here.
    pub(crate) async fn found(&self) -> Vec<(String, String)> {
        let answer = self.answer("search-jobs", &events::load("search-jobs/nominal")).await.json();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let results = answer["matchas"]["results"].as_array().unwrap();
        results.iter().map(|item| (text(&item["id"]), text(&item["job"]["id"]))).collect()
    }
}

#[tokio::test]
async fn an_offer_deposited_is_found_by_the_next_search() {
    let world = World::new().await;
    let before = world.found().await;
    let id = last_offer(&world.deposit(None, &offer(1)).await);
    let found = world.found().await;
    assert_eq!(found.len(), before.len() + 1);
    assert!(found.contains(&(format!("{OWN}-0"), id)), "{found:?}");
}

#[tokio::test]
async fn the_same_request_twice_with_a_key_is_one_offer_and_the_same_answer() {
    let world = World::new().await;
    let first = world.deposit(Some("one"), &offer(1)).await;
    let second = world.deposit(Some("one"), &offer(1)).await;
    assert_eq!((first.status, &first.body), (201, &second.body));
    assert_eq!(second.status, 201);
    assert_eq!(first.headers["idempotency-replayed"], Value::Null);
    assert_eq!(second.headers["idempotency-replayed"], "true");
    assert_eq!(world.offers().await, [last_offer(&first)]);
}

#[tokio::test]
async fn the_same_key_for_another_body_is_refused_and_for_another_establishment_is_another_key() {
    let world = World::new().await;
    world.deposit(Some("one"), &offer(1)).await;
    assert_eq!(world.deposit(Some("one"), &offer(2)).await.status, 422);
    assert_eq!(world.offers().await.len(), 1);
    let elsewhere = world.answer("deposit-offer", &asking(OTHERS, Some("one"), &offer(2))).await;
    assert_eq!(elsewhere.json()["message"], "Establishment does not exist");
}

#[tokio::test]
async fn without_a_key_the_same_body_twice_is_the_same_offer_and_another_body_is_another_one() {
    let world = World::new().await;
    let first = last_offer(&world.deposit(None, &offer(1)).await);
    let again = world.deposit(None, &offer(1)).await;
    assert_eq!(last_offer(&again), first);
    assert_eq!(again.headers["idempotency-replayed"], "true");
    let other = last_offer(&world.deposit(None, &offer(2)).await);
    assert_eq!(world.offers().await, [first, other]);
}

#[tokio::test]
async fn a_refusal_is_not_remembered_under_its_key() {
    let world = World::new().await;
    let mut wrong = offer(1);
    wrong["appellation_code"] = json!("1");
    assert_eq!(world.deposit(Some("one"), &wrong).await.status, 400);
    assert_eq!(world.deposit(Some("one"), &offer(1)).await.status, 201);
}

#[tokio::test]
async fn an_establishment_of_another_partner_answers_like_one_that_does_not_exist() {
    let world = World::new().await;
    let mut answers = Vec::new();
    for id in [OTHERS, "00000000-0000-4000-8000-000000000099", "", "é", "a#b", &"9".repeat(5_000)] {
        let mut answer = world.answer("deposit-offer", &asking(id, None, &offer(1))).await;
        answer.headers["x-request-id"] = Value::Null;
        answers.push((answer.status, answer.headers.to_string(), answer.body));
    }
    assert_eq!(answers[0].0, 400);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[tokio::test]
async fn a_partner_without_the_right_deposits_nothing() {
    let world = World::new().await;
    for function in ["deposit-offer", "create-establishment"] {
        let answer = world.answer(function, &events::load(&format!("{function}/no-right"))).await;
        assert_eq!(answer.status, 403, "{function}: {}", answer.body);
    }
    assert!(world.offers().await.is_empty());
}

#[tokio::test]
async fn an_address_creates_one_establishment_and_its_key_gives_the_same_one_again() {
    let world = World::new().await;
    let nominal = events::load("create-establishment/nominal");
    let first = world.answer("create-establishment", &nominal).await;
    assert_eq!((first.status, &first.json()["jobs"]), (201, &json!([])), "{}", first.body);
    assert_eq!(world.answer("create-establishment", &nominal).await.body, first.body);
    let other_key = nominal.replace("7c1d3a52", "00000000");
    let taken = world.answer("create-establishment", &other_key).await;
    assert_eq!((taken.status, &taken.json()["error"]), (400, &json!(true)), "{}", taken.body);
}

#[tokio::test]
async fn an_establishment_just_created_takes_offers() {
    let world = World::new().await;
    let created = world.answer("create-establishment", &events::load("create-establishment/nominal")).await;
    let id = created.json()["establishment_id"].as_str().unwrap().to_owned();
    let answer = world.answer("deposit-offer", &asking(&id, None, &offer(1))).await;
    let deposited = last_offer(&answer);
    assert!(world.found().await.contains(&(format!("{id}-0"), deposited)));
    assert_eq!(answer.json()["email"], created.json()["email"]);
}

#[tokio::test]
async fn the_first_offer_asks_to_confirm_the_address_and_the_second_is_confirmed() {
    let world = World::new().await;
    let first = last_offer(&world.deposit(None, &offer(1)).await);
    let second = last_offer(&world.deposit(None, &offer(2)).await);
    for (template, offer, due) in [
        (Template::ConfirmAddress, &first, true),
        (Template::OfferPublished, &first, false),
        (Template::ConfirmAddress, &second, false),
        (Template::OfferPublished, &second, true),
    ] {
        let mail = world.mail(template, offer).await;
        assert_eq!(matches!(mail, Some(MailState::Pending { .. })), due, "{template:?}: {mail:?}");
    }
}

#[tokio::test]
async fn sixty_four_requests_at_once_with_one_key_make_one_offer() {
    let world = World::new().await;
    let body = offer(1);
    let answers = join_all((0..64).map(|_| world.deposit(Some("one"), &body))).await;
    let [id] = world.offers().await.try_into().unwrap();
    for answer in &answers {
        assert!([201, 409].contains(&answer.status), "{} {}", answer.status, answer.body);
        if answer.status == 201 {
            assert_eq!(last_offer(answer), id);
        } else {
            assert!(answer.headers["retry-after"].is_string());
        }
    }
    let new = |answer: &&Answer| answer.status == 201 && answer.headers["idempotency-replayed"].is_null();
    assert_eq!(answers.iter().filter(new).count(), 1);
    assert_eq!(last_offer(&world.deposit(Some("one"), &body).await), id);
}

#[tokio::test]
async fn sixty_four_requests_at_once_without_a_key_make_one_offer() {
    let world = World::new().await;
    let body = offer(1);
    let answers = join_all((0..64).map(|_| world.deposit(None, &body))).await;
    let [id] = world.offers().await.try_into().unwrap();
    for answer in &answers {
        assert!([201, 409].contains(&answer.status), "{} {}", answer.status, answer.body);
        assert!(answer.status == 409 || last_offer(answer) == id, "{}", answer.body);
    }
}

#[tokio::test]
async fn twenty_offers_at_once_to_one_establishment_are_all_there_or_answered_409() {
    let world = World::new().await;
    let before = world.found().await.len();
    let bodies: Vec<Value> = (0..20).map(offer).collect();
    let answers = join_all(bodies.iter().map(|body| world.deposit(None, body))).await;
    let mut told = BTreeSet::new();
    for answer in &answers {
        assert!([201, 409].contains(&answer.status), "{} {}", answer.status, answer.body);
        if answer.status == 201 {
            assert!(told.insert(last_offer(answer)), "two answers tell of one offer");
        }
    }
    assert!(!told.is_empty());
    let offers = world.offers().await;
    assert_eq!(offers.len(), told.len(), "none is doubled, and none there that was answered 409");
    assert_eq!(offers.into_iter().collect::<BTreeSet<_>>(), told);
    let found = world.found().await;
    assert_eq!(found.len(), before + told.len());
    let ids: BTreeSet<&String> = found.iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), found.len(), "no two offers have one index: {found:?}");
}

#[tokio::test]
async fn a_job_may_start_today_in_paris_and_not_before() {
    let world = World::new().await;
    let today = domain::date::paris_day(clock().now());
    for (day, status) in [(today.yesterday().unwrap(), 400), (today, 201)] {
        let mut body = offer(1);
        body["job_start_date"] = json!(day.to_string());
        let answer = world.deposit(None, &body).await;
        assert_eq!(answer.status, status, "{day}: {}", answer.body);
        assert_eq!(answer.body.contains("body.job_start_date"), status == 400);
    }
}

#[tokio::test]
async fn a_request_that_is_sent_again_the_next_day_has_the_answer_of_the_first() {
    let world = World::new().await;
    let mut body = offer(1);
    body["job_start_date"] = json!(domain::date::paris_day(clock().now()).to_string());
    let first = world.deposit(Some("one"), &body).await;
    let mut context = world.offers_desk();
    let later = clock();
    later.advance(86_000);
    context.depositing.clock = Box::new(later);
    let event = asking(OWN, Some("one"), &body);
    let again = run(&event, |request| deposit_offer::handle(&context, request)).await;
    assert_eq!((again.status, again.body), (201, first.body));
}

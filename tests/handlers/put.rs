//! Offers under their partner's own names: new, changed, or as they were.

use std::collections::BTreeSet;

use futures::future::join_all;
use serde_json::{Value, json};

use crate::asking::{event, set_header};
use crate::deposit::offer;
use crate::depositing::{OTHERS, OWN};
use crate::own::{establishment_id, in_paris};
use crate::world::{Answer, World};

/// What a request may say beside its body.
#[derive(Clone, Copy, Default)]
struct Said<'a> {
    key: Option<&'a str>,
    if_match: Option<&'a str>,
}

fn asking(reference: &str, said: Said<'_>, body: &Value) -> String {
    event("put-offer/nominal", |event| {
        set_header(event, "Idempotency-Key", said.key);
        set_header(event, "If-Match", said.if_match);
        event["pathParameters"] = json!({ "reference": reference });
        event["body"] = json!(body.to_string());
    })
}

fn of(establishment_id: &str, number: u32) -> Value {
    let mut body = offer(number);
    body["establishment_id"] = json!(establishment_id);
    body
}

impl World {
    async fn put(&self, reference: &str, said: Said<'_>, body: &Value) -> Answer {
        self.answer("put-offer", &asking(reference, said, body)).await
    }
}

fn id(answer: &Answer) -> String {
    assert!([200, 201].contains(&answer.status), "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

fn tag(answer: &Answer) -> &str {
    answer.headers["etag"].as_str().unwrap()
}

#[tokio::test]
async fn an_offer_is_new_then_changed_and_has_one_id_and_another_tag() {
    let world = World::new().await;
    let new = world.put("REF-1", Said::default(), &of(OWN, 1)).await;
    let changed = world.put("REF-1", Said::default(), &of(OWN, 2)).await;
    assert_eq!((new.status, changed.status), (201, 200), "{}", changed.body);
    assert_eq!(id(&new), id(&changed));
    assert_ne!(tag(&new), tag(&changed));
    let [job] = world.jobs(OWN).await.try_into().unwrap();
    assert_eq!(job.job_description.as_deref(), Some("Offre inventée 2"));
    assert!(world.found().await.iter().any(|(_, found)| *found == job.id));
}

#[tokio::test]
async fn the_same_again_writes_nothing_and_says_so_at_once_under_any_key() {
    let world = World::new().await;
    let new = world.put("REF-1", Said::default(), &of(OWN, 1)).await;
    let before = world.everything().await;
    for key in [None, Some("one"), Some("one")] {
        let said = Said { key, ..Said::default() };
        let again = world.put("REF-1", said, &of(OWN, 1)).await;
        assert_eq!((again.status, id(&again), tag(&again)), (200, id(&new), tag(&new)));
        assert_eq!(world.everything().await, before);
    }
}

#[tokio::test]
async fn under_a_key_the_first_answer_is_given_again_though_the_offer_was_changed_since() {
    let world = World::new().await;
    let said = Said { key: Some("one"), ..Said::default() };
    let new = world.put("REF-1", said, &of(OWN, 1)).await;
    world.put("REF-1", Said::default(), &of(OWN, 2)).await;
    let again = world.put("REF-1", said, &of(OWN, 1)).await;
    assert_eq!((again.status, &again.body), (201, &new.body));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(world.jobs(OWN).await[0].job_description.as_deref(), Some("Offre inventée 2"));
    assert_eq!(world.put("REF-1", said, &of(OWN, 3)).await.status, 422);
}

#[tokio::test]
async fn who_saw_another_state_of_the_offer_changes_nothing() {
    let world = World::new().await;
    let new = world.put("REF-1", Said::default(), &of(OWN, 1)).await;
    let seen = |if_match| Said { if_match: Some(if_match), ..Said::default() };
    let (first, stale) = (tag(&new).to_owned(), "\"0123456789abcdef01234567\"");
    assert_eq!(world.put("REF-1", seen(&first), &of(OWN, 2)).await.status, 200);
    let before = world.everything().await;
    for (reference, if_match) in [("REF-1", first.as_str()), ("REF-1", stale), ("REF-2", stale)] {
        let answer = world.put(reference, seen(if_match), &of(OWN, 3)).await;
        assert_eq!(answer.status, 412, "{}", answer.body);
        assert_eq!(
            answer.json()["message"],
            "L'offre a changé depuis que vous l'avez lue : relisez-la, puis recommencez avec son nouvel ETag."
        );
    }
    assert_eq!(world.everything().await, before);
    assert_eq!(world.put("REF-1", seen("*"), &of(OWN, 3)).await.status, 200);
}

#[tokio::test]
async fn a_name_is_that_of_one_offer_of_one_establishment() {
    let world = World::with_own().await;
    world.put("REF-1", Said::default(), &of(OWN, 1)).await;
    let before = world.everything().await;
    let answer = world.put("REF-1", Said::default(), &of(&establishment_id(60), 1)).await;
    let message = "Cette référence est celle d'une offre d'un autre établissement : utilisez-en une autre. (This reference \
                   belongs to an offer of another establishment.)";
    assert_eq!((answer.status, answer.json()), (400, json!({"error": true, "message": message})));
    assert_eq!(answer.headers["x-error-code"], "OTHER_ESTABLISHMENT");
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_name_that_is_percent_encoded_is_the_same_name() {
    let world = World::new().await;
    let new = world.put("réf/1", Said::default(), &of(OWN, 1)).await;
    let encoded = world.put("r%C3%A9f%2F1", Said::default(), &of(OWN, 2)).await;
    assert_eq!((new.status, encoded.status), (201, 200));
    assert_eq!(id(&new), id(&encoded));
    for wrong in ["", "a b", "100%25", &"x".repeat(256)] {
        let answer = world.put(wrong, Said::default(), &of(OWN, 1)).await;
        assert_eq!(answer.status, 400, "{wrong}: {}", answer.body);
    }
    assert_eq!(world.jobs(OWN).await.len(), 1);
}

#[tokio::test]
async fn requests_at_once_for_a_new_name_make_one_offer() {
    let world = World::new().await;
    for (reference, bodies) in [("REF-1", [1, 2]), ("REF-2", [3, 3])] {
        let before = world.jobs(OWN).await.len();
        let bodies = bodies.map(|number| of(OWN, number));
        let answers =
            join_all(bodies.iter().cycle().take(8).map(|body| world.put(reference, Said::default(), body)))
                .await;
        let done: Vec<&Answer> = answers.iter().filter(|answer| answer.status != 409).collect();
        let ids: BTreeSet<String> = done.iter().map(|answer| id(answer)).collect();
        let new = done.iter().filter(|answer| answer.status == 201).count();
        assert_eq!((ids.len(), new), (1, 1), "{answers:?}");
        assert_eq!(world.jobs(OWN).await.len(), before + 1);
    }
}

#[tokio::test]
async fn an_establishment_of_another_partner_answers_like_one_that_does_not_exist() {
    let world = World::new().await;
    let before = world.everything().await;
    let mut answers = Vec::new();
    for establishment in [OTHERS, &establishment_id(99), "no uuid", "a#b"] {
        let mut answer = world.put("REF-1", Said::default(), &of(establishment, 1)).await;
        answer.headers["x-request-id"] = Value::Null;
        answers.push((answer.status, answer.headers.to_string(), answer.body));
    }
    assert_eq!(answers[0].2, r#"{"error":true,"message":"Establishment does not exist"}"#);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn an_archived_account_takes_no_offer() {
    let world = World::new().await;
    world.own("partner-one", &in_paris(65, 0)).await;
    let id = establishment_id(65);
    let delete = event("archive-establishment/nominal", |event| event["pathParameters"]["id"] = json!(id));
    assert_eq!(world.answer("archive-establishment", &delete).await.status, 204);
    let answer = world.put("REF-1", Said::default(), &of(&id, 1)).await;
    assert_eq!((answer.status, &answer.headers["x-error-code"]), (400, &json!("CLOSED_COMPANY")));
}

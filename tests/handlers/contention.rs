//! Who else asks: another editor, the same one once more, many at once, another partner, one without the right.

use domain::recruiter::JobStatus;
use futures::future::join_all;
use serde_json::{Value, json};
use tests::events;

use crate::asking::{CANCEL, DELEGATE, EDIT, EXTEND, LIST, PROVIDE, about, describing, with};
use crate::deposit::{last_offer, offer};
use crate::standing::{NO_OFFER, OTHERS_OFFER, standing};
use crate::world::{Answer, World};

fn tag(answer: &Answer) -> String {
    answer.headers["etag"].as_str().unwrap().to_owned()
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
async fn without_a_key_an_edit_that_was_made_before_is_made_again() {
    let world = World::with_offers().await;
    for text in ["La première.", "La seconde.", "La première."] {
        assert_eq!(world.ask(EDIT, &describing(&standing(0), text)).await.status, 200);
        let job = world.job("partner-one", &standing(0)).await;
        assert_eq!(job.job_description.as_deref(), Some(text));
    }
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
    for case in [EDIT, PROVIDE, CANCEL, EXTEND, LIST, DELEGATE] {
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

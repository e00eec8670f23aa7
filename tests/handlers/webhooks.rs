//! Partners are told of what happens, from the change of an application to a server of their own. When they are told no
//! more is in `given_up.rs`, what they may say of it in `managed.rs`.

mod given_up;
mod managed;

use std::time::Duration;

use domain::application::ApplicationId;
use domain::event::EventMessage;
use domain::webhook::ATTEMPTS;
use serde_json::{Value, json};
use usecases::once::message;

use usecases::webhooks::LEASE_SECONDS;

use crate::applying::{POISON, Scanner, id_of};
use crate::asking::{event, saying};
use crate::depositing::told_in_confidence;
use crate::hooks::{Receiver, Script};
use crate::world::{Answer, World, clock, run};

/// Waits of the calendar, each a fifth shorter: so much the random bytes of the tests say.
const WAITS: [i64; 7] = [4, 240, 1_440, 5_760, 14_400, 28_800, 28_800];
const FAILS: Script = Script::Status(500);

fn load(case: &str) -> Value {
    serde_json::from_str(&tests::events::load(case)).unwrap()
}

impl World {
    /// Creates a webhook of partner one at this server: its id and its secret.
    async fn webhook_at(&self, receiver: &Receiver, events: &Value) -> (String, String) {
        let asked = saying(load("create-webhook/nominal"), &json!({"url": receiver.url(), "events": events}));
        let context =
            create_webhook::Context { reach: domain::webhook::Reach::Loopback, managing: self.managing() };
        let answer = run(&asked.to_string(), |request| create_webhook::handle(&context, request)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        let text = |name: &str| answer.json()[name].as_str().unwrap().to_owned();
        (text("id"), text("secret"))
    }

    /// A webhook as its partner sees it.
    async fn shown(&self, id: &str) -> Value {
        let list = self.answer("list-webhooks", &tests::events::load("list-webhooks/nominal")).await;
        let webhooks = list.json()["webhooks"].take();
        webhooks.as_array().unwrap().iter().find(|one| one["id"] == id).cloned().unwrap_or_default()
    }

    async fn ask_about(&self, case: &str, id: &str) -> Answer {
        let (function, _) = case.split_once('/').unwrap();
        let asked = event(case, |event| event["pathParameters"]["id"] = json!(id));
        self.answer(function, &asked).await
    }

    /// An application that the recruiter's provider has.
    async fn delivered(&self) -> ApplicationId {
        let id = id_of(&self.apply(|_| ()).await);
        self.scan(&Scanner::default()).await;
        self.move_on(&id, true).await;
        id
    }

    async fn move_on(&self, id: &ApplicationId, is_delivered: bool) {
        let (stored, cvs, clock) = (self.stored_applications(), self.cvs(), clock());
        let deliver = stored.deliver(&cvs, &clock);
        if is_delivered { deliver.delivered(id).await } else { deliver.bounced(id).await }.unwrap();
    }

    /// How many calls are not done with.
    async fn open_calls(&self) -> usize {
        let items = self.import.store.dump(&self.import.store.tables.ledger).await;
        let is_open = |item: &String| item.contains("due_at");
        items.iter().filter(|((key, _), item)| key.starts_with("webhook#") && is_open(item)).count()
    }

    /// How many of them ended so.
    async fn ended(&self, state: &str) -> usize {
        let items = self.import.store.dump(&self.import.store.tables.ledger).await;
        let word = format!("S(\"{state}\")");
        items.iter().filter(|((key, _), item)| key.starts_with("webhook#") && item.contains(&word)).count()
    }
}

/// An event of partner one that is told to nobody else.
fn event_of_one(cause: &str) -> EventMessage {
    let text = tests::events::load("messages/application.answered");
    let Ok(EventMessage { event, .. }) = serde_json::from_str(&text) else { panic!("{text}") };
    message(cause, event, Some("partner-one"), &clock())
}

/// The webhooks that are there already lead nowhere: they are paused, so that only the server is called.
async fn world_with(receiver: &Receiver) -> (World, String, String) {
    let world = World::new().await;
    let (id, secret) = world.webhook_at(receiver, &Value::Null).await;
    for prepared in ["a1", "a3", "a4"] {
        let id = format!("00000000-0000-4000-8000-0000000000{prepared}");
        assert_eq!(world.ask_about("delete-webhook/nominal-v1", &id).await.status, 204);
    }
    (world, id, secret)
}

#[tokio::test]
async fn a_partner_is_told_that_its_application_was_delivered_by_a_message_that_its_library_believes() {
    let receiver = Receiver::start([]).await;
    let (world, id, secret) = world_with(&receiver).await;
    let application = world.delivered().await;
    let published = world.publish(1, 0).await;
    world.call(0).await;

    let mut calls = receiver.calls();
    calls.sort_by_key(|call| call.json()["type"].to_string());
    let kinds: Vec<_> = calls.iter().map(|call| call.json()["type"].clone()).collect();
    assert_eq!(kinds, ["application.delivered", "application.submitted"]);
    let [delivered, _] = &calls[..] else { panic!("{calls:?}") };
    let body = delivered.json();
    assert_eq!(body["data"]["application_id"], application.as_str());
    assert_eq!(
        (&body["data"]["status"], &body["timestamp"]),
        (&json!("delivered"), &json!("2026-09-01T08:00:00.000Z"))
    );
    for call in &calls {
        assert!(call.is_signed_by(&secret) && !call.is_signed_by("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        assert!(published.iter().any(|message| message.id == call.id));
        for word in told_in_confidence() {
            assert!(!call.body.contains(&word), "{word}: {}", call.body);
        }
    }
    assert_eq!((world.open_calls().await, world.ended("delivered").await), (0, 2));
    let shown = world.shown(&id).await;
    assert_eq!(
        (&shown["last_success_at"], &shown["failing_since"]),
        (&json!("2026-09-01T08:00:00.000Z"), &Value::Null)
    );
    world.call(1_000_000).await;
    assert_eq!(receiver.calls().len(), 2, "what was delivered is not sent again");
}

#[tokio::test]
async fn a_webhook_that_fails_is_called_again_by_the_calendar_even_where_the_queue_loses_everything() {
    let receiver = Receiver::start(vec![FAILS; ATTEMPTS as usize]).await;
    let (world, id, secret) = world_with(&receiver).await;
    world.file(&event_of_one("once"), 0).await;
    world.call(0).await;
    let mut later = 0;
    for (done, wait) in (1..).zip(WAITS) {
        later += wait;
        world.call(later - 1).await;
        assert_eq!(receiver.calls().len(), done, "not before its time");
        world.call(later).await;
        assert_eq!(receiver.calls().len(), done + 1);
    }
    world.call(later + 1_000_000).await;
    let calls = receiver.calls();
    assert_eq!(calls.len(), ATTEMPTS as usize);
    assert!(calls.iter().all(|call| call.id == calls[0].id && call.body == calls[0].body));
    assert!(calls.iter().all(|call| call.is_signed_by(&secret)));
    let begun = calls[0].timestamp;
    assert_eq!(calls.last().unwrap().timestamp - begun, WAITS.iter().sum::<i64>());
    assert_eq!((world.open_calls().await, world.ended("failed").await), (0, 1));
    assert_eq!(world.shown(&id).await["failing_since"], "2026-09-01T08:00:00.000Z");
}

#[tokio::test]
async fn a_webhook_that_answers_at_last_has_failed_no_more() {
    let receiver = Receiver::start([FAILS, Script::Redirect]).await;
    let (world, id, _) = world_with(&receiver).await;
    world.file(&event_of_one("once"), 0).await;
    for later in [0, WAITS[0], WAITS[0] + WAITS[1]] {
        world.call(later).await;
    }
    assert_eq!(receiver.calls().len(), 3, "a redirection is a failure, and is not followed");
    assert_eq!(world.ended("delivered").await, 1);
    assert_eq!(world.shown(&id).await["failing_since"], Value::Null);
}

#[tokio::test]
async fn an_event_that_comes_twice_is_filed_once_and_sent_once() {
    let receiver = Receiver::start([]).await;
    let (world, ..) = world_with(&receiver).await;
    world.delivered().await;
    assert_eq!(world.publish(3, 0).await.len(), 2);
    assert_eq!(world.open_calls().await, 2);
    world.call(0).await;
    world.file(&event_of_one("once"), 0).await;
    world.call(0).await;
    world.file(&event_of_one("once"), 0).await;
    world.call(100).await;
    assert_eq!(receiver.calls().len(), 3);
}

#[tokio::test]
async fn whoever_is_killed_between_the_answer_and_its_note_sends_again_under_the_same_id() {
    let receiver = Receiver::start([Script::Hold]).await;
    let (world, ..) = world_with(&receiver).await;
    world.file(&event_of_one("once"), 0).await;
    tokio::select! {
        () = world.call(0) => panic!("it was answered"),
        () = receiver.called() => {}
    }
    let lease = i64::from(LEASE_SECONDS);
    world.call(lease - 1).await;
    assert_eq!(receiver.calls().len(), 1, "until whoever had it must be dead");
    world.call(lease).await;
    let calls = receiver.calls();
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[0].id, calls[1].id);
    assert_eq!((world.open_calls().await, world.ended("delivered").await), (0, 1));
}

#[tokio::test]
async fn a_webhook_that_does_not_answer_in_time_is_called_again() {
    let receiver = Receiver::start([Script::Hold]).await;
    let (world, id, _) = world_with(&receiver).await;
    world.file(&event_of_one("once"), 0).await;
    world.call_within(0, Duration::from_millis(100)).await;
    assert_eq!(world.shown(&id).await["failing_since"], "2026-09-01T08:00:00.000Z");
    world.call(WAITS[0]).await;
    assert_eq!(world.ended("delivered").await, 1);
}

#[tokio::test]
async fn a_webhook_is_told_of_what_it_wants_and_of_its_own_partner_alone() {
    let (all, closed) = (Receiver::start([]).await, Receiver::start([]).await);
    let (world, ..) = world_with(&all).await;
    world.webhook_at(&closed, &json!(["offer.closed"])).await;
    world.file(&event_of_one("once"), 0).await;
    let foreign = EventMessage { partner: Some("partner-three".to_owned()), ..event_of_one("other") };
    let nobodys = EventMessage { partner: None, ..event_of_one("nobody") };
    world.file(&foreign, 0).await;
    world.file(&nobodys, 0).await;
    world.call(0).await;
    assert_eq!((all.calls().len(), closed.calls().len(), world.open_calls().await), (1, 0, 0));
}

#[tokio::test]
async fn a_partner_is_told_of_what_is_asked_through_the_site_that_it_is() {
    let receiver = Receiver::start([]).await;
    let (world, ..) = world_with(&receiver).await;
    world.request(0, |body| body["appointmentOrigin"] = json!("parcoursup")).await;
    world.request(0, |body| body["email"] = json!("autre@exemple.invalid")).await;
    world.publish(1, 0).await;
    world.call(0).await;
    let calls = receiver.calls();
    let [call] = &calls[..] else { panic!("{calls:?}") };
    let body = call.json();
    assert_eq!(
        (&body["type"], &body["data"]["referrer"]),
        (&json!("appointment.requested"), &json!("parcoursup"))
    );
}

#[tokio::test]
async fn each_place_that_an_application_comes_to_is_told_once_however_often_it_is_noted() {
    let world = World::new().await;
    let id = world.delivered().await;
    world.move_on(&id, true).await;
    for _ in 0..2 {
        world.move_on(&id, false).await;
    }
    let poisoned = id_of(
        &world
            .apply(|body| {
                body["applicant_email"] = json!("personne.d.autre@exemple.invalid");
                body["applicant_file_content"] =
                    json!(testkit::data_url("application/pdf", &testkit::pdf(POISON)));
            })
            .await,
    );
    for _ in 0..2 {
        world.scan_one(&poisoned, &Scanner::default()).await.unwrap();
    }
    let published = world.publish(0, 0).await;
    let mut kinds: Vec<_> = published.iter().map(|message| message.event.kind()).collect();
    kinds.sort_unstable();
    assert_eq!(
        kinds,
        [
            "application.bounced",
            "application.delivered",
            "application.refused",
            "application.submitted",
            "application.submitted"
        ]
    );
    for message in &published {
        assert_eq!(message.partner.as_deref(), Some("partner-one"));
        let text = serde_json::to_string(message).unwrap();
        for word in told_in_confidence() {
            assert!(!text.contains(&word), "{word}: {text}");
        }
    }
}

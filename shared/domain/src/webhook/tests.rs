use serde_json::{Value, json};

use super::*;
use crate::event::{ApplicationAnswer, ApplicationAnswered};

fn webhook(state: WebhookState, wanted: Wanted) -> Webhook {
    Webhook {
        id: WebhookId::from_random([1; 16]),
        url: WebhookUrl::parse("https://exemple.invalid/", Reach::Public).unwrap(),
        wanted,
        created_at: Timestamp::UNIX_EPOCH,
        state,
        health: Health::default(),
    }
}

#[test]
fn a_webhook_is_told_of_what_it_wants_and_only_while_it_is_enabled() {
    let answered = Wanted::only(["application.answered"]).unwrap();
    assert!(webhook(WebhookState::Enabled, answered.clone()).wants("application.answered"));
    assert!(!webhook(WebhookState::Enabled, answered.clone()).wants("application.bounced"));
    assert!(!webhook(WebhookState::Paused, answered.clone()).wants("application.answered"));
    assert!(!webhook(WebhookState::Disabled(DisabledReason::Gone), answered).wants("application.answered"));
    assert!(webhook(WebhookState::Enabled, Wanted::All).wants("application.bounced"));
}

#[test]
fn a_body_is_type_data_and_timestamp_and_nothing_else() {
    let event = Event::ApplicationAnswered(ApplicationAnswered {
        application_id: "8cb7015d-db7a-479d-8920-aec0d5f66435".to_owned(),
        answer: ApplicationAnswer::Meeting,
    });
    let message = EventMessage {
        id: "cd1f6e02a96a4f2d8f3a5c1b7e90d264".to_owned(),
        version: 1,
        occurred_at: Timestamp::UNIX_EPOCH,
        partner: Some("partenaire-invente".to_owned()),
        event,
    };
    let body: Value = serde_json::from_str(&body_of(&message).unwrap()).unwrap();
    let data = json!({"application_id": "8cb7015d-db7a-479d-8920-aec0d5f66435", "answer": "meeting"});
    assert_eq!(
        body,
        json!({"type": "application.answered", "timestamp": "1970-01-01T00:00:00.000Z", "data": data})
    );
}

#[test]
fn a_test_names_the_webhook_that_it_is_for() {
    let id = WebhookId::from_random([1; 16]);
    let body: Value = serde_json::from_str(&test_body(&id, Timestamp::UNIX_EPOCH).unwrap()).unwrap();
    let data = json!({"webhook_id": id.as_str()});
    assert_eq!(body, json!({"type": "webhook.test", "timestamp": "1970-01-01T00:00:00.000Z", "data": data}));
}

//! Batches as SQS hands them over, with the messages of `events/messages/`.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;

use consumer_rust::Consumer;
use serde_json::{Value, json};

/// A message of the catalogue.
fn message(kind: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events/messages");
    serde_json::from_str(&fs::read_to_string(folder.join(format!("{kind}.json"))).unwrap()).unwrap()
}

/// The same with another value of a field.
fn with(kind: &str, field: &str, value: Value) -> String {
    let mut message = message(kind);
    message[field] = value;
    message.to_string()
}

/// What SQS is answered for these messages, numbered from 0.
fn answer(consumer: &Consumer, bodies: &[String]) -> Value {
    let record = |(number, body): (usize, &String)| json!({"messageId": number.to_string(), "body": body});
    let records: Vec<Value> = bodies.iter().enumerate().map(record).collect();
    let batch = serde_json::from_value(json!({"Records": records})).unwrap();
    serde_json::to_value(consumer.handle(&batch)).unwrap()
}

/// The numbers of those that shall come again.
fn failed(consumer: &Consumer, bodies: &[String]) -> Vec<String> {
    let answer = answer(consumer, bodies);
    let failures = answer["batchItemFailures"].as_array().unwrap().clone();
    failures.iter().map(|failure| failure["itemIdentifier"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn of_three_messages_only_the_one_that_failed_is_given_back() {
    let bodies =
        [message("offer.published").to_string(), "{".to_owned(), message("mail.bounced").to_string()];
    let wanted = json!({"batchItemFailures": [{"itemIdentifier": "1"}]});
    assert_eq!(answer(&Consumer::default(), &bodies), wanted);
}

#[test]
fn a_message_that_comes_again_is_no_failure() {
    let consumer = Consumer::default();
    let body = message("offer.published").to_string();
    assert!(failed(&consumer, &[body.clone(), body.clone()]).is_empty());
    assert!(failed(&consumer, &[body]).is_empty());
}

#[test]
fn an_unknown_type_is_passed_over_and_an_unknown_version_is_refused() {
    let bodies =
        [with("offer.closed", "type", json!("offer.painted")), with("offer.closed", "version", json!(2))];
    assert_eq!(failed(&Consumer::default(), &bodies), ["1"]);
}

#[test]
fn an_unknown_field_is_ignored_and_a_damaged_message_is_refused() {
    let bodies = [with("offer.closed", "more", json!(1)), with("offer.closed", "data", json!({}))];
    assert_eq!(failed(&Consumer::default(), &bodies), ["1"]);
}

#[test]
fn every_message_of_the_catalogue_is_handled() {
    let kinds = domain::event::Event::KINDS;
    let bodies: Vec<String> = kinds.iter().map(|kind| message(kind).to_string()).collect();
    assert!(failed(&Consumer::default(), &bodies).is_empty());
}

//! The routes of métiers and trades, whatever is typed.

use serde_json::Value;
use tests::events;

use crate::asking::{event, set_query};
use crate::world::{Answer, World};

/// An event with another query.
fn asked(case: &str, name: &str, value: &str) -> String {
    event(case, |event| set_query(event, &[(name, value)]))
}

/// The parameter of each route that is typed by hand.
const TYPED: [(&str, &str); 4] = [
    ("search-metiers", "title"),
    ("match-appellation", "label"),
    ("search-rome", "title"),
    ("search-jobs-and-diplomas", "title"),
];

async fn answers(value: &str) -> Vec<Answer> {
    let world = World::new().await;
    let mut answers = Vec::new();
    for (function, name) in TYPED {
        let event = asked(&format!("{function}/nominal"), name, value);
        answers.push(world.answer(function, &event).await);
    }
    answers
}

#[tokio::test]
async fn a_text_of_ten_kilobytes_is_answered_like_its_beginning() {
    for answer in answers(&"boulanger chef ".repeat(700)).await {
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.body.contains("D1108"), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_text_without_a_word_finds_nothing() {
    for answer in answers("🥖 — !").await {
        assert_eq!(answer.status, 200, "{}", answer.body);
        let body = answer.json();
        let lists: Vec<&Vec<Value>> =
            body.as_object().unwrap().values().filter_map(Value::as_array).collect();
        assert!(!lists.is_empty() && lists.iter().all(|list| list.is_empty()), "{body}");
    }
}

#[tokio::test]
async fn a_nul_or_a_half_escape_is_refused() {
    for odd in ["a\0", "%zz"] {
        for answer in answers(odd).await {
            assert_eq!(answer.status, 400, "{}", answer.body);
        }
    }
}

#[tokio::test]
async fn every_metier_that_is_listed_is_found_under_its_name() {
    let world = World::new().await;
    let list = world.answer("list-metiers", &events::load("list-metiers/nominal")).await.json();
    let labels = list["metiers"].as_array().unwrap();
    assert!((1..=200).contains(&labels.len()));
    for label in labels.iter().step_by(20) {
        let event = asked("search-metiers/nominal", "title", label.as_str().unwrap());
        let found = world.answer("search-metiers", &event).await.json();
        assert_eq!(found["labelsAndRomes"][0]["label"], *label);
    }
}

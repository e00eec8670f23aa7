use serde_json::{Value, json};

use super::*;
use crate::errors::ApiError;

fn request(body: &Value) -> Request {
    Request { body: Some(body.to_string().into_bytes()), ..Request::default() }
}

fn a_company() -> Value {
    json!({
        "establishment_siret": "00004154100012", "first_name": "Aucune", "last_name": "PERSONNE",
        "phone": "0199000000", "email": "rh@exemple.invalid", "idcc": "1597", "origin": "formulaire",
    })
}

fn a_job() -> Value {
    json!({
        "job_level_label": "Indifférent", "job_duration": 12, "job_type": ["Apprentissage"],
        "is_disabled_elligible": true, "job_count": 2, "job_rythm": "1 semaine / 1 semaine",
        "job_start_date": "2026-09-01", "job_description": "Pétrir.\nEnfourner.",
        "custom_address": "1 RUE DES EXEMPLES 75001 PARIS", "custom_geo_coordinates": "48.86,2.34",
        "appellation_code": "911111111",
    })
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

/// The messages of a refusal.
fn told<T>(outcome: Result<T, ApiError>) -> String {
    match outcome {
        Err(error) => error.response("").body.text(),
        Ok(_) => panic!("it was taken"),
    }
}

fn read(body: &Value) -> Result<usecases::deposit::JobFields, ApiError> {
    offer(&request(body))
}

#[test]
fn a_whole_establishment_and_a_whole_offer_are_read() {
    let new = establishment(&request(&a_company())).unwrap();
    assert_eq!((new.first_name.as_str(), new.origin.as_deref()), ("Aucune", Some("formulaire")));
    let fields = read(&a_job()).unwrap();
    assert_eq!((fields.duration, fields.count, fields.workplace.is_some()), (12, 2, true));
}

#[test]
fn what_may_be_absent_may_be_null_or_empty_too() {
    for absent in [Value::Null, json!("")] {
        let new = establishment(&request(&with(a_company(), "phone", absent.clone()))).unwrap();
        assert_eq!(new.phone, None);
        let fields = read(&with(a_job(), "job_count", absent)).unwrap();
        assert_eq!(fields.count, 1);
    }
}

#[test]
fn every_mistake_is_told_at_once_with_its_field() {
    let body = json!({"establishment_siret": "1", "first_name": "A\r\nBcc: x", "phone": "12", "extra": 1});
    let told = told(establishment(&request(&body)));
    for field in [
        "body.establishment_siret",
        "body.first_name",
        "body.last_name",
        "body.email",
        "body.phone",
        "Champ inconnu",
    ] {
        assert!(told.contains(field), "{field}: {told}");
    }
}

#[test]
fn an_offer_that_breaks_a_rule_is_refused_with_its_field() {
    for (field, value) in [
        ("job_level_label", json!("Bac")),
        ("job_duration", json!(5)),
        ("job_duration", json!(37)),
        ("job_duration", json!("12")),
        ("job_type", json!([])),
        ("job_type", json!(["Stage"])),
        ("is_disabled_elligible", json!("oui")),
        ("job_count", json!(0)),
        ("job_rythm", json!("parfois")),
        ("job_start_date", json!("demain")),
        ("job_description", json!("x".repeat(10_001))),
        ("custom_geo_coordinates", json!("ici")),
        ("appellation_code", json!("D1102")),
        ("appellation_code", Value::Null),
    ] {
        let told = told(read(&with(a_job(), field, value.clone())));
        assert!(told.contains(&format!("body.{field}")), "{field} {value}: {told}");
    }
}

#[test]
fn an_address_without_coordinates_is_refused_and_so_is_the_contrary() {
    for field in ["custom_address", "custom_geo_coordinates"] {
        let told = told(read(&with(a_job(), field, Value::Null)));
        assert!(told.contains("vont ensemble"), "{told}");
    }
}

#[test]
fn an_idempotency_key_is_read_bare_or_in_quotation_marks() {
    let key = |value: &str| {
        let headers = [("idempotency-key".to_owned(), vec![value.to_owned()])].into();
        let request = Request { headers, ..Request::default() };
        idempotency_key(&request).map(|key| key.map(str::to_owned))
    };
    assert_eq!(key("abc-1").unwrap().as_deref(), Some("abc-1"));
    assert_eq!(key("\"abc-1\"").unwrap().as_deref(), Some("abc-1"));
    for wrong in ["", "\"\"", "a b", "é", &"x".repeat(256)] {
        assert!(matches!(key(wrong), Err(ApiError::BadIdempotencyKey)), "{wrong}");
    }
    assert_eq!(idempotency_key(&Request::default()).unwrap(), None);
}

#[test]
fn a_field_that_is_given_twice_is_refused() {
    let body = br#"{"email":"rh@exemple.invalid","email":"autre@exemple.invalid"}"#;
    let told = told(establishment(&Request { body: Some(body.to_vec()), ..Request::default() }));
    assert!(told.contains("une fois"), "{told}");
}

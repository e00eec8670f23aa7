use super::refusals::{bearing, read, refusal};
use super::*;
use crate::deposit_request;
use crate::errors::ApiError;
use crate::openapi::fields::names;

#[test]
fn the_bodies_of_the_examples_are_read() {
    assert!(deposit_request::establishment(&bearing(&establishment())).is_ok());
    assert!(read(&offer()).is_ok());
}

/// A field that the parser does not know would be refused by name.
#[test]
fn the_tables_name_the_fields_that_are_read_and_no_others() {
    let refused = |outcome: ApiError| outcome.response("").body.text();
    let unknown = json!({"unknown": 1});
    let company = refused(refusal(deposit_request::establishment(&bearing(&unknown))));
    let job = refused(refusal(read(&unknown)));
    for (told, table) in [(company, names(&ESTABLISHMENT)), (job, names(&OFFER))] {
        let (_, told) = told.split_once("les champs sont : ").unwrap();
        let told = told.split('"').next().unwrap();
        let known = told.split(' ').take(table.len()).map(|name| name.trim_end_matches([',', ';', '.']));
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        let mut said = table;
        said.sort_unstable();
        assert_eq!(known, said);
    }
}

#[test]
fn the_limits_of_the_tables_are_those_of_the_parsers() {
    let with = |mut body: Value, field: &str, value: Value| {
        body[field] = value;
        body
    };
    let company =
        |field, value| deposit_request::establishment(&bearing(&with(establishment(), field, value)));
    let job = |field, value| read(&with(offer(), field, value));
    for (field, most) in [("first_name", 100), ("last_name", 100), ("origin", 100)] {
        assert!(company(field, json!("x".repeat(most))).is_ok(), "{field}");
        assert!(company(field, json!("x".repeat(most + 1))).is_err(), "{field}");
    }
    for (field, most) in [("job_description", 10_000), ("job_employer_description", 10_000)] {
        assert!(job(field, json!("x".repeat(most))).is_ok(), "{field}");
        assert!(job(field, json!("x".repeat(most + 1))).is_err(), "{field}");
    }
    for (field, least, most) in [("job_duration", 6, 36), ("job_count", 1, 100)] {
        assert!(job(field, json!(least)).is_ok() && job(field, json!(most)).is_ok(), "{field}");
        assert!(job(field, json!(least - 1)).is_err() && job(field, json!(most + 1)).is_err(), "{field}");
    }
}

#[test]
fn a_deposit_tells_its_two_families_of_refusals_and_when_to_come_back() {
    let said = serde_json::to_value(EstablishmentResponses::responses()).unwrap();
    let examples = said["400"]["content"]["application/json"]["examples"].as_object().unwrap();
    assert_eq!(examples.len(), 8);
    assert_eq!(examples["closed"]["value"]["error"], json!(true));
    assert_eq!(examples["badKey"]["value"]["statusCode"], json!(400));
    for status in ["409", "503"] {
        assert!(said[status]["headers"]["retry-after"].is_object(), "{status}");
    }
    assert!(said["201"]["headers"]["idempotency-replayed"].is_object());
}

//! A partner opens what a search found.

use hyper::body::Bytes;
use serde_json::{Value, json};

use crate::cloud::{Answer, Api, Call};

const ANYWHERE: &str = "/v1/jobs?romes=D1102,D1104&latitude=48.8566&longitude=2.3522&radius=200&insee=75056";

/// The nearest result of a source.
async fn nearest(api: &Api, source: &str) -> Value {
    let body = api.get(ANYWHERE).await.ok();
    body[source]["results"].get(0).unwrap_or_else(|| panic!("{source}: {}", body[source])).clone()
}

fn text<'a>(value: &'a Value, part: &str) -> &'a str {
    value.pointer(part).and_then(Value::as_str).unwrap_or_else(|| panic!("{part} in {value}"))
}

#[tokio::test]
async fn a_company_that_was_found_is_shown_by_its_siret() {
    let api = Api::deployed();
    let found = nearest(&api, "lbaCompanies").await;
    let siret = text(&found, "/company/siret");
    for version in ["v1", "V1"] {
        let body = api.get(&format!("/{version}/jobs/company/{siret}")).await.ok();
        let [company] = body["lbaCompanies"].as_array().unwrap().as_slice() else { panic!("{body}") };
        assert_eq!((&company["company"], &company["contact"]), (&found["company"], &found["contact"]));
    }
}

#[tokio::test]
async fn an_offer_of_france_travail_that_was_found_is_shown_by_its_id() {
    let api = Api::deployed();
    let found = nearest(&api, "peJobs").await;
    let body = api.get(&format!("/v1/jobs/job/{}", text(&found, "/job/id"))).await.ok();
    assert_eq!((&body["peJobs"][0]["title"], &body["peJobs"][0]["job"]), (&found["title"], &found["job"]));
}

async fn view(api: &Api, id: &str) -> Answer {
    let target = format!("/v1/jobs/matcha/{id}/stats/view-details");
    let call = Call {
        method: "POST",
        target: &target,
        key: Some(&api.key),
        headers: Vec::new(),
        body: Bytes::new(),
    };
    api.patient(call).await
}

#[tokio::test]
async fn a_deposited_offer_that_was_found_is_shown_and_counted() {
    let api = Api::deployed();
    let found = nearest(&api, "matchas").await;
    let id = text(&found, "/job/id");
    let body = api.get(&format!("/v1/jobs/matcha/{id}")).await.ok();
    assert_eq!((&body["matchas"][0]["id"], &body["matchas"][0]["job"]), (&found["id"], &found["job"]));
    let counted = view(&api, id).await;
    assert_eq!(counted.ok(), json!({}));
}

#[tokio::test]
async fn what_is_not_there_is_a_404_in_the_words_of_its_route() {
    let api = Api::deployed();
    let company = format!("/v1/jobs/company/{}", testkit::siret(9_999_999));
    for (target, body) in [
        (
            company.as_str(),
            json!({"error": "not_found", "status": 404, "result": "not_found", "message": "Société non trouvée"}),
        ),
        ("/v1/jobs/matcha/nothing", json!({"error": "not_found"})),
        (
            "/v1/jobs/job/nothing",
            json!({"error": "not_found", "result": "not_found", "message": "Offre non trouvée"}),
        ),
    ] {
        let answer = api.get(target).await;
        assert_eq!((answer.status, answer.json()), (404, body), "{target}");
    }
    assert_eq!(view(&api, "nothing").await.status, 404);
}

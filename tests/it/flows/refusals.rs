//! What is refused, by the gateway or by a handler: always with JSON that says what to do, and never as our fault.

use std::fmt::Write as _;

use hyper::body::Bytes;
use serde_json::json;

use crate::cloud::{Answer, Api, Call};

/// A refusal in the shape of the frame: its status, and something to do.
fn assert_refusal(answer: &Answer, status: u16, what: &str) {
    let body = answer.json();
    assert_eq!((answer.status, &body["statusCode"]), (status, &json!(status)), "{what}: {body}");
    assert!(body["message"].as_str().is_some_and(|message| message.len() > 20), "{what}: {body}");
    assert!(answer.header("content-type").starts_with("application/json"), "{what}");
}

#[tokio::test]
async fn no_key_and_a_wrong_key_are_a_403() {
    let api = Api::deployed();
    for target in ["/v1/jobs?romes=D1102", "/V1/jobs?romes=D1102", "/v1/jobs/company/90000001000018"] {
        for key in [None, Some(""), Some("0000000000000000000000000000000000000000")] {
            let answer = api.patient(Call { key, ..Call::get(target) }).await;
            assert_refusal(&answer, 403, target);
        }
    }
}

#[tokio::test]
async fn a_path_that_no_route_has_is_a_404() {
    let api = Api::deployed();
    assert_refusal(&api.get("/v1/nothing").await, 404, "/v1/nothing");
}

#[tokio::test]
async fn wrong_parameters_are_told_all_at_once() {
    let api = Api::deployed();
    let answer =
        api.get("/v1/jobs?romes=D110&latitude=91&longitude=2&sources=pole&diploma=9&unknown=passes").await;
    let body = json!({
        "error": "wrong_parameters",
        "error_messages": [
            "romes : Badly formatted rome codes. Rome code must be one letter followed by 4 digit number. ex : A1234",
            "latitude : Search center latitude must be a number between -90 and 90.",
            "radius : Search radius is missing.",
            "sources : Optional sources argument used with wrong value. Should contains comma separated values among \
             'lbb', 'lba', 'offres', 'matcha'.",
            "diploma : Optional diploma argument used with wrong value",
        ],
    });
    assert_eq!((answer.status, answer.json()), (400, body));
}

#[tokio::test]
async fn odd_text_is_a_4xx_wherever_it_stands() {
    let api = Api::deployed();
    for odd in ["%zz", "%", "%4", "%00", "%ED%A0%80", "%FF", "%C3%28", "%u0041"] {
        for target in [
            format!("/v1/jobs?romes={odd}"),
            format!("/v1/jobs?romes=D1102&{odd}=1"),
            format!("/v1/jobs?romes=D1102&unknown={odd}"),
            format!("/v1/jobs/company/{odd}"),
            format!("/v1/jobs/job/{odd}"),
            format!("/v1/jobs/matcha/{odd}"),
        ] {
            let answer = api.get(&target).await;
            assert!((400..500).contains(&answer.status), "{target}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn as_many_parameters_as_the_gateway_carries_are_a_400() {
    let api = Api::deployed();
    // API Gateway takes 10,240 bytes of request line and headers. How many more a function bears is shown by the
    // handlers' test of ten thousand.
    let (mut distinct, mut repeated) = ("/v1/jobs?romes=D1102".to_owned(), "/v1/jobs?romes=D1102".to_owned());
    for number in 0..2_000 {
        write!(distinct, "&{number:x}").unwrap();
        repeated.push_str("&a=1");
    }
    for target in [distinct, repeated] {
        assert_refusal(&api.get(&target).await, 400, "two thousand parameters");
    }
}

#[tokio::test]
async fn a_body_of_eleven_megabytes_is_a_413() {
    let api = Api::deployed();
    let body = Bytes::from(vec![b'x'; 11 * 1024 * 1024]);
    let target = "/v1/jobs/matcha/anything/stats/view-details";
    let answer =
        api.patient(Call { method: "POST", target, key: Some(&api.key), headers: Vec::new(), body }).await;
    assert_refusal(&answer, 413, target);
}

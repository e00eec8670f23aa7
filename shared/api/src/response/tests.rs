//! What every answer carries on its way to the gateway.

use serde_json::{Value, json};

use super::*;
use crate::errors::ApiError;

fn event(response: &Response, cors: &Cors<'_>) -> Value {
    serde_json::to_value(response.clone().into_event("req-1", cors)).unwrap()
}

#[test]
fn carries_its_type_its_request_and_no_store() {
    assert_eq!(
        event(&Response::json(200, &json!({"é": 1})), &Cors::default()),
        json!({
            "statusCode": 200,
            "headers": {
                "content-type": "application/json; charset=utf-8",
                "cache-control": "no-store",
                "x-content-type-options": "nosniff",
                "x-request-id": "req-1",
                "vary": "Origin, Accept, x-api-key",
            },
            "body": "{\"é\":1}",
            "isBase64Encoded": false,
        })
    );
}

#[test]
fn echoes_the_origin_of_a_state_site_and_lets_it_read_our_headers() {
    let cors = Cors { origin: Some("https://site.beta.gouv.fr"), ..Cors::default() };
    let headers = &event(&ApiError::UnknownKey.response("req-1"), &cors)["headers"];
    assert_eq!(headers["access-control-allow-origin"], "https://site.beta.gouv.fr");
    assert_eq!(
        headers["access-control-expose-headers"],
        "etag, x-error-code, x-request-id, x-search-cost, retry-after, idempotency-replayed"
    );
}

#[test]
fn its_own_headers_win_and_cannot_be_split() {
    let response = Response::json(200, &json!({}))
        .with_header("Cache-Control", "public, max-age=60")
        .with_header("x-search-cost", "calls=1\r\nset-cookie: a=b");
    let headers = &event(&response, &Cors::default())["headers"];
    assert_eq!(headers["cache-control"], "public, max-age=60");
    assert_eq!(headers["x-search-cost"], "calls=1set-cookie: a=b");
    let odd = serde_json::to_value(response.into_event("a\r\nb", &Cors::default())).unwrap();
    assert_eq!(odd["headers"]["x-request-id"], "ab");
}

#[test]
fn who_holds_the_answer_gets_no_body_and_no_type() {
    let cors = Cors { origin: Some("https://site.beta.gouv.fr"), ..Cors::default() };
    let held = Response::json(200, &json!({"é": 1})).revalidated("GET", "*");
    let mut event = event(&held, &cors);
    let tag = event["headers"]["etag"].take();
    assert_eq!(tag.as_str().map(str::len), Some(36));
    assert_eq!(
        event,
        json!({
            "statusCode": 304,
            "headers": {
                "access-control-allow-origin": "https://site.beta.gouv.fr",
                "access-control-expose-headers": "etag, x-error-code, x-request-id, x-search-cost, retry-after, idempotency-replayed",
                "cache-control": "private, no-cache",
                "etag": null,
                "vary": "Origin, Accept, x-api-key",
                "x-content-type-options": "nosniff",
                "x-request-id": "req-1",
            },
            "body": "",
            "isBase64Encoded": false,
        })
    );
}

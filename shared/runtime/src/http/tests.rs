//! What an event gets in return, whatever the handler.

use serde_json::{Value, json};

use super::*;

async fn answered(method: &str, headers: Value, status: u16) -> Value {
    let event = json!({"httpMethod": method, "headers": headers, "requestContext": {"requestId": "req-1"}});
    let body = json!({"é": "\"\u{2028}\\"});
    let handle = |_| async move { Ok(Response::json(status, &body)) };
    let text = answer(&event.to_string(), "invocation", Duration::from_mins(1), handle).await;
    serde_json::from_str(&text).unwrap()
}

#[tokio::test]
async fn an_answer_that_is_still_held_is_not_sent_again() {
    let first = answered("GET", json!({}), 200).await;
    assert_eq!(first["body"], json!({"é": "\"\u{2028}\\"}).to_string());
    assert_eq!(first["headers"]["cache-control"], "private, no-cache");
    let tag = &first["headers"]["etag"];
    let held = json!({"If-None-Match": tag, "Origin": "https://site.beta.gouv.fr"});
    let second = answered("GET", held, 200).await;
    assert_eq!((&second["statusCode"], &second["body"]), (&json!(304), &json!("")));
    let headers = &second["headers"];
    assert_eq!((&headers["etag"], &headers["x-request-id"]), (tag, &json!("req-1")));
    assert_eq!(headers["cache-control"], "private, no-cache");
    assert_eq!(headers["vary"], "Origin, Accept, x-api-key");
    assert_eq!(headers["access-control-allow-origin"], "https://site.beta.gouv.fr");
    assert_eq!(headers.get("content-type"), None);
}

#[tokio::test]
async fn what_was_not_found_or_only_done_is_never_kept() {
    for (method, status) in [("POST", 200), ("GET", 404), ("GET", 500)] {
        let answer = answered(method, json!({"If-None-Match": "*"}), status).await;
        assert_eq!(
            (&answer["statusCode"], &answer["headers"]["cache-control"]),
            (&json!(status), &json!("no-store"))
        );
        assert_eq!(answer["headers"].get("etag"), None);
    }
}

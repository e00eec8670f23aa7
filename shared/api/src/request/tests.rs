//! Whatever reaches us is read, or refused with a 4xx; nothing panics.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::errors::ApiError;
use crate::search_query::{Route, SearchQuery};
use jiff::Timestamp;

fn read(event: &Value) -> Result<Request, BadRequest> {
    Request::from_event(event.to_string())
}

#[test]
fn reads_an_event_of_the_gateway() {
    let request = read(&json!({
        "httpMethod": "GET",
        "path": "/v1/jobs/company/01928074200016",
        "resource": "/v1/jobs/company/{siret}",
        "headers": {"X-Api-Key": "last"},
        "multiValueHeaders": {"X-Api-Key": ["first", "last"], "Accept": null},
        "queryStringParameters": {"romes": "A1102", "caller": "moi"},
        "multiValueQueryStringParameters": {"romes": ["A1101", "A1102"], "caller": ["moi"]},
        "pathParameters": {"siret": "0192807%34200016"},
        "body": "eyJhIjoxfQ==",
        "isBase64Encoded": true,
        "requestContext": {"requestId": "req-1", "identity": {"apiKeyId": "key-1", "apiKey": "secret"}},
    }))
    .unwrap();
    assert_eq!((request.method.as_str(), request.route.as_str()), ("GET", "/v1/jobs/company/{siret}"));
    assert_eq!(request.path_value("siret"), "01928074200016");
    assert_eq!(request.query_value("romes").as_deref(), Some("A1101,A1102"));
    assert_eq!(request.query_value("absent"), None);
    assert_eq!(request.header("x-API-key"), Some("first"));
    assert_eq!(request.api_key(), Some("first"));
    assert_eq!(request.body.as_deref(), Some(br#"{"a":1}"#.as_slice()));
    assert_eq!((request.request_id.as_str(), request.api_key_id.as_deref()), ("req-1", Some("key-1")));
    let shown = format!("{request:?}");
    assert!(!shown.contains("first") && !shown.contains("moi"), "{shown}");
}

#[test]
fn every_field_may_be_absent_or_null() {
    let names = [
        "httpMethod",
        "path",
        "resource",
        "headers",
        "multiValueHeaders",
        "queryStringParameters",
        "multiValueQueryStringParameters",
        "pathParameters",
        "body",
        "isBase64Encoded",
        "requestContext",
    ];
    let nulls: Value =
        names.iter().map(|&name| (name.to_owned(), Value::Null)).collect::<serde_json::Map<_, _>>().into();
    assert_eq!(read(&nulls), Ok(Request::default()));
    assert_eq!(read(&json!({})), Ok(Request::default()));
    assert_eq!(read(&json!({"requestContext": {"identity": null}, "body": ""})), Ok(Request::default()));
    let single =
        read(&json!({"queryStringParameters": {"a": "1", "b": null}, "headers": {"A": "1"}})).unwrap();
    assert_eq!((single.query_value("a").as_deref(), single.header("a")), (Some("1"), Some("1")));
}

#[test]
fn odd_text_is_refused() {
    let query = |name: &str, value: &str| json!({"multiValueQueryStringParameters": {name: [value]}});
    for (event, wanted) in [
        (query("a", "\0"), BadRequest::Nul),
        (query("\0", "a"), BadRequest::Nul),
        (query("a", "%zz"), BadRequest::MalformedEscape),
        (query("a", "\u{FFFD}"), BadRequest::Unreadable),
        (json!({"path": "/v1/jobs\0"}), BadRequest::Nul),
        (json!({"pathParameters": {"id": "%E9"}}), BadRequest::Unreadable),
        (json!({"pathParameters": {"id": "%2"}}), BadRequest::MalformedEscape),
        (json!({"pathParameters": {"id": "%00"}}), BadRequest::Nul),
        (json!({"headers": {"origin": "\0"}}), BadRequest::Nul),
        (json!({"body": "%", "isBase64Encoded": true}), BadRequest::MalformedBody),
        (json!({"body": 1}), BadRequest::Unreadable),
        (json!([]), BadRequest::Unreadable),
    ] {
        assert_eq!(read(&event), Err(wanted), "{event}");
    }
    for raw in [
        r#"{"queryStringParameters": {"caller": "\ud800"}}"#,
        r#"{"queryStringParameters": {"\udfff": "a"}}"#,
        r#"{"path": "\ud800\ud800"}"#,
        "",
        "null",
        "{",
    ] {
        assert_eq!(Request::from_event(raw), Err(BadRequest::Unreadable), "{raw}");
    }
    assert_eq!(Request::from_event(b"{\"path\": \"\xff\"}"), Err(BadRequest::Unreadable));
}

#[test]
fn no_parameter_is_read_beyond_the_two_hundredth() {
    let distinct = |count: usize| {
        let names = (0..count).map(|number| (format!("p{number}"), json!(["1"])));
        json!({"multiValueQueryStringParameters": names.collect::<serde_json::Map<_, _>>()})
    };
    assert_eq!(read(&distinct(200)).unwrap().query.len(), 200);
    assert_eq!(read(&distinct(201)), Err(BadRequest::TooManyParameters));
    assert_eq!(read(&distinct(10_000)), Err(BadRequest::TooManyParameters));
    let repeated = json!({"multiValueQueryStringParameters": {"a": vec!["1"; 10_000]}});
    assert_eq!(read(&repeated), Err(BadRequest::TooManyParameters));
}

#[test]
fn a_body_over_the_limit_is_a_413() {
    let full = "a".repeat(MAX_BODY_BYTES);
    assert_eq!(read(&json!({"body": full})).unwrap().body.unwrap().len(), MAX_BODY_BYTES);
    for event in [
        json!({"body": format!("{full}a")}),
        json!({"body": "AAAA".repeat(MAX_BODY_BYTES / 3 + 1), "isBase64Encoded": true}),
        json!({"body": "AAAA".repeat(MAX_BODY_BYTES), "isBase64Encoded": true}),
    ] {
        let error = read(&event).unwrap_err();
        assert_eq!(error, BadRequest::TooLarge);
        assert_eq!(ApiError::from(error).status(), 413);
    }
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9.eE+-]{0,8}",
        "[a-zA-Z0-9,%@]{0,40}",
        Just("NaN".to_owned()),
        Just("\u{1F600}@\u{202E}".to_owned()),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "romes",
            "rncp",
            "latitude",
            "longitude",
            "radius",
            "insee",
            "sources",
            "diploma",
            "opco",
            "opcoUrl",
            "caller",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn any_text_is_an_event_or_is_refused(raw in any::<String>()) {
        if let Err(error) = Request::from_event(&raw) {
            prop_assert_eq!(ApiError::from(error).status(), 400);
        }
    }

    #[test]
    fn any_bytes_inside_an_event_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let mut raw = br#"{"path":""#.to_vec();
        raw.extend(&bytes);
        raw.extend(br#"","queryStringParameters":{"a":""#);
        raw.extend(&bytes);
        raw.extend(br#""}}"#);
        let _ = Request::from_event(&raw);
    }

    #[test]
    fn any_query_is_a_search_or_a_400(pairs in prop::collection::vec((name(), value()), 0..12)) {
        let raw = json!({"queryStringParameters": pairs.iter().cloned().map(|(name, value)| (name, value.into()))
            .collect::<serde_json::Map<_, _>>()});
        if let Ok(request) = read(&raw) {
            let _ = SearchQuery::parse(&request, Route::Jobs, Timestamp::UNIX_EPOCH).map_err(|error| assert_eq!(error.status(), 400));
        }
        // And unfiltered, as another carrier might hand it over.
        match SearchQuery::parse(&Request { query: pairs, ..Request::default() }, Route::Jobs, Timestamp::UNIX_EPOCH) {
            Ok(query) => {
                let caller = query.caller.map(|caller| caller.to_string()).unwrap_or_default();
                prop_assert!(caller.chars().count() <= 60);
                prop_assert!(!caller.contains('@') && !caller.chars().any(char::is_control));
            }
            Err(error) => {
                prop_assert_eq!(error.status(), 400);
                prop_assert_eq!(error.response("req-1").status, 400);
            }
        }
    }
}

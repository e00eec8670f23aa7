//! The proxy integration's answer.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Body, Cors, JSON, Response};

/// Headers of ours that a page in a browser may read.
const READABLE: &str = "etag, x-error-code, x-request-id, x-search-cost, retry-after, idempotency-replayed";

/// What decides the answer of a route beside its URL: who asks, and in which form. Said of every answer, also where
/// no origin is echoed: a cache must not serve that answer to a page that may read it.
const VARIES_BY: &str = "Origin, Accept, x-api-key";

/// An answer as API Gateway takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProxyAnswer {
    status_code: u16,
    headers: BTreeMap<String, String>,
    body: Body,
    is_base64_encoded: bool,
}

pub(super) fn write(response: Response, request_id: &str, cors: &Cors<'_>) -> ProxyAnswer {
    let mut headers = always(&response, request_id, cors);
    headers.extend(own(&response));
    ProxyAnswer { status_code: response.status, headers, body: response.body, is_base64_encoded: false }
}

/// A header that is set twice is one header with both values (RFC 9110, 5.3).
fn own(response: &Response) -> BTreeMap<String, String> {
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in &response.headers {
        headers
            .entry(name.clone())
            .and_modify(|values| *values = format!("{values}, {value}"))
            .or_insert_with(|| value.clone());
    }
    headers
}

fn always(response: &Response, request_id: &str, cors: &Cors<'_>) -> BTreeMap<String, String> {
    let request_id: String = request_id.chars().filter(char::is_ascii_graphic).collect();
    let mut headers: BTreeMap<String, String> = [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-request-id", &request_id),
        ("vary", VARIES_BY),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect();
    // What has no body has nothing that could have a type.
    if !matches!(response.status, 204 | 304) {
        headers.insert("content-type".to_owned(), JSON.to_owned());
    }
    if let Some(origin) = cors.allowed() {
        headers.insert("access-control-allow-origin".to_owned(), origin.to_owned());
        headers.insert("access-control-expose-headers".to_owned(), READABLE.to_owned());
    }
    headers
}

//! The proxy integration's answer.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::{Cors, JSON, Response};

/// Headers of ours that a page in a browser may read.
const READABLE: &str = "x-request-id, x-search-cost, retry-after";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    status_code: u16,
    headers: BTreeMap<String, String>,
    body: String,
    is_base64_encoded: bool,
}

pub(super) fn write(response: &Response, request_id: &str, cors: &Cors<'_>) -> String {
    let mut headers = always(request_id, cors);
    for (name, value) in own(response) {
        headers.insert(name, value);
    }
    let (body, is_base64_encoded) = match std::str::from_utf8(&response.body) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (STANDARD.encode(&response.body), true),
    };
    let event = Event { status_code: response.status, headers, body, is_base64_encoded };
    // Strings, a number and a boolean: there is nothing in it that JSON cannot hold.
    serde_json::to_string(&event).unwrap_or_default()
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

fn always(request_id: &str, cors: &Cors<'_>) -> BTreeMap<String, String> {
    let request_id: String = request_id.chars().filter(char::is_ascii_graphic).collect();
    let mut headers: BTreeMap<String, String> = [
        ("content-type", JSON),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-request-id", &request_id),
        // Also where no origin is echoed: a cache must not serve that answer to a page that may read it.
        ("vary", "Origin"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect();
    if let Some(origin) = cors.allowed() {
        headers.insert("access-control-allow-origin".to_owned(), origin.to_owned());
        headers.insert("access-control-expose-headers".to_owned(), READABLE.to_owned());
    }
    headers
}

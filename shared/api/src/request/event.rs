//! API Gateway's REST proxy event, as far as handlers need it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::{BadRequest, MAX_BODY_BYTES, MAX_QUERY_PARAMETERS, Request, text};

type Single = Option<BTreeMap<String, Option<String>>>;
type Multi = Option<BTreeMap<String, Option<Vec<Option<String>>>>>;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Event {
    http_method: Option<String>,
    path: Option<String>,
    resource: Option<String>,
    headers: Single,
    multi_value_headers: Multi,
    query_string_parameters: Single,
    multi_value_query_string_parameters: Multi,
    path_parameters: Single,
    body: Option<String>,
    is_base64_encoded: Option<bool>,
    request_context: Option<Context>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Context {
    request_id: Option<String>,
    extended_request_id: Option<String>,
    api_id: Option<String>,
    identity: Option<Identity>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Identity {
    api_key_id: Option<String>,
}

pub(super) fn read(raw: &[u8]) -> Result<Request, BadRequest> {
    // The reader would take an array too, as the fields of the event in their order.
    if raw.trim_ascii_start().first() != Some(&b'{') {
        return Err(BadRequest::Unreadable);
    }
    let event: Event = serde_json::from_slice(raw).map_err(|_| BadRequest::Unreadable)?;
    let path = event.path.unwrap_or_default();
    text::check(&path)?;
    Ok(Request {
        path_parameters: path_parameters(event.path_parameters)?,
        query: query(event.query_string_parameters, event.multi_value_query_string_parameters)?,
        headers: headers(event.headers, event.multi_value_headers)?,
        body: body(event.body, event.is_base64_encoded.unwrap_or_default())?,
        path,
        ..about(event.http_method, event.resource, event.request_context)
    })
}

/// What the gateway itself says of a request, whatever its caller wrote: method, route and ids.
pub(super) fn glance(raw: &[u8]) -> Request {
    let event: Event = serde_json::from_slice(raw).unwrap_or_default();
    about(event.http_method, event.resource, event.request_context)
}

fn about(method: Option<String>, route: Option<String>, context: Option<Context>) -> Request {
    let context = context.unwrap_or_default();
    Request {
        method: method.unwrap_or_default().to_ascii_uppercase(),
        route: route.unwrap_or_default(),
        request_id: context.request_id.or(context.extended_request_id).unwrap_or_default(),
        api_id: context.api_id.unwrap_or_default(),
        api_key_id: context.identity.and_then(|identity| identity.api_key_id),
        ..Request::default()
    }
}

fn path_parameters(values: Single) -> Result<BTreeMap<String, String>, BadRequest> {
    values
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .map(|(name, value)| Ok((name, text::decode(&value)?)))
        .collect()
}

fn query(single: Single, multi: Multi) -> Result<Vec<(String, String)>, BadRequest> {
    let mut pairs = Vec::new();
    for (name, values) in merge(single, multi) {
        text::check(&name)?;
        if pairs.len() + values.len() > MAX_QUERY_PARAMETERS {
            return Err(BadRequest::TooManyParameters);
        }
        for value in values {
            text::check(&value)?;
            pairs.push((name.clone(), value));
        }
    }
    Ok(pairs)
}

fn headers(single: Single, multi: Multi) -> Result<BTreeMap<String, Vec<String>>, BadRequest> {
    let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, values) in merge(single, multi) {
        if name.contains('\0') || values.iter().any(|value| value.contains('\0')) {
            return Err(BadRequest::Nul);
        }
        headers.entry(name.to_ascii_lowercase()).or_default().extend(values);
    }
    Ok(headers)
}

/// The gateway repeats in the single form the last value of what the multi form holds; a hand-made event may
/// have the single form only.
fn merge(single: Single, multi: Multi) -> BTreeMap<String, Vec<String>> {
    let mut merged: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, values) in multi.unwrap_or_default() {
        merged.insert(name, values.unwrap_or_default().into_iter().flatten().collect());
    }
    for (name, value) in single.unwrap_or_default() {
        let values = merged.entry(name).or_default();
        if values.is_empty() {
            values.extend(value);
        }
    }
    merged
}

fn body(body: Option<String>, is_base64: bool) -> Result<Option<Vec<u8>>, BadRequest> {
    let Some(body) = body.filter(|body| !body.is_empty()) else { return Ok(None) };
    // Checked before decoding as well, so that a huge body is not copied only to be refused.
    let least_bytes = if is_base64 { body.len() / 4 * 3 } else { body.len() };
    if least_bytes > MAX_BODY_BYTES + 2 {
        return Err(BadRequest::TooLarge);
    }
    let bytes = if is_base64 {
        STANDARD.decode(body).map_err(|_| BadRequest::MalformedBody)?
    } else {
        body.into_bytes()
    };
    if bytes.len() > MAX_BODY_BYTES {
        return Err(BadRequest::TooLarge);
    }
    Ok(Some(bytes).filter(|bytes| !bytes.is_empty()))
}

//! A request as handlers see it, whatever carried it here.

mod event;
mod text;

use std::collections::BTreeMap;
use std::fmt;

/// Most query parameters of one request, repeated ones counted each time. The widest route has about twenty.
pub const MAX_QUERY_PARAMETERS: usize = 200;

/// Largest body, in bytes once decoded: a Lambda takes no larger event.
pub const MAX_BODY_BYTES: usize = 6 * 1024 * 1024;

/// The header that carries the partner's key.
pub const API_KEY_HEADER: &str = "x-api-key";

/// One HTTP request, decoded and within the limits.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`…, in upper case; empty when the event does not say.
    pub method: String,
    /// The path that was asked, without the stage.
    pub path: String,
    /// The template that matched it (`/v1/jobs/company/{siret}`): safe to log and to count by, as it holds
    /// no value sent by the caller.
    pub route: String,
    /// The values of the template, percent-decoded.
    pub path_parameters: BTreeMap<String, String>,
    /// Every query parameter, decoded, repeated ones in the order they were sent.
    pub query: Vec<(String, String)>,
    /// Every header under its lower-cased name.
    pub headers: BTreeMap<String, Vec<String>>,
    /// The body, decoded from base64 where it came so; none when empty.
    pub body: Option<Vec<u8>>,
    /// The gateway's id of this request; empty when the event does not say.
    pub request_id: String,
    /// The gateway's id of the API that was called; empty when the event does not say.
    pub api_id: String,
    /// The gateway's id of the key that was used, which is not the key and may be logged. The local cloud
    /// gives none.
    pub api_key_id: Option<String>,
}

/// The event holds no request that can be served: the caller's doing, so a 4xx.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadRequest {
    /// No JSON, or text that is no Unicode: a lone surrogate, or bytes that are no UTF-8.
    #[error("the request is not readable text")]
    Unreadable,
    /// A NUL character in the path, the query or a header.
    #[error("the request holds a NUL character")]
    Nul,
    /// A percent sign without its two hexadecimal digits.
    #[error("the request holds a malformed percent escape")]
    MalformedEscape,
    /// More than [`MAX_QUERY_PARAMETERS`].
    #[error("the request holds too many query parameters")]
    TooManyParameters,
    /// The body announces base64 and is none.
    #[error("the body is no base64")]
    MalformedBody,
    /// The body is over [`MAX_BODY_BYTES`].
    #[error("the body is too large")]
    TooLarge,
}

impl Request {
    /// Reads API Gateway's proxy event (REST, payload format 1.0). Every field may be absent or null.
    ///
    /// Never panics, whatever the text.
    pub fn from_event(raw: impl AsRef<[u8]>) -> Result<Self, BadRequest> {
        event::read(raw.as_ref())
    }

    /// The little that is known of a request which [`Request::from_event`] refuses: method, route, the gateway's
    /// ids of the request and of the key, so that its log line and answer name it. Empty where the event is no
    /// JSON at all.
    pub fn glance(raw: impl AsRef<[u8]>) -> Self {
        event::glance(raw.as_ref())
    }

    /// The first value of a header, whatever the case of `name`.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(&name.to_ascii_lowercase())?.first().map(String::as_str)
    }

    /// Every value of a header as one list, as if it had been sent once (RFC 9110, 5.3); empty when it was not sent.
    pub fn header_list(&self, name: &str) -> String {
        self.headers.get(&name.to_ascii_lowercase()).map(|values| values.join(",")).unwrap_or_default()
    }

    /// The value of a query parameter: repeated ones are joined by commas (`romes=A1101&romes=A1102`), and an
    /// empty one counts as absent.
    pub fn query_value(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .query
            .iter()
            .filter(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(","))
    }

    /// Whether a query parameter is there, be it empty.
    pub fn query_names(&self, name: &str) -> bool {
        self.query.iter().any(|(key, _)| key == name)
    }

    /// A value of the path; empty when the route has no such part.
    pub fn path_value(&self, name: &str) -> &str {
        self.path_parameters.get(name).map_or("", String::as_str)
    }

    /// The partner's key. It goes to the hash that finds the partner, and nowhere else.
    pub fn api_key(&self) -> Option<&str> {
        self.header(API_KEY_HEADER).filter(|key| !key.is_empty())
    }
}

/// Values are left out: a header holds the key, a query the caller's address, a body a candidate.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("route", &self.route)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;

//! An answer, and its form for API Gateway.

mod body;
mod cors;
mod event;
mod facts;
mod validator;

pub use body::Body;
pub use cors::Cors;
pub use event::ProxyAnswer;
pub use facts::Facts;
use serde::Serialize;
use serde_json::value::RawValue;
use usecases::once::Answered;
use usecases::ports::StoredAnswer;

use crate::errors::shapes::ZResError;

/// The content type of every JSON answer.
pub const JSON: &str = "application/json; charset=utf-8";

/// The content type of an answer in the words of schema.org.
pub const LINKED_DATA: &str = "application/ld+json; charset=utf-8";

/// An HTTP answer. The headers that every answer carries are added by [`Response::into_event`].
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case. One that is set here wins over the one every answer carries.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
    /// What is logged of it.
    pub facts: Facts,
}

impl Response {
    /// A JSON answer. A value that JSON cannot hold is our own failure: it becomes a 500 without details.
    pub fn json(status: u16, value: &impl Serialize) -> Self {
        Self::typed(JSON, status, value)
    }

    /// The same as JSON-LD: 200, as errors are the same in every form.
    pub fn linked_data(value: &impl Serialize) -> Self {
        Self::typed(LINKED_DATA, 200, value)
    }

    /// An answer that was written before: `body` is its JSON. Sent again, it says so.
    pub fn stored(answered: &Answered) -> Self {
        let StoredAnswer { status, body, etag } = &answered.answer;
        let mut response = match RawValue::from_string(body.clone()) {
            Ok(raw) => Self::json(*status, &raw),
            Err(_) if body.is_empty() => Self::empty(*status),
            Err(_) => Self::json(500, &ZResError::internal("")),
        };
        if let Some(tag) = etag {
            response = response.with_header("etag", &format!("\"{tag}\""));
        }
        if answered.replayed { response.with_header("idempotency-replayed", "true") } else { response }
    }

    /// A page for people. It may load and send nothing but its own form, be framed by nobody, and tells no other page
    /// where its reader came from, since its address may be a secret.
    pub fn html(status: u16, page: &str) -> Self {
        let headers = [
            ("content-type", "text/html; charset=utf-8"),
            (
                "content-security-policy",
                "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            ),
            ("referrer-policy", "no-referrer"),
            ("x-robots-tag", "noindex"),
        ];
        Self {
            status,
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
            body: Body::text_of(page),
            facts: Facts::default(),
        }
    }

    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Body::text_of(""), facts: Facts::default() }
    }

    fn typed(content_type: &str, status: u16, value: &impl Serialize) -> Self {
        match Body::json(value) {
            Ok(body) => Self {
                status,
                headers: vec![("content-type".to_owned(), content_type.to_owned())],
                body,
                facts: Facts::default(),
            },
            Err(_) => Self::json(500, &ZResError::internal("")),
        }
    }

    /// The same answer with one more header. Control characters are dropped, so that no value can start
    /// another header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let value = value.chars().filter(|char| !char.is_control()).collect();
        self.headers.push((name.to_ascii_lowercase(), value));
        self
    }

    /// The same answer, with what is to be logged of it.
    #[must_use]
    pub fn with_facts(mut self, facts: Facts) -> Self {
        self.facts = facts;
        self
    }

    /// The value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What a caller that holds an older answer is told. The answer of a `GET`, where it is 200, gets its validator,
    /// and may be kept by its caller, who must ask again before each use; where the caller holds it already
    /// (`if_none_match`, the list of that header), the answer is a 304 without it (RFC 9110, 13.1.2 and 15.4.5).
    ///
    /// It saves the caller the transfer, and us the writing of it; the search itself is done.
    #[must_use]
    pub fn revalidated(self, method: &str, if_none_match: &str) -> Self {
        if method == "GET" && self.status == 200 && !self.body.is_empty() && !self.is_page() {
            validator::revalidate(self, if_none_match)
        } else {
            self
        }
    }

    /// Whether it is for people: nothing of it is kept, since it shows what a link would do now.
    fn is_page(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
    }

    /// The answer as API Gateway's proxy integration takes it, with what every answer carries: its type, the
    /// request's id, `no-store` (an answer depends on the key, and may hold contacts), what it varies by, and CORS.
    pub fn into_event(self, request_id: &str, cors: &Cors<'_>) -> ProxyAnswer {
        event::write(self, request_id, cors)
    }
}

#[cfg(test)]
mod tests;

//! An answer, and its form for API Gateway.

mod cors;
mod event;
mod facts;

pub use cors::Cors;
pub use facts::Facts;
use serde::Serialize;

use crate::errors::shapes::ZResError;

/// The content type of every JSON answer.
pub const JSON: &str = "application/json; charset=utf-8";

/// An HTTP answer. The headers that every answer carries are added by [`Response::to_event`].
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case. One that is set here wins over the one every answer carries.
    pub headers: Vec<(String, String)>,
    /// The body, in the encoding that `content-type` announces.
    pub body: Vec<u8>,
    /// What is logged of it.
    pub facts: Facts,
}

impl Response {
    /// A JSON answer. A value that JSON cannot hold is our own failure: it becomes a 500 without details.
    pub fn json(status: u16, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => Self {
                status,
                headers: vec![("content-type".to_owned(), JSON.to_owned())],
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

    /// The answer as API Gateway's proxy integration takes it, with what every answer carries: its type, the
    /// request's id, `no-store` (an answer depends on the key, and may hold contacts), and CORS.
    pub fn to_event(&self, request_id: &str, cors: &Cors<'_>) -> String {
        event::write(self, request_id, cors)
    }
}

#[cfg(test)]
mod tests;

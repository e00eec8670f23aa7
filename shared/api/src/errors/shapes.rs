//! The four error bodies that partners know, under the names of contract 1.0.1.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Business validation of the search routes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ZLbacError {
    /// `wrong_parameters`.
    pub error: &'static str,
    /// Every message.
    pub error_messages: Vec<String>,
}

impl ZLbacError {
    /// Parameters break rules.
    pub const fn wrong_parameters(error_messages: Vec<String>) -> Self {
        Self { error: "wrong_parameters", error_messages }
    }
}

/// Refusal of an application (contract 1.10): a word of the contract, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ApplicationError {
    /// Why.
    pub error: &'static str,
}

/// Failure of one source, or nothing found. Absent fields are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ZApiError {
    /// What failed, in one word.
    pub error: &'static str,
    /// The HTTP status it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// `error` or `not_found`.
    pub result: &'static str,
    /// For people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<&'static str>,
    /// The wording of `status`.
    #[serde(rename = "statusText", skip_serializing_if = "Option::is_none")]
    pub status_text: Option<&'static str>,
}

impl ZApiError {
    /// A source that did not answer, inside an answer that is 200 for the others. The cause is logged, not
    /// shown.
    pub const fn source_unavailable() -> Self {
        Self {
            error: "Service Unavailable",
            status: Some(503),
            result: "error",
            message: Some("Cette source ne répond pas pour le moment : réessayez dans quelques instants."),
            status_text: Some("Service Unavailable"),
        }
    }

    /// A source that would have to read too much to answer exactly.
    pub const fn too_broad() -> Self {
        Self {
            error: "search_too_broad",
            status: Some(422),
            result: "error",
            message: Some(
                "Recherche trop large : réduisez le rayon, le nombre de codes ROME ou les filtres.",
            ),
            status_text: Some("Unprocessable Entity"),
        }
    }
}

/// Failures of the deposit routes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ZLbarError {
    /// Always true.
    pub error: bool,
    /// For people.
    pub message: String,
}

impl ZLbarError {
    /// A failure with its message.
    pub fn new(message: impl Into<String>) -> Self {
        Self { error: true, message: message.into() }
    }
}

/// Failures of the frame itself: schema, key, size, rate, and our own.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ZResError {
    /// The HTTP status.
    #[serde(rename = "statusCode")]
    pub status_code: u16,
    /// The wording of the status.
    pub error: &'static str,
    /// For people.
    pub message: String,
    /// What a program may use.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub data: Option<Value>,
}

impl ZResError {
    /// A failure with its message.
    pub fn new(status_code: u16, message: impl Into<String>) -> Self {
        Self { status_code, error: reason(status_code), message: message.into(), data: None }
    }

    /// The answer to our own failure: the request's id for support, and nothing of what happened.
    pub fn internal(request_id: &str) -> Self {
        let data = Some(json!({ "request_id": request_id }));
        Self { data, ..Self::new(500, "Une erreur est survenue") }
    }
}

/// The wording of the statuses that we answer (RFC 9110).
const fn reason(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        412 => "Precondition Failed",
        413 => "Payload Too Large",
        422 => "Unprocessable Entity",
        429 => "Too Many Requests",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

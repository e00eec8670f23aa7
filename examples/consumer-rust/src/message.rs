//! Reads a message in two steps, because a new type is no error and a new version is one.

use std::fmt;

use domain::event::{EVENT_VERSION, Event, EventMessage};
use serde::Deserialize;

/// What every message has, whatever its type.
#[derive(Deserialize)]
struct Envelope {
    id: String,
    version: u16,
    #[serde(rename = "type")]
    kind: String,
}

/// Why a message cannot be handled. It comes again, and is put aside in the end: nothing is lost.
#[derive(Debug)]
pub(crate) enum Refused {
    /// It is no message of the topic.
    Damaged(serde_json::Error),
    /// Whoever reads it anyway may take it for something else.
    Version(u16),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Where, and not what: the error quotes the message.
            Self::Damaged(error) => write!(f, "no event: line {}, column {}", error.line(), error.column()),
            Self::Version(version) => write!(f, "version {version} is not known"),
        }
    }
}

/// The message; none where its type is not known.
pub(crate) fn read(body: &str) -> Result<Option<EventMessage>, Refused> {
    let envelope: Envelope = serde_json::from_str(body).map_err(Refused::Damaged)?;
    if envelope.version != EVENT_VERSION {
        return Err(Refused::Version(envelope.version));
    }
    if !Event::KINDS.contains(&envelope.kind.as_str()) {
        tracing::info!(event.id = envelope.id, event.kind = envelope.kind, "event of an unknown type");
        return Ok(None);
    }
    serde_json::from_str(body).map(Some).map_err(Refused::Damaged)
}

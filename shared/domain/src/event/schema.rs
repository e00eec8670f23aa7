//! What the schemas of messages say of value types: these are texts in JSON, and only their own code knows their form.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::EVENT_VERSION;
use crate::application::Stage;
use crate::appointment::{Intention, Referrer};
use crate::mail::Template;

pub(super) fn version(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "integer", "const": EVENT_VERSION})
}

pub(super) fn instant(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "format": "date-time", "examples": ["2026-09-21T14:13:20.000Z"]})
}

pub(super) fn siret(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": "^[0-9]{14}$", "examples": ["00008316200016"]})
}

pub(super) fn romes(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "array",
        "items": {"type": "string", "pattern": "^[A-Z][0-9]{4}$"},
        "examples": [["D1102"]],
    })
}

pub(super) fn mail_id(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "string",
        "pattern": "^[0-9a-f]{32}$",
        "examples": ["5b0c1d7f3e2a49688c6d4f1e0a9b8c7d"],
    })
}

pub(super) fn template(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "enum": Template::ALL.map(Template::as_str)})
}

pub(super) fn stage(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "enum": Stage::ALL.map(Stage::as_str)})
}

pub(super) fn referrer(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "enum": Referrer::ALL.map(Referrer::as_str)})
}

pub(super) fn intention(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "enum": Intention::ALL.map(Intention::as_str)})
}

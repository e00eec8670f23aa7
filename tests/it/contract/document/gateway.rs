//! The answers that API Gateway makes by itself, before or instead of a function: their bodies are the template's.

use serde_json::{Value, json};

/// Type of response, what to say of it, and whether only routes that need a key give it.
const REFUSALS: [(&str, &str, bool); 6] = [
    ("INVALID_API_KEY", "Clé absente ou inconnue", true),
    ("REQUEST_TOO_LARGE", "Requête trop volumineuse", false),
    ("THROTTLED", "Trop d'appels", false),
    ("DEFAULT_4XX", "Requête illisible", false),
    ("DEFAULT_5XX", "Défaillance", false),
    ("INTEGRATION_TIMEOUT", "Délai dépassé", false),
];

/// Adds them to every operation, each as an example under the name of its type.
pub(super) fn add_answers(document: &mut Value, template: &Value) {
    let refusals = &template["Resources"]["Api"]["Properties"]["GatewayResponses"];
    let items = document["paths"].as_object_mut().unwrap().values_mut();
    for operation in items.flat_map(|item| item.as_object_mut().unwrap().values_mut()) {
        let keyed = !operation["security"].is_null();
        for (kind, summary, needs_key) in REFUSALS {
            if keyed || !needs_key {
                add(&mut operation["responses"], kind, summary, &refusals[kind]);
            }
        }
    }
}

fn add(responses: &mut Value, kind: &str, summary: &str, refusal: &Value) {
    let body = refusal["ResponseTemplates"]["application/json"].as_str().unwrap_or_default();
    let body: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{kind}: {error}"));
    let response = &mut responses[refusal["StatusCode"].to_string()];
    if response.is_null() {
        *response = json!({"description": format!("{summary}.")});
    }
    let content = &mut response["content"]["application/json"];
    content["examples"][kind] = json!({"summary": format!("{summary} (passerelle)"), "value": body});
    content["schema"] = with_the_shape_of_the_frame(content["schema"].take());
    if refusal["ResponseParameters"]["Headers"]["Retry-After"].is_string() {
        response["headers"]["retry-after"] = json!({
            "description": "Secondes à attendre.", "schema": {"type": "integer", "minimum": 1},
        });
    }
}

/// The gateway answers in the shape of our own frame, which a route may not answer otherwise.
fn with_the_shape_of_the_frame(schema: Value) -> Value {
    let frame = json!({"$ref": "#/components/schemas/ZResError"});
    let ways = schema["oneOf"].as_array();
    if schema.is_null() || schema == frame {
        frame
    } else if ways.is_some_and(|ways| ways.contains(&frame)) {
        schema
    } else {
        json!({"oneOf": [schema, frame]})
    }
}

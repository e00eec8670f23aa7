//! Examples against their schemas: as much of JSON Schema as the two documents use.
//!
//! A crate for it would have `serde_json` read numbers otherwise than the deployed functions do.

use std::fs;

use jiff::Timestamp;
use regex_lite::Regex;
use serde_json::Value;

use super::template::kebab;

/// Where an example does not fit. An object that is closed takes no field it does not name.
pub(crate) fn misfits(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk("", document, &mut |at, media| {
        for (name, example) in media["examples"].as_object().into_iter().flatten() {
            let at = format!("{at}/{name}");
            found.extend(errors(document, &media["schema"], &example["value"], &at));
        }
        if let Some(example) = media.get("example") {
            found.extend(errors(document, &media["schema"], example, at));
        }
    });
    found
}

/// Where a golden answer of a handler does not fit what the document says of its route and status, and how many
/// answers there are.
pub(crate) fn answer_misfits(document: &Value) -> (Vec<String>, usize) {
    let names = tests::golden::all();
    let found = names.iter().flat_map(|name| {
        let path = tests::root().join("tests/golden").join(format!("{name}.json"));
        let answer: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let kind = answer["headers"]["content-type"].as_str().unwrap_or_default();
        answer_misfit(document, name, &answer["status"].to_string(), kind, &answer["body"])
    });
    (found.collect(), names.len())
}

/// Where an answer does not fit what the document says of the operation `{function}/…` and this status.
pub(crate) fn answer_misfit(
    document: &Value,
    name: &str,
    status: &str,
    content_type: &str,
    body: &Value,
) -> Vec<String> {
    let function = name.split('/').next().unwrap_or_default();
    let items = document["paths"].as_object().into_iter().flatten();
    let mut operations = items.flat_map(|(_, item)| item.as_object().into_iter().flatten());
    let operation =
        operations.find(|(_, one)| one["operationId"].as_str().map(kebab).as_deref() == Some(function));
    match operation.map(|(_, operation)| &operation["responses"][status]) {
        None => vec![format!("{name}: no operation")],
        Some(Value::Null) => vec![format!("{name}: {status} is not documented")],
        // A 304 has no body.
        Some(_) if body.is_null() => Vec::new(),
        Some(said) => {
            let kind = content_type.split(';').next().unwrap_or_default();
            errors(document, &said["content"][kind]["schema"], body, name)
        }
    }
}

/// Visits every object that has a schema and examples: parameters, headers and bodies alike.
fn walk(path: &str, value: &Value, visit: &mut dyn FnMut(&str, &Value)) {
    match value {
        Value::Object(fields) => {
            if fields.contains_key("schema") {
                visit(path, value);
            }
            for (name, inside) in fields.iter().filter(|(name, _)| *name != "examples" && *name != "example")
            {
                walk(&format!("{path}/{name}"), inside, visit);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(path, item, visit)),
        _ => {}
    }
}

/// Where a value does not fit a schema of the document.
pub(crate) fn errors(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let Some(target) = document.pointer(reference.trim_start_matches('#')) else {
            return vec![format!("{at}: no {reference}")];
        };
        return errors(document, target, value, at);
    }
    let mut found = Vec::new();
    if let Some(ways) = schema["oneOf"].as_array() {
        let each: Vec<_> = ways.iter().map(|way| errors(document, way, value, at)).collect();
        match each.iter().filter(|errors| errors.is_empty()).count() {
            1 => {}
            0 => found.extend(each.concat()),
            several => found.push(format!("{at}: fits {several} of oneOf")),
        }
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        found.extend(errors(document, part, value, at));
    }
    if !schema["type"].is_null() && !types(&schema["type"]).any(|kind| is(kind, value)) {
        return vec![format!("{at}: {value} is not of type {}", schema["type"])];
    }
    if schema["enum"].as_array().is_some_and(|values| !values.contains(value)) {
        found.push(format!("{at}: {value} is none of {}", schema["enum"]));
    }
    if schema.get("const").is_some_and(|only| only != value) {
        found.push(format!("{at}: {value} is not {}", schema["const"]));
    }
    if let Some(text) = value.as_str() {
        let pattern = schema["pattern"].as_str().map(|pattern| Regex::new(pattern).unwrap());
        if pattern.is_some_and(|pattern| !pattern.is_match(text)) {
            found.push(format!("{at}: {value} does not match {}", schema["pattern"]));
        }
        if schema["format"] == "date-time" && text.parse::<Timestamp>().is_err() {
            found.push(format!("{at}: {value} is no date-time"));
        }
    }
    if let Some(number) = value.as_f64() {
        let low = schema["minimum"].as_f64().is_some_and(|least| number < least);
        if low || schema["maximum"].as_f64().is_some_and(|most| number > most) {
            found.push(format!("{at}: {number} is out of range"));
        }
    }
    if let Value::Object(fields) = value {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                found.push(format!("{at}: {name} is missing"));
            }
        }
        for (name, inside) in fields {
            let at = format!("{at}/{name}");
            match schema["properties"].get(name) {
                Some(schema) => found.extend(errors(document, schema, inside, &at)),
                None if schema["additionalProperties"] == false => found.push(format!("{at}: is not named")),
                None => {}
            }
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(errors(document, &schema["items"], item, &format!("{at}/{index}")));
    }
    found
}

fn types(kind: &Value) -> impl Iterator<Item = &str> {
    let (one, several) = (kind.as_str(), kind.as_array());
    one.into_iter().chain(several.into_iter().flatten().filter_map(Value::as_str))
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

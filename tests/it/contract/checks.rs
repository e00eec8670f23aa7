//! The checks. Each says what does not agree, all at once.

mod delivery;
mod environment;
mod limits;
mod names;
mod permissions;
mod routes;

use serde_json::Value;

use super::project::Project;
use super::template::functions;

/// Everything that does not agree.
pub(crate) fn problems(project: &Project) -> Vec<String> {
    let functions = functions(&project.template);
    [
        names::check(project, &functions),
        routes::check(project, &functions),
        limits::check(project, &functions),
        environment::check(project, &functions),
        permissions::check(project, &functions),
        delivery::check(project, &functions),
    ]
    .concat()
}

/// One operation of the document.
#[derive(Debug)]
struct Operation<'a> {
    /// In upper case.
    method: String,
    path: &'a str,
    id: &'a str,
    keyed: bool,
    description: &'a str,
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let each =
        paths.flat_map(|(path, item)| item.as_object().into_iter().flatten().map(move |one| (path, one)));
    each.map(|(path, (method, operation))| Operation {
        method: method.to_ascii_uppercase(),
        path,
        id: operation["operationId"].as_str().unwrap_or_default(),
        keyed: operation["security"].as_array().is_some_and(|ways| !ways.is_empty()),
        description: operation["description"].as_str().unwrap_or_default(),
    })
    .collect()
}

/// The places where two JSON values differ, as pointers.
pub(crate) fn differences(one: &Value, other: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("", one, other, &mut found);
    found
}

fn compare(path: &str, one: &Value, other: &Value, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let missing = other.keys().filter(|name| !one.contains_key(*name));
            for name in one.keys().chain(missing) {
                let (left, right) = (one.get(name), other.get(name));
                let path = format!("{path}/{name}");
                compare(&path, left.unwrap_or(&Value::Null), right.unwrap_or(&Value::Null), found);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                compare(&format!("{path}/{index}"), one, other, found);
            }
        }
        _ if one != other => found.push(path.to_owned()),
        _ => {}
    }
}

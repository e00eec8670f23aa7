//! CloudFormation's YAML as JSON: short tags become the long forms, so that both spellings read the same.

use serde_json::{Value, json};
use yaml_serde::Value as Yaml;

/// Reads a template.
pub(crate) fn parse(text: &str) -> Value {
    to_json(yaml_serde::from_str(text).expect("template.yaml is YAML"))
}

fn to_json(yaml: Yaml) -> Value {
    match yaml {
        Yaml::Sequence(items) => items.into_iter().map(to_json).collect(),
        Yaml::Mapping(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (key(name), to_json(value))).collect())
        }
        Yaml::Tagged(tagged) => long_form(&tagged.tag.to_string(), &to_json(tagged.value)),
        scalar => serde_json::to_value(scalar).expect("a scalar"),
    }
}

fn key(name: Yaml) -> String {
    match name {
        Yaml::String(text) => text,
        other => to_json(other).to_string(),
    }
}

/// `!Ref X` is `{Ref: X}`; every other tag has the prefix `Fn::`, and `!GetAtt A.B` keeps its dotted text.
fn long_form(tag: &str, value: &Value) -> Value {
    let tag = tag.trim_start_matches('!');
    match tag {
        "Ref" | "Condition" => json!({ tag: value }),
        _ => json!({ format!("Fn::{tag}"): value }),
    }
}

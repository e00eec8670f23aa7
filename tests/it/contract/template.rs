//! The functions of the template, with what its globals and its API give them.

use std::collections::BTreeSet;

use serde_json::Value;

/// A function.
#[derive(Debug)]
pub(crate) struct Function<'a> {
    /// Its logical id in kebab-case.
    pub(crate) name: String,
    /// Its logical id.
    pub(crate) logical_id: &'a str,
    /// Its properties.
    pub(crate) properties: &'a Value,
    /// What calls it through the API.
    pub(crate) routes: Vec<Route<'a>>,
}

/// One event of type `Api`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Route<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    /// Whether the gateway asks for a key.
    pub(crate) keyed: bool,
}

impl Route<'_> {
    /// The path as the document writes it: `/V1` and `/v1` are the same route.
    pub(crate) fn documented_path(&self) -> String {
        self.path.replacen("/V1/", "/v1/", 1)
    }

    /// Its name in the throttles of a usage plan.
    pub(crate) fn throttle_key(&self) -> String {
        format!("{}/{}", self.path, self.method)
    }
}

impl Function<'_> {
    /// The crate that it runs: built as a zip, or one of the programs of an image.
    pub(crate) fn code(&self) -> Option<&str> {
        let Value::String(uri) = &self.properties["CodeUri"] else {
            return self.properties["ImageConfig"]["Command"][0].as_str()?.strip_prefix("/usr/local/bin/");
        };
        uri.strip_prefix("functions/")
    }

    /// Its own variables; those of the globals are not among them.
    pub(crate) fn variables(&self) -> BTreeSet<String> {
        let variables = self.properties["Environment"]["Variables"].as_object();
        variables.into_iter().flatten().map(|(name, _)| name.clone()).collect()
    }

    /// Every statement of its policies.
    pub(crate) fn statements(&self) -> impl Iterator<Item = &Value> {
        list(&self.properties["Policies"]).flat_map(|policy| list(&policy["Statement"]))
    }
}

/// Every function.
pub(crate) fn functions(template: &Value) -> Vec<Function<'_>> {
    let keyed = template["Resources"]["Api"]["Properties"]["Auth"]["ApiKeyRequired"] == true;
    resources(template, "AWS::Serverless::Function")
        .map(|(logical_id, resource)| Function {
            name: kebab(logical_id),
            logical_id,
            properties: &resource["Properties"],
            routes: routes(&resource["Properties"]["Events"], keyed),
        })
        .collect()
}

/// Every resource of a type.
pub(crate) fn resources<'a>(
    template: &'a Value,
    kind: &'a str,
) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let all = template["Resources"].as_object().into_iter().flatten();
    all.filter(move |(_, resource)| resource["Type"] == kind)
        .map(|(name, resource)| (name.as_str(), resource))
}

fn routes(events: &Value, keyed: bool) -> Vec<Route<'_>> {
    let events = events.as_object().into_iter().flatten().filter(|(_, event)| event["Type"] == "Api");
    events
        .map(|(_, event)| Route {
            method: event["Properties"]["Method"].as_str().unwrap_or_default(),
            path: event["Properties"]["Path"].as_str().unwrap_or_default(),
            keyed: event["Properties"]["Auth"]["ApiKeyRequired"].as_bool().unwrap_or(keyed),
        })
        .collect()
}

/// One value or a list of them, as a list.
pub(crate) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    let (items, one) = match value {
        Value::Array(items) => (items.as_slice(), None),
        Value::Null => (&[][..], None),
        one => (&[][..], Some(one)),
    };
    items.iter().chain(one)
}

/// `SearchJobs` and `searchJobs` as `search-jobs`.
pub(crate) fn kebab(words: &str) -> String {
    let mut kebab = String::new();
    for char in words.chars() {
        if char.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(char.to_ascii_lowercase());
    }
    kebab
}

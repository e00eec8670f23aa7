//! The functions of the template, with what its globals and its API give them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// As whom the API calls its functions.
pub(crate) const GATEWAY_ROLE: &str = "GatewayRole";

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

/// One operation of the API.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Route<'a> {
    /// In upper case.
    pub(crate) method: &'static str,
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
    resources(template, "AWS::Serverless::Function")
        .map(|(logical_id, resource)| Function {
            name: kebab(logical_id),
            logical_id,
            properties: &resource["Properties"],
            routes: routes(template, logical_id),
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

/// The operations of the API that call no function as they should: they are no routes.
pub(crate) fn strays(template: &Value, functions: &[Function<'_>]) -> Vec<String> {
    let routes: Vec<_> = functions.iter().flat_map(|function| &function.routes).collect();
    operations(template)
        .map(|(method, path, _)| (upper(method), path))
        .filter(|(method, path)| !routes.iter().any(|route| route.method == *method && route.path == *path))
        .map(|(method, path)| format!("{method} {path} calls no function as it should"))
        .collect()
}

/// The operations that call a function, exactly as they should.
fn routes<'a>(template: &'a Value, function: &str) -> Vec<Route<'a>> {
    let wanted = integration(function);
    operations(template)
        .filter(|(.., operation)| operation["x-amazon-apigateway-integration"] == wanted)
        .map(|(method, path, operation)| Route {
            method: upper(method),
            path,
            keyed: list(&operation["security"]).any(|way| !way["api_key"].is_null()),
        })
        .collect()
}

/// Method, path and operation, of each that the API has.
fn operations(template: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = template["Resources"]["Api"]["Properties"]["DefinitionBody"]["paths"].as_object();
    paths.into_iter().flatten().flat_map(|(path, item)| {
        let each = item.as_object().into_iter().flatten();
        each.map(move |(method, operation)| (method.as_str(), path.as_str(), operation))
    })
}

fn integration(function: &str) -> Value {
    let gateway = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions";
    json!({
        "type": "aws_proxy",
        "httpMethod": "POST",
        "credentials": {"Fn::GetAtt": format!("{GATEWAY_ROLE}.Arn")},
        "uri": {"Fn::Sub": format!("{gateway}/${{{function}.Arn}}/invocations")},
    })
}

fn upper(method: &str) -> &'static str {
    ["GET", "POST", "PUT", "PATCH", "DELETE"]
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(method))
        .unwrap_or_default()
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

//! Every route of the template is an operation of its function, and the other way round; both ask for a key or
//! neither does. A route under `/v1` is answered under `/V1` too, and is documented once. The gateway may call the
//! functions that have a route, and no others.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::project::Project;
use super::super::template::{Function, GATEWAY_ROLE, kebab, list, strays};
use super::operations;

pub(super) fn check(project: &Project, functions: &[Function<'_>]) -> Vec<String> {
    let operations = operations(&project.document);
    let routes: Vec<_> = functions
        .iter()
        .flat_map(|function| function.routes.iter().map(move |route| (function, route)))
        .collect();
    let mut problems = strays(&project.template, functions);
    for (function, route) in &routes {
        let (method, path) = (route.method, route.path);
        let said = operations
            .iter()
            .find(|operation| operation.method == method && operation.path == route.documented_path());
        match said {
            None => problems.push(format!("{method} {path} is not in the document")),
            // The same function under a second path needs a second id, which begins with the first.
            Some(said) if !kebab(said.id).starts_with(&function.name) => {
                problems.push(format!(
                    "{method} {path} is {} in the document and {}",
                    said.id, function.logical_id
                ));
            }
            Some(said) if said.keyed && !route.keyed => {
                problems.push(format!("{method} {path}: the template asks for no key, the document does"));
            }
            Some(said) if !said.keyed && route.keyed => {
                problems.push(format!("{method} {path}: the template asks for a key, the document does not"));
            }
            Some(_) => {}
        }
        let twin = if path.starts_with("/v1/") {
            path.replacen("/v1/", "/V1/", 1)
        } else {
            path.replacen("/V1/", "/v1/", 1)
        };
        if !routes.iter().any(|(other, route)| {
            route.method == method && route.path == twin && other.logical_id == function.logical_id
        }) {
            problems.push(format!("{method} {twin} is missing beside {path}"));
        }
    }
    for operation in &operations {
        let (method, path) = (&operation.method, operation.path);
        if !routes.iter().any(|(_, route)| route.method == method && route.documented_path() == path) {
            problems.push(format!("{method} {path} is no route of the template"));
        }
    }
    problems.extend(callable(&project.template, functions));
    problems
}

fn callable(template: &Value, functions: &[Function<'_>]) -> Vec<String> {
    let role = &template["Resources"][GATEWAY_ROLE]["Properties"];
    let statements = list(&role["Policies"]).flat_map(|policy| list(&policy["PolicyDocument"]["Statement"]));
    // What is no function of this template is kept as it is written, and so is nobody's.
    let may: BTreeSet<String> = statements
        .flat_map(|statement| list(&statement["Resource"]))
        .map(|resource| match resource["Fn::GetAtt"].as_str().and_then(|name| name.strip_suffix(".Arn")) {
            Some(function) => function.to_owned(),
            None => resource.to_string(),
        })
        .collect();
    let must: BTreeSet<String> = functions
        .iter()
        .filter(|function| !function.routes.is_empty())
        .map(|function| function.logical_id.to_owned())
        .collect();
    let lacks = must.difference(&may).map(|function| format!("{GATEWAY_ROLE} may not call {function}"));
    let wide =
        may.difference(&must).map(|other| format!("{GATEWAY_ROLE} may call {other}, which has no route"));
    lacks.chain(wide).collect()
}

//! Every route of the template is an operation of its function, and the other way round; both ask for a key or
//! neither does. A route under `/v1` is answered under `/V1` too, and is documented once.

use super::super::project::Project;
use super::super::template::{Function, kebab};
use super::operations;

pub(super) fn check(project: &Project, functions: &[Function<'_>]) -> Vec<String> {
    let operations = operations(&project.document);
    let routes: Vec<_> = functions
        .iter()
        .flat_map(|function| function.routes.iter().map(move |route| (function, route)))
        .collect();
    let mut problems = Vec::new();
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
            problems.push(format!("{method} {path} is in no event of the template"));
        }
    }
    problems
}

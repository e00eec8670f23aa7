//! Every keyed route has its own limit in every usage plan, which is the one the document tells. A route
//! without a key has the limit that the document tells, if any, in the settings of the stage.

use serde_json::Value;

use super::super::project::Project;
use super::super::template::{Function, Route, list, resources};
use super::{Operation, operations};

pub(super) fn check(project: &Project, functions: &[Function<'_>]) -> Vec<String> {
    let operations = operations(&project.document);
    let routes: Vec<Route<'_>> =
        functions.iter().flat_map(|function| function.routes.iter().copied()).collect();
    let plans: Vec<_> = resources(&project.template, "AWS::ApiGateway::UsagePlan").collect();
    let mut problems = Vec::new();
    if plans.is_empty() {
        problems.push("no usage plan in the template".to_owned());
    }
    for route in &routes {
        let said = said_limit(&operations, route);
        let name = format!("{} {}", route.method, route.path);
        if !route.keyed {
            let kept = stage_limit(&project.template, route);
            if said != kept {
                problems.push(format!(
                    "{name}: {} in the document, {} of the stage",
                    words(said),
                    words(kept)
                ));
            }
            continue;
        }
        for (plan, resource) in &plans {
            match (plan_limit(resource, &route.throttle_key()), said) {
                (None, _) => problems.push(format!("{name} has no limit in {plan}")),
                (kept, said) if kept != said => {
                    problems.push(format!(
                        "{name}: {} in the document, {} in {plan}",
                        words(said),
                        words(kept)
                    ));
                }
                _ => {}
            }
        }
    }
    for (plan, resource) in &plans {
        for throttle in throttles(resource).filter_map(Value::as_object).flat_map(|limits| limits.keys()) {
            if !routes.iter().any(|route| route.keyed && route.throttle_key() == *throttle) {
                problems.push(format!("{throttle} of {plan} is no route that needs a key"));
            }
        }
    }
    problems
}

/// Calls a second, from the sentence « Limite : 5 appels / 1 seconde ».
fn said_limit(operations: &[Operation<'_>], route: &Route<'_>) -> Option<f64> {
    let path = route.documented_path();
    let operation = operations.iter().find(|one| one.method == route.method && one.path == path)?;
    let (_, rest) = operation.description.split_once("Limite : ")?;
    let (calls, rest) = rest.split_once(" appel")?;
    let (_, rest) = rest.split_once("/ ")?;
    let (seconds, _) = rest.split_once(" seconde")?;
    Some(calls.parse::<f64>().ok()? / seconds.parse::<f64>().ok()?)
}

fn throttles(plan: &Value) -> impl Iterator<Item = &Value> {
    list(&plan["Properties"]["ApiStages"]).map(|stage| &stage["Throttle"])
}

fn plan_limit(plan: &Value, key: &str) -> Option<f64> {
    throttles(plan).find_map(|throttle| throttle[key]["RateLimit"].as_f64())
}

/// The limit of the stage for this very route; that of all routes together is no promise to a caller.
fn stage_limit(template: &Value, route: &Route<'_>) -> Option<f64> {
    let path = format!("/{}", route.path.replace('/', "~1"));
    let settings = list(&template["Resources"]["Api"]["Properties"]["MethodSettings"])
        .find(|settings| settings["ResourcePath"] == *path && settings["HttpMethod"] == *route.method)?;
    settings["ThrottlingRateLimit"].as_f64()
}

fn words(limit: Option<f64>) -> String {
    limit.map_or("none".to_owned(), |limit| limit.to_string())
}

//! A function may do exactly what it does, on exactly what it does it to; what it logs is forgotten in time; and who is let
//! in to a queue or a topic is named.

use serde_json::Value;

use super::super::project::Project;
use super::super::template::{Function, list, resources};

/// It reads what it has just put, for a copy.
const MISSES_NOTHING: [&str; 1] = ["publish-offers"];

pub(super) fn check(project: &Project, functions: &[Function<'_>]) -> Vec<String> {
    let mut problems = let_in(&project.template);
    for function in functions {
        let name = &function.name;
        problems.extend(log_group(&project.template, function).map(|problem| format!("{name}: {problem}")));
        // A policy that is only a name is a template of SAM's or Amazon's, and wider than it looks.
        if list(&function.properties["Policies"]).any(|policy| policy["Statement"].is_null()) {
            problems.push(format!("{name}: a policy is not written out"));
        }
        for statement in function.statements() {
            for action in list(&statement["Action"]).map(|action| action.as_str().unwrap_or("*")) {
                if action.contains('*') {
                    problems.push(format!("{name}: the action {action} is not exact"));
                }
                // Nothing reads a whole table: what a request costs is bounded, and sketches come from imports.
                if action == "dynamodb:Scan" {
                    problems.push(format!("{name}: may Scan"));
                }
            }
            for resource in list(&statement["Resource"]).filter(|resource| !is_exact(resource)) {
                problems.push(format!("{name}: the resource {resource} is not exact"));
            }
            if statement["Resource"].is_null() || !statement["NotAction"].is_null() {
                problems.push(format!("{name}: a statement names no resource, or all actions but some"));
            }
        }
    }
    problems.extend(functions.iter().filter_map(takes_absence_for_failure));
    problems
}

/// S3 answers 404 for what is not there to whoever may list the bucket, and 403 to others.
fn takes_absence_for_failure(function: &Function<'_>) -> Option<String> {
    let may = |wanted: &str| {
        function.statements().any(|statement| list(&statement["Action"]).any(|action| action == wanted))
    };
    let is_told = may("s3:ListBucket") || MISSES_NOTHING.contains(&function.name.as_str());
    (may("s3:GetObject") && !is_told)
        .then(|| format!("{}: may not list what it reads of a bucket", function.name))
}

/// Policies of queues and topics: exact actions on that one, for a service on behalf of something of ours, or for the one
/// whom a parameter names.
fn let_in(template: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let policies = ["AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"].map(|kind| resources(template, kind));
    for (name, policy) in policies.into_iter().flatten() {
        for statement in list(&policy["Properties"]["PolicyDocument"]["Statement"]) {
            // One that is there on a condition only.
            let statement = statement.pointer("/Fn::If/1").unwrap_or(statement);
            let is_wide = |action: &Value| action.as_str().is_none_or(|action| action.contains('*'));
            if list(&statement["Action"]).any(is_wide) || !list(&statement["Resource"]).all(is_exact) {
                problems.push(format!("{name}: a statement is not exact"));
            }
            let principal = &statement["Principal"];
            let is_behalf = principal["Service"].is_string() && statement["Condition"].is_object();
            if !is_behalf && principal["AWS"]["Ref"].is_null() {
                problems.push(format!("{name}: {principal} is let in"));
            }
        }
    }
    problems
}

/// A reference to one resource; or objects of one bucket under one prefix, the only place for an asterisk.
fn is_exact(resource: &Value) -> bool {
    if resource["Ref"].is_string() {
        return true;
    }
    if let Some(attribute) = resource["Fn::GetAtt"].as_str() {
        return attribute.ends_with(".Arn");
    }
    let Some(arn) = resource["Fn::Sub"].as_str() else { return false };
    match arn.split_once('*') {
        None => true,
        Some((before, "")) => {
            // arn:…:s3:::bucket/prefix/
            before.contains(":s3:::") && before.ends_with('/') && before.matches('/').count() >= 2
        }
        Some(_) => false,
    }
}

fn log_group(template: &Value, function: &Function<'_>) -> Option<String> {
    let Some(id) = function.properties["LoggingConfig"]["LogGroup"]["Ref"].as_str() else {
        return Some("it has no log group of its own".to_owned());
    };
    let group = &template["Resources"][id];
    if group["Type"] != "AWS::Logs::LogGroup" {
        return Some(format!("its log group {id} is not declared"));
    }
    if group["Properties"]["RetentionInDays"].is_null() {
        return Some(format!("its log group {id} has no retention"));
    }
    let named = group["Properties"]["LogGroupName"]["Fn::Sub"].as_str().unwrap_or_default();
    (!named.ends_with(&format!("-{}", function.name)))
        .then(|| format!("its log group {id} has another's name"))
}

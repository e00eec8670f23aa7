//! A function has the same words everywhere: its crate, its logical id, its events, its operation.

use std::collections::BTreeSet;

use super::super::project::Project;
use super::super::template::{Function, kebab};
use super::operations;

pub(super) fn check(project: &Project, functions: &[Function<'_>]) -> Vec<String> {
    let deployed: BTreeSet<&str> = functions.iter().map(|function| function.name.as_str()).collect();
    let documented: BTreeSet<String> =
        operations(&project.document).iter().map(|operation| kebab(operation.id)).collect();
    let served = functions
        .iter()
        .filter(|function| !function.routes.is_empty())
        .map(|function| function.name.as_str());
    let served: BTreeSet<&str> = served.collect();
    let mut names: BTreeSet<&str> = deployed.clone();
    names.extend(project.crates.keys().map(String::as_str));
    names.extend(project.events.iter().map(String::as_str));

    let mut problems = Vec::new();
    for name in names {
        if !project.crates.contains_key(name) {
            problems.push(format!("{name}: no crate functions/{name}"));
        }
        if !deployed.contains(name) {
            problems.push(format!("{name}: no function {} in the template", pascal(name)));
        }
        if !project.events.contains(name) {
            problems.push(format!("{name}: no file in events/{name}"));
        }
        if served.contains(name) && !documented.contains(name) {
            problems.push(format!("{name}: no operation {} in the document", camel(name)));
        }
    }
    for function in functions {
        let code = function.code();
        if code != Some(&function.name) {
            problems.push(format!("{}: its code is {code:?}", function.name));
        }
    }
    problems
}

fn pascal(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at(1.min(word.len()));
        first.to_ascii_uppercase() + rest
    });
    words.collect()
}

fn camel(name: &str) -> String {
    let pascal = pascal(name);
    let (first, rest) = pascal.split_at(1.min(pascal.len()));
    first.to_ascii_lowercase() + rest
}

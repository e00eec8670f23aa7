//! A function is given the variables it reads and no others: what it has a name for, it may use.

use std::collections::BTreeSet;

use super::super::project::Project;
use super::super::template::Function;

/// Given to every function by the globals of the template.
const GLOBAL: [&str; 2] = ["STAGE", "RUST_LOG"];

pub(super) fn check(project: &Project, functions: &[Function<'_>]) -> Vec<String> {
    let mut problems = Vec::new();
    for name in GLOBAL {
        if project.template["Globals"]["Function"]["Environment"]["Variables"][name].is_null() {
            problems.push(format!("the globals of the template give no {name}"));
        }
    }
    let told = &project.document["components"]["schemas"]["HealthAnswer"]["properties"]["env"]["enum"];
    if *told != project.template["Parameters"]["Stage"]["AllowedValues"] {
        problems.push(format!("the stages of the document are {told}, not the template's"));
    }
    for function in functions {
        let Some(code) = project.crates.get(&function.name) else { continue };
        let (given, read) = (function.variables(), read(code));
        for variable in given.difference(&read) {
            problems.push(format!("{}: {variable} is given and not read", function.name));
        }
        for variable in read.difference(&given).filter(|name| !GLOBAL.contains(&name.as_str())) {
            problems.push(format!("{}: {variable} is read and not given", function.name));
        }
        for variable in by_name(code).difference(&read) {
            problems.push(format!("{}: {variable} is read, and not named above `build`", function.name));
        }
    }
    problems
}

/// The variables that the comment above `build` names. The comment, since the tables are read in `runtime`.
fn read(code: &str) -> BTreeSet<String> {
    let head = code.split("pub async fn build").next().unwrap_or_default();
    let comment: Vec<&str> = head
        .lines()
        .rev()
        .map(str::trim)
        .skip_while(|line| line.is_empty() || line.starts_with("#["))
        .take_while(|line| line.starts_with("///"))
        .collect();
    comment
        .iter()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .filter(is_variable)
        .map(str::to_owned)
        .collect()
}

/// The variables that the code names in a call: `environment.get("DATA_BUCKET")`.
fn by_name(code: &str) -> BTreeSet<String> {
    let calls = code.split("environment.").skip(1);
    calls
        .filter_map(|call| call.split_once("(\"")?.1.split('"').next())
        .filter(is_variable)
        .map(str::to_owned)
        .collect()
}

fn is_variable(text: &&str) -> bool {
    !text.is_empty()
        && text.chars().all(|char| char.is_ascii_uppercase() || char.is_ascii_digit() || char == '_')
}

//! What the delivery machine takes for granted of the template: times that must outlast others, and the ledger's index
//! and stream.

use domain::event::Event;
use serde_json::Value;
use usecases::once::CLAIM_SECONDS;
use usecases::{send_mail, webhooks};

use super::super::project::Project;
use super::super::template::{Function, list};

/// Routes that claim no request: what they do under a key is guarded by its stored answer alone, however long they take.
const CLAIM_NOTHING: [&str; 1] = ["deposit-offers"];
/// How long the gateway waits for a function, in seconds.
const GATEWAY_SECONDS: u64 = 29;

/// AWS asks for it, so that no message comes again while it is worked on.
const VISIBILITY_TIMES: u64 = 6;

pub(super) fn check(project: &Project, functions: &[Function<'_>]) -> Vec<String> {
    let globals = project.template["Globals"]["Function"]["Timeout"].as_u64().unwrap_or(u64::MAX);
    let timeout = |function: &Function<'_>| function.properties["Timeout"].as_u64().unwrap_or(globals);
    let mut problems = Vec::new();
    for function in functions.iter().filter(|function| !function.routes.is_empty()) {
        if CLAIM_NOTHING.contains(&function.name.as_str()) {
            if timeout(function) >= GATEWAY_SECONDS {
                problems.push(format!("{}: the gateway does not wait for it", function.name));
            }
        } else if timeout(function) >= u64::from(CLAIM_SECONDS) {
            problems.push(format!("{}: a claim of {CLAIM_SECONDS} s does not outlast it", function.name));
        }
    }
    for (name, lease, queue) in [
        ("send-mail", send_mail::LEASE_SECONDS, "MailQueue"),
        ("send-webhook", webhooks::LEASE_SECONDS, "WebhookQueue"),
    ] {
        for function in functions.iter().filter(|function| function.name == name) {
            if timeout(function) >= u64::from(lease) {
                problems.push(format!("{name}: a lease of {lease} s does not outlast it"));
            }
            let visibility = &project.template["Resources"][queue]["Properties"]["VisibilityTimeout"];
            if visibility.as_u64().unwrap_or_default() < timeout(function) * VISIBILITY_TIMES {
                problems.push(format!(
                    "{queue}: its messages come again before {VISIBILITY_TIMES} runs of {name}"
                ));
            }
        }
    }
    problems.extend(ledger(&project.template["Resources"]["LedgerTable"]["Properties"]));
    problems.extend(functions.iter().filter(|function| function.name == "relay-outbox").flat_map(relay));
    problems
}

fn ledger(table: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    if table["StreamSpecification"]["StreamViewType"] != "KEYS_ONLY" {
        problems.push("LedgerTable: its stream bears more than keys".to_owned());
    }
    let named = |index: &&Value| index["IndexName"] == store::OVERDUE_INDEX;
    match list(&table["GlobalSecondaryIndexes"]).find(named) {
        Some(index) if index["Projection"]["ProjectionType"] == "KEYS_ONLY" => {}
        Some(_) => problems.push("LedgerTable: its index bears more than keys".to_owned()),
        None => problems.push(format!("LedgerTable: no index {}", store::OVERDUE_INDEX)),
    }
    problems
}

/// The stream starts the relay for exactly what is owed.
fn relay(function: &Function<'_>) -> Vec<String> {
    let text = function.properties["Events"].to_string();
    let id = "0".repeat(32);
    let application = "8cb7015d-db7a-479d-8920-aec0d5f66435";
    let owed = [
        format!("mail#{id}"),
        format!("event#{}", Event::KINDS[0]),
        format!("scan#{application}"),
        format!("webhook#{application}#{id}"),
    ];
    owed.iter()
        .filter_map(|partition| {
            let prefix = partition.split_inclusive('#').next()?;
            let passes = store::owed_of(partition).is_some() && text.contains(prefix);
            (!passes).then(|| format!("relay-outbox: the filter of its stream lets no {prefix} pass"))
        })
        .collect()
}

//! What is written by hand and told by the code as well: both must say the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use api::errors::{ApiError, DepositRefusal};
use domain::mail::{Template, WhenUnknown};

use super::document;
use super::project::Project;

/// The first cells of a table, without the marks of code, and the second ones. The table is the first one below `heading`.
fn table(text: &str, heading: &str) -> Vec<(String, String)> {
    let (_, below) = text.split_once(heading).unwrap_or_else(|| panic!("no {heading}"));
    let rows =
        below.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    rows.skip(2)
        .map(|row| {
            let mut cells = row.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', ""));
            (cells.next().unwrap(), cells.next().unwrap_or_default())
        })
        .collect()
}

#[test]
fn the_conventions_tell_what_to_do_about_every_code_of_a_refusal() {
    let document = document::generate(&Project::load().template);
    let told = table(document["info"]["description"].as_str().unwrap(), "### Refus d'un dépôt");
    let answered: BTreeSet<(String, String)> = DepositRefusal::ALL
        .iter()
        .map(|refusal| (refusal.code(), ApiError::Deposit(*refusal).status().to_string()))
        .collect();
    assert_eq!(told.iter().cloned().collect::<BTreeSet<_>>(), answered);
    assert_eq!(told.len(), answered.len(), "a code is told twice");
    let listed = &document["components"]["schemas"]["RefusalCode"]["enum"];
    assert_eq!(listed, &serde_json::to_value(DepositRefusal::codes()).unwrap());
}

#[test]
fn the_runbook_tells_of_every_mail_what_is_done_when_its_fate_is_unknown() {
    let runbook = fs::read_to_string(tests::root().join("infra/runbook.md")).unwrap();
    let told = table(&runbook, "\n## Mails of unknown fate\n");
    let done: BTreeMap<String, String> = Template::ALL
        .into_iter()
        .map(|template| {
            let done = match template.when_unknown() {
                WhenUnknown::SendOnceMore => "sent once more",
                WhenUnknown::Leave => "left",
            };
            (template.as_str().to_owned(), done.to_owned())
        })
        .collect();
    assert_eq!(told.len(), done.len(), "a mail is told twice, or not at all");
    assert_eq!(told.into_iter().collect::<BTreeMap<_, _>>(), done);
}

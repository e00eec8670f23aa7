//! Metrics, as lines of the log that CloudWatch counts (embedded metric format): no call, no permission, and none lost
//! while CloudWatch is away.

use std::io::Write;

use serde_json::{Map, Value, json};
use usecases::ports::Clock;

use crate::clock::SystemClock;
use crate::environment::Environment;

/// Under which name CloudWatch has them.
pub const NAMESPACE: &str = "Alternance";

/// What tells one stack's counts from another's.
const DIMENSION: &str = "FunctionName";

/// Writes counts, each under its name and the name of the function as it is deployed. A line that cannot be written is
/// no failure.
pub fn count(counts: &[(&'static str, u64)]) {
    let function = Environment.find("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_default();
    let line = line(&function, counts, SystemClock.now().as_millisecond());
    // One write, so that lines of records that are worked off at once do not mix.
    drop(std::io::stdout().lock().write_all(format!("{line}\n").as_bytes()));
}

fn line(function: &str, counts: &[(&'static str, u64)], millis: i64) -> Value {
    let metrics: Vec<Value> = counts.iter().map(|(name, _)| json!({"Name": name, "Unit": "Count"})).collect();
    let mut line: Map<String, Value> =
        counts.iter().map(|(name, count)| ((*name).to_owned(), json!(count))).collect();
    line.insert(DIMENSION.to_owned(), json!(function));
    let directive = json!({"Namespace": NAMESPACE, "Dimensions": [[DIMENSION]], "Metrics": metrics});
    line.insert("_aws".to_owned(), json!({"Timestamp": millis, "CloudWatchMetrics": [directive]}));
    Value::Object(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_counts_and_says_which_of_its_fields_are_metrics() {
        let line = line("a-send-mail", &[("MailsSent", 1)], 5);
        assert_eq!((&line["MailsSent"], &line["FunctionName"]), (&json!(1), &json!("a-send-mail")));
        let directive = &line["_aws"]["CloudWatchMetrics"][0];
        assert_eq!(directive["Metrics"], json!([{"Name": "MailsSent", "Unit": "Count"}]));
        assert_eq!((&directive["Namespace"], &line["_aws"]["Timestamp"]), (&json!("Alternance"), &json!(5)));
    }
}

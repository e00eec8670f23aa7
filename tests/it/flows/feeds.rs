//! The owner of a feed sends files.

use serde_json::{Value, json};
use testkit::{gzip, jsonl};

use crate::cloud::{Api, Bucket, unique};

/// A place that no other data set has anything at: the Kerguelen Islands.
const KERGUELEN: &str =
    "/v1/jobs?romes=D1102&sources=lba&latitude=-49.35&longitude=70.22&radius=30&insee=98412";

/// A feed of this run: its companies bear its name, and sit one behind the other.
struct Feed {
    name: String,
    first: u32,
}

impl Feed {
    fn new() -> Self {
        let name = unique("flow");
        // Sirets of its own, so that two runs over one cloud do not share a company.
        let digits = u32::from_str_radix(&name[name.len() - 6..], 16).unwrap();
        Self { name, first: digits % 9_000_000 }
    }

    fn row(&self, number: u32) -> Value {
        let mut row = testkit::company(self.first + number);
        row["enseigne"] = json!(format!("{} {number}", self.name));
        row["geo_coordinates"] = json!(format!("{:.4},70.22", -49.35 - f64::from(number) / 1_000.0));
        row
    }

    fn key(&self) -> String {
        format!("companies/{}/list.jsonl.gz", self.name)
    }

    /// The companies of this feed that a search finds, in its order.
    async fn found(&self, api: &Api) -> Vec<String> {
        let body = api.get(KERGUELEN).await.ok();
        let results = body["lbaCompanies"]["results"].as_array().unwrap_or_else(|| panic!("{body}"));
        let titles = results.iter().map(|item| item["title"].as_str().unwrap().to_owned());
        titles.filter(|title| title.starts_with(&self.name)).collect()
    }

    fn titles(&self, numbers: impl IntoIterator<Item = u32>) -> Vec<String> {
        numbers.into_iter().map(|number| format!("{} {number}", self.name)).collect()
    }
}

/// The counts of a report: read, kept, unchanged, added, changed, withdrawn, refused.
fn counts(report: &Value) -> Vec<u64> {
    let names = ["rows_read", "kept", "unchanged", "added", "changed", "withdrawn", "refused"];
    names.iter().map(|name| report[name].as_u64().unwrap_or_else(|| panic!("{report}"))).collect()
}

#[tokio::test]
async fn a_file_is_searchable_then_changed_then_withdrawn() {
    let (api, bucket, feed) = (Api::deployed(), Bucket::deployed().await, Feed::new());
    let rows: Vec<Value> = (1..=10).map(|number| feed.row(number)).collect();

    let report = bucket.load(&feed.key(), gzip(&jsonl(&rows)), false).await;
    assert_eq!(
        (&report["status"], counts(&report)),
        (&json!("done"), vec![10, 10, 0, 10, 0, 0, 0]),
        "{report}"
    );
    assert_eq!(feed.found(&api).await, feed.titles(1..=10));

    // One renamed, one gone, one new, one that is no company.
    let mut changed = rows.clone();
    changed[4]["enseigne"] = json!(format!("{} renommée", feed.name));
    changed.remove(0);
    changed.push(feed.row(11));
    changed.push(json!({"siret": "12345678901234", "enseigne": "Personne"}));
    let report = bucket.load(&feed.key(), jsonl(&changed), false).await;
    assert_eq!(
        (&report["status"], counts(&report)),
        (&json!("done"), vec![11, 10, 8, 1, 1, 1, 1]),
        "{report}"
    );
    assert_eq!(report["first_refused"][0]["line"], 11);
    let rejects = bucket.get(report["rejects_key"].as_str().unwrap()).await.unwrap();
    assert_eq!(String::from_utf8(rejects).unwrap().lines().count(), 1);
    let mut titles = feed.titles(2..=11);
    titles[3] = format!("{} renommée", feed.name);
    assert_eq!(feed.found(&api).await, titles);

    // Too much would go: nothing does, until it is forced.
    let few = jsonl(&changed[..3]);
    let report = bucket.load(&feed.key(), few.clone(), false).await;
    assert_eq!((&report["status"], &report["withdrawn"]), (&json!("refused"), &json!(0)), "{report}");
    assert!(report["reason"].as_str().is_some_and(|reason| reason.contains("force")), "{report}");
    assert_eq!(feed.found(&api).await, titles);
    let report = bucket.load(&feed.key(), few, true).await;
    assert_eq!((&report["status"], counts(&report)), (&json!("done"), vec![3, 3, 3, 0, 0, 7, 0]), "{report}");
    assert_eq!(feed.found(&api).await, feed.titles(2..=4));

    let report = bucket.load(&feed.key(), Vec::new(), true).await;
    assert_eq!((&report["status"], &report["withdrawn"]), (&json!("done"), &json!(3)), "{report}");
    assert_eq!(feed.found(&api).await, Vec::<String>::new());
}

#[tokio::test]
async fn two_feeds_of_one_source_leave_each_other_alone() {
    let (api, bucket, one) = (Api::deployed(), Bucket::deployed().await, Feed::new());
    let other = format!("companies/{}-b/list.jsonl", one.name);
    bucket.load(&one.key(), jsonl(&[one.row(1), one.row(2)]), false).await;
    let report = bucket.load(&other, jsonl(&[one.row(2), one.row(3)]), false).await;
    assert_eq!(counts(&report), [2, 2, 0, 2, 0, 0, 0], "{report}");
    assert_eq!(one.found(&api).await, one.titles(1..=3), "a company of both feeds is found once");

    bucket.load(&one.key(), Vec::new(), true).await;
    assert_eq!(one.found(&api).await, one.titles(2..=3), "the other feed keeps what it brings");
    bucket.load(&other, Vec::new(), true).await;
    assert_eq!(one.found(&api).await, Vec::<String>::new());
}

//! One JSON line per request, with what it takes to follow it and nothing of a person.

use std::io;
use std::sync::{Arc, Mutex};

use runtime::environment::Stage;
use serde_json::{Value, json};
use tests::events;

use crate::data::{self, KEY, KEY_ID};
use crate::depositing;
use crate::world::{World, run};

/// Lines as Lambda collects them.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Lines {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// Each is one JSON object.
    fn read(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Collects what this thread logs until the guard is dropped, in the form of a deployed function.
fn collect() -> (Lines, tracing::subscriber::DefaultGuard) {
    let lines = Lines::default();
    let writer = lines.clone();
    let guard =
        tracing::subscriber::set_default(runtime::telemetry::subscriber("info", move || writer.clone()));
    (lines, guard)
}

#[tokio::test]
async fn a_search_is_one_line_with_route_key_id_sources_counts_and_cost() {
    let world = World::new().await;
    let (lines, guard) = collect();
    world.answer("search-jobs", &events::load("search-jobs/caller")).await;
    drop(guard);
    let [line] = lines.read().try_into().unwrap();
    for (field, value) in [
        ("level", json!("INFO")),
        ("message", json!("request")),
        ("http.method", json!("GET")),
        ("http.route", json!("/v1/jobs")),
        ("http.status", json!(200)),
        ("key.id", json!(KEY_ID)),
        ("partner", json!("partner-one")),
        ("caller", json!("annuaire")),
        ("sources", json!("lba,matcha,offres")),
        ("results", json!("lba=3 matcha=3 offres=2")),
        ("search.rounds", json!(1)),
    ] {
        assert_eq!(line[field], value, "{field} in {line}");
    }
    for field in ["search.calls", "search.rows", "search.rru", "duration_ms", "http.body_bytes"] {
        assert!(line[field].as_f64().is_some_and(|figure| figure > 0.0), "{field} in {line}");
    }
    let event: Value = serde_json::from_str(&events::load("search-jobs/caller")).unwrap();
    assert_eq!(line["request.id"], event["requestContext"]["requestId"]);
}

#[tokio::test]
async fn no_line_holds_a_key_an_address_or_what_was_searched_for() {
    let world = World::new().await;
    let (lines, guard) = collect();
    let mut requests = 0;
    for event in events::all() {
        if event.text.contains("\"httpMethod\"") {
            world.answer(&event.function, &event.text).await;
            requests += 1;
        }
    }
    drop(guard);
    let text = lines.text();
    assert_eq!(text.matches("\"message\":\"request\"").count(), requests, "one line per request");
    assert_eq!(lines.read().len(), requests, "no request failed on our side");
    for secret in [KEY, "fake-key", "contact@exemple.invalid", "@", "48.8566", "192.0.2.10"] {
        assert!(!text.contains(secret), "{secret} in the log");
    }
    for address in data::addresses() {
        assert!(!text.contains(&address), "{address} in the log");
    }
    for secret in depositing::told_in_confidence() {
        assert!(!text.contains(&secret), "{secret} in the log");
    }
}

#[tokio::test]
async fn a_key_without_an_id_is_known_by_the_start_of_its_hash() {
    let world = World::new().await;
    let mut event: Value = serde_json::from_str(&events::load("search-jobs/one-source")).unwrap();
    event["requestContext"]["identity"] = json!({});
    let (lines, guard) = collect();
    world.answer("search-jobs", &event.to_string()).await;
    drop(guard);
    let hash = usecases::partners::key_hash(KEY);
    assert_eq!(lines.read()[0]["key.id"], hash[..12]);
}

#[tokio::test]
async fn a_refusal_is_logged_with_its_kind() {
    let world = World::new().await;
    for (case, kind, status) in [
        ("wrong-parameters", "wrong_parameters", 400),
        ("schema-error", "schema", 400),
        ("nul", "bad_request", 400),
        ("unknown-key", "unknown_key", 403),
        ("suspended-partner", "suspended", 403),
    ] {
        let (lines, guard) = collect();
        world.answer("search-jobs", &events::load(&format!("search-jobs/{case}"))).await;
        drop(guard);
        let [line] = lines.read().try_into().unwrap();
        assert_eq!((&line["error.kind"], &line["http.status"]), (&json!(kind), &json!(status)), "{case}");
        assert_eq!(line["http.route"], "/v1/jobs", "{case}");
        assert!(line["key.id"].as_str().is_some_and(|id| id.starts_with("fakekeyid")), "{case}: {line}");
    }
}

#[tokio::test]
async fn a_failure_is_logged_with_its_causes_beside_the_line_of_its_request() {
    let world = World::new().await;
    let table = &world.import.store.tables.records;
    world.import.store.client.delete_table().table_name(table).send().await.unwrap();
    let (lines, guard) = collect();
    world.answer("search-jobs", &events::load("search-jobs/nominal")).await;
    drop(guard);
    let lines = lines.read();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!((&lines[0]["level"], &lines[0]["message"]), (&json!("ERROR"), &json!("request failed")));
    let causes = lines[0]["error.causes"].as_str().unwrap();
    assert!(causes.contains("could not find a partner"), "{causes}");
    assert_eq!((&lines[1]["http.status"], &lines[1]["error.kind"]), (&json!(500), &json!("internal")));
    assert_eq!(lines[0]["request.id"], lines[1]["request.id"]);
}

#[tokio::test]
async fn a_panic_is_logged_without_its_words() {
    let (lines, guard) = collect();
    let event = events::load("health/root");
    let context = health::Context { stage: Stage::Local, store: Box::new(Unwell) };
    run(&event, |request| health::handle(&context, request)).await;
    drop(guard);
    assert!(!lines.text().contains("secret"), "{}", lines.text());
    assert_eq!(lines.read().last().unwrap()["http.status"], 500);
}

/// Panics with words that might be somebody's.
struct Unwell;

#[async_trait::async_trait]
impl usecases::ports::CheckHealth for Unwell {
    async fn check(&self) -> Result<(), usecases::ports::PortError> {
        panic!("secret@exemple.invalid")
    }
}

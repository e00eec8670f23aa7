//! `make cold`: how each function starts, as Lambda starts it.
//!
//! The deployed program is started as a process of its own, again and again, under a runtime API of ours
//! ([`lambda`]) and over stores of ours ([`stores`], behind TLS by [`tls`]): until it asks for its first event that
//! is the start, then come two requests of `events/`. What it used is read from the kernel ([`process`]), so the
//! program is measured as it is, with nothing added.
//!
//! What only AWS can show is not in it: the sandbox, the fetch of the code, the network, a share of a processor.

mod lambda;
mod options;
mod process;
mod report;
mod stores;
mod tls;
mod variables;

use std::path::Path;

use lambda::Lambda;
use options::Options;
use process::Sandbox;
use report::{Figures, Line, Sample};
use runtime::clock::SystemClock;
use stores::Stores;
use usecases::ports::Clock as _;

use crate::{data, measure, say};

/// The word of the command line that asks for this.
pub(crate) const COLD: &str = "cold";
/// The events that a route answers with a 2xx, by the name that they have in `events/`; a function without one is
/// started by a file or a schedule, and measured to its first poll.
const NOMINAL: [&str; 5] =
    ["nominal.json", "found.json", "counted.json", "departement.json", "healthcheck.json"];
/// Routes that write, or ask for what only such a route has written: the store here holds nothing that they could find or
/// add to, and a refusal is no request worth a figure. They are measured to their first poll.
const UNANSWERED: &[&str] = &[
    "answer-application",
    "answer-appointment",
    "apply",
    "apply-by-id",
    "archive-establishment",
    "ask-for-data",
    "change-webhook",
    "close-offer",
    "create-establishment",
    "create-webhook",
    "delegate-offer",
    "delete-webhook",
    "deposit-offer",
    "deposit-offers",
    "edit-offer",
    "extend-offer",
    "get-application",
    "get-appointment",
    "list-waiting-accounts",
    "put-offer",
    "recall-appointment",
    "request-appointment",
    "set-appointment-contact",
    "settle-account",
    "show-appointment-form",
    "test-webhook",
    "unsubscribe",
];
/// What the offers behind the sketches are drawn by, as in the searches.
const SEED: u64 = 42;
const UNKNOWN: f64 = 1.0 / 6.0;

/// Measures every function, prints the table and keeps the lines.
pub(crate) fn run(words: &[String]) -> anyhow::Result<()> {
    let options = Options::parse(words)?;
    let places = data::read_places(&options.home.join("places.csv"))?;
    let world = data::World::new(data::Shape { items: options.items, seed: SEED, unknown: UNKNOWN }, places);
    let stores = Stores::start(&world, options.tls)?;
    say(&stores.to_string());
    let lambda = Lambda::start()?;
    let (mut lines, mut failed) = (Vec::new(), Vec::new());
    for function in options.functions()? {
        let figures = match measure_one(&function, &options, &stores, &lambda) {
            Ok(figures) => figures,
            Err(error) => {
                say(&format!("{function}: {error:#}"));
                failed.push(function);
                continue;
            }
        };
        lines.push(Line {
            date: SystemClock.now().strftime("%Y-%m-%d").to_string(),
            command: format!("bench {COLD} {}", options.told()),
            cpu: measure::cpu_model(),
            architecture: std::env::consts::ARCH.to_owned(),
            profile: options.profile(),
            tls: options.tls,
            sketch_bytes: stores.sketch_bytes,
            function,
            figures,
        });
    }
    say(&report::table(&lines));
    if let Some(results) = &options.results {
        report::keep(results, &lines)?;
    }
    anyhow::ensure!(failed.is_empty(), "not measured: {}", failed.join(", "));
    Ok(())
}

/// Starts a function so many times, and sums up.
fn measure_one(
    function: &str,
    options: &Options,
    stores: &Stores,
    lambda: &Lambda,
) -> anyhow::Result<Figures> {
    let mut cases = NOMINAL.iter().filter(|_| !UNANSWERED.contains(&function));
    let event = cases
        .find_map(|name| std::fs::read_to_string(options.root.join("events").join(function).join(name)).ok());
    let program = options.program(function)?;
    let environment = variables::of(function, stores, lambda);
    let samples = (0..options.runs).map(|_| sample(&program, &environment, event.as_deref(), lambda));
    let samples = samples.collect::<anyhow::Result<Vec<_>>>()?;
    let (binary, zip) = report::sizes(&program)?;
    Ok(Figures::of(binary, zip, &samples))
}

/// One life: start, first poll, two requests.
fn sample(
    program: &Path,
    environment: &[(&str, String)],
    event: Option<&str>,
    lambda: &Lambda,
) -> anyhow::Result<Sample> {
    let sandbox = Sandbox::start(program, environment)?;
    let mut poll = lambda.polled()?;
    let first_poll = poll.at.saturating_duration_since(sandbox.started);
    let mut before = sandbox.used()?;
    let mut sample = Sample { first_poll, init: before, requests: Vec::new() };
    for _ in 0..if event.is_some() { 2 } else { 0 } {
        let given = poll.give(event.unwrap_or_default());
        let answered = lambda.answered()?;
        poll = lambda.polled()?;
        let after = sandbox.used()?;
        sample.requests.push(report::Request {
            wall: answered.saturating_duration_since(given),
            cpu: after.cpu.saturating_sub(before.cpu),
            peak_bytes: after.peak_bytes,
        });
        before = after;
    }
    Ok(sample)
}

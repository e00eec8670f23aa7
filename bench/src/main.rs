//! `make bench`: what a search costs, on the embedded store, and beside it what one would use instead.
//!
//! - the data and what is asked: [`data`], [`queries`]; they know no engine
//! - our index and handler: [`ours`], over [`embedded`] and [`tape`]
//! - the peers: [`peers`]
//! - figures: [`measure`], [`stats`], [`prices`], [`bounds`], [`run`], [`report`]
//! - how the deployed programs start, `make cold`: [`cold`]
//! - what deposits cost, and whether any is lost, `make deposits`: [`deposits`]
//!
//! It measures the deployed code: the same handler, client, profile of compilation. It is no part of what is
//! deployed.

mod bounds;
mod cold;
mod data;
mod deposits;
mod embedded;
mod hit;
mod measure;
mod options;
mod ours;
mod peers;
mod prices;
mod queries;
mod report;
mod run;
mod stats;
mod surroundings;
mod tape;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::Context as _;
use data::{Shape, World};
use embedded::Served;
use options::Options;
use ours::Ours;
use report::Run;
use runtime::clock::SystemClock;
use serde::{Deserialize, Serialize};
use usecases::ports::Clock as _;

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [command, file] = words.as_slice()
        && command == embedded::SERVE
    {
        return embedded::serve(Path::new(file));
    }
    if let Some((command, words)) = words.split_first()
        && command == cold::COLD
    {
        return cold::run(words);
    }
    if let Some((command, words)) = words.split_first()
        && command == deposits::DEPOSITS
    {
        return deposits::run(words);
    }
    let command = format!("bench {}", words.join(" "));
    let options = Options::parse(words)?;
    let places = data::read_places(&options.home.join("places.csv"))?;
    for &items in &options.items {
        let shape = Shape { items, seed: options.seed, unknown: options.unknown };
        let world = World::new(shape, places.clone());
        bench(&world, &options, &command)?;
    }
    if let (Some(results), Some(picture)) = (&options.results, &options.picture) {
        std::fs::write(picture, report::draw(&report::read(results)?))?;
        say(&growth(&report::read(results)?));
    }
    Ok(())
}

/// A run over fewer offers is a trial, and leaves no lines.
const WORTH_KEEPING: u32 = 100_000;

/// All searches over one number of offers.
fn bench(world: &World, options: &Options, command: &str) -> anyhow::Result<()> {
    let loaded = load(world, &options.home)?;
    let stem = options.home.join(format!("store-{}", world.shape.items));
    let served = Served::start(&stem.with_extension("db"))?;
    let ours = Ours::start(served, &stem.with_extension("sketch"))?;
    let started = Instant::now();
    let mut peers = if options.peers { peers::start(world, &options.home)? } else { Vec::new() };
    say(&format!("peers loaded in {:.0} s", started.elapsed().as_secs_f64()));
    let empty_call = ours.empty_call()?;
    let mut run = Run {
        date: SystemClock.now().strftime("%Y-%m-%d").to_string(),
        command: command.to_owned(),
        cpu: measure::cpu_model(),
        data: world.shape,
        index_rows: loaded.rows,
        row_bytes: loaded.row_bytes,
        empty_call_ms: empty_call.as_secs_f64() * 1e3,
        peak_memory: 0,
    };
    let kept = options.results.as_ref().filter(|_| world.shape.items >= WORTH_KEEPING);
    let mut rows = Vec::new();
    let searches = queries::searches(world, options.sets).into_iter();
    for search in searches.filter(|search| search.name.starts_with(&options.only)) {
        let started = Instant::now();
        let row = run::measure(&search, &ours, &mut peers, empty_call)?;
        say(&format!("{}: {:.0} s", search.name, started.elapsed().as_secs_f64()));
        run.peak_memory = measure::peak_memory();
        if let Some(path) = kept {
            report::append(path, &run, std::slice::from_ref(&row))?;
        }
        rows.push(row);
    }
    say(&format!("\n{run}"));
    say(&report::table(&rows, world.shape.items == bounds::ITEMS));
    Ok(())
}

/// What a stored index is, kept beside it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Loaded {
    fingerprint: String,
    rows: u64,
    row_bytes: f64,
}

/// Writes the index, unless it is there from an earlier run over the same data and by the same layout.
fn load(world: &World, home: &Path) -> anyhow::Result<Loaded> {
    let stem = home.join(format!("store-{}", world.shape.items));
    let stamp = stem.with_extension("stamp");
    let fingerprint = ours::fingerprint(world)?;
    ours::write_sketch(world, &stem.with_extension("sketch"))?;
    let known = std::fs::read(&stamp).ok().and_then(|text| serde_json::from_slice::<Loaded>(&text).ok());
    if let Some(known) = known.filter(|known| known.fingerprint == fingerprint) {
        return Ok(known);
    }
    let _ = std::fs::remove_file(&stamp);
    let started = Instant::now();
    let (rows, row_bytes) = ours::load(world, &stem.with_extension("db"))?;
    let seconds = started.elapsed().as_secs_f64();
    say(&format!("{rows} rows written in {seconds:.0} s, {:.0} a second", rows as f64 / seconds));
    let loaded = Loaded { fingerprint, rows, row_bytes };
    std::fs::write(&stamp, serde_json::to_vec(&loaded)?).context("the stamp cannot be written")?;
    Ok(loaded)
}

/// How much more each search reads at the largest number of offers than at the number of the bounds, over the sets of
/// parameters of both runs whose answer is full at the fewer: one that is not reads more because it finds more.
fn growth(lines: &[report::Line]) -> String {
    let by_set = |items: u32, search: &str| {
        let line = lines.iter().find(|line| line.run.data.items == items && line.row.search == search);
        line.and_then(|line| Some(line.row.ours.as_ref()?.by_set.as_slice())).unwrap_or_default()
    };
    let most = lines.iter().map(|line| line.run.data.items).max().unwrap_or_default();
    let mut out = String::new();
    for line in lines.iter().filter(|line| most > bounds::ITEMS && line.run.data.items == most) {
        let name = line.row.search.as_str();
        let pairs = by_set(bounds::ITEMS, name).iter().zip(by_set(most, name));
        let full: Vec<_> = pairs.filter(|((_, returned), _)| *returned >= peers::CAP as f64).collect();
        let few: f64 = full.iter().map(|((rru, _), _)| rru).sum();
        let many: f64 = full.iter().map(|(_, (rru, _))| rru).sum();
        if few > 0.0 {
            let (times, sets) = (many / few, full.len());
            let verdict = if times <= bounds::GROWTH { "ok" } else { "OVER" };
            let _ = writeln!(
                out,
                "{name}: RRU x {times:.2} from 300,000 to {most} offers where the answer is full ({sets} sets), {verdict}"
            );
        }
    }
    out
}

/// Says something at the terminal.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

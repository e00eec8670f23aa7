//! `make deposits`: what the deposit of offers costs, and whether any is lost or doubled, when partners deposit at once.
//!
//! - what is sent: [`drawn`], by [`partners`], into a [`site`], which is the use cases and adapters of the functions over
//!   an embedded store of its own process
//! - what it costs: [`meter`], [`planned`] and [`spent`]
//! - what was answered ([`said`]) and what is there ([`dump`]), and whether they agree: [`check`]
//! - requests of 100 beside offers one by one: [`beside`], over a [`collection`] that is the same each time
//!
//! What only AWS can show is not in it: the network, throttling, and conflicts of transactions, which the embedded store
//! does one after the other. Two changes of one establishment meet all the same: the second finds it changed.

mod beside;
mod check;
mod collection;
mod drawn;
mod dump;
mod meter;
mod options;
mod partners;
mod planned;
mod report;
mod said;
mod site;
mod spent;

use std::time::Instant;

use anyhow::Context as _;
use beside::Plan;
use check::Faults;
use drawn::Drawing;
use dump::Held;
use options::Options;
use partners::Partner;
use report::{Latency, Line};
use runtime::clock::SystemClock;
use serde::Deserialize;
use site::Site;
use usecases::ports::Clock as _;

use crate::data::{self, Shape, Stream, World, rng};
use crate::{measure, say};

/// The word of the command line that asks for this.
pub(crate) const DEPOSITS: &str = "deposits";
/// Of the offers that texts and places are taken from.
const UNKNOWN: f64 = 1.0 / 6.0;

/// Deposits, checks, compares, prints the tables and keeps the line. An error where anything is wrong.
pub(crate) fn run(words: &[String]) -> anyhow::Result<()> {
    let options = Options::parse(words)?;
    let places = data::read_places(&options.home.join("places.csv"))?;
    let shape = Shape { items: options.offers, seed: options.seed, unknown: UNKNOWN };
    let world = World::new(shape, places);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let faults = runtime.block_on(whole(&options, &world))?;
    anyhow::ensure!(faults.count() == 0, "what is held is not what was said:\n{}", report::faults(&faults));
    Ok(())
}

async fn whole(options: &Options, world: &World) -> anyhow::Result<Faults> {
    let drawing = Drawing::new(world, SystemClock.now());
    let site = Site::start().await?;
    let (mut line, faults) = deposited(options, &drawing, &site).await?;
    say(&report::table(&line));
    drop(site);
    if options.beside > 0 {
        let site = Site::start().await?;
        line.beside = beside::measure(&site, &drawing, &Plan::of(options.beside)).await?;
        say(&report::ways(&line.beside));
    }
    if let Some(results) = &options.results {
        report::keep(results, &line)?;
    }
    Ok(faults)
}

/// All partners at once, and what they left.
async fn deposited(options: &Options, drawing: &Drawing<'_>, site: &Site) -> anyhow::Result<(Line, Faults)> {
    let mut partners = Vec::new();
    let mut draws = rng(options.seed, Stream::Deposits, u32::MAX);
    for number in 0..options.partners {
        let name = format!("partner-{number}");
        let mut establishments = Vec::new();
        for at in 0..options.establishments {
            let place = drawing.place(&mut draws).context("there is no place")?;
            establishments.push(site.establish(&name, number * options.establishments + at, place).await?);
        }
        let bound = |number: u32| (number * options.share()).min(options.offers);
        partners.push(Partner { name, establishments, serials: (bound(number), bound(number + 1)) });
    }
    let (before, cpu, load) = (site.meter.spent(), measure::thread_cpu(), measure::load());
    let started = Instant::now();
    let heard = partners::deposit(site, drawing, &partners).await;
    let seconds = started.elapsed().as_secs_f64();
    let cpu_seconds = measure::thread_cpu().saturating_sub(cpu).as_secs_f64();
    let (spent, load) = (site.meter.spent() - before, (load, measure::load()));
    say(&format!("deposited in {seconds:.0} s; reading all of the store"));
    let said = heard.said;
    let faults = check::check(&said, &Held::read(site).await?);
    let counts = said.counts;
    let line = Line {
        date: SystemClock.now().strftime("%Y-%m-%d").to_string(),
        command: options.told(),
        cpu: measure::cpu_model(),
        load,
        offers: options.offers,
        partners: options.partners,
        establishments: options.partners * options.establishments,
        seconds,
        cpu_seconds,
        request_ms: Latency::of(heard.latencies),
        sent: counts.sent,
        acknowledged: said.acknowledged(),
        busy: counts.busy,
        replayed: counts.replayed,
        failed: counts.failed,
        refused: counts.refused,
        spent,
        faults: faults.count(),
        beside: Vec::new(),
    };
    Ok((line, faults))
}

/// The id of the offer that a short answer tells of.
fn short(body: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Short {
        id: String,
    }
    serde_json::from_str(body).ok().map(|Short { id }| id)
}

#[cfg(test)]
#[path = "deposits/deposits_tests.rs"]
mod tests;

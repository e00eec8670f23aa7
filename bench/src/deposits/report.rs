//! What deposits come to: a table in the terminal, a line of JSON.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::beside::{Cost, Way};
use super::check::Faults;
use super::spent::Spent;
use crate::stats::percentile;

/// A run over fewer offers is a trial, and leaves no line.
const WORTH_KEEPING: u32 = 20_000;

/// A line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) date: String,
    pub(crate) command: String,
    pub(crate) cpu: String,
    /// How many programs wanted to run, over a minute, before and after the deposits.
    pub(crate) load: (f64, f64),
    pub(crate) offers: u32,
    pub(crate) partners: u32,
    /// Of all partners.
    pub(crate) establishments: u32,
    /// From the first request to the last answer.
    pub(crate) seconds: f64,
    /// Our own processor time.
    pub(crate) cpu_seconds: f64,
    pub(crate) request_ms: Latency,
    /// Requests, each time that they were sent.
    pub(crate) sent: u64,
    pub(crate) acknowledged: usize,
    /// Offers that were answered 409 and sent again, as before, that the store failed, with a refusal.
    pub(crate) busy: u64,
    pub(crate) replayed: u64,
    pub(crate) failed: u64,
    pub(crate) refused: u64,
    pub(crate) spent: Spent,
    pub(crate) faults: usize,
    pub(crate) beside: Vec<Cost>,
}

/// Of requests.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Latency {
    pub(crate) p50: f64,
    pub(crate) p95: f64,
    pub(crate) max: f64,
}

impl Latency {
    pub(crate) fn of(mut figures: Vec<f64>) -> Self {
        figures.sort_unstable_by(f64::total_cmp);
        let at = |share| percentile(&figures, share);
        Self { p50: at(0.5), p95: at(0.95), max: at(1.0) }
    }
}

/// The table of all partners at once.
pub(crate) fn table(line: &Line) -> String {
    let Line { offers, partners, establishments, seconds, request_ms, spent, .. } = line;
    let each = |units: f64| units / f64::from(*offers);
    let share = |count: u64| count as f64 * 100.0 / f64::from(*offers);
    let rows = [
        ("offers a second", format!("{:.0}, over {seconds:.0} s", f64::from(*offers) / seconds)),
        (
            "a request, ms",
            format!("p50 {:.0}, p95 {:.0}, max {:.0}", request_ms.p50, request_ms.p95, request_ms.max),
        ),
        (
            "an offer, ms",
            format!("{:.2} of the wall, {:.2} of our CPU", each(seconds * 1e3), each(line.cpu_seconds * 1e3)),
        ),
        (
            "calls an offer",
            format!(
                "{:.2}: reads {:.2}, transactions {:.2}",
                each(spent.calls() as f64),
                each(spent.reads as f64),
                each(spent.transactions as f64)
            ),
        ),
        ("RRU an offer, told by the store", format!("{:.2}", each(spent.rru))),
        ("WRU an offer, told by the store", format!("{:.2}", each(spent.wru))),
        ("WRU an offer of what was refused, computed", format!("{:.2} at most", each(spent.refused_wru))),
        (
            "tried again: establishment overtaken",
            format!("{} ({:.2} %)", spent.overtaken, share(spent.overtaken)),
        ),
        (
            "tried again: conflict of transactions",
            format!("{} ({:.2} %)", spent.conflicts, share(spent.conflicts)),
        ),
        ("cancelled: answered already, name taken", format!("{}, {}", spent.answered, spent.taken)),
        ("calls that failed otherwise", spent.failed.to_string()),
        ("answered 409 and sent again", format!("{} ({:.2} %)", line.busy, share(line.busy))),
        ("answered as before", line.replayed.to_string()),
        ("failed, refused", format!("{}, {}", line.failed, line.refused)),
        ("acknowledged", line.acknowledged.to_string()),
        ("faults", line.faults.to_string()),
    ];
    let (before, after) = line.load;
    let mut out = format!(
        "\n{offers} offers, {partners} partners at once, {establishments} establishments, {} requests sent; load \
          {before:.1}, {after:.1}; {}, {}\n",
        line.sent, line.cpu, line.date
    );
    for (name, figure) in rows {
        let _ = writeln!(out, "{name:<44} {figure}");
    }
    out
}

/// The table of the two ways.
pub(crate) fn ways(costs: &[Cost]) -> String {
    let mut out = format!(
        "\n{:<12} {:>13} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>12}\n",
        "way", "offers before", "offers", "ms", "CPU ms", "calls", "RRU", "WRU", "answer bytes"
    );
    for cost in costs {
        let each = |units: f64| units / f64::from(cost.offers);
        let way = match cost.way {
            Way::OneByOne => "one by one",
            Way::Hundred => "of 100",
        };
        let _ = writeln!(
            out,
            "{way:<12} {:>13} {:>8} {:>8.2} {:>8.2} {:>8.2} {:>8.2} {:>8.2} {:>12.0}",
            cost.before,
            cost.offers,
            cost.wall_ms,
            cost.cpu_ms,
            each(cost.spent.calls() as f64),
            each(cost.spent.rru),
            each(cost.spent.all_wru()),
            cost.answer_bytes
        );
    }
    out.push_str(
        "\nms, CPU, calls and units are an offer's; units are what the store told. Each offer is alone of its \
         establishment in its request, and has a mail of its own.",
    );
    out
}

/// What is wrong, with a few of each kind.
pub(crate) fn faults(faults: &Faults) -> String {
    let mut out = String::new();
    for (fault, of) in &faults.0 {
        let few: Vec<&str> = of.iter().take(5).map(String::as_str).collect();
        let _ = writeln!(out, "{fault:?}: {} ({})", of.len(), few.join(", "));
    }
    out
}

/// Adds a line to the file, in place of the one of as many offers and partners.
pub(crate) fn keep(path: &Path, line: &Line) -> anyhow::Result<()> {
    if line.offers < WORTH_KEEPING {
        return Ok(());
    }
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines = text.lines().map(serde_json::from_str).collect::<Result<Vec<Line>, _>>();
    let mut lines =
        lines.with_context(|| format!("{} holds lines of another build: delete it", path.display()))?;
    lines.retain(|old| (old.offers, old.partners) != (line.offers, line.partners));
    lines.push(line.clone());
    lines.sort_by_key(|line| (line.offers, line.partners));
    let mut text = String::new();
    for line in &lines {
        let _ = writeln!(text, "{}", serde_json::to_string(line)?);
    }
    std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

//! What was measured of each function: a table in the terminal, a line of JSON.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};

use super::process::Used;
use crate::stats::Summary;

/// One life of a function.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    /// From its execution to its first poll.
    pub(crate) first_poll: Duration,
    /// What it had used by then.
    pub(crate) init: Used,
    /// Its requests, one after the other.
    pub(crate) requests: Vec<Request>,
}

/// One request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request {
    /// From the event to the answer.
    pub(crate) wall: Duration,
    /// Processor time until it asked for another event.
    pub(crate) cpu: Duration,
    /// Most memory held until then.
    pub(crate) peak_bytes: u64,
}

/// What the lives of a function come to; times in ms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Figures {
    /// Bytes of the program, and of a zip with nothing but it, which is what is uploaded.
    pub(crate) binary_bytes: u64,
    pub(crate) zip_bytes: u64,
    pub(crate) runs: usize,
    pub(crate) first_poll_ms: Summary,
    pub(crate) init_cpu_ms: Summary,
    pub(crate) init_peak_bytes: Summary,
    /// None of a function that answers no request.
    pub(crate) first: Option<RequestFigures>,
    pub(crate) second: Option<RequestFigures>,
}

/// What a request comes to; times in ms.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct RequestFigures {
    pub(crate) wall_ms: Summary,
    pub(crate) cpu_ms: Summary,
    pub(crate) peak_bytes: Summary,
}

/// A line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) date: String,
    pub(crate) command: String,
    pub(crate) cpu: String,
    pub(crate) architecture: String,
    pub(crate) profile: String,
    pub(crate) tls: bool,
    pub(crate) sketch_bytes: usize,
    pub(crate) function: String,
    #[serde(flatten)]
    pub(crate) figures: Figures,
}

impl Figures {
    pub(crate) fn of(binary_bytes: u64, zip_bytes: u64, samples: &[Sample]) -> Self {
        let request = |number: usize| {
            let of = |figure: fn(&Request) -> f64| {
                Summary::of(samples.iter().filter_map(|sample| sample.requests.get(number)).map(figure))
            };
            samples.iter().all(|sample| sample.requests.len() > number).then(|| RequestFigures {
                wall_ms: of(|request| ms(request.wall)),
                cpu_ms: of(|request| ms(request.cpu)),
                peak_bytes: of(|request| request.peak_bytes as f64),
            })
        };
        Self {
            binary_bytes,
            zip_bytes,
            runs: samples.len(),
            first_poll_ms: Summary::of(samples.iter().map(|sample| ms(sample.first_poll))),
            init_cpu_ms: Summary::of(samples.iter().map(|sample| ms(sample.init.cpu))),
            init_peak_bytes: Summary::of(samples.iter().map(|sample| sample.init.peak_bytes as f64)),
            first: request(0),
            second: request(1),
        }
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Bytes of what a zip has beside the deflated program: two headers with the name `bootstrap`, and the end.
const ZIP_FRAME: u64 = 30 + 46 + 22 + 2 * 9;

/// Bytes of a program, and of the zip that is uploaded of it.
pub(crate) fn sizes(program: &Path) -> anyhow::Result<(u64, u64)> {
    let bytes = std::fs::read(program).with_context(|| format!("{} cannot be read", program.display()))?;
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(&bytes)?;
    Ok((bytes.len() as u64, deflated.finish()?.len() as u64 + ZIP_FRAME))
}

/// The table: median and maximum.
pub(crate) fn table(lines: &[Line]) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "\n{:<30} {:>8} {:>14} {:>14} {:>9} {:>14} {:>14} {:>14} {:>14} {:>9}",
        "function",
        "zip KB",
        "first poll ms",
        "its CPU ms",
        "peak MB",
        "1st ms",
        "1st CPU ms",
        "2nd ms",
        "2nd CPU ms",
        "peak MB"
    );
    for Line { function, figures, .. } in lines {
        let both = |summary: Summary| format!("{:.1} / {:.1}", summary.p50, summary.max);
        let of = |request: Option<RequestFigures>, figure: fn(RequestFigures) -> Summary| {
            request.map_or_else(|| "-".to_owned(), |request| both(figure(request)))
        };
        let mb = |bytes: f64| format!("{:.1}", bytes / 1024.0 / 1024.0);
        let Figures { first, second, .. } = *figures;
        let _ = writeln!(
            out,
            "{function:<30} {:>8} {:>14} {:>14} {:>9} {:>14} {:>14} {:>14} {:>14} {:>9}",
            figures.zip_bytes / 1024,
            both(figures.first_poll_ms),
            both(figures.init_cpu_ms),
            mb(figures.init_peak_bytes.max),
            of(first, |request| request.wall_ms),
            of(first, |request| request.cpu_ms),
            of(second, |request| request.wall_ms),
            of(second, |request| request.cpu_ms),
            second.map_or_else(|| "-".to_owned(), |request| mb(request.peak_bytes.max)),
        );
    }
    out.push_str(
        "\nmedian / maximum. first poll: from the execution of the program until it asks for an event. peak: most memory \
         held, by the first poll and after the second request. A function started by a file or a schedule answers no \
         request.\nA Lambda of 256 MB has a seventh of a processor once it has started: seven times the CPU of a request \
         is about what it takes there.",
    );
    out
}

/// Adds lines to the file, in place of those of the same function, compiled alike.
pub(crate) fn keep(path: &Path, lines: &[Line]) -> anyhow::Result<()> {
    let mut all = read(path)?;
    let same = |old: &Line, new: &Line| {
        old.function == new.function && old.architecture == new.architecture && old.profile == new.profile
    };
    all.retain(|old| lines.iter().all(|new| !same(old, new)));
    all.extend_from_slice(lines);
    all.sort_by(|a, b| {
        (&a.architecture, &a.profile, &a.function).cmp(&(&b.architecture, &b.profile, &b.function))
    });
    let mut text = String::new();
    for line in &all {
        let _ = writeln!(text, "{}", serde_json::to_string(line)?);
    }
    std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

fn read(path: &Path) -> anyhow::Result<Vec<Line>> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines = text.lines().map(serde_json::from_str).collect::<Result<_, _>>();
    lines.with_context(|| format!("{} holds lines of another build: delete it", path.display()))
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;

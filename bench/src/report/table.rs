//! The table, each figure beside its bound.

use std::fmt::Write as _;

use crate::bounds::{self, Bounds};
use crate::prices;
use crate::run::{OurFigures, Row};

/// A figure, its bound, and whether it holds: `18.5/20 ok`, `25.1/20 OVER`.
fn beside(figure: f64, bound: Option<f64>) -> String {
    match bound {
        None => format!("{figure:.1}"),
        Some(bound) => {
            let verdict = if figure <= bound { "ok" } else { "OVER" };
            format!("{}/{} {verdict}", short(figure), short(bound))
        }
    }
}

fn short(figure: f64) -> String {
    if figure < 10.0 { format!("{figure:.2}") } else { format!("{figure:.1}") }
}

/// Both tables: what reads cost, and what time and memory.
pub(crate) fn table(rows: &[Row], bounded: bool) -> String {
    let mut out = String::new();
    out.push_str("\nReads, mean (p99); figure/bound\n");
    let mut lines = vec![header(&[
        "search",
        "sets",
        "calls",
        "RRU",
        "RRU p99",
        "read/returned",
        "rounds",
        "refused",
        "$/M reads+fn",
    ])];
    lines.extend(rows.iter().map(|row| reads(row, rows, bounded)));
    aligned(&mut out, &lines);
    out.push_str("\nOur processor time in ms, p50 / p99; memory; peers, p50 / p99 ms of one client until it has the cards (p50 of their server's processor time), p50 until the same answer is written\n");
    let mut lines = vec![header(&[
        "search",
        "live",
        "replayed",
        "own",
        "allocations",
        "peak KB",
        "answer KB",
        "PostGIS KNN",
        "ours to its query",
        "ours to its answer",
        "Redis GEO",
    ])];
    lines.extend(rows.iter().map(times));
    aligned(&mut out, &lines);
    let _ = writeln!(
        out,
        "\nlive: whole request, sockets included. replayed: the same answers from memory, with all that the client does \
         for each call. own: less the fixed cost of a call, so parse, plan, decode, rank, unpack, encode.\n{}",
        prices::explanation()
    );
    out
}

fn header(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn reads(row: &Row, rows: &[Row], bounded: bool) -> Vec<String> {
    let mut cells = vec![row.search.clone(), row.sets.to_string()];
    let Some(ours) = &row.ours else {
        cells.push("not answered yet".to_owned());
        return cells;
    };
    let bounds = if bounded { bounds_of(row, rows) } else { Bounds::default() };
    cells.push(beside(ours.calls.mean, bounds.calls));
    cells.push(beside(ours.rru.mean, bounds.rru));
    cells.push(beside(ours.rru.p99, bounds.rru_p99));
    cells.push(beside(ours.amplification, bounds.amplification));
    cells.push(beside(ours.rounds.mean, bounds.rounds));
    cells.push(ours.refused.to_string());
    cells.push(format!("{:.2}+{:.2}", ours.dollars_reads, ours.dollars_function));
    cells
}

/// A filtered search is bounded by the plain one, any other by its name.
fn bounds_of(row: &Row, rows: &[Row]) -> Bounds {
    let plain = row.plain.as_ref().and_then(|name| rows.iter().find(|row| row.search == *name));
    match plain.and_then(|row| row.ours.as_ref()) {
        Some(plain) => Bounds { rru: Some(plain.rru.mean * bounds::FILTERED), ..Bounds::default() },
        None => Bounds::of(&row.search),
    }
}

fn times(row: &Row) -> Vec<String> {
    let mut cells = vec![row.search.clone()];
    let Some(ours) = &row.ours else { return cells };
    for summary in [&ours.cpu_live_ms, &ours.cpu_replay_ms, &ours.cpu_own_ms] {
        cells.push(format!("{:.2} / {:.2}", summary.p50, summary.p99));
    }
    cells.push(format!("{:.0}", ours.allocations.p50));
    cells.push(format!("{:.0} / {:.0}", ours.peak_bytes.p50 / 1e3, ours.peak_bytes.p99 / 1e3));
    cells.push(format!("{:.0}", ours.answer_bytes.p50 / 1e3));
    cells.push(peer(row, "PostGIS KNN"));
    cells.extend(against(ours, row));
    cells.push(peer(row, "Redis GEO"));
    cells
}

fn peer(row: &Row, name: &str) -> String {
    row.peers.get(name).map_or_else(
        || "-".to_owned(),
        |peer| {
            let same = if peer.different == 0 {
                "same".to_owned()
            } else {
                format!("{} missing, km within {:.2} %", peer.missing, peer.distance * 100.0)
            };
            let (wall, answer, cpu) = (&peer.wall_ms, &peer.answer_ms, &peer.server_cpu_ms);
            format!("{:.2} / {:.2} ({:.2}), {:.2} {same}", wall.p50, wall.p99, cpu.p50, answer.p50)
        },
    )
}

/// Our own time against the peer's, by the median: until it has told its cards, and until the same answer is written
/// from them.
fn against(ours: &OurFigures, row: &Row) -> [String; 2] {
    let Some(peer) = row.peers.get("PostGIS KNN") else { return ["-".to_owned(), "-".to_owned()] };
    let ratio = |theirs: f64| ours.cpu_own_ms.p50 / theirs;
    let verdict = if ratio(peer.answer_ms.p50) < 1.0 { "ok" } else { "OVER" };
    [format!("{:.2}x", ratio(peer.wall_ms.p50)), format!("{:.2}x {verdict}", ratio(peer.answer_ms.p50))]
}

/// Lays lines out in columns, the first to the left, the others to the right.
fn aligned(out: &mut String, lines: &[Vec<String>]) {
    let columns = lines.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max()
    };
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
    for line in lines {
        let cells = line.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
            if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        let _ = writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::stats::Summary;

    fn row(search: &str, plain: Option<&str>, rru: f64) -> Row {
        let rru = Summary { mean: rru, p50: rru, p99: rru, max: rru };
        Row {
            search: search.to_owned(),
            plain: plain.map(str::to_owned),
            sets: 1,
            ours: Some(OurFigures { rru, ..OurFigures::default() }),
            peers: BTreeMap::new(),
        }
    }

    #[test]
    fn a_figure_over_its_bound_shows() {
        let text = table(&[row("paris-30km-x1", None, 21.0)], true);
        assert!(text.contains("21.0/20.0 OVER") && text.contains("21.0/32.0 ok"), "{text}");
    }

    #[test]
    fn bounds_are_for_one_number_of_offers_only() {
        assert!(!table(&[row("paris-30km-x1", None, 21.0)], false).contains("OVER"));
    }

    #[test]
    fn a_filter_may_cost_half_as_much_again() {
        let rows = [row("france-x5", None, 10.0), row("france-x5+diploma", Some("france-x5"), 15.1)];
        assert!(table(&rows, true).contains("15.1/15.0 OVER"));
    }

    #[test]
    fn a_search_that_is_not_answered_says_so() {
        let unanswered = Row { ours: None, ..row("paged", None, 0.0) };
        assert!(table(&[unanswered], true).contains("not answered yet"));
    }
}

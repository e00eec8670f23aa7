//! The picture: what a search costs against the number of offers, both on log scales, and its time beside the peer's.

use std::fmt::Write as _;

use super::Line;
use crate::bounds::{self, Bounds};

const WIDTH: f64 = 980.0;
const HEIGHT: f64 = 520.0;
const COLOURS: [&str; 5] = ["#1f5fa8", "#c2410c", "#2f7d32", "#7c3aad", "#8a6d00"];
const SEARCHES: [&str; 5] =
    ["paris-30km-x1", "paris-30km-x20", "gueret-60km-x3", "lyon-100km-x20", "france-x5"];

/// A panel with log axes.
struct Panel {
    left: f64,
    right: f64,
    x: (f64, f64),
    y: (f64, f64),
}

const TOP: f64 = 70.0;
const BOTTOM: f64 = 400.0;

impl Panel {
    fn x(&self, value: f64) -> f64 {
        let share = (value / self.x.0).log10() / (self.x.1 / self.x.0).log10();
        self.left + share * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value.max(self.y.0) / self.y.0).log10() / (self.y.1 / self.y.0).log10();
        BOTTOM - share * (BOTTOM - TOP)
    }

    fn axes(&self, out: &mut String, title: &str, ticks: &[f64]) {
        text(out, self.left, TOP - 18.0, "start", title);
        for &tick in ticks {
            let y = self.y(tick);
            line(out, (self.left, y), (self.right, y), "#ddd", "");
            text(out, self.left - 8.0, y + 4.0, "end", &format!("{tick}"));
        }
        for (value, label) in [(1e4, "10,000"), (1e5, "100,000"), (3e5, "300,000"), (1e6, "1,000,000")] {
            if (self.x.0..=self.x.1).contains(&value) {
                line(out, (self.x(value), BOTTOM), (self.x(value), BOTTOM + 5.0), "#444", "");
                text(out, self.x(value), BOTTOM + 20.0, "middle", label);
            }
        }
        line(out, (self.left, BOTTOM), (self.right, BOTTOM), "#444", "");
        line(out, (self.left, TOP), (self.left, BOTTOM), "#444", "");
    }

    fn series(&self, out: &mut String, points: &[(f64, f64)], colour: &str, dash: &str) {
        for pair in points.windows(2) {
            if let &[a, b] = pair {
                line(out, (self.x(a.0), self.y(a.1)), (self.x(b.0), self.y(b.1)), colour, dash);
            }
        }
        for &(items, value) in points {
            let (x, y) = (self.x(items), self.y(value));
            let _ = writeln!(out, r#"<circle cx="{x:.1}" cy="{y:.1}" r="4" fill="{colour}"/>"#);
        }
    }
}

/// Draws what these lines say; those of the share of unknown diplomas that comes first.
pub(crate) fn draw(lines: &[Line]) -> String {
    let unknown = lines.first().map(|line| line.run.data.unknown);
    let lines: Vec<&Line> = lines.iter().filter(|line| Some(line.run.data.unknown) == unknown).collect();
    let items = lines.iter().map(|line| f64::from(line.run.data.items));
    let (least, most) =
        items.fold((1e5, 1e6), |(least, most): (f64, f64), items| (least.min(items), most.max(items)));
    let x = (least * 0.9, most * 1.1);
    let cost = Panel { left: 60.0, right: 450.0, x, y: (1.0, 1_000.0) };
    let time = Panel { left: 560.0, right: 950.0, x, y: (0.1, 1_000.0) };
    let mut out = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" fill="#222" role="img" aria-label="Cost of a search against the number of offers">
<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>
"##
    );
    text(
        &mut out,
        60.0,
        26.0,
        "start",
        "A search against the number of offers, log scales, means and medians",
    );
    cost.axes(&mut out, "Read request units, mean (bar: bound at 300,000)", &[1.0, 10.0, 100.0, 1_000.0]);
    time.axes(
        &mut out,
        "ms, median, to the same answer: our CPU (line), PostGIS KNN (dashed)",
        &[0.1, 1.0, 10.0, 100.0, 1_000.0],
    );
    for (number, (&name, colour)) in SEARCHES.iter().zip(COLOURS).enumerate() {
        let own: Vec<&&Line> = lines.iter().filter(|line| line.row.search == name).collect();
        let figures = |figure: &dyn Fn(&Line) -> Option<f64>| -> Vec<(f64, f64)> {
            own.iter().filter_map(|line| Some((f64::from(line.run.data.items), figure(line)?))).collect()
        };
        cost.series(&mut out, &figures(&|line| Some(line.row.ours.as_ref()?.rru.mean)), colour, "");
        if let Some(bound) = Bounds::of(name).rru {
            let (x, y) = (cost.x(f64::from(bounds::ITEMS)), cost.y(bound));
            line(&mut out, (x - 14.0, y), (x + 14.0, y), colour, "");
        }
        time.series(&mut out, &figures(&|line| Some(line.row.ours.as_ref()?.cpu_own_ms.p50)), colour, "");
        let peer = figures(&|line| Some(line.row.peers.get("PostGIS KNN")?.answer_ms.p50));
        time.series(&mut out, &peer, colour, "5 4");
        let at = 60.0 + 180.0 * number as f64;
        line(&mut out, (at, 460.0), (at + 24.0, 460.0), colour, "");
        text(&mut out, at + 30.0, 464.0, "start", name);
    }
    text(&mut out, 60.0, 495.0, "start", &origin(&lines));
    out.push_str("</svg>\n");
    out
}

/// When and on what it was measured.
fn origin(lines: &[&Line]) -> String {
    let last = lines.iter().max_by(|a, b| a.run.date.cmp(&b.run.date));
    last.map_or_else(String::new, |line| format!("Measured on {}, {}", line.run.date, line.run.cpu))
}

fn line(out: &mut String, from: (f64, f64), to: (f64, f64), colour: &str, dash: &str) {
    let dash = if dash.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{dash}""#) };
    let _ = writeln!(
        out,
        r#"<line x1="{:.1}" y1="{:.1}" x2="{:.1}" y2="{:.1}" stroke="{colour}" stroke-width="1.5"{dash}/>"#,
        from.0, from.1, to.0, to.1
    );
}

fn text(out: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(out, r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{words}</text>"#);
}

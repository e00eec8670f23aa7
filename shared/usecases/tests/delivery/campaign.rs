//! Many runs, and what is shown of one that fails.

use std::time::Instant;

use crate::check::Violation;
use crate::schedule::run;
use crate::weather::Counts;
use crate::without::Without;

/// How many steps of a failing run are shown.
const SHOWN: usize = 80;

/// Fails at the first seed that breaks an invariant, with its last steps and the command that runs it again.
pub(crate) fn all_hold(seeds: impl Iterator<Item = u64>) -> Counts {
    let (start, mut runs, mut total) = (Instant::now(), 0_u32, Counts::default());
    for seed in seeds {
        let ended = run(seed, None, false);
        if let Some(violation) = ended.violation {
            let trace = run(seed, None, true).trace;
            let last = trace[trace.len().saturating_sub(SHOWN)..].join("\n");
            panic!(
                "{last}\nseed {seed} breaks {violation}\n\
                 again: SEEDS={seed}..{} cargo nextest run -p usecases --test delivery schedules",
                seed + 1
            );
        }
        total.add(&ended.counts);
        runs += 1;
    }
    let thousands = f64::from(runs.max(1)) / 1_000.0;
    println!("{runs} schedules, {:.2} s a thousand: {total:?}", start.elapsed().as_secs_f64() / thousands);
    total
}

/// The first seed on which an invariant is broken without this safeguard, and how.
pub(crate) fn first_broken(without: Without, seeds: u64) -> Option<(u64, Violation)> {
    let first = (0..seeds).find_map(|seed| Some((seed, run(seed, Some(without), false).violation?)));
    println!("without {without:?}: {first:?}");
    first
}

/// On how many seeds one is.
pub(crate) fn broken(without: Without, seeds: u64) -> usize {
    (0..seeds).filter(|seed| run(*seed, Some(without), false).violation.is_some()).count()
}

impl Counts {
    /// What is counted, by name.
    pub(crate) fn each(&self) -> [(&'static str, u32); 15] {
        [
            ("failed before", self.before),
            ("answer lost", self.after),
            ("late", self.late),
            ("twice", self.twice),
            ("killed", self.killed),
            ("timed out", self.timed_out),
            ("dead letters", self.dead_letters),
            ("lost records", self.lost_records),
            ("replays", self.replays),
            ("refused keys", self.refused_keys),
            ("suppressed", self.suppressed),
            ("sent", self.sent),
            ("unknown", self.unknown),
            ("doubled", self.doubled),
            ("left unsent", self.left_unsent),
        ]
    }

    fn add(&mut self, other: &Self) {
        for (count, more) in [
            (&mut self.before, other.before),
            (&mut self.after, other.after),
            (&mut self.late, other.late),
            (&mut self.twice, other.twice),
            (&mut self.killed, other.killed),
            (&mut self.timed_out, other.timed_out),
            (&mut self.dead_letters, other.dead_letters),
            (&mut self.lost_records, other.lost_records),
            (&mut self.replays, other.replays),
            (&mut self.refused_keys, other.refused_keys),
            (&mut self.suppressed, other.suppressed),
            (&mut self.sent, other.sent),
            (&mut self.unknown, other.unknown),
            (&mut self.doubled, other.doubled),
            (&mut self.left_unsent, other.left_unsent),
            (&mut self.steps, other.steps),
        ] {
            *count += more;
        }
    }
}

//! Twenty thousand schedules, or those of `SEEDS=0..200000`, in four parts that run beside one another.

use std::ops::Range;

use crate::campaign::all_hold;

const SEEDS: Range<u64> = 0..20_000;
/// Seeds on which an invariant was broken once; they run always.
const ONCE_FAILED: &[u64] = &[];
/// From here on, a part is large enough for everything to happen in it.
const TELLING: u64 = 2_500;

fn seeds() -> Range<u64> {
    let Some(told) = std::env::var_os("SEEDS") else { return SEEDS };
    let told = told.into_string().unwrap();
    let (from, to) = told.split_once("..").expect("SEEDS=from..to");
    from.parse().unwrap()..to.parse().unwrap()
}

fn part(number: u64) {
    let Range { start, end } = seeds();
    let size = (end - start).div_ceil(4);
    let from = (start + number * size).min(end);
    let to = (from + size).min(end);
    let counts = all_hold(from..to);
    for (what, count) in counts.each() {
        assert!(count > 0 || to - from < TELLING, "nothing was ever {what}: it is not tested");
    }
}

#[test]
fn the_first_quarter_of_the_schedules_keeps_every_invariant() {
    part(0);
}

#[test]
fn the_second_quarter_of_the_schedules_keeps_every_invariant() {
    part(1);
}

#[test]
fn the_third_quarter_of_the_schedules_keeps_every_invariant() {
    part(2);
}

#[test]
fn the_last_quarter_of_the_schedules_keeps_every_invariant() {
    part(3);
}

#[test]
fn schedules_that_failed_once_keep_every_invariant() {
    all_hold(ONCE_FAILED.iter().copied());
}

#[test]
fn a_schedule_follows_from_its_seed() {
    for seed in 0..20 {
        let [first, second] = [(); 2].map(|()| crate::schedule::run(seed, None, true).trace);
        assert!(first == second && !first.is_empty(), "seed {seed}");
    }
}

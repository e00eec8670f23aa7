//! When a call that failed is tried again: the calendar of Svix (<https://docs.svix.com/retries>).

/// From the failure of an attempt to the next one, in seconds: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h.
const WAITS: [u32; 7] = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];
/// Attempts in all, the immediate first one included: over a day and some four hours.
pub const ATTEMPTS: u32 = WAITS.len() as u32 + 1;
/// By how much a wait is longer or shorter at most, in hundredths: as Svix has it, so that calls that failed together do
/// not come back together.
const JITTER: u32 = 20;

/// How long to wait after the n-th failure (1 is the first), in seconds; none after the last. `random` says how much is
/// added or taken away.
pub fn next_attempt(failures: u32, random: u8) -> Option<u32> {
    let at = usize::try_from(failures.checked_sub(1)?).ok()?;
    let wait = *WAITS.get(at)?;
    let range = wait * JITTER / 100;
    Some(wait - range + 2 * range * u32::from(random) / u32::from(u8::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_follows_each_failure_but_the_eighth() {
        let in_the_middle = |failures| next_attempt(failures, 128);
        assert_eq!(
            (1..=8).map(in_the_middle).collect::<Vec<_>>(),
            [Some(5), Some(300), Some(1_801), Some(7_205), Some(18_014), Some(36_028), Some(36_028), None]
        );
        assert_eq!((ATTEMPTS, next_attempt(0, 0)), (8, None));
    }

    #[test]
    fn a_wait_is_a_fifth_longer_or_shorter_at_most() {
        for (failures, wait) in (1..).zip(WAITS) {
            assert_eq!(next_attempt(failures, 0), Some(wait - wait / 5));
            assert_eq!(next_attempt(failures, u8::MAX), Some(wait + wait / 5));
        }
    }
}

//! What a million searches cost, by AWS's list prices.

use std::time::Duration;

/// Where and when these prices held; other regions differ (Paris is some 15 to 20 % dearer).
pub(crate) const SOURCE: &str =
    "list prices of us-east-1 as known in November 2026, DynamoDB on demand, Lambda arm64";
/// Dollars per million read request units.
const RRU: f64 = 0.125;
/// Dollars per million invocations.
const INVOCATIONS: f64 = 0.20;
/// Dollars per GB and second.
const GB_SECOND: f64 = 0.000_013_333_4;
/// Memory of the function, in MB.
const MEMORY_MB: f64 = 512.0;
/// Memory that buys a whole processor, in MB.
const WHOLE_CPU_MB: f64 = 1_769.0;
/// What a call to the store is taken to last, in ms; calls in flight together last as long as one.
const CALL_MS: f64 = 5.0;
/// Calls in flight at once.
const IN_FLIGHT: f64 = 32.0;

/// What the figure is made of, for whoever reads it. API Gateway ($3.50 a million) is left out: it costs the same
/// whatever the search.
pub(crate) fn explanation() -> String {
    format!(
        "$ per million: {SOURCE}. Reads ${RRU}/M RRU; Lambda ${INVOCATIONS}/M + ${GB_SECOND}/GB-s at {MEMORY_MB} MB, \
         lasting the live CPU time x {WHOLE_CPU_MB}/{MEMORY_MB} + {CALL_MS} ms a wave of {IN_FLIGHT} calls. \
         API Gateway ($3.50/M) and transfer are left out."
    )
}

/// Dollars per million searches: reads, and the function.
pub(crate) fn dollars(rru: f64, calls: f64, rounds: f64, cpu: Duration) -> (f64, f64) {
    let waves = (calls / IN_FLIGHT).ceil().max(rounds);
    let seconds = cpu.as_secs_f64() * WHOLE_CPU_MB / MEMORY_MB + waves * CALL_MS / 1e3;
    (rru * RRU, INVOCATIONS + seconds * MEMORY_MB / 1_024.0 * GB_SECOND * 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_searches_of_one_unit_and_one_wave() {
        let (reads, function) = dollars(1.0, 1.0, 1.0, Duration::ZERO);
        assert!((reads - 0.125).abs() < 1e-12);
        assert!((function - 0.233_333_5).abs() < 1e-6, "{function}");
    }
}

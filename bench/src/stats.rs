//! Means and percentiles.

use serde::{Deserialize, Serialize};

/// What many figures come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Summary {
    pub(crate) mean: f64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) max: f64,
}

impl Summary {
    /// Of these figures; all zero when there are none. A percentile is the least figure that so many per cent do
    /// not exceed, never one between two.
    pub(crate) fn of(figures: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = figures.into_iter().collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let at = |share| percentile(&sorted, share);
        let mean = sorted.iter().sum::<f64>() / sorted.len().max(1) as f64;
        Self { mean, p50: at(0.5), p99: at(0.99), max: at(1.0) }
    }
}

/// The least of these sorted figures that this share of them do not exceed; zero when there are none.
pub(crate) fn percentile(sorted: &[f64], share: f64) -> f64 {
    let rank = (sorted.len() as f64 * share).ceil().max(1.0) as usize;
    sorted.get(rank - 1).copied().unwrap_or_default()
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "small whole numbers")]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_figures_that_were_measured() {
        let summary = Summary::of((1..=200).rev().map(f64::from));
        assert_eq!((summary.p50, summary.p99, summary.max), (100.0, 198.0, 200.0));
        assert_eq!(summary.mean, 100.5);
    }

    #[test]
    fn one_figure_is_all_of_them_and_none_is_zero() {
        assert_eq!(Summary::of([7.0]), Summary { mean: 7.0, p50: 7.0, p99: 7.0, max: 7.0 });
        assert_eq!(Summary::of([]), Summary::default());
    }
}

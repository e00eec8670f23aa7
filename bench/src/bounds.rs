//! What a search may cost at 300,000 offers: the project's own bounds, means unless they say otherwise.

/// Bounds of one search; none where there is none.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bounds {
    pub(crate) calls: Option<f64>,
    pub(crate) rru: Option<f64>,
    pub(crate) rru_p99: Option<f64>,
    /// Rows read per row returned.
    pub(crate) amplification: Option<f64>,
    pub(crate) rounds: Option<f64>,
}

/// A search with a diploma filter may cost so many times the one without.
pub(crate) const FILTERED: f64 = 1.5;
/// From 300,000 to 1,000,000 offers, read units may grow so many times.
pub(crate) const GROWTH: f64 = 1.3;
/// The number of offers for which the bounds hold.
pub(crate) const ITEMS: u32 = 300_000;

impl Bounds {
    /// Those of the search of this name.
    pub(crate) fn of(name: &str) -> Self {
        let located = |calls, rru, rru_p99, amplification, rounds| Self {
            calls: Some(calls),
            rru: Some(rru),
            rru_p99: Some(rru_p99),
            amplification: Some(amplification),
            rounds: Some(rounds),
        };
        match name {
            "paris-30km-x1" => located(6.0, 20.0, 32.0, 1.7, 1.05),
            "paris-30km-x20" => located(64.0, 75.0, 90.0, 4.4, 1.05),
            "gueret-60km-x3" => located(11.0, 13.0, 40.0, 2.2, 1.05),
            "lyon-100km-x20" => located(42.0, 57.0, 70.0, 3.6, 1.2),
            "france-x5" => Self { rru_p99: None, ..located(8.0, 35.0, 0.0, 2.5, 2.0) },
            _ => Self::default(),
        }
    }
}

//! Trades, by their labels (contract 1.9).

use serde::Serialize;
use utoipa::ToSchema;

/// `GET /v1/metiers/metiersParFormation/{cfd}` and `GET /v1/metiers/metiersParEtablissement/{siret}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TradesAnswer {
    /// Labels of trades, sorted, each once. Empty where no training leads anywhere.
    pub metiers: Vec<String>,
}

impl TradesAnswer {
    /// The answer with these labels.
    pub fn new(mut metiers: Vec<String>) -> Self {
        metiers.sort_unstable();
        metiers.dedup();
        Self { metiers }
    }
}

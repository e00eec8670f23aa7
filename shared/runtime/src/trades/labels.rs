//! The words for trades.

use domain::rome::RomeCode;

/// The label of each trade; its code, for want of a table of labels.
pub fn labels(romes: &[RomeCode]) -> Vec<String> {
    romes.iter().map(ToString::to_string).collect()
}

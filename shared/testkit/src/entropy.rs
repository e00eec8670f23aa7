//! Random bytes that are the same in each run.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use usecases::ports::Entropy;

/// Counts up: no two values are alike, and the n-th is always the same. Clones count on together.
#[derive(Debug, Clone, Default)]
pub struct FixedEntropy(Arc<AtomicU64>);

impl Entropy for FixedEntropy {
    /// The number twice, since an id may be made of either half.
    fn bytes(&self) -> [u8; 16] {
        let number = u128::from(self.0.fetch_add(1, Ordering::SeqCst) + 1);
        (number << 64 | number).to_be_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_never_give_the_same_and_another_one_begins_anew() {
        let one = FixedEntropy::default();
        let (first, second) = (one.bytes(), one.clone().bytes());
        assert_ne!(first[..8], second[..8]);
        assert_ne!(first[8..], second[8..]);
        assert_eq!(FixedEntropy::default().bytes(), first);
    }
}

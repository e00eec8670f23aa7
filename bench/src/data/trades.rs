//! 532 trades in 14 families, as unequal as real ones: Zipf's law with exponent 0.8.

use domain::rome::RomeCode;
use fastrand::Rng;

const FAMILIES: u8 = 14;
const PER_FAMILY: u32 = 38;
const EXPONENT: f64 = 0.8;
/// How many trades an offer is filed under, as shares through one, two and three: 1.9 on average.
const MANY_TRADES: [(f64, usize); 3] = [(0.35, 1), (0.75, 2), (1.0, 3)];

/// A trade and how often it is drawn, beside the others.
#[derive(Debug, Clone, Copy)]
struct Trade {
    rome: RomeCode,
    weight: f64,
}

/// The trades, by family.
#[derive(Debug)]
pub(crate) struct Trades {
    families: Vec<Vec<Trade>>,
}

impl Trades {
    pub(super) fn new(rng: &mut Rng) -> Self {
        let count = u32::from(FAMILIES) * PER_FAMILY;
        let mut weights: Vec<f64> = (1..=count).map(|rank| f64::from(rank).powf(-EXPONENT)).collect();
        rng.shuffle(&mut weights);
        let mut weights = weights.into_iter();
        let mut family = |letter: u8| {
            let codes = (0..PER_FAMILY).filter_map(|number| {
                let letter = char::from(b'A' + letter);
                format!("{letter}1{}{:02}", 1 + number / 10, 1 + number % 10).parse().ok()
            });
            codes.zip(weights.by_ref()).map(|(rome, weight)| Trade { rome, weight }).collect()
        };
        Self { families: (0..FAMILIES).map(&mut family).collect() }
    }

    /// The trades of an offer: its own, and up to two others of the same family.
    pub(super) fn of_offer(&self, rng: &mut Rng) -> Vec<RomeCode> {
        let share = rng.f64();
        let many = MANY_TRADES.iter().find(|(through, _)| share < *through).map_or(1, |&(_, many)| many);
        self.draw(many, rng)
    }

    /// So many different trades of one family, the family and each of them drawn by size.
    pub(crate) fn draw(&self, many: usize, rng: &mut Rng) -> Vec<RomeCode> {
        let sizes: Vec<f64> =
            self.families.iter().map(|family| family.iter().map(|trade| trade.weight).sum()).collect();
        let family = draw_index(&sizes, rng);
        let mut left: Vec<Trade> = self.families.get(family).cloned().unwrap_or_default();
        let mut drawn = Vec::with_capacity(many);
        while drawn.len() < many && !left.is_empty() {
            let weights: Vec<f64> = left.iter().map(|trade| trade.weight).collect();
            drawn.push(left.swap_remove(draw_index(&weights, rng)).rome);
        }
        drawn
    }

    /// Every trade.
    #[cfg(test)]
    fn all(&self) -> impl Iterator<Item = RomeCode> {
        self.families.iter().flatten().map(|trade| trade.rome)
    }
}

fn draw_index(weights: &[f64], rng: &mut Rng) -> usize {
    let mut at = rng.f64() * weights.iter().sum::<f64>();
    for (index, weight) in weights.iter().enumerate() {
        at -= weight;
        if at < 0.0 {
            return index;
        }
    }
    weights.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn there_are_532_different_trades() {
        let trades = Trades::new(&mut Rng::with_seed(1));
        assert_eq!(trades.all().collect::<HashSet<_>>().len(), 532);
    }

    #[test]
    fn twenty_trades_of_one_family_are_different() {
        let trades = Trades::new(&mut Rng::with_seed(1));
        let drawn = trades.draw(20, &mut Rng::with_seed(2));
        assert_eq!(drawn.iter().collect::<HashSet<_>>().len(), 20);
        assert!(drawn.iter().all(|rome| rome.as_str().as_bytes()[0] == drawn[0].as_str().as_bytes()[0]));
    }
}

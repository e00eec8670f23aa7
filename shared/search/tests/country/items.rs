//! The items of an invented country, and the dice that make them.

use domain::card::{Entry, TrainingEntry};
use domain::departement::Departement;
use domain::diploma::Diploma;
use domain::geo::Point;
use domain::opco::Opco;
use domain::rome::{RomeCode, Romes};
use domain::source::Source;
use domain::years::Years;

use super::NOW;

pub(crate) const CITIES: [(f64, f64); 14] = [
    (48.8566, 2.3522),
    (45.764, 4.8357),
    (45.0, 3.0),
    (47.0, 0.0),
    (45.0, 0.0),
    (44.84, -0.58),
    (46.17, 1.87),
    (-20.88, 55.45),
    (-12.78, 45.23),
    (16.25, -61.55),
    (14.61, -61.06),
    (4.92, -52.31),
    (46.78, -56.18),
    (-14.31, -178.12),
];

/// Small, seeded, good enough: the same country on every machine.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Five in each of twelve grands domaines.
pub(crate) fn rome(number: usize) -> RomeCode {
    format!("{}{:04}", (b'A' + (number / 5) as u8) as char, 1101 + number % 5).parse().unwrap()
}

/// Squared twice: a few trades are very frequent.
pub(crate) fn frequent(dice: &mut Dice) -> usize {
    (dice.unit().powi(3) * 60.0) as usize
}

pub(crate) fn item(dice: &mut Dice, index: usize, source: Source) -> Entry {
    let (lat, lon) = CITIES[dice.below(CITIES.len())];
    let spread = [0.01, 0.1, 1.5][dice.below(3)];
    // One in ten shares a site, so that distances tie; one in fifty has no place.
    let (north, east) = if dice.below(10) == 0 { (0.0, 0.0) } else { (dice.unit() - 0.5, dice.unit() - 0.5) };
    let point = Point::new(lat + north * spread, lon + east * spread).ok().filter(|_| dice.below(50) > 0);
    // One in forty has trades of nearly all grands domaines.
    let mut codes: Vec<RomeCode> = if dice.below(40) == 0 {
        (0..20).map(|_| rome(dice.below(60))).collect()
    } else {
        (0..=dice.below(3)).map(|_| rome(frequent(dice))).collect()
    };
    codes.sort_unstable();
    codes.dedup();
    let id = match source {
        Source::Matcha => format!("recruiter{:05}-{}", dice.below(index / 2 + 1), index),
        _ => format!("{index:014}"),
    };
    Entry {
        id,
        romes: Romes::try_from(codes).unwrap(),
        point,
        created_at: NOW - 1_000 * dice.below(50) as u32,
        expires_at: [None, Some(NOW + 1), Some(NOW)][dice.below(3)],
        diploma: Diploma::from_level([0, 0, 3, 4, 5, 6][dice.below(6)]),
        opco: Opco::from_number(dice.below(12) as u8),
        training: (source == Source::Formations).then(|| TrainingEntry {
            order: format!("titre-{}$ecole-{}", dice.below(40), dice.below(9)),
            departement: Departement::of_zip(["75001", "97411", "20200"][dice.below(3)]),
            years: Years::of_tags(["2027"]),
            // One in ten cannot be told from another.
            twin: if dice.below(10) == 0 { dice.below(index + 1) as u64 } else { 1_000_000 + index as u64 },
        }),
    }
}

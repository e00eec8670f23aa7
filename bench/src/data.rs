//! The country that everything is measured on: 300,000 invented offers round real places, the same on every
//! machine and for every engine.
//!
//! Places are drawn by population, several offers share a site, trades follow Zipf's law within 14 families, and
//! an offer is filed under one to three trades of its family. Each offer depends on the seed and its number only,
//! so that none need be kept.

mod offers;
mod places;
mod texts;
mod trades;

pub(crate) use offers::NOW;
pub(crate) use places::{Place, around, read_places};
pub(crate) use trades::Trades;

use domain::geo::Point;
use domain::partner_offer::PartnerOffer;
use fastrand::Rng;
use serde::{Deserialize, Serialize};

/// What the data depend on; two runs with the same have the same data.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Shape {
    /// Offers.
    pub(crate) items: u32,
    /// Of all draws.
    pub(crate) seed: u64,
    /// The share of offers that name no diploma; the five levels share the rest alike.
    pub(crate) unknown: f64,
}

/// Where offers are, and how many share the place.
#[derive(Debug, Clone, Copy)]
struct Site {
    point: Point,
    /// Index of its place.
    place: u32,
}

/// The data, drawn on demand.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) shape: Shape,
    pub(crate) trades: Trades,
    places: Vec<Place>,
    sites: Vec<Site>,
}

/// Sites per offer: 105,000 for 300,000.
const SITES_PER_ITEM: f64 = 0.35;

impl World {
    pub(crate) fn new(shape: Shape, places: Vec<Place>) -> Self {
        let trades = Trades::new(&mut rng(shape.seed, Stream::Trades, 0));
        let count = (f64::from(shape.items) * SITES_PER_ITEM).ceil().max(1.0) as u32;
        let weights = places::Weights::new(&places);
        let sites = (0..count)
            .map(|number| {
                let mut rng = rng(shape.seed, Stream::Sites, number);
                let place = weights.draw(&mut rng);
                let point = places.get(place).map_or_else(places::nowhere, |at| at.jittered(&mut rng));
                Site { point, place: place as u32 }
            })
            .collect();
        Self { shape, trades, places, sites }
    }

    /// The offer of this number, from 0 to `items`.
    pub(crate) fn offer(&self, number: u32) -> PartnerOffer {
        offers::offer(self, number)
    }

    /// A place drawn by population.
    pub(crate) fn draw_place(&self, rng: &mut Rng) -> Option<&Place> {
        self.places.get(places::Weights::new(&self.places).draw(rng))
    }
}

/// What a stream of draws is for: changing one leaves the others as they are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stream {
    Trades = 1,
    Sites = 2,
    Offers = 3,
    Diplomas = 4,
    Texts = 5,
    Asks = 6,
    Deposits = 7,
}

/// The draws of one thing, by seed, stream and number.
pub(crate) fn rng(seed: u64, stream: Stream, number: u32) -> Rng {
    // Mixed, because neighbouring seeds of a small generator give neighbouring first draws.
    let mut mixed = seed ^ ((stream as u64) << 56) ^ (u64::from(number) << 8);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    Rng::with_seed(mixed ^ (mixed >> 31))
}

#[cfg(test)]
pub(crate) mod tests {
    use domain::card::Card;

    use super::*;

    /// A few real places, without the file of them all.
    pub(crate) fn small(items: u32, unknown: f64) -> World {
        let places = [
            ("Paris", 48.85341, 2.3488, 2_138_551),
            ("Lyon", 45.74906, 4.84789, 520_774),
            ("Guéret", 46.17185, 1.87166, 15_853),
            ("Saint-Denis", -20.88231, 55.4504, 154_765),
            ("Bordeaux", 44.84124, -0.58046, 265_328),
        ];
        let places =
            places.map(|(name, lat, lon, population)| Place { name: name.to_owned(), lat, lon, population });
        World::new(Shape { items, seed: 42, unknown }, places.to_vec())
    }

    #[test]
    fn the_same_seed_draws_the_same_offers() {
        let (one, other) = (small(500, 1.0 / 6.0), small(500, 1.0 / 6.0));
        for number in [0, 1, 250, 499] {
            assert_eq!(one.offer(number), other.offer(number));
        }
        assert_ne!(
            one.offer(0).title.clone() + &one.offer(0).id,
            one.offer(1).title.clone() + &one.offer(1).id
        );
    }

    #[test]
    fn another_share_of_diplomas_changes_nothing_else() {
        let (one, other) = (small(500, 1.0 / 6.0), small(500, 0.83));
        let mut changed = 0;
        for number in 0..500 {
            let (mut a, mut b) = (one.offer(number), other.offer(number));
            changed += u32::from(a.diploma != b.diploma);
            (a.diploma, b.diploma) = (None, None);
            assert_eq!(a, b);
        }
        assert!(changed > 100, "{changed}");
    }

    #[test]
    fn the_share_of_unknown_diplomas_is_the_one_asked() {
        let world = small(2_000, 0.83);
        let unknown = (0..2_000).filter(|&number| world.offer(number).diploma.is_none()).count();
        assert!((1_600..1_720).contains(&unknown), "{unknown}");
    }

    #[test]
    fn an_offer_has_one_to_three_trades_of_one_family() {
        let world = small(2_000, 0.5);
        let mut pairs = 0;
        for number in 0..2_000 {
            let romes = world.offer(number).romes;
            pairs += romes.len();
            assert!(romes.len() <= 3);
            assert!(romes.iter().all(|rome| rome.as_str()[..1] == romes.first().as_str()[..1]));
        }
        assert!((3_600..4_000).contains(&pairs), "{pairs}");
    }

    #[test]
    fn ids_sort_as_the_numbers_they_come_from() {
        let world = small(100, 0.5);
        let ids: Vec<String> = (0..100).map(|number| world.offer(number).id).collect();
        assert!(ids.is_sorted());
    }

    #[test]
    fn a_card_weighs_about_1450_bytes_and_a_third_of_that_when_packed() {
        let world = small(200, 1.0 / 6.0);
        let (mut whole, mut packed) = (0, 0);
        for number in 0..200 {
            let card = Card::PartnerOffer(Box::new(world.offer(number)));
            whole += card.to_json().unwrap().len();
            packed += search::codec::pack(&card).unwrap().len();
        }
        assert!((1_380..1_520).contains(&(whole / 200)), "{}", whole / 200);
        assert!((450..520).contains(&(packed / 200)), "{}", packed / 200);
    }
}

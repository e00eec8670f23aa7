//! What is asked: the searches by which the index is judged, each with so many sets of parameters.

use domain::diploma::Diploma;
use domain::geo::Point;
use domain::rome::RomeCode;
use fastrand::Rng;

use crate::data::{Stream, World, rng};

/// One set of parameters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ask {
    /// Any of these trades, all of one family.
    pub(crate) romes: Vec<RomeCode>,
    /// Centre, and radius in km; none asks for the newest of the whole country.
    pub(crate) place: Option<(Point, f64)>,
    /// This diploma or an unknown one.
    pub(crate) diploma: Option<Diploma>,
    /// How many pages deep.
    pub(crate) pages: u32,
}

/// A search, as a row of the table.
#[derive(Debug)]
pub(crate) struct Search {
    pub(crate) name: &'static str,
    /// The search without the filter, by which this one's cost is judged.
    pub(crate) plain: Option<&'static str>,
    pub(crate) asks: Vec<Ask>,
    /// Whether the peers answer it too. They do not page, and the worst cases are about our own ceiling.
    pub(crate) for_peers: bool,
}

/// Where a search is.
#[derive(Debug, Clone, Copy)]
enum Centre {
    /// Round a city, whose latitude, longitude and spread in km these are.
    City(f64, f64, f64),
    /// Any place, by population.
    Anywhere,
    /// No place.
    None,
}

const PARIS: Centre = Centre::City(48.8566, 2.3522, 3.0);
const GUERET: Centre = Centre::City(46.1719, 1.8717, 2.0);
const LYON: Centre = Centre::City(45.764, 4.8357, 2.5);

/// The worst cases and those of many pages take long each: one in so many sets of parameters is enough.
const LONG_SHARE: u32 = 5;

/// Name, name without the filter, centre, radius in km, trades, pages.
type Kind = (&'static str, Option<&'static str>, Centre, f64, usize, u32);

const KINDS: [Kind; 13] = [
    ("paris-30km-x1", None, PARIS, 30.0, 1, 1),
    ("paris-30km-x20", None, PARIS, 30.0, 20, 1),
    ("gueret-60km-x3", None, GUERET, 60.0, 3, 1),
    ("lyon-100km-x20", None, LYON, 100.0, 20, 1),
    ("france-x5", None, Centre::None, 0.0, 5, 1),
    ("paris-30km-x1+diploma", Some("paris-30km-x1"), PARIS, 30.0, 1, 1),
    ("paris-30km-x20+diploma", Some("paris-30km-x20"), PARIS, 30.0, 20, 1),
    ("gueret-60km-x3+diploma", Some("gueret-60km-x3"), GUERET, 60.0, 3, 1),
    ("lyon-100km-x20+diploma", Some("lyon-100km-x20"), LYON, 100.0, 20, 1),
    ("france-x5+diploma", Some("france-x5"), Centre::None, 0.0, 5, 1),
    ("paris-30km-x20, 10 pages", None, PARIS, 30.0, 20, 10),
    ("worst: 200km-x20+diploma", None, Centre::Anywhere, 200.0, 20, 1),
    ("worst: anywhere-x20+diploma", None, Centre::Anywhere, 20_000.0, 20, 1),
];

/// Every search, with `sets` sets of parameters each.
pub(crate) fn searches(world: &World, sets: u32) -> Vec<Search> {
    KINDS.iter().map(|kind| search(world, kind, sets)).collect()
}

fn search(world: &World, kind: &Kind, sets: u32) -> Search {
    let &(name, plain, centre, radius_km, trades, pages) = kind;
    let worst = name.starts_with("worst");
    // A filtered search asks what the unfiltered one asks, so that the two can be compared.
    let stream = KINDS.iter().position(|other| other.0 == plain.unwrap_or(name)).unwrap_or_default() as u32;
    let asks = (0..if worst || pages > 1 { sets.div_ceil(LONG_SHARE) } else { sets })
        .map(|set| {
            let mut rng = rng(world.shape.seed, Stream::Asks, stream * 100_000 + set);
            let romes = world.trades.draw(trades, &mut rng);
            let place = place(world, centre, &mut rng).map(|centre| (centre, radius_km));
            let level = rng.choice(Diploma::ALL);
            Ask { romes, place, diploma: level.filter(|_| plain.is_some() || worst), pages }
        })
        .collect();
    Search { name, plain, asks, for_peers: pages == 1 && !worst }
}

fn place(world: &World, centre: Centre, rng: &mut Rng) -> Option<Point> {
    match centre {
        Centre::City(lat, lon, spread) => Some(crate::data::around(Point::new(lat, lon).ok()?, spread, rng)),
        Centre::Anywhere => world.draw_place(rng).map(crate::data::Place::point),
        Centre::None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::tests::small;

    #[test]
    fn a_filtered_search_asks_what_the_plain_one_asks() {
        let searches = searches(&small(100, 0.5), 5);
        for search in searches.iter().filter(|search| search.plain.is_some()) {
            let plain = searches.iter().find(|other| Some(other.name) == search.plain).unwrap();
            for (ask, plain) in search.asks.iter().zip(&plain.asks) {
                assert!(ask.diploma.is_some());
                assert_eq!(Ask { diploma: None, ..ask.clone() }, *plain);
            }
        }
    }

    #[test]
    fn asks_are_the_same_on_every_run_and_differ_among_themselves() {
        let (one, other) = (searches(&small(100, 0.5), 3), searches(&small(100, 0.5), 3));
        assert_eq!(one[0].asks, other[0].asks);
        assert_ne!(one[0].asks[0], one[0].asks[1]);
    }
}

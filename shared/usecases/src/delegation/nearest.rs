//! The CFAs to which an offer may be delegated: the nearest ones that train for one of its trades.
//!
//! The index knows trainings, not schools. So trainings are read ring by ring, from near to far, and the school of each
//! is looked up in the directory that imports derive from the catalogue. It ends as soon as enough CFAs stand within
//! what was read: a CFA that teaches where it is, and was not met by then, is farther.
//!
//! No sketch plans the reads: it would be loaded at each start of a route that is rarely called. Without one, a trade
//! with 300 short trainings within 10 km costs 8 calls and 14 read units, and one that nobody teaches within 200 km 32
//! calls and 16, in four rounds; and each school that is looked up one unit, 16 to begin with (measured on the embedded
//! store, `tests/it/nearest_cfas.rs`). Real trainings are twice as long.

use std::collections::BTreeSet;

use domain::card::Card;
use domain::cfa::Cfa;
use domain::geo::Point;
use domain::rome::RomeCode;
use domain::siret::Siret;
use domain::source::Source;
use futures::future::try_join_all;
use search::codec::unpack;
use search::merge::{Filter, Found, Hit, NearMark};
use search::nearest::{Nearest, Sort, nearest};
use search::port::Postings;
use search::read::SearchError;

use crate::ports::{FindBarred, FindCfa, PortError};

/// CFAs that a recruiter chooses among (contract 1.11).
pub const MAX_CFAS: usize = 10;
/// The rings, by their outer radius in km. Where a trade is taught much, the first is enough; the last holds more than
/// anybody would travel. An empty one costs 4 read units a trade.
const REACHES_KM: [f64; 4] = [10.0, 30.0, 80.0, 200.0];
/// Trainings looked at before more of a ring are read: schools have several each.
const TRAININGS: usize = 200;
/// Schools looked up at once.
const AT_ONCE: usize = 16;

/// A CFA and how far it is.
#[derive(Debug, Clone, PartialEq)]
pub struct NearbyCfa {
    /// The CFA.
    pub cfa: Cfa,
    /// In km, to two decimals: what is shown is what was sorted by.
    pub distance_km: f64,
}

/// The CFAs could not be found.
#[derive(Debug, thiserror::Error)]
pub enum NearestCfasError {
    /// Trainings could not be read.
    #[error("could not read the trainings around a place")]
    Trainings(#[from] SearchError),
    /// The directory of CFAs, or who unsubscribed, could not be read.
    #[error("could not read the directory of training centres")]
    Directory(#[from] PortError),
}

/// A chosen id is none of those that were shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an establishment is none of those to which the offer may be delegated")]
pub struct UnknownIds;

/// What it takes to find the nearest CFAs.
#[derive(Clone, Copy)]
pub struct NearestCfas<'a> {
    /// The index.
    pub postings: &'a dyn Postings,
    /// The directory of CFAs.
    pub cfas: &'a dyn FindCfa,
    /// Who unsubscribed.
    pub barred: &'a dyn FindBarred,
}

/// What a walk has met.
#[derive(Default)]
struct Walk {
    schools: BTreeSet<Siret>,
    found: Vec<NearbyCfa>,
}

impl NearestCfas<'_> {
    /// At most [`MAX_CFAS`], the nearest first, of those that train for one of `romes` within 200 km of `place`: for any
    /// year, since a school that taught a trade last year knows who looks for it.
    ///
    /// The distance is that of the CFA, not of the training, which may be taught elsewhere.
    pub async fn run(&self, romes: &[RomeCode], place: Point) -> Result<Vec<NearbyCfa>, NearestCfasError> {
        if romes.is_empty() {
            return Ok(Vec::new());
        }
        let (mut walk, mut after) = (Walk::default(), None);
        for reach_km in REACHES_KM {
            loop {
                let page = self.trainings(romes, place, reach_km, after.as_ref()).await?;
                let last = page.hits.last().filter(|_| page.more).and_then(Hit::near_mark);
                let seen_km = last.as_ref().map_or(reach_km, |last| last.km);
                if self.meet(&page, seen_km, place, &mut walk).await? {
                    return Ok(walk.nearest());
                }
                let is_whole = last.is_none();
                after = last.or_else(|| Some(NearMark { km: reach_km, created_at: 0, id: String::new() }));
                if is_whole {
                    break;
                }
            }
        }
        Ok(walk.nearest())
    }

    /// Trainings of a ring, the nearest first, after those of the page before.
    async fn trainings(
        &self,
        romes: &[RomeCode],
        centre: Point,
        radius_km: f64,
        after: Option<&NearMark>,
    ) -> Result<Found, SearchError> {
        let search = Nearest {
            source: Source::Formations,
            romes,
            centre,
            radius_km,
            cap: TRAININGS,
            // Trainings do not expire: they leave with their feed.
            filter: Filter::default(),
            sort: Sort::Distance(after),
            sketch: None,
        };
        let answer = nearest(self.postings, &[search]).await;
        answer.found.into_iter().next().unwrap_or_else(|| Ok(Found::default()))
    }

    /// Looks up the schools of a page that reaches to `seen_km`, the nearest trainings first. True as soon as the
    /// nearest CFAs are known.
    async fn meet(
        &self,
        page: &Found,
        seen_km: f64,
        place: Point,
        walk: &mut Walk,
    ) -> Result<bool, PortError> {
        let mut hits = page.hits.iter().peekable();
        loop {
            let mut schools = Vec::with_capacity(AT_ONCE);
            while schools.len() < AT_ONCE
                && let Some(hit) = hits.next()
            {
                schools.extend(school(hit).filter(|siret| walk.schools.insert(siret.clone())));
            }
            let open = try_join_all(schools.iter().map(|siret| self.open(siret, place))).await?;
            walk.found.extend(open.into_iter().flatten());
            let next_km = hits.peek().map(|hit| hit.distance_km.unwrap_or_default());
            if walk.is_enough(next_km.unwrap_or(seen_km)) {
                return Ok(true);
            }
            if next_km.is_none() {
                return Ok(false);
            }
        }
    }

    /// The CFA of a school, if offers may be sent to it.
    async fn open(&self, siret: &Siret, place: Point) -> Result<Option<NearbyCfa>, PortError> {
        let Some(cfa) = self.cfas.find_cfa(siret).await? else { return Ok(None) };
        if self.barred.find_barred(&cfa.address_hash).await?.is_some() {
            return Ok(None);
        }
        let distance_km = (place.distance_km(cfa.point) * 100.0).round() / 100.0;
        Ok(Some(NearbyCfa { cfa, distance_km }))
    }
}

impl Walk {
    /// Whether as many as are wanted stand within so many km.
    fn is_enough(&self, km: f64) -> bool {
        self.found.iter().filter(|near| near.distance_km <= km).count() >= MAX_CFAS
    }

    /// The nearest, each id once: it is by their ids that they are chosen.
    fn nearest(mut self) -> Vec<NearbyCfa> {
        self.found.sort_by(|one, other| {
            one.distance_km
                .total_cmp(&other.distance_km)
                .then_with(|| one.cfa.siret.as_str().cmp(other.cfa.siret.as_str()))
        });
        let mut ids = BTreeSet::new();
        self.found.retain(|near| ids.insert(near.cfa.id.clone()));
        self.found.truncate(MAX_CFAS);
        self.found
    }
}

/// The school that teaches a training. A card that cannot be read is passed over, as by searches.
fn school(hit: &Hit) -> Option<Siret> {
    match unpack(Source::Formations, &hit.row.card).ok()? {
        Card::Formation(formation) => formation.trainer.siret,
        _ => None,
    }
}

/// Those of `nearest` that have these ids, each once, the nearest first.
pub fn choose<'a>(nearest: &'a [NearbyCfa], ids: &[String]) -> Result<Vec<&'a NearbyCfa>, UnknownIds> {
    let is_known = |id: &String| nearest.iter().any(|near| near.cfa.id == *id);
    if !ids.iter().all(is_known) {
        return Err(UnknownIds);
    }
    Ok(nearest.iter().filter(|near| ids.contains(&near.cfa.id)).collect())
}

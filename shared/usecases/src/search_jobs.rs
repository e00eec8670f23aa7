//! Search of offers and companies: the sources asked, side by side, nearest or newest first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::card::Card;
use domain::diploma::Diploma;
use domain::geo::{Point, Radius};
use domain::opco::Opco;
use domain::rncp::RncpCode;
use domain::rome::Romes;
use domain::source::Source;
use search::codec::unpack;
use search::merge::{Filter, Hit};
use search::nearest::{Answer, Nearest, nearest};
use search::newest::{Newest, newest};
use search::port::Postings;
use search::read::{Cost, SearchError};
use search::sketch::Sketch;

use crate::ports::{Clock, FindTrades, PortError, TradesOf};
use crate::sketches::Sketches;

/// A radius of 0 means this one (contract 1.8).
const LEAST_RADIUS_KM: f64 = 10.0;

/// What is searched.
#[derive(Debug, Clone)]
pub struct JobsSearch {
    /// Which trades.
    pub trades: Trades,
    /// Around where; without a place the newest of the whole country are found.
    pub place: Option<(Point, Radius)>,
    /// Which sources.
    pub sources: BTreeSet<Source>,
    /// Only what leads to this diploma, or does not say.
    pub diploma: Option<Diploma>,
    /// Only companies of this OPCO.
    pub opco: OpcoFilter,
}

/// Trades, named or by an RNCP sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trades {
    /// By their codes.
    Romes(Romes),
    /// All those the sheet leads to.
    Rncp(RncpCode),
}

/// Which OPCO a company must belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpcoFilter {
    /// Any, or none.
    Any,
    /// This one.
    One(Opco),
    /// None can match: the OPCO that is asked does not exist, or two different ones are.
    Nothing,
}

/// A search could not be made at all.
#[derive(Debug, thiserror::Error)]
pub enum SearchJobsError {
    /// No training has this sheet.
    #[error("the RNCP sheet is not known")]
    UnknownRncp(RncpCode),
    /// The trades of the sheet could not be read.
    #[error("could not resolve the RNCP sheet")]
    Trades(#[source] PortError),
}

/// A result and how far it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The card.
    pub card: Card,
    /// In km; none without a place.
    pub distance_km: Option<f64>,
}

/// What each source asked gave, and what it cost.
#[derive(Debug, Default)]
pub struct JobsFound {
    /// By source; one that failed does not take the others down.
    pub by_source: BTreeMap<Source, Result<Vec<Found>, SearchError>>,
    /// Of all sources together.
    pub cost: Cost,
    /// Rows whose card could not be read: written by a newer build, or damaged. They are left out.
    pub unreadable: u32,
}

/// What a search needs.
#[derive(Clone, Copy)]
pub struct SearchJobs<'a> {
    /// The index.
    pub postings: &'a dyn Postings,
    /// What to expect where.
    pub sketches: &'a Sketches,
    /// Trades of RNCP sheets.
    pub trades: &'a dyn FindTrades,
    /// The time, against which offers expire.
    pub clock: &'a dyn Clock,
}

impl SearchJobs<'_> {
    /// Searches. At most two rounds of reads over all sources together, plus one read for an RNCP sheet.
    pub async fn run(&self, search: &JobsSearch) -> Result<JobsFound, SearchJobsError> {
        let romes = self.romes(&search.trades).await?;
        let filter = Filter {
            now: u32::try_from(self.clock.now().as_second()).unwrap_or(u32::MAX),
            // Companies have no level, so that `diploma` keeps them all, as in the contract.
            diploma: search.diploma,
            opco: match search.opco {
                OpcoFilter::One(opco) => Some(opco),
                OpcoFilter::Any => None,
                OpcoFilter::Nothing => return Ok(nothing(&search.sources)),
            },
        };
        let sources: Vec<Source> = search.sources.iter().copied().collect();
        let sketches: Vec<Option<Arc<Sketch>>> =
            sources.iter().map(|&source| self.sketches.get(source)).collect();
        let asked = || sources.iter().copied().zip(sketches.iter().map(Option::as_deref));
        let answer = if let Some((centre, radius)) = search.place {
            let radius_km = if radius.km() > 0.0 { radius.km() } else { LEAST_RADIUS_KM };
            let near = |(source, sketch)| {
                let cap = cap(source);
                Nearest { source, romes: &romes, centre, radius_km, cap, filter, sketch }
            };
            nearest(self.postings, &asked().map(near).collect::<Vec<_>>()).await
        } else {
            let new = |(source, sketch)| Newest { source, romes: &romes, cap: cap(source), filter, sketch };
            newest(self.postings, &asked().map(new).collect::<Vec<_>>()).await
        };
        Ok(collect(&sources, answer))
    }

    async fn romes(&self, trades: &Trades) -> Result<Romes, SearchJobsError> {
        match trades {
            Trades::Romes(romes) => Ok(romes.clone()),
            Trades::Rncp(rncp) => {
                let sheet = TradesOf::Rncp(rncp.clone());
                let mut codes = self.trades.find_trades(&sheet).await.map_err(SearchJobsError::Trades)?;
                codes.truncate(domain::rome::MAX_ROMES);
                Romes::try_from(codes).map_err(|_| SearchJobsError::UnknownRncp(rncp.clone()))
            }
        }
    }
}

/// Results per source (contract 1.8): companies and offers, or for matcha the recruiters that hold them.
const fn cap(source: Source) -> usize {
    match source {
        Source::Matcha => 250,
        Source::Lba | Source::Offres => 150,
        Source::Formations => 500,
    }
}

fn nothing(sources: &BTreeSet<Source>) -> JobsFound {
    JobsFound {
        by_source: sources.iter().map(|&source| (source, Ok(Vec::new()))).collect(),
        ..JobsFound::default()
    }
}

fn collect(sources: &[Source], answer: Answer) -> JobsFound {
    let mut found = JobsFound { cost: answer.cost, ..JobsFound::default() };
    for (&source, hits) in sources.iter().zip(answer.found) {
        let cards = hits.map(|hits| {
            let cards: Vec<Found> = hits.iter().filter_map(|hit| read_card(source, hit)).collect();
            found.unreadable += (hits.len() - cards.len()) as u32;
            cards
        });
        found.by_source.insert(source, cards);
    }
    found
}

fn read_card(source: Source, hit: &Hit) -> Option<Found> {
    let card = unpack(source, &hit.row.card).ok()?;
    Some(Found { card, distance_km: hit.distance_km })
}

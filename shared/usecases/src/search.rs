//! Search of trainings, offers and companies: the sources asked, side by side.

mod around;
mod collect;
mod domains;
mod lists;
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::card::Card;
use domain::departement::Departement;
use domain::diploma::Diploma;
use domain::geo::{Point, Radius};
use domain::opco::Opco;
use domain::rncp::RncpCode;
use domain::rome::{RomeCode, Romes};
use domain::rome_domain::RomeDomain;
use domain::source::Source;
use domain::years::Years;
use search::listed::{Listed, listed};
use search::merge::Filter;
use search::nearest::Answer;
use search::port::Postings;
use search::read::{Cost, SearchError};
use search::sketch::Sketch;

use crate::ports::{Clock, FindTrades, PortError, TradesOf};
use crate::sketches::Sketches;
pub use page::{Mark, Page};

/// What is searched.
#[derive(Debug, Clone)]
pub struct Search {
    /// Which trades.
    pub trades: Trades,
    /// Where.
    pub place: Place,
    /// Which sources.
    pub sources: BTreeSet<Source>,
    /// Only what leads to this diploma, or does not say.
    pub diploma: Option<Diploma>,
    /// Only companies of this OPCO.
    pub opco: OpcoFilter,
    /// Newest first although a place is asked.
    pub by_date: bool,
    /// The page that is asked; none for an answer that has no next one.
    pub page: Option<Page>,
}

/// Where to search.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// In the whole country, as listed.
    Anywhere,
    /// The same, whatever years trainings are tagged with.
    Country,
    /// Around a place.
    Around(Point, Radius),
    /// In départements: trainings only, whatever years they are tagged with (contract 1.8).
    Area(Vec<Departement>),
}

/// Trades, named or by what leads to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trades {
    /// By their codes.
    Romes(Romes),
    /// All those an RNCP sheet leads to.
    Rncp(RncpCode),
    /// All those of a ROME domain: more than twenty, perhaps.
    Domain(RomeDomain),
    /// Any: of an area only.
    Any,
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
pub enum SearchFailure {
    /// No training has this sheet.
    #[error("the RNCP sheet is not known")]
    UnknownRncp(RncpCode),
    /// The trades of the sheet could not be read.
    #[error("could not resolve the RNCP sheet")]
    Trades(#[source] PortError),
}

/// A result and how far it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The card.
    pub card: Card,
    /// In km; none without a place.
    pub distance_km: Option<f64>,
}

/// What each source asked gave, and what it cost.
#[derive(Debug, Default)]
pub struct SearchFound {
    /// By source; one that failed does not take the others down.
    pub by_source: BTreeMap<Source, Result<Vec<Item>, SearchError>>,
    /// Where the next page begins, by source that has one. Empty at the end, and where no page was asked.
    pub next: BTreeMap<Source, Mark>,
    /// Of all sources together.
    pub cost: Cost,
    /// Rows whose card could not be read: written by a newer build, or damaged. They are left out.
    pub unreadable: u32,
}

/// What a search needs.
#[derive(Clone, Copy)]
pub struct SearchIndex<'a> {
    /// The index.
    pub postings: &'a dyn Postings,
    /// What to expect where.
    pub sketches: &'a Sketches,
    /// Trades of RNCP sheets.
    pub trades: &'a dyn FindTrades,
    /// The time, against which offers expire.
    pub clock: &'a dyn Clock,
}

/// One source of a search: what it asks, and from where on.
struct Asked {
    source: Source,
    sketch: Option<Arc<Sketch>>,
    filter: Filter,
    mark: Mark,
}

impl SearchIndex<'_> {
    /// Searches. At most [`search::nearest::MAX_ROUNDS`] rounds of reads over all sources together, plus one read for an
    /// RNCP sheet, plus as many rounds again for the nearest trainings where none is inside the radius.
    pub async fn run(&self, search: &Search) -> Result<SearchFound, SearchFailure> {
        let romes = self.romes(&search.trades).await?;
        if search.opco == OpcoFilter::Nothing {
            return Ok(collect::nothing(&search.sources));
        }
        let asked = self.asked(search);
        let answer = match &search.place {
            Place::Around(centre, radius) => {
                let mut answer = self.around(search, &asked, &romes, (*centre, *radius)).await;
                self.fall_back(&asked, &romes, (*centre, *radius), &mut answer).await;
                answer
            }
            Place::Anywhere | Place::Country => {
                self.listed(&asked, |asked| lists::anywhere(asked, &romes)).await
            }
            Place::Area(departements) => {
                let any = search.trades == Trades::Any;
                self.listed(&asked, |asked| lists::area(asked, (!any).then_some(&romes), departements)).await
            }
        };
        Ok(collect::collect(search, &asked, answer))
    }

    async fn listed<'s>(&self, asked: &'s [Asked], lists: impl Fn(&'s Asked) -> Listed<'s>) -> Answer {
        listed(self.postings, &asked.iter().map(lists).collect::<Vec<_>>()).await
    }

    fn asked(&self, search: &Search) -> Vec<Asked> {
        let now = self.clock.seconds();
        let any_year = matches!(search.place, Place::Area(_) | Place::Country);
        let years = (!any_year).then(|| Years::shown_at(self.clock.now()));
        let opco = match search.opco {
            OpcoFilter::One(opco) => Some(opco),
            _ => None,
        };
        let mark = |source| search.page.as_ref().map_or(Some(Mark::Start), |page| page.mark(source));
        let sources = search.sources.iter().filter_map(|&source| Some((source, mark(source)?)));
        sources
            .map(|(source, mark)| Asked {
                source,
                sketch: self.sketches.get(source),
                filter: Filter {
                    now,
                    // Companies have no level, so that `diploma` keeps them all; trainings have no OPCO.
                    diploma: search.diploma,
                    opco: opco.filter(|_| source != Source::Formations),
                    years: years.filter(|_| source == Source::Formations),
                    filed_by: search.page.as_ref().map(|page| page.as_of),
                },
                mark,
            })
            .collect()
    }

    /// The trades by their codes, each once; none where any will do.
    pub async fn romes(&self, trades: &Trades) -> Result<Vec<RomeCode>, SearchFailure> {
        match trades {
            Trades::Romes(romes) => Ok(romes.iter().collect()),
            Trades::Domain(domain) => {
                let sketches: Vec<_> =
                    Source::ALL.into_iter().filter_map(|source| self.sketches.get(source)).collect();
                Ok(domains::romes(domain, sketches.iter().map(Arc::as_ref)))
            }
            Trades::Any => Ok(Vec::new()),
            Trades::Rncp(rncp) => {
                let mut codes = self
                    .trades
                    .find_trades(&TradesOf::Rncp(rncp.clone()))
                    .await
                    .map_err(SearchFailure::Trades)?;
                codes.truncate(domain::rome::MAX_ROMES);
                if codes.is_empty() { Err(SearchFailure::UnknownRncp(rncp.clone())) } else { Ok(codes) }
            }
        }
    }
}

/// Results per source (contract 1.8): trainings, companies and offers, or for matcha the recruiters that hold them.
pub const fn cap(source: Source) -> usize {
    match source {
        Source::Matcha => 250,
        Source::Lba | Source::Offres => 150,
        Source::Formations => 500,
    }
}

/// The radius of a source in km: 0 means its default (contract 1.8).
pub fn radius_km(source: Source, radius: Radius) -> f64 {
    match (source, radius.km()) {
        (_, km) if km > 0.0 => km,
        (Source::Formations, _) => 30.0,
        _ => 10.0,
    }
}

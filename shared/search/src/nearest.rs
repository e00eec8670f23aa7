//! The nearest results around a place: one round, planned by the sketch, and rarely another.

use domain::geo::Point;
use domain::rome::RomeCode;
use domain::source::Source;

use crate::merge::{Filter, Found, NearMark, Order, filled, rank, take};
use crate::plan::{Around, passing, ranges, target_rows};
use crate::port::{Postings, Row};
use crate::read::{Budget, Cost, MAX_ROWS, STEP_ROWS, SearchError, Task, round};
use crate::sketch::Sketch;

/// Rounds of reads, one after the other. A second is rare, a third is for a sketch that is badly out of date.
pub const MAX_ROUNDS: u32 = 3;
/// If no more rows than this are expected in the whole circle, the third round reads all that is left of it: it is
/// final whatever the sketch says.
const WHOLE_CIRCLE_ROWS: f64 = 6_000.0;

/// Slack in km where a page begins: two metres too many are read, never one too few.
const SLACK_KM: f64 = 0.002;

/// What comes first, and after what a page begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sort<'a> {
    /// The nearest.
    Distance(Option<&'a NearMark>),
    /// The newest: the whole circle is read.
    Date(Option<&'a str>),
}

/// A search of one source around a place.
#[derive(Debug, Clone, Copy)]
pub struct Nearest<'a> {
    /// Which source.
    pub source: Source,
    /// Which trades, any of them, each once.
    pub romes: &'a [RomeCode],
    /// Around where.
    pub centre: Point,
    /// How far, in km.
    pub radius_km: f64,
    /// How many results ([`crate::merge::group`] says of what).
    pub cap: usize,
    /// What else they must pass.
    pub filter: Filter,
    /// What comes first, and where the page begins.
    pub sort: Sort<'a>,
    /// What to expect where; without it the whole circle is read.
    pub sketch: Option<&'a Sketch>,
}

/// What every search gave, in order, and what they cost together.
#[derive(Debug)]
pub struct Answer {
    /// One result per search.
    pub found: Vec<Result<Found, SearchError>>,
    /// Of all of them.
    pub cost: Cost,
}

/// One search under way.
struct State<'a> {
    search: &'a Nearest<'a>,
    around: Option<Around<'a>>,
    budget: Budget,
    rows: Vec<Row>,
    /// Everything that is wanted within this many km has been read.
    complete_km: f64,
    /// What the next round is to complete.
    goal_km: f64,
    outcome: Option<Result<Found, SearchError>>,
}

/// Runs the searches side by side, in at most [`MAX_ROUNDS`] rounds; one that fails does not take the others down.
pub async fn nearest(postings: &dyn Postings, searches: &[Nearest<'_>]) -> Answer {
    let mut states: Vec<State<'_>> = searches.iter().map(State::new).collect();
    let mut cost = Cost::default();
    for number in 1..=MAX_ROUNDS {
        let tasks: Vec<Task<'_>> =
            states.iter().enumerate().flat_map(|(index, state)| state.tasks(index)).collect();
        if tasks.is_empty() {
            break;
        }
        cost.rounds += 1;
        for done in round(postings, tasks).await {
            cost.add(&done.page);
            if let Some(state) = states.get_mut(done.search) {
                let romes = state.search.romes;
                state.rows.extend(done.page.rows.into_iter().filter(|row| row.is_of(romes)));
                if let Some(error) = done.failed {
                    state.outcome.get_or_insert(Err(error));
                }
            }
        }
        for state in &mut states {
            state.conclude(number);
        }
    }
    let found =
        states.into_iter().map(|state| state.outcome.unwrap_or(Err(SearchError::StaleSketch))).collect();
    Answer { found, cost }
}

impl<'a> State<'a> {
    fn new(search: &'a Nearest<'a>) -> Self {
        let Nearest { romes, centre, radius_km, cap, ref filter, .. } = *search;
        // What ties with the last result of the page before is read again.
        let inner_km = match search.sort {
            Sort::Distance(Some(mark)) => (mark.km - SLACK_KM).max(0.0),
            _ => 0.0,
        };
        let around = search
            .sketch
            .map(|sketch| Around::new(sketch, passing(sketch, romes, filter), centre, (inner_km, radius_km)));
        let goal_km = match (&around, search.sketch) {
            (Some(around), Some(sketch)) if matches!(search.sort, Sort::Distance(_)) => {
                around.radius_for(target_rows(cap, sketch, romes))
            }
            _ => radius_km,
        };
        let mut state = Self {
            search,
            around,
            budget: Budget::default(),
            rows: Vec::new(),
            complete_km: inner_km,
            goal_km,
            outcome: None,
        };
        // The whole circle at once, and more than may be read: refused without a read.
        if goal_km >= radius_km && state.rows_to_read() > f64::from(MAX_ROWS) {
            state.outcome = Some(Err(SearchError::TooBroad));
        }
        state
    }

    /// Rows expected to be read for the whole circle: those that pass, and those of other OPCOs.
    fn rows_to_read(&self) -> f64 {
        let (Some(around), Some(sketch)) = (&self.around, self.search.sketch) else { return 0.0 };
        let by_opco = self.search.filter.opco.map_or(1.0, |opco| sketch.opco_share(opco));
        around.rows() / by_opco.max(1e-4)
    }

    fn tasks(&self, index: usize) -> Vec<Task<'_>> {
        if self.outcome.is_some() {
            return Vec::new();
        }
        let Nearest { source, romes, centre, sketch, ref filter, .. } = *self.search;
        ranges(source, romes, filter.diploma, centre, (self.complete_km, self.goal_km), sketch)
            .into_iter()
            .map(|range| Task {
                search: index,
                list: 0,
                range,
                budget: &self.budget,
                enough: Box::new(|_| false),
                step: STEP_ROWS,
            })
            .collect()
    }

    /// Ranks what there is after this round: final, or one more round, or given up.
    fn conclude(&mut self, number: u32) {
        if self.outcome.is_some() {
            return;
        }
        self.complete_km = self.goal_km;
        let Nearest { source, centre, radius_km, cap, sort, ref filter, .. } = *self.search;
        let order = match sort {
            Sort::Distance(after) => Order::Near { centre, radius_km, after },
            Sort::Date(after) => Order::Newest { within: (centre, radius_km), after },
        };
        let hits = rank(&self.rows, filter, &order);
        if self.complete_km >= radius_km {
            self.outcome = Some(Ok(take(source, &hits, cap, false)));
            return;
        }
        let known = hits.partition_point(|hit| hit.distance_km.is_some_and(|km| km <= self.complete_km));
        let known = hits.get(..known).unwrap_or(&hits);
        if filled(source, known, cap).is_some() {
            self.outcome = Some(Ok(take(source, known, cap, true)));
        } else if number == MAX_ROUNDS {
            self.outcome = Some(Err(SearchError::StaleSketch));
        } else {
            let found = known.len();
            self.goal_km = self.wider(found, number);
        }
    }

    /// How far the next round reads, in km, after one that found so many.
    fn wider(&self, found: usize, number: u32) -> f64 {
        let whole = self.search.radius_km;
        let Some(around) = &self.around else { return whole };
        if found == 0 {
            return whole;
        }
        let passing = self.rows.iter().filter(|row| self.search.filter.passes(row)).count() as f64;
        let rows_per_hit = passing / found as f64;
        let cap = self.search.cap as f64;
        let goal_km = if number == 1 {
            // What lacks, and half as much again, as thin as it was found here.
            let expected = around.rows_within(self.complete_km);
            let thinner = (expected / passing.max(1.0)).clamp(1.0, 10.0);
            let lacking = (cap - found as f64).max(0.0) * 1.5 + 30.0;
            around.radius_for(expected + lacking * rows_per_hit * thinner)
        } else if self.rows_to_read() <= WHOLE_CIRCLE_ROWS {
            whole
        } else {
            let of_trades =
                self.search.sketch.map_or(1.0, |sketch| sketch.rows_per_result(self.search.romes));
            around.radius_for((cap * 3.0 + 100.0) * rows_per_hit.max(of_trades))
        };
        if goal_km > self.complete_km { goal_km } else { whole }
    }
}

//! The nearest results around a place: one round, planned by the sketch, and rarely a second.

use domain::geo::Point;
use domain::rome::Romes;
use domain::source::Source;

use crate::merge::{Filter, Hit, Ranked, cut, rank, take};
use crate::plan::{Around, ranges, target_rows};
use crate::port::{Postings, Row};
use crate::read::{Budget, Cost, MAX_ROWS, SearchError, Task, round};
use crate::sketch::Sketch;

/// If no more rows than this are expected in the whole circle, a second round reads all that is left of it:
/// it is final whatever the sketch says, and second rounds are rare.
const WHOLE_CIRCLE_ROWS: f64 = 6_000.0;

/// A search of one source around a place.
#[derive(Debug, Clone, Copy)]
pub struct Nearest<'a> {
    /// Which source.
    pub source: Source,
    /// Which trades, any of them.
    pub romes: &'a Romes,
    /// Around where.
    pub centre: Point,
    /// How far, in km.
    pub radius_km: f64,
    /// How many results ([`crate::merge::group`] says of what).
    pub cap: usize,
    /// What else they must pass.
    pub filter: Filter,
    /// What to expect where; without it the whole circle is read.
    pub sketch: Option<&'a Sketch>,
}

/// What every search gave, in order, and what they cost together.
#[derive(Debug)]
pub struct Answer {
    /// One result per search.
    pub found: Vec<Result<Vec<Hit>, SearchError>>,
    /// Of all of them.
    pub cost: Cost,
}

/// One search under way.
struct State<'a> {
    search: &'a Nearest<'a>,
    around: Option<Around<'a>>,
    budget: Budget,
    rows: Vec<Row>,
    /// Everything within this many km has been read.
    complete_km: f64,
    /// What the next round is to complete.
    goal_km: f64,
    outcome: Option<Result<Vec<Hit>, SearchError>>,
}

/// Runs the searches side by side, in at most two rounds; one that fails does not take the others down.
pub async fn nearest(postings: &dyn Postings, searches: &[Nearest<'_>]) -> Answer {
    let mut states: Vec<State<'_>> = searches.iter().map(State::new).collect();
    let mut cost = Cost::default();
    for last in [false, true] {
        let tasks: Vec<Task<'_>> =
            states.iter().enumerate().flat_map(|(index, state)| state.tasks(index)).collect();
        if tasks.is_empty() {
            break;
        }
        cost.rounds += 1;
        for done in round(postings, tasks).await {
            cost.add(&done.page);
            if let Some(state) = states.get_mut(done.search) {
                state.rows.extend(done.page.rows);
                if let Some(error) = done.failed {
                    state.outcome.get_or_insert(Err(error));
                }
            }
        }
        for state in &mut states {
            state.conclude(last);
        }
    }
    let found =
        states.into_iter().map(|state| state.outcome.unwrap_or(Err(SearchError::StaleSketch))).collect();
    Answer { found, cost }
}

impl<'a> State<'a> {
    fn new(search: &'a Nearest<'a>) -> Self {
        let around =
            search.sketch.map(|sketch| Around::new(sketch, search.romes, search.centre, search.radius_km));
        let goal_km = match (&around, search.sketch) {
            (Some(around), Some(sketch)) => {
                let passing = sketch.passing(search.filter.diploma, search.filter.opco);
                around.radius_for(target_rows(search.cap, sketch, search.romes.len(), passing))
            }
            _ => search.radius_km,
        };
        // The whole circle at once, and more than may be read: refused without a read.
        let whole = around.as_ref().filter(|_| goal_km >= search.radius_km);
        let too_broad = whole.is_some_and(|around| around.rows() > f64::from(MAX_ROWS));
        Self {
            search,
            around,
            budget: Budget::default(),
            rows: Vec::new(),
            complete_km: 0.0,
            goal_km,
            outcome: too_broad.then_some(Err(SearchError::TooBroad)),
        }
    }

    fn tasks(&self, index: usize) -> Vec<Task<'_>> {
        if self.outcome.is_some() {
            return Vec::new();
        }
        let Nearest { source, romes, centre, sketch, .. } = *self.search;
        ranges(source, romes, centre, (self.complete_km, self.goal_km), sketch)
            .into_iter()
            .map(|range| Task {
                search: index,
                list: 0,
                range,
                budget: &self.budget,
                enough: Box::new(|_| false),
            })
            .collect()
    }

    /// Ranks what there is: final, or one more round, or given up.
    fn conclude(&mut self, last: bool) {
        if self.outcome.is_some() {
            return;
        }
        self.complete_km = self.goal_km;
        let Nearest { source, centre, radius_km, cap, ref filter, .. } = *self.search;
        let hits = rank(&self.rows, filter, Some((centre, radius_km)));
        if self.complete_km >= radius_km {
            self.outcome = Some(Ok(take(source, &hits, cap)));
            return;
        }
        let known = hits.partition_point(|hit| hit.distance_km.is_some_and(|km| km <= self.complete_km));
        let known = hits.get(..known).unwrap_or(&hits);
        if is_final(source, known, cap) {
            self.outcome = Some(Ok(take(source, known, cap)));
        } else if last {
            self.outcome = Some(Err(SearchError::StaleSketch));
        } else {
            let found = known.len();
            self.widen(found);
        }
    }

    /// Sets the goal of the second round.
    fn widen(&mut self, found: usize) {
        let Some(around) = &self.around else {
            self.goal_km = self.search.radius_km;
            return;
        };
        let expected = around.rows();
        if expected <= WHOLE_CIRCLE_ROWS || found == 0 {
            self.goal_km = self.search.radius_km;
            return;
        }
        let rows_per_hit = self.rows.len() as f64 / found as f64;
        self.goal_km = around.radius_for((self.search.cap as f64 * 3.0 + 100.0) * rows_per_hit);
        if self.goal_km <= self.complete_km {
            self.goal_km = self.search.radius_km;
        }
    }
}

/// Whether the answer stands although more may lie farther out.
fn is_final(source: Source, known: &[Ranked<'_>], cap: usize) -> bool {
    match source {
        // The answer ends where one recruiter too many begins, so that one must have been seen.
        Source::Matcha => cut(source, known, cap).1,
        _ => known.len() >= cap,
    }
}

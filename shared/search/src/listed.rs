//! The first results in an order of their own, wherever they are: lists sorted alike, merged.

use std::collections::HashSet;

use domain::geo::Point;
use domain::source::Source;

use crate::keys::{FIRST, LAST, after_position, position_of};
use crate::merge::{Filter, Found, Order, Ranked, filled, group, rank, take};
use crate::nearest::Answer;
use crate::port::{KeyRange, Postings, Row};
use crate::read::{Budget, Cost, Enough, STEP_ROWS, SearchError, Task, after, round};

/// A first page is never smaller: a call costs 4 KB at least.
const LEAST_FIRST_PAGE: f64 = 5.0;

/// A search of one source over lists.
#[derive(Debug, Clone)]
pub struct Listed<'a> {
    /// Which source.
    pub source: Source,
    /// Where to read.
    pub lists: Vec<List>,
    /// How many results ([`crate::merge::group`] says of what).
    pub cap: usize,
    /// Rows that should hold as many results; without it each list gives a whole answer at once.
    pub wanted_rows: Option<f64>,
    /// What they must pass.
    pub filter: Filter,
    /// Only what lies in this circle: centre and radius in km.
    pub within: Option<(Point, f64)>,
    /// Only what comes after this position: the next page.
    pub after: Option<&'a str>,
    /// Only what comes up to this sort key.
    pub until: Option<String>,
    /// Whether every row counts, also several of one id: a log of changes.
    pub is_log: bool,
}

/// One list of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Its partition.
    pub partition: String,
    /// The share of the results that it is expected to bring.
    pub share: f64,
}

struct Reading {
    /// Where it goes on; none when it is read to its end, or as far as it can matter.
    from: Option<String>,
    /// Whether it was read to its end.
    ended: bool,
    rows: Vec<Row>,
}

struct State<'a> {
    search: &'a Listed<'a>,
    budget: Budget,
    lists: Vec<Reading>,
    failed: Option<SearchError>,
    /// Position of the last result that fills the cap: what comes later cannot matter.
    floor: Option<String>,
}

/// Runs the searches side by side, in at most two rounds: a first page of each list, then whatever can still
/// contribute.
pub async fn listed(postings: &dyn Postings, searches: &[Listed<'_>]) -> Answer {
    let mut states: Vec<State<'_>> = searches.iter().map(State::new).collect();
    let mut cost = Cost::default();
    for first in [true, false] {
        let tasks: Vec<Task<'_>> =
            states.iter().enumerate().flat_map(|(index, state)| state.tasks(index, first)).collect();
        if tasks.is_empty() {
            break;
        }
        cost.rounds += 1;
        for done in round(postings, tasks).await {
            cost.add(&done.page);
            let Some(state) = states.get_mut(done.search) else { continue };
            if let Some(error) = done.failed {
                state.failed.get_or_insert(error);
            }
            if let Some(list) = state.lists.get_mut(done.list) {
                list.ended = !done.page.cut;
                list.from = done.page.rows.last().filter(|_| done.page.cut).map(|row| after(&row.sort_key));
                list.rows.extend(done.page.rows);
            }
        }
        for state in &mut states {
            state.settle();
        }
    }
    Answer { found: states.into_iter().map(State::finish).collect(), cost }
}

impl<'a> State<'a> {
    fn new(search: &'a Listed<'a>) -> Self {
        let from = search.after.map_or_else(|| FIRST.to_owned(), after_position);
        let reading = |_| Reading { from: Some(from.clone()), ended: false, rows: Vec::new() };
        let lists = search.lists.iter().map(reading).collect();
        Self { search, budget: Budget::default(), lists, failed: None, floor: None }
    }

    fn tasks(&self, index: usize, first: bool) -> Vec<Task<'_>> {
        if self.failed.is_some() {
            return Vec::new();
        }
        let unread = self.search.lists.iter().zip(&self.lists).enumerate();
        let tasks = unread.filter_map(|(list, (asked, reading))| {
            let page = self.first_page(asked);
            let range = KeyRange {
                partition: asked.partition.clone(),
                from: reading.from.clone()?,
                to: self.search.until.clone().unwrap_or_else(|| LAST.to_owned()),
                limit: if first { page } else { u32::MAX },
            };
            // Later on a list lacks little: small steps, so that little is read for nothing.
            let (budget, enough, step) = (&self.budget, self.enough(reading), page.min(STEP_ROWS));
            Some(Task { search: index, list, range, budget, enough, step })
        });
        tasks.collect()
    }

    /// A list's first page: its share of what should fill the cap, and some more, since shares vary.
    fn first_page(&self, list: &List) -> u32 {
        let Some(wanted) = self.search.wanted_rows else { return self.search.cap as u32 };
        let expected = wanted * list.share;
        (expected + 1.5 * expected.sqrt()).max(LEAST_FIRST_PAGE).ceil() as u32
    }

    /// A list may stop once it is past what already fills the cap, or once it fills the cap alone.
    fn enough<'s>(&'s self, reading: &Reading) -> Enough<'s> {
        let Listed { source, cap, ref filter, .. } = *self.search;
        let order = self.order();
        let group_of = move |row: &Row| group(source, &row.id).to_owned();
        let mut groups: HashSet<String> =
            rank(&reading.rows, filter, &order).iter().map(|hit| group_of(hit.row)).collect();
        Box::new(move |rows| {
            groups.extend(rank(rows, filter, &order).iter().map(|hit| group_of(hit.row)));
            self.is_past_floor(rows.last()) || groups.len() > cap
        })
    }

    fn is_past_floor(&self, last: Option<&Row>) -> bool {
        let floor = self.floor.as_deref();
        last.is_some_and(|row| floor.is_some_and(|floor| position_of(&row.sort_key) >= floor))
    }

    fn order(&self) -> Order<'a> {
        let Listed { within, after, is_log, .. } = *self.search;
        if is_log { Order::Log { after } } else { Order::Listed { within, after } }
    }

    fn ranked(&self) -> Vec<Ranked<'_>> {
        rank(self.lists.iter().flat_map(|list| &list.rows), &self.search.filter, &self.order())
    }

    /// Finds what already fills the cap, and closes the lists that cannot contribute any more.
    fn settle(&mut self) {
        let hits = self.ranked();
        let length = filled(self.search.source, &hits, self.search.cap);
        let last = length.and_then(|length| hits.get(length.checked_sub(1)?));
        self.floor = last.map(|hit| position_of(&hit.row.sort_key).to_owned());
        let past: Vec<bool> = self.lists.iter().map(|list| self.is_past_floor(list.rows.last())).collect();
        for (list, _) in self.lists.iter_mut().zip(past).filter(|(_, past)| *past) {
            list.from = None;
        }
    }

    fn finish(mut self) -> Result<Found, SearchError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        if self.lists.iter().any(|list| list.from.is_some()) {
            return Err(SearchError::TooBroad);
        }
        let beyond = self.lists.iter().any(|list| !list.ended);
        Ok(take(self.search.source, &self.ranked(), self.search.cap, beyond))
    }
}

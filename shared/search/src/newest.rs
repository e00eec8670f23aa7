//! The newest results, wherever they are: one list per ROME, newest first, merged.

use domain::rome::Romes;
use domain::source::Source;

use crate::keys::{FIRST, LAST, newest_partition};
use crate::merge::{Filter, Hit, cut, group, rank, take};
use crate::nearest::Answer;
use crate::plan::target_rows;
use crate::port::{KeyRange, Postings, Row};
use crate::read::{Budget, Cost, Enough, SearchError, Task, after, round};
use crate::sketch::Sketch;

/// A first page is never smaller: a call costs 4 KB at least.
const LEAST_FIRST_PAGE: f64 = 10.0;

/// A search of one source without a place.
#[derive(Debug, Clone, Copy)]
pub struct Newest<'a> {
    /// Which source.
    pub source: Source,
    /// Which trades, any of them.
    pub romes: &'a Romes,
    /// How many results ([`crate::merge::group`] says of what).
    pub cap: usize,
    /// What they must pass.
    pub filter: Filter,
    /// How large each trade is; without it each list gives a whole answer at once.
    pub sketch: Option<&'a Sketch>,
}

/// One list of a search.
struct List {
    partition: String,
    /// Where it goes on; none when it is read to its end, or as far as it can matter.
    from: Option<String>,
    rows: Vec<Row>,
}

struct State<'a> {
    search: &'a Newest<'a>,
    budget: Budget,
    lists: Vec<List>,
    failed: Option<SearchError>,
    /// Seconds since 1970 of the last result that already fills the cap: older rows cannot matter.
    floor: Option<u32>,
}

/// Runs the searches side by side, in at most two rounds: a first page of each list, then whatever can still
/// contribute.
pub async fn newest(postings: &dyn Postings, searches: &[Newest<'_>]) -> Answer {
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
    fn new(search: &'a Newest<'a>) -> Self {
        let lists = search
            .romes
            .iter()
            .map(|rome| List {
                partition: newest_partition(search.source, rome),
                from: Some(FIRST.to_owned()),
                rows: Vec::new(),
            })
            .collect();
        Self { search, budget: Budget::default(), lists, failed: None, floor: None }
    }

    fn tasks(&self, index: usize, first: bool) -> Vec<Task<'_>> {
        if self.failed.is_some() {
            return Vec::new();
        }
        let sizes = if first { self.first_pages() } else { Vec::new() };
        self.lists
            .iter()
            .enumerate()
            .filter_map(|(list, state)| {
                let from = state.from.clone()?;
                let limit = sizes.get(list).copied().unwrap_or(u32::MAX);
                let range = KeyRange { partition: state.partition.clone(), from, to: LAST.to_owned(), limit };
                Some(Task { search: index, list, range, budget: &self.budget, enough: self.enough(state) })
            })
            .collect()
    }

    /// A list's first page: its share of the recent rows of all of them, since the newest results are likely
    /// to be shared alike.
    fn first_pages(&self) -> Vec<u32> {
        let Newest { romes, cap, ref filter, sketch, .. } = *self.search;
        let Some(sketch) = sketch else { return vec![cap as u32; romes.len()] };
        let passing = sketch.passing(filter.diploma, filter.opco);
        let wanted = target_rows(cap, sketch, romes.len(), passing);
        let counts: Vec<f64> = romes.iter().map(|rome| f64::from(sketch.rome_rows(rome))).collect();
        let total = counts.iter().sum::<f64>().max(1.0);
        counts.iter().map(|rows| (wanted * rows / total * 1.3).max(LEAST_FIRST_PAGE).ceil() as u32).collect()
    }

    /// A list may stop once its rows are older than what already fills the cap, or once it fills the cap alone.
    fn enough<'s>(&'s self, list: &List) -> Enough<'s> {
        let Newest { source, cap, ref filter, .. } = *self.search;
        let mut groups: std::collections::HashSet<String> = list
            .rows
            .iter()
            .filter(|row| filter.passes(row))
            .map(|row| group(source, &row.id).to_owned())
            .collect();
        let floor = self.floor;
        Box::new(move |rows| {
            let passing = rows.iter().filter(|row| filter.passes(row));
            groups.extend(passing.map(|row| group(source, &row.id).to_owned()));
            let older = rows.last().is_some_and(|row| floor.is_some_and(|floor| row.rank.created_at < floor));
            older || groups.len() > cap
        })
    }

    /// Finds what already fills the cap, and closes the lists that cannot contribute any more.
    fn settle(&mut self) {
        let hits = rank(self.lists.iter().flat_map(|list| &list.rows), &self.search.filter, None);
        let (length, full) = cut(self.search.source, &hits, self.search.cap);
        self.floor = hits.get(length.wrapping_sub(1)).filter(|_| full).map(|hit| hit.row.rank.created_at);
        let (source, cap) = (self.search.source, self.search.cap);
        for list in &mut self.lists {
            let older =
                list.rows.last().is_some_and(|row| self.floor.is_some_and(|at| row.rank.created_at < at));
            let alone = rank(&list.rows, &self.search.filter, None);
            if older || cut(source, &alone, cap).1 {
                list.from = None;
            }
        }
    }

    fn finish(self) -> Result<Vec<Hit>, SearchError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        if self.lists.iter().any(|list| list.from.is_some()) {
            return Err(SearchError::TooBroad);
        }
        let hits = rank(self.lists.iter().flat_map(|list| &list.rows), &self.search.filter, None);
        Ok(take(self.search.source, &hits, self.search.cap))
    }
}

//! Reads the ranges of one round, all searches of a request together.

use std::sync::atomic::{AtomicU32, Ordering};

use futures::StreamExt;

use crate::port::{KeyRange, MAX_IN_FLIGHT, Page, Postings, ReadError, Row};

/// Rows one source may read for one request. Past it the search is refused: nothing a caller sends makes it
/// read without bound.
pub const MAX_ROWS: u32 = 30_000;
/// Rows asked in one step, so that the budget is looked at between steps: a page of 1 MB holds more.
pub const STEP_ROWS: u32 = 1_000;

/// What a request cost. It is sent to partners as `x-search-cost` and logged.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cost {
    /// Calls to the store, pages included.
    pub calls: u32,
    /// Rows read.
    pub rows: u32,
    /// Rounds of reads, one after the other.
    pub rounds: u32,
    /// Read request units.
    pub rru: f64,
}

impl Cost {
    /// Adds a page.
    pub fn add(&mut self, page: &Page) {
        self.calls += page.calls;
        self.rows += page.rows.len() as u32;
        self.rru += page.rru;
    }
}

impl Cost {
    /// Adds what was read at the same time.
    pub fn join(&mut self, other: &Self) {
        self.rounds = self.rounds.max(other.rounds);
        self.calls += other.calls;
        self.rows += other.rows;
        self.rru += other.rru;
    }

    /// Adds what was read afterwards.
    pub fn follow(&mut self, other: &Self) {
        let rounds = self.rounds + other.rounds;
        self.join(other);
        self.rounds = rounds;
    }
}

/// A search of one source failed; the others go on.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The store failed.
    #[error("could not read the index")]
    Read(#[from] ReadError),
    /// It would have to read more than [`MAX_ROWS`] rows.
    #[error("the search would read more than {MAX_ROWS} rows")]
    TooBroad,
    /// Two rounds did not suffice: the sketch promised rows that are gone, and the rest is too large to read.
    #[error("the sketch of the index is out of date")]
    StaleSketch,
}

/// Rows a source may still read.
#[derive(Debug)]
pub struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(MAX_ROWS))
    }
}

impl Budget {
    /// Rows left.
    pub fn left(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }

    fn spend(&self, rows: usize) {
        let rows = rows as u32;
        // `fetch_update` with a closure that never refuses cannot fail.
        let _ =
            self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_sub(rows)));
    }
}

/// Told of each step's rows of a list; true ends the list before its range does.
pub type Enough<'a> = Box<dyn FnMut(&[Row]) -> bool + Send + 'a>;

/// One read of a round: a range, its source's budget, and when it may stop early.
pub struct Task<'a> {
    /// Index of the search it belongs to.
    pub search: usize,
    /// Index of the list within the search.
    pub list: usize,
    /// What to read.
    pub range: KeyRange,
    /// Its source's budget.
    pub budget: &'a Budget,
    /// Whether to stop before the range ends.
    pub enough: Enough<'a>,
    /// Rows asked at first; each further step asks twice as many, up to [`STEP_ROWS`].
    pub step: u32,
}

/// What a task read.
pub struct Done {
    /// Index of the search.
    pub search: usize,
    /// Index of the list within the search.
    pub list: usize,
    /// Its rows and cost, whether or not it failed half way.
    pub page: Page,
    /// Why it stopped, where it failed.
    pub failed: Option<SearchError>,
}

/// Runs the tasks of a round, at most [`MAX_IN_FLIGHT`] at once.
pub async fn round(postings: &dyn Postings, tasks: Vec<Task<'_>>) -> Vec<Done> {
    futures::stream::iter(tasks)
        .map(|task| run(postings, task))
        .buffer_unordered(MAX_IN_FLIGHT)
        .collect()
        .await
}

async fn run(postings: &dyn Postings, mut task: Task<'_>) -> Done {
    let mut all = Page::default();
    let mut range = task.range.clone();
    let mut step = task.step;
    let failed = loop {
        if task.budget.left() == 0 {
            break Some(SearchError::TooBroad);
        }
        let left = task.range.limit.saturating_sub(all.rows.len() as u32);
        range.limit = left.min(step);
        // What lacks more than a step lacks much: a few steps reach the end of any list.
        step = step.saturating_mul(2).min(STEP_ROWS);
        match postings.read(&range).await {
            Err(error) => break Some(error.into()),
            Ok(page) => {
                task.budget.spend(page.rows.len());
                all.calls += page.calls;
                all.rru += page.rru;
                all.cut = page.cut;
                let is_done = (task.enough)(&page.rows) || !page.cut;
                let next = page.rows.last().map(|row| after(&row.sort_key));
                all.rows.extend(page.rows);
                match next {
                    Some(from) if !is_done && (all.rows.len() as u32) < task.range.limit => range.from = from,
                    _ => break None,
                }
            }
        }
    };
    Done { search: task.search, list: task.list, page: all, failed }
}

/// The lowest sort key above `key`: control characters never occur in one.
pub fn after(key: &str) -> String {
    format!("{key}\u{1}")
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use domain::geo::Point;

    use super::*;
    use crate::rank::Rank;

    /// A list without end, whose rows have the numbers from 0 on.
    struct Endless;

    #[async_trait]
    impl Postings for Endless {
        async fn read(&self, range: &KeyRange) -> Result<Page, ReadError> {
            let from: u32 = range.from.trim_end_matches('\u{1}').parse().unwrap();
            let first = from + u32::from(range.from.ends_with('\u{1}'));
            let rank = Rank {
                point: Some(Point::new(0.0, 0.0).unwrap()),
                created_at: 1,
                expires_at: None,
                filed_at: 1,
                diploma: None,
                opco: None,
                training: None,
            };
            let row = |number: u32| Row {
                sort_key: format!("{number:010}"),
                id: number.to_string(),
                rank,
                romes: None,
                card: Vec::new(),
            };
            let rows = (first..first + range.limit).map(row).collect();
            Ok(Page { rows, calls: 1, rru: 0.5, cut: true })
        }
    }

    async fn read_until(enough: u32, step: u32) -> Page {
        let budget = Budget::default();
        let range = KeyRange { partition: String::new(), from: "0".into(), to: "~".into(), limit: u32::MAX };
        let mut seen = 0;
        let enough: Enough<'_> = Box::new(move |rows| {
            seen += rows.len() as u32;
            seen >= enough
        });
        let task = Task { search: 0, list: 0, range, budget: &budget, enough, step };
        round(&Endless, vec![task]).await.pop().unwrap().page
    }

    #[tokio::test]
    async fn a_list_that_lacks_little_is_read_in_small_steps() {
        let page = read_until(25, 20).await;
        assert_eq!((page.calls, page.rows.len()), (2, 60));
        let ids: Vec<u32> = page.rows.iter().map(|row| row.id.parse().unwrap()).collect();
        assert!(ids.iter().copied().eq(0..60), "each row once");
    }

    #[tokio::test]
    async fn a_list_that_lacks_much_is_read_in_few_calls() {
        let page = read_until(5_000, 20).await;
        assert!(page.calls <= 10 && page.rows.len() < 7_000, "{} calls", page.calls);
    }
}

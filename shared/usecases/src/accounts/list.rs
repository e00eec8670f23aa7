//! Lists the recruiters of a partner, a page at a time (contract 1.11).

use domain::recruiter::Recruiter;
use futures::{StreamExt, TryStreamExt, stream};

use crate::ports::{FindOwnRecruiter, ListOwnRecruiters, PortError, RecruiterFilter};

/// Recruiters that are read at once.
const AT_ONCE: usize = 8;

/// Which page is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageAsked {
    /// Its number, from 1 on.
    pub page: usize,
    /// Recruiters of a page.
    pub limit: usize,
}

/// A page of recruiters.
#[derive(Debug, Default)]
pub struct RecruiterPage {
    /// With their offers.
    pub recruiters: Vec<Recruiter>,
    /// How many there are on all pages.
    pub total: usize,
}

/// Lists recruiters.
#[derive(Clone, Copy)]
pub struct ListRecruiters<'a> {
    /// Lists them.
    pub list: &'a dyn ListOwnRecruiters,
    /// Reads each.
    pub find: &'a dyn FindOwnRecruiter,
}

impl ListRecruiters<'_> {
    /// Those of this partner that pass the filter, those created first at the beginning.
    pub async fn run(
        &self,
        owner: &str,
        filter: &RecruiterFilter,
        asked: PageAsked,
    ) -> Result<RecruiterPage, PortError> {
        let skip = asked.page.saturating_sub(1).saturating_mul(asked.limit);
        let found = self.list.list_own_recruiters(owner, filter, skip, asked.limit).await?;
        let reads = found.ids.iter().map(|id| self.find.find_own_recruiter(owner, id));
        let seen: Vec<_> = stream::iter(reads).buffered(AT_ONCE).try_collect().await?;
        let recruiters = seen.into_iter().flatten().map(|seen| seen.recruiter.shown()).collect();
        Ok(RecruiterPage { recruiters, total: found.total })
    }
}

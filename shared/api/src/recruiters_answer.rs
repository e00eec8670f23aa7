//! The answer of `GET /v1/jobs/bulk` (contract 1.11).

use domain::recruiter::Recruiter;
use serde::Serialize;
use usecases::accounts::{PageAsked, RecruiterPage};

use crate::errors::{ApiError, Context, Issue, Schema};
use crate::response::Response;

/// The largest answer that a Lambda may give, less what its headers take, in bytes.
const MAX_SENT_BYTES: usize = 6_200_000;
const TOO_HEAVY: &str = "Cette page est trop lourde : demandez-en une plus petite. (This page is too large: ask for a smaller one.)";

/// A page of recruiters.
#[derive(Debug, Serialize)]
pub struct RecruitersAnswer<'a> {
    data: &'a [Recruiter],
    pagination: Pagination,
}

/// Where the page stands among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Pagination {
    page: usize,
    result_per_page: usize,
    number_of_page: usize,
    total: usize,
}

impl<'a> RecruitersAnswer<'a> {
    /// Of the page that was found.
    pub fn new(asked: PageAsked, found: &'a RecruiterPage) -> Self {
        let pagination = Pagination {
            page: asked.page,
            result_per_page: asked.limit,
            number_of_page: found.total.div_ceil(asked.limit.max(1)),
            total: found.total,
        };
        Self { data: &found.recruiters, pagination }
    }

    /// The answer, unless it is larger than one may be: its offers have texts of any length, and only they tell.
    pub fn response(&self) -> Result<Response, ApiError> {
        within(Response::json(200, self), MAX_SENT_BYTES)
    }
}

fn within(response: Response, most: usize) -> Result<Response, ApiError> {
    if response.body.sent_bytes() <= most {
        return Ok(response);
    }
    let issues = vec![Issue::refused("limit", TOO_HEAVY)];
    Err(Schema { context: Context::Querystring, issues }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(total: usize, limit: usize) -> usize {
        let found = RecruiterPage { total, ..RecruiterPage::default() };
        RecruitersAnswer::new(PageAsked { page: 1, limit }, &found).pagination.number_of_page
    }

    #[test]
    fn the_last_page_counts_though_it_is_not_full() {
        assert_eq!([pages(0, 10), pages(1, 10), pages(10, 10), pages(11, 10)], [0, 1, 1, 2]);
    }

    #[test]
    fn a_page_that_is_too_large_is_refused_and_says_what_to_do() {
        let page = || Response::json(200, &"x".repeat(100));
        assert!(within(page(), 200).is_ok());
        let refused = within(page(), 99).unwrap_err().response("").body.text();
        assert!(refused.contains("querystring.limit: Cette page est trop lourde"), "{refused}");
    }
}

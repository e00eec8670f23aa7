//! Writes what searches found, as partners read it.

use std::collections::BTreeMap;

use domain::card::Card;
use domain::partner::{Partner, Right};
use domain::source::Source;
use search::read::{Cost, SearchError};
use usecases::changes::ChangesError;
use usecases::search::Item;

use crate::accept::Form;
use crate::errors::ApiError;
use crate::errors::shapes::ZApiError;
use crate::items::{Formation, LbaCompany, LbaJob, PeJob, View};
use crate::job_posting::{Errors, JobPosting, JobPostings, Withdrawn};
use crate::response::{Facts, Response};
use crate::search_answer::{JobsAndTrainingsAnswer, JobsAnswer, Outcome, TrainingsAnswer};
use crate::search_query::SearchQuery;

/// The header that tells what a search cost, in every stage but production.
const COST_HEADER: &str = "x-search-cost";

/// What the sources gave, searched or changed.
#[derive(Debug, Default)]
pub struct Gathered {
    /// By source asked.
    pub by_source: BTreeMap<Source, Result<Batch, Failure>>,
    /// The cursor of the next page, where pages were asked: none after the last one.
    pub next: Option<Option<String>>,
    /// Where changes were asked, since when to ask the next time.
    pub updated_until: Option<String>,
    /// Of all sources together.
    pub cost: Cost,
    /// Rows that could not be read.
    pub unreadable: u32,
}

/// What one source gave.
#[derive(Debug, Default)]
pub struct Batch {
    /// Cards, in the order asked.
    pub items: Vec<Item>,
    /// Where changes were asked, the ids to drop.
    pub withdrawn: Option<Vec<String>>,
}

/// Why a source gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Its search failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// Its changes could not be told.
    #[error(transparent)]
    Changes(#[from] ChangesError),
}

impl Failure {
    fn is_too_broad(&self) -> bool {
        matches!(
            self,
            Self::Search(SearchError::TooBroad) | Self::Changes(ChangesError::Search(SearchError::TooBroad))
        )
    }

    /// What the caller is told, and can do.
    fn shown(&self) -> ZApiError {
        if self.is_too_broad() { ZApiError::too_broad() } else { ZApiError::source_unavailable() }
    }
}

/// Who asked what.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// The search.
    pub query: &'a SearchQuery,
    /// The partner.
    pub partner: &'a Partner,
    /// Whether the cost is told.
    pub tells_cost: bool,
}

impl Asker<'_> {
    /// `GET /v1/jobs`.
    pub fn jobs(&self, found: &Gathered) -> Response {
        if self.query.form == Form::LinkedData {
            return self.postings(found);
        }
        let answer = JobsAnswer {
            next: found.next.clone(),
            updated_until: found.updated_until.clone(),
            ..self.job_sources(found)
        };
        self.finish(Response::json(200, &answer), found)
    }

    /// `GET /v1/jobsEtFormations`.
    pub fn jobs_and_trainings(&self, found: &Gathered) -> Response {
        if self.query.form == Form::LinkedData {
            return self.postings(found);
        }
        let has_jobs = found.by_source.keys().any(|&source| source != Source::Formations);
        let answer = JobsAndTrainingsAnswer {
            formations: outcome(found, Source::Formations, |item| self.training(item)),
            jobs: has_jobs.then(|| self.job_sources(found)),
            next: found.next.clone(),
            updated_until: found.updated_until.clone(),
        };
        self.finish(Response::json(200, &answer), found)
    }

    /// `GET /v1/formations` and `GET /v1/formationsParRegion`: one source, whose failure is that of the route.
    pub fn trainings(&self, mut found: Gathered) -> Result<Response, ApiError> {
        let batch = match found.by_source.remove(&Source::Formations) {
            Some(Ok(batch)) => batch,
            Some(Err(failure)) if failure.is_too_broad() => return Err(ApiError::TooBroad),
            Some(Err(failure)) => return Err(ApiError::internal(failure)),
            None => Batch::default(),
        };
        let answer = TrainingsAnswer {
            results: batch.items.iter().filter_map(|item| self.training(item)).collect(),
            withdrawn: batch.withdrawn.clone(),
            next: found.next.clone(),
            updated_until: found.updated_until.clone(),
        };
        let response = Response::json(200, &answer);
        found.by_source.insert(Source::Formations, Ok(batch));
        Ok(self.finish(response, &found))
    }

    /// Either of them in the words of schema.org: the offers, and neither companies nor trainings.
    fn postings(&self, found: &Gathered) -> Response {
        let mut postings = Vec::new();
        let (pe_jobs_gone, pe_jobs_failed) = self.offers(found, Source::Offres, &mut postings);
        let (matchas_gone, matchas_failed) = self.offers(found, Source::Matcha, &mut postings);
        let answer = JobPostings {
            count: postings.len(),
            postings,
            next: found.next.clone(),
            updated_until: found.updated_until.clone(),
            withdrawn: Withdrawn { pe_jobs: pe_jobs_gone, matchas: matchas_gone },
            errors: Errors { pe_jobs: pe_jobs_failed, matchas: matchas_failed },
            ..JobPostings::default()
        };
        self.finish(Response::linked_data(&answer), found)
    }

    /// Adds the offers of a source; what is withdrawn of it, or why it gave nothing.
    fn offers<'a>(
        &self,
        found: &'a Gathered,
        source: Source,
        postings: &mut Vec<JobPosting<'a>>,
    ) -> (Option<Vec<String>>, Option<ZApiError>) {
        match found.by_source.get(&source) {
            Some(Ok(batch)) => {
                postings.extend(batch.items.iter().filter_map(|item| self.posting(item)));
                (batch.withdrawn.clone(), None)
            }
            Some(Err(failure)) => (None, Some(failure.shown())),
            None => (None, None),
        }
    }

    fn posting<'a>(&self, item: &'a Item) -> Option<JobPosting<'a>> {
        match &item.card {
            Card::PartnerOffer(offer) => Some(JobPosting::from((&**offer, self.view(item)))),
            Card::Matcha(offer) => Some(JobPosting::from(&**offer)),
            _ => None,
        }
    }

    fn job_sources<'a>(&self, found: &'a Gathered) -> JobsAnswer<'a> {
        JobsAnswer {
            pe_jobs: outcome(found, Source::Offres, |item| match &item.card {
                Card::PartnerOffer(offer) => Some(PeJob::from((&**offer, self.view(item)))),
                _ => None,
            }),
            matchas: outcome(found, Source::Matcha, |item| match &item.card {
                Card::Matcha(offer) => Some(LbaJob::from((&**offer, self.view(item)))),
                _ => None,
            }),
            lba_companies: outcome(found, Source::Lba, |item| match &item.card {
                Card::Company(company) => Some(LbaCompany::from((&**company, self.view(item)))),
                _ => None,
            }),
            ..JobsAnswer::default()
        }
    }

    fn training<'a>(&self, item: &'a Item) -> Option<Formation<'a>> {
        match &item.card {
            Card::Formation(formation) => Some(Formation::from((&**formation, self.view(item)))),
            _ => None,
        }
    }

    fn view(&self, item: &Item) -> View {
        View {
            distance_km: item.distance_km,
            with_phone: self.partner.may(Right::Phones),
            hide_siret: self.query.caller.is_some(),
            with_description: self.query.with_description,
        }
    }

    fn finish(&self, mut response: Response, found: &Gathered) -> Response {
        let cost = found.cost;
        if self.tells_cost {
            let told =
                format!("calls={}; rows={}; rounds={}; rru={}", cost.calls, cost.rows, cost.rounds, cost.rru);
            response = response.with_header(COST_HEADER, &told);
        }
        response.with_facts(self.facts(found))
    }

    fn facts(&self, found: &Gathered) -> Facts {
        let result = |(source, result): (&Source, &Result<Batch, Failure>)| match result {
            Ok(batch) => format!("{source}={}", batch.items.len()),
            Err(failure) => format!("{source}={}", causes(failure)),
        };
        let mut results: Vec<String> = found.by_source.iter().map(result).collect();
        if found.unreadable > 0 {
            results.push(format!("unreadable={}", found.unreadable));
        }
        let sources: Vec<&str> = found.by_source.keys().map(|source| source.as_str()).collect();
        Facts {
            sources: Some(sources.join(",")),
            results: Some(results.join(" ")),
            search_cost: Some(found.cost),
            ..Facts::of(self.partner, self.query.caller.as_ref())
        }
    }
}

fn outcome<'a, T>(
    found: &'a Gathered,
    source: Source,
    write: impl Fn(&'a Item) -> Option<T>,
) -> Option<Outcome<T>> {
    Some(match found.by_source.get(&source)? {
        Ok(batch) => Outcome::Found {
            results: batch.items.iter().filter_map(write).collect(),
            withdrawn: batch.withdrawn.clone(),
        },
        Err(failure) => Outcome::Failed(failure.shown()),
    })
}

/// An error with its causes, for the log.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

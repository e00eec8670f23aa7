//! What was found, as partners read it.

use api::errors::shapes::ZApiError;
use api::items::{LbaCompany, LbaJob, PeJob, View};
use api::jobs_answer::{JobsAnswer, Outcome};
use api::jobs_query::JobsQuery;
use api::response::{Facts, Response};
use domain::card::Card;
use domain::partner::{Partner, Right};
use domain::source::Source;
use runtime::environment::Stage;
use search::read::SearchError;
use usecases::search_jobs::{Found, JobsFound};

/// The header that tells what a search cost, in every stage but production.
const COST_HEADER: &str = "x-search-cost";

/// Writes the answer and what is logged of it.
pub(crate) fn write(query: &JobsQuery, partner: &Partner, found: &JobsFound, stage: Stage) -> Response {
    let view = |found: &Found| View {
        distance_km: found.distance_km,
        with_phone: partner.may(Right::Phones),
        hide_siret: query.caller.is_some(),
    };
    let body = JobsAnswer {
        pe_jobs: outcome(found, Source::Offres, |item| match &item.card {
            Card::PartnerOffer(offer) => Some(PeJob::from((&**offer, view(item)))),
            _ => None,
        }),
        matchas: outcome(found, Source::Matcha, |item| match &item.card {
            Card::Matcha(offer) => Some(LbaJob::from((&**offer, view(item)))),
            _ => None,
        }),
        lba_companies: outcome(found, Source::Lba, |item| match &item.card {
            Card::Company(company) => Some(LbaCompany::from((&**company, view(item)))),
            _ => None,
        }),
        lbb_companies: None,
    };
    let mut response = Response::json(200, &body);
    let cost = found.cost;
    if stage != Stage::Production {
        let told =
            format!("calls={}; rows={}; rounds={}; rru={}", cost.calls, cost.rows, cost.rounds, cost.rru);
        response = response.with_header(COST_HEADER, &told);
    }
    response.with_facts(facts(query, partner, found))
}

fn outcome<'a, T>(
    found: &'a JobsFound,
    source: Source,
    write: impl Fn(&'a Found) -> Option<T>,
) -> Option<Outcome<T>> {
    Some(match found.by_source.get(&source)? {
        Ok(items) => Outcome::Found { results: items.iter().filter_map(write).collect() },
        Err(error) => Outcome::Failed(failure(error)),
    })
}

/// Why a source has no answer, and what the caller can do.
fn failure(error: &SearchError) -> ZApiError {
    match error {
        SearchError::TooBroad => ZApiError::too_broad(),
        SearchError::Read(_) | SearchError::StaleSketch => ZApiError::source_unavailable(),
    }
}

fn facts(query: &JobsQuery, partner: &Partner, found: &JobsFound) -> Facts {
    let mut results: Vec<String> = found
        .by_source
        .iter()
        .map(|(source, result)| match result {
            Ok(items) => format!("{source}={}", items.len()),
            Err(error) => format!("{source}={}", runtime::telemetry::chain(error)),
        })
        .collect();
    if found.unreadable > 0 {
        results.push(format!("unreadable={}", found.unreadable));
    }
    let sources: Vec<&str> = found.by_source.keys().map(|source| source.as_str()).collect();
    Facts {
        sources: Some(sources.join(",")),
        results: Some(results.join(" ")),
        search_cost: Some(found.cost),
        ..Facts::of(partner, query.caller.as_ref())
    }
}

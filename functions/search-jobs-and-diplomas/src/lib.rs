//! `GET /jobsdiplomas`: métiers and certifications that have all of the words.

use api::detail_query;
use api::errors::ApiError;
use api::metiers_answer::{JobsAndDiplomasAnswer, LabelAndRomes};
use api::metiers_query;
use api::openapi::{IfNoneMatchHeader, JobsAndDiplomasParameters, JobsAndDiplomasResponses};
use api::request::Request;
use api::response::{Facts, Response};
use metiers::{Diploma, Metier, Terms};
use runtime::callers::Callers;
use runtime::environment::Environment;

/// What every request shares.
pub type Context = Callers;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Callers::load(environment).await
}

/// Answers with at most twenty of each, the best first.
#[utoipa::path(
    get,
    path = "/jobsdiplomas",
    operation_id = "searchJobsAndDiplomas",
    tag = "Métiers",
    summary = "Chercher des métiers et des certifications, tous les mots requis",
    description = "Métiers et certifications qui ont tous les mots. \
                   Limite : 10 appels / 1 seconde.",
    params(JobsAndDiplomasParameters, IfNoneMatchHeader),
    responses(JobsAndDiplomasResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let title = metiers_query::title(&request)?;
    let jobs = Metier::by_title(&title, Terms::Every).into_iter();
    let diplomas = Diploma::by_title(&title, Terms::Every).into_iter();
    let answer = JobsAndDiplomasAnswer {
        labels_and_romes: jobs.map(|metier| LabelAndRomes::job(metier, false)).collect(),
        labels_and_romes_for_diplomas: diplomas.map(LabelAndRomes::diploma).collect(),
    };
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, detail_query::caller(&request).as_ref())))
}

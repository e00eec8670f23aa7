//! `GET /rome` and `GET /romelabels`: métiers and certifications that have any of the words.

use api::detail_query;
use api::errors::ApiError;
use api::metiers_answer::{JobsAndDiplomasAnswer, LabelAndRomes};
use api::metiers_query;
use api::openapi::{IfNoneMatchHeader, JobsAndDiplomasResponses, RomeParameters};
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

/// Answers with at most twenty of each, those with the most words first.
#[utoipa::path(
    get,
    path = "/rome",
    operation_id = "searchRome",
    tag = "Métiers",
    summary = "Chercher des métiers et des certifications",
    description = "Métiers et certifications qui ont au moins un des mots ; ceux qui en ont le plus viennent d'abord. \
                   Limite : 10 appels / 1 seconde.",
    params(RomeParameters, IfNoneMatchHeader),
    responses(JobsAndDiplomasResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let title = metiers_query::title(&request)?;
    let with_rome_labels = metiers_query::with_rome_labels(&request)?;
    let jobs = Metier::by_title(&title, Terms::Any).into_iter();
    let diplomas = Diploma::by_title(&title, Terms::Any).into_iter();
    let answer = JobsAndDiplomasAnswer {
        labels_and_romes: jobs.map(|metier| LabelAndRomes::job(metier, with_rome_labels)).collect(),
        labels_and_romes_for_diplomas: diplomas.map(LabelAndRomes::diploma).collect(),
    };
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, detail_query::caller(&request).as_ref())))
}

//! `GET /v1/metiers/all`: the names of all métiers.

use api::detail_query;
use api::errors::ApiError;
use api::metiers_answer::MetierLabelsAnswer;
use api::openapi::{CallerParameter, IfNoneMatchHeader, MetierLabelsResponses};
use api::request::Request;
use api::response::{Facts, Response};
use metiers::Metier;
use runtime::callers::Callers;
use runtime::environment::Environment;

/// What every request shares.
pub type Context = Callers;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Callers::load(environment).await
}

/// Answers with every name, sorted.
#[utoipa::path(
    get,
    path = "/v1/metiers/all",
    operation_id = "listMetiers",
    tag = "Métiers",
    summary = "Lister les métiers",
    description = "Le nom de chaque métier, trié. \
                   Limite : 20 appels / 1 seconde.",
    params(CallerParameter, IfNoneMatchHeader),
    responses(MetierLabelsResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let answer = MetierLabelsAnswer { metiers: Metier::all().map(Metier::label).collect() };
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, detail_query::caller(&request).as_ref())))
}

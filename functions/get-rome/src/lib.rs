//! `GET /rome/detail/{rome}`: what is known of a trade.

use api::detail_query;
use api::errors::{ApiError, NotFound};
use api::metiers_answer::RomeSheet;
use api::metiers_query;
use api::openapi::{CallerParameter, IfNoneMatchHeader, RomeParameter, RomeSheetResponses};
use api::request::Request;
use api::response::{Facts, Response};
use metiers::Sheet;
use runtime::callers::Callers;
use runtime::environment::Environment;

/// What every request shares.
pub type Context = Callers;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Callers::load(environment).await
}

/// Answers with its label, its domain and its names.
#[utoipa::path(
    get,
    path = "/rome/detail/{rome}",
    operation_id = "getRome",
    tag = "Métiers",
    summary = "Lire un métier du ROME",
    description = "Libellé, domaine et appellations d'un code ROME, et le métier auquel il appartient. \
                   Limite : 10 appels / 1 seconde.",
    params(RomeParameter, CallerParameter, IfNoneMatchHeader),
    responses(RomeSheetResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let rome = metiers_query::rome(&request)?;
    let answer = RomeSheet::from(Sheet::of(rome).ok_or(NotFound::Rome)?);
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, detail_query::caller(&request).as_ref())))
}

//! `GET /v1/metiers/intitule`: from the name of a job to trades of the ROME.

use api::detail_query;
use api::errors::ApiError;
use api::metiers_answer::{AppellationRome, AppellationsAnswer};
use api::metiers_query;
use api::openapi::{AppellationParameters, AppellationsResponses, IfNoneMatchHeader};
use api::request::Request;
use api::response::{Facts, Response};
use metiers::Appellation;
use runtime::callers::Callers;
use runtime::environment::Environment;

/// What every request shares.
pub type Context = Callers;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Callers::load(environment).await
}

/// Answers with at most twenty names of trades, the closest first.
#[utoipa::path(
    get,
    path = "/v1/metiers/intitule",
    operation_id = "matchAppellation",
    tag = "Métiers",
    summary = "Rapprocher un intitulé de poste des métiers du ROME",
    description = "Appellations les plus proches d'un intitulé, chacune avec son code ROME. \
                   Limite : 20 appels / 1 seconde.",
    params(AppellationParameters, IfNoneMatchHeader),
    responses(AppellationsResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let label = metiers_query::label(&request)?;
    let closest = Appellation::closest_to(&label).into_iter().map(AppellationRome::from);
    let answer = AppellationsAnswer { couple_appellation_rome_metier: closest.collect() };
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, detail_query::caller(&request).as_ref())))
}

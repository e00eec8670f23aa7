//! `GET /v1/metiers/metiersParEtablissement/{siret}`: the trades that the trainings of an establishment lead to.

use api::detail_query;
use api::errors::ApiError;
use api::metiers_answer::MetierLabelsAnswer;
use api::openapi::{IfNoneMatchHeader, MetiersOfEstablishmentResponses, SiretParameter};
use api::request::Request;
use api::response::{Facts, Response};
use metiers::labels_of;
use runtime::environment::Environment;
use runtime::trades::Trades;
use usecases::ports::TradesOf;

/// What every request shares.
pub type Context = Trades;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Trades::load(environment).await
}

/// Answers with their labels; an empty list where no training leads there.
#[utoipa::path(
    get,
    path = "/v1/metiers/metiersParEtablissement/{siret}",
    operation_id = "listMetiersOfEstablishment",
    tag = "Formation",
    summary = "Lister les métiers d'un établissement",
    description = "Les métiers auxquels mènent les formations que l'établissement donne ou dont il répond. Une liste vide si le catalogue ne le connaît pas. \
                   Limite : 20 appels / 1 seconde.",
    params(SiretParameter, IfNoneMatchHeader),
    responses(MetiersOfEstablishmentResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let of = TradesOf::Establishment(detail_query::siret(&request)?);
    let answer = MetierLabelsAnswer { metiers: labels_of(context.trades.find_trades(&of).await?) };
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, None)))
}

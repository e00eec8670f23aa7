//! `GET /v1/metiers/metiersParFormation/{cfd}`: the trades that the trainings of a diploma lead to.

use api::detail_query;
use api::errors::ApiError;
use api::metiers_answer::MetierLabelsAnswer;
use api::openapi::{CfdParameter, IfNoneMatchHeader, MetiersOfTrainingResponses};
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
    path = "/v1/metiers/metiersParFormation/{cfd}",
    operation_id = "listMetiersOfTraining",
    tag = "Formation",
    summary = "Lister les métiers d'une formation",
    description = "Les métiers auxquels mènent les formations du catalogue qui portent ce CFD. Une liste vide si aucune ne le porte. \
                   Limite : 20 appels / 1 seconde.",
    params(CfdParameter, IfNoneMatchHeader),
    responses(MetiersOfTrainingResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let of = TradesOf::Cfd(detail_query::cfd(&request)?);
    let answer = MetierLabelsAnswer { metiers: labels_of(context.trades.find_trades(&of).await?) };
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, None)))
}

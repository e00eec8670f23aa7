//! `GET /v1/jobs/delegations/{id}`: the CFAs to which an offer may be delegated.

use api::delegations_answer::delegations;
use api::errors::{ApiError, NotFound};
use api::openapi::{DelegationsResponses, IfNoneMatchHeader, OfferIdParameter};
use api::request::Request;
use api::response::{Facts, Response};
use domain::partner::Right;
use runtime::callers::Callers;
use runtime::clients::Clients;
use runtime::environment::Environment;
use runtime::schools::Schools;
use store::Recruiters;
use usecases::delegation::ask::ListCfas;

/// What every request shares.
pub struct Context {
    /// Who calls.
    pub callers: Callers,
    /// Recruiters with their offers.
    pub recruiters: Recruiters,
    /// CFAs.
    pub schools: Schools,
}

/// Reads `POSTINGS_TABLE`, `RECORDS_TABLE` and `LEDGER_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    let (client, tables) = (Clients::load().await.dynamodb(), environment.tables());
    Ok(Context {
        callers: Callers::over(client.clone(), &tables).await,
        schools: Schools::new(client.clone(), &tables),
        recruiters: Recruiters::new(client, tables),
    })
}

/// Answers the nearest ones.
#[utoipa::path(
    get,
    path = "/v1/jobs/delegations/{id}",
    operation_id = "listDelegations",
    tag = "Dépôt",
    summary = "Lister les CFA à qui déléguer une offre",
    description = "Les CFA les plus proches du lieu de travail qui forment au métier de l'offre, à 200 km au plus. La distance \
                   est celle du CFA, à vol d'oiseau. Limite : 5 appels / 1 seconde.",
    params(OfferIdParameter, IfNoneMatchHeader),
    responses(DelegationsResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.callers.partner(&request, Right::DepositOffers).await?;
    let Context { recruiters, schools, .. } = context;
    let list = ListCfas { locate: recruiters, find: recruiters, nearest: schools.nearest() };
    let nearest = list.run(&partner.partner, request.path_value("id")).await?;
    if nearest.is_empty() {
        return Err(NotFound::Delegations.into());
    }
    Ok(Response::json(200, &delegations(&nearest)).with_facts(Facts::of(&partner, None)))
}

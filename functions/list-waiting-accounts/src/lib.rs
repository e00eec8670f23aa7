//! `GET /v1/accounts/waiting`: the accounts that wait for their validation.

use api::accounts_answer::AccountsAnswer;
use api::accounts_query::{after, whose};
use api::errors::ApiError;
use api::openapi::{WaitingParameters, WaitingResponses};
use api::request::Request;
use api::response::{Facts, Response};
use domain::partner::Right;
use runtime::callers::Callers;
use runtime::clients::Clients;
use runtime::environment::Environment;
use store::Recruiters;
use usecases::accounts::ListWaiting;

/// What every request shares.
pub struct Context {
    /// Knows who calls.
    pub callers: Callers,
    /// Accounts that wait, and recruiters.
    pub recruiters: Recruiters,
}

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    let client = Clients::load().await.dynamodb();
    let tables = environment.tables();
    let callers = Callers::over(client.clone(), &tables).await;
    Ok(Context { callers, recruiters: Recruiters::new(client, tables) })
}

/// Answers a page of them.
#[utoipa::path(
    get,
    path = "/v1/accounts/waiting",
    operation_id = "listWaitingAccounts",
    tag = "Dépôt",
    summary = "Comptes qui attendent leur validation",
    description = "Les comptes de recruteurs qui ne sont pas encore validés, avec ce qu'il faut pour en juger. Un OPCO voit ceux \
                   de ses entreprises, l'équipe du service ceux dont l'OPCO n'est pas connu, ou de l'OPCO qu'elle nomme. \
                   Le droit `accounts:validate` est demandé. Un mail le rappelle à chaque OPCO les lundis, mercredis et \
                   vendredis tant que des comptes attendent. \
                   Limite : 5 appels / 1 seconde.",
    params(WaitingParameters),
    responses(WaitingResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.callers.partner(&request, Right::ValidateAccounts).await?;
    let (opco, after) = (whose(&partner, &request)?, after(&request)?);
    let list = ListWaiting { list: &context.recruiters, head: &context.recruiters };
    let page = list.run(opco, after.as_deref()).await.map_err(ApiError::unavailable)?;
    Ok(Response::json(200, &AccountsAnswer::from(&page)).with_facts(Facts::of(&partner, None)))
}

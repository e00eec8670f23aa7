//! `GET /v1/jobs/establishment`: which establishment a partner created for a SIRET and an address.

use api::errors::{ApiError, DepositRefusal};
use api::openapi::{FindEstablishmentParameters, FoundEstablishmentResponses};
use api::recruiters_query;
use api::request::Request;
use api::response::{Facts, Response};
use runtime::environment::Environment;
use runtime::recruiters::OwnRecruiters;
use usecases::ports::FindOwnEstablishment;

/// What every request shares.
pub type Context = OwnRecruiters;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    OwnRecruiters::load(environment).await
}

/// Answers with its id.
#[utoipa::path(
    get,
    path = "/v1/jobs/establishment",
    operation_id = "findEstablishment",
    tag = "Dépôt",
    summary = "Retrouver un établissement",
    description = "L'`establishment_id` de l'établissement que vous avez créé pour ce SIRET et cette adresse. Celui d'un autre \
                   partenaire, ou d'un compte archivé, répond comme s'il n'existait pas. L'adresse n'est jamais journalisée. \
                   Limite : 5 appels / 1 seconde.",
    params(FindEstablishmentParameters),
    responses(FoundEstablishmentResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partner(&request).await?;
    let (siret, email) = recruiters_query::establishment(&request)?;
    let found = context
        .recruiters
        .find_own_establishment(&partner.partner, &siret, &email)
        .await
        .map_err(ApiError::unavailable)?;
    let id = found.ok_or(ApiError::Deposit(DepositRefusal::NoSuchEstablishment))?;
    Ok(Response::json(200, &id).with_facts(Facts::of(&partner, None)))
}

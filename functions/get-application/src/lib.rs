//! `GET /v1/applications/{id}`: where an application stands.

use api::applications_answer::ApplicationAnswer;
use api::errors::{ApiError, NotFound};
use api::openapi::{ApplicationParameters, FollowedResponses};
use api::request::Request;
use api::response::{Facts, Response};
use runtime::applications::Following;
use runtime::environment::Environment;

/// What every request shares.
pub type Context = Following;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Following::load(environment).await
}

/// Answers with it. Another partner's answers like one that does not exist.
#[utoipa::path(
    get,
    path = "/v1/applications/{id}",
    operation_id = "getApplication",
    tag = "Candidature",
    summary = "Suivre une candidature",
    description = "Où en est une candidature que vous avez envoyée. Rien du candidat n'y est. \
                   Limite : 5 appels / 1 seconde.",
    params(ApplicationParameters),
    responses(FollowedResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partner(&request).await?;
    let id = request.path_value("id").parse().map_err(|_| NotFound::Application)?;
    let found = context.follow().one(&partner.partner, &id).await.map_err(ApiError::unavailable)?;
    let found = found.ok_or(NotFound::Application)?;
    Ok(Response::json(200, &ApplicationAnswer::of(&found)).with_facts(Facts::of(&partner, None)))
}

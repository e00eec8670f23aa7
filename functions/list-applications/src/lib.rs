//! `GET /v1/applications`: the applications that changed since an instant.

use api::applications_answer::ApplicationsAnswer;
use api::applications_query;
use api::errors::ApiError;
use api::openapi::{ApplicationsParameters, ApplicationsResponses};
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

/// Answers with them, the longest ago first.
#[utoipa::path(
    get,
    path = "/v1/applications",
    operation_id = "listApplications",
    tag = "Candidature",
    summary = "Suivre ses candidatures",
    description = "Les candidatures que vous avez envoyées et qui ont changé depuis `updated_since`, la plus ancienne d'abord, \
                   100 par page. Une candidature qui change encore revient plus loin. \
                   Limite : 5 appels / 1 seconde.",
    params(ApplicationsParameters),
    responses(ApplicationsResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partner(&request).await?;
    let (since, after) = applications_query::changed(&request)?;
    let changed = context.follow().changed(&partner.partner, since, after.as_deref()).await;
    let (followed, next) = changed.map_err(ApiError::unavailable)?;
    let answer = ApplicationsAnswer::of(&followed, next.as_deref());
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, None)))
}

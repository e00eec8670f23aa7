//! `GET /v1/webhooks`: a partner's webhooks, and how they fare.

use api::errors::ApiError;
use api::openapi::{WebhooksParameters, WebhooksResponses};
use api::request::Request;
use api::response::{Facts, Response};
use api::webhooks_answer::WebhooksAnswer;
use runtime::environment::Environment;
use runtime::webhooks::Managing;

/// What every request shares.
pub type Context = Managing;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Managing::load(environment).await
}

/// Answers with all of them, without their secrets.
#[utoipa::path(
    get,
    path = "/v1/webhooks",
    operation_id = "listWebhooks",
    tag = "Webhooks",
    summary = "Ses webhooks",
    description = "Tous vos webhooks : leur état, leur dernier succès, leurs échecs. Leur secret n'y est pas. \
                   Limite : 5 appels / 1 seconde.",
    params(WebhooksParameters),
    responses(WebhooksResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partner(&request).await?;
    let webhooks = context.manage().list(&partner.partner).await.map_err(ApiError::unavailable)?;
    let answer = WebhooksAnswer::from(webhooks.as_slice());
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, None)))
}

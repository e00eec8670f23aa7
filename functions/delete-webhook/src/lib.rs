//! `DELETE /v1/webhooks/{id}`: a webhook is no more.

use api::errors::{ApiError, NotFound};
use api::openapi::{DeletedWebhookResponses, WebhookParameters};
use api::request::Request;
use api::response::{Facts, Response};
use runtime::environment::Environment;
use runtime::webhooks::Managing;

/// What every request shares.
pub type Context = Managing;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Managing::load(environment).await
}

/// Deletes it. Another partner's answers like one that does not exist.
#[utoipa::path(
    delete,
    path = "/v1/webhooks/{id}",
    operation_id = "deleteWebhook",
    tag = "Webhooks",
    summary = "Supprimer un webhook",
    description = "Il n'est plus appelé, et son secret est effacé. \
                   Limite : 5 appels / 1 seconde.",
    params(WebhookParameters),
    responses(DeletedWebhookResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partner(&request).await?;
    let id = request.path_value("id").parse().map_err(|_| NotFound::Webhook)?;
    context.manage().delete(&partner.partner, &id).await?;
    Ok(Response::empty(204).with_facts(Facts::of(&partner, None)))
}

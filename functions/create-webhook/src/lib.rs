//! `POST /v1/webhooks`: a partner says where it is told of what happens.

use api::errors::ApiError;
use api::openapi::{CreatedWebhookResponses, WebhookBody};
use api::request::Request;
use api::response::{Facts, Response};
use api::webhook_request;
use api::webhooks_answer::CreatedWebhook;
use domain::webhook::Reach;
use runtime::environment::Environment;
use runtime::webhooks::Managing;

/// What every request shares.
pub struct Context {
    /// Webhooks.
    pub managing: Managing,
    /// Where they may be.
    pub reach: Reach,
}

/// Reads `RECORDS_TABLE`, `ENDPOINT_SECRET_ARN` and `WEBHOOK_REACH`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    let reach = environment.reach()?;
    Ok(Context { managing: Managing::load_with_secrets(environment).await?, reach })
}

/// Creates it. Its answer is stored nowhere, unlike that of other writes, since the secret is in it: that an address is
/// taken once is what keeps a request that is sent twice from making two.
#[utoipa::path(
    post,
    path = "/v1/webhooks",
    operation_id = "createWebhook",
    tag = "Webhooks",
    summary = "Être prévenu",
    description = "Une adresse à vous, que nous appelons à chaque événement. Chaque appel est signé (Standard Webhooks : en-têtes \
                   `webhook-id`, `webhook-timestamp`, `webhook-signature`) par un secret que cette réponse est seule à montrer. Cinq \
                   par partenaire. Le droit `webhooks:manage` est demandé. \
                   Limite : 5 appels / 1 seconde.",
    request_body = WebhookBody,
    responses(CreatedWebhookResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.managing.partner(&request).await?;
    let (url, wanted) = webhook_request::created(&request, context.reach)?;
    let (webhook, secret) = context.managing.manage().create(&partner.partner, url, wanted).await?;
    let answer = CreatedWebhook::of(&webhook, &secret);
    Ok(Response::json(201, &answer).with_facts(Facts::of(&partner, None)))
}

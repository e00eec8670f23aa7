//! `PUT /v1/webhooks/{id}`: a webhook is elsewhere, is told of other events, or is called or not.

use api::errors::{ApiError, NotFound};
use api::openapi::{ChangedWebhookBody, ChangedWebhookResponses, WebhookParameters};
use api::request::Request;
use api::response::{Facts, Response};
use api::webhook_request;
use api::webhooks_answer::WebhookAnswer;
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

/// Reads `RECORDS_TABLE` and `WEBHOOK_REACH`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    let reach = environment.reach()?;
    Ok(Context { managing: Managing::load(environment).await?, reach })
}

/// Changes it as a whole. Another partner's answers like one that does not exist.
#[utoipa::path(
    put,
    path = "/v1/webhooks/{id}",
    operation_id = "changeWebhook",
    tag = "Webhooks",
    summary = "Modifier un webhook",
    description = "Son adresse, ses types d'événements, s'il est appelé. Le réactiver oublie ses échecs ; son secret reste le même. Ce \
                   qui lui était destiné pendant qu'il ne l'était pas est perdu : `GET /v1/applications` dit où en est tout. \
                   Limite : 5 appels / 1 seconde.",
    params(WebhookParameters),
    request_body = ChangedWebhookBody,
    responses(ChangedWebhookResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.managing.partner(&request).await?;
    let id = request.path_value("id").parse().map_err(|_| NotFound::Webhook)?;
    let fields = webhook_request::changed(&request, context.reach)?;
    let webhook = context.managing.manage().change(&partner.partner, &id, &fields).await?;
    Ok(Response::json(200, &WebhookAnswer::from(&webhook)).with_facts(Facts::of(&partner, None)))
}

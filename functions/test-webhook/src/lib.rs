//! `POST /v1/webhooks/{id}/test`: a partner sees at once what its webhook makes of a message.

use std::time::Duration;

use api::errors::{ApiError, NotFound};
use api::openapi::{TestedWebhookResponses, WebhookParameters};
use api::request::Request;
use api::response::{Facts, Response};
use api::webhooks_answer::TestedWebhook;
use runtime::environment::Environment;
use runtime::webhooks::Managing;
use usecases::ports::PostWebhook;
use usecases::webhooks::TestWebhook;
use webhook_http::Poster;

/// How long a test may take: whoever asks waits, and the function has ten seconds in all.
const LIMIT: Duration = Duration::from_secs(8);

/// What every request shares.
pub struct Context {
    /// Webhooks.
    pub managing: Managing,
    /// Posts to them.
    pub post: Box<dyn PostWebhook>,
}

/// Reads `RECORDS_TABLE`, `ENDPOINT_SECRET_ARN` and `WEBHOOK_REACH`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    let post = Box::new(Poster::new(environment.reach()?, LIMIT)?);
    Ok(Context { managing: Managing::load_with_secrets(environment).await?, post })
}

/// Sends one message and tells what was answered. Another partner's answers like one that does not exist.
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/test",
    operation_id = "testWebhook",
    tag = "Webhooks",
    summary = "Essayer un webhook",
    description = "Envoie aussitôt un message `webhook.test`, signé comme les autres, et dit ce que votre webhook a répondu en 8 \
                   secondes au plus : vous voyez si votre vérification marche. Même désactivé. Ne compte ni comme succès ni comme \
                   échec. Sans corps. \
                   Limite : 1 appel / 1 seconde.",
    params(WebhookParameters),
    responses(TestedWebhookResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let managing = &context.managing;
    let partner = managing.partner(&request).await?;
    let id = request.path_value("id").parse().map_err(|_| NotFound::Webhook)?;
    let test = TestWebhook {
        find: &managing.webhooks,
        post: &*context.post,
        clock: &*managing.callers.clock,
        entropy: &*managing.entropy,
    };
    let tested = test.run(&partner.partner, &id).await?;
    Ok(Response::json(200, &TestedWebhook::from(tested)).with_facts(Facts::of(&partner, None)))
}

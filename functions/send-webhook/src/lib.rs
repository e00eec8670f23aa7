//! Makes the calls of webhooks that its queue names.

use std::time::Duration;

use domain::webhook::DeliveryId;
use queue::{WebhookMessage, WebhookQueue};
use runtime::batch::QueueRecord;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::entropy::SystemEntropy;
use runtime::environment::Environment;
use runtime::metrics;
use runtime::webhooks::webhook_cipher;
use store::{Deliveries, Webhooks};
use usecases::ports::{Clock, Entropy, PostWebhook, QueueWebhook};
use usecases::webhooks::{Outcome, SendWebhook};
use webhook_http::Poster;

/// How long a webhook has to answer, as with Svix.
const LIMIT: Duration = Duration::from_secs(15);

/// What every record shares.
pub struct Context {
    /// Webhooks.
    pub webhooks: Webhooks,
    /// What they are told.
    pub deliveries: Deliveries,
    /// Where calls are put that are due soon.
    pub queue: Box<dyn QueueWebhook>,
    /// Posts.
    pub post: Box<dyn PostWebhook>,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
    /// Spreads attempts.
    pub entropy: Box<dyn Entropy>,
}

impl Context {
    /// Reads `RECORDS_TABLE`, `LEDGER_TABLE`, `WEBHOOK_QUEUE_URL`, `ENDPOINT_SECRET_ARN` and `WEBHOOK_REACH`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        let (client, tables) = (clients.dynamodb(), environment.tables());
        let cipher = webhook_cipher(&clients, environment).await?;
        Ok(Self {
            deliveries: Deliveries::new(client.clone(), &tables),
            webhooks: Webhooks::new(client, tables).with_cipher(cipher),
            queue: Box::new(WebhookQueue::new(clients.sqs(), environment.get("WEBHOOK_QUEUE_URL")?)),
            post: Box::new(Poster::new(environment.reach()?, LIMIT)?),
            clock: Box::new(SystemClock),
            entropy: Box::new(SystemEntropy),
        })
    }
}

/// Makes one call, if it is its time.
pub async fn handle(context: &Context, record: QueueRecord) -> Result<(), runtime::Error> {
    let message: WebhookMessage =
        serde_json::from_str(&record.body).map_err(|_| "not a message of the queue of webhooks")?;
    let id: DeliveryId = message.delivery_id.parse()?;
    let send = SendWebhook {
        find: &context.deliveries,
        webhooks: &context.webhooks,
        take: &context.deliveries,
        post: &*context.post,
        settle: &context.deliveries,
        queue: &*context.queue,
        note: &context.webhooks,
        disable: &context.webhooks,
        clock: &*context.clock,
        entropy: &*context.entropy,
    };
    let done = send.run(&id).await?;
    tracing::info!(webhook.id = %id.webhook, event.id = id.event, webhook.outcome = ?done.outcome, "webhook");
    if let Some(metric) = metric(done.outcome) {
        metrics::count(&[(metric, 1)]);
    }
    if let Some(reason) = done.disabled {
        tracing::warn!(webhook.id = %id.webhook, webhook.reason = ?reason, "webhook disabled");
        metrics::count(&[("WebhooksDisabled", 1)]);
    }
    Ok(())
}

/// What is counted of an outcome; nothing where nothing became of the call.
const fn metric(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Delivered => Some("WebhooksDelivered"),
        Outcome::Deferred => Some("WebhooksDeferred"),
        Outcome::Failed => Some("WebhooksFailed"),
        Outcome::Dropped => Some("WebhooksDropped"),
        Outcome::Nothing | Outcome::NotNow => None,
    }
}

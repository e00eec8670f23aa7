//! The answers of the routes of webhooks.

use domain::date;
use domain::event::DisabledReason;
use domain::webhook::{Wanted, Webhook, WebhookSecret, WebhookState};
use jiff::Timestamp;
use serde::Serialize;
use usecases::ports::{Posted, Trouble};
use usecases::webhooks::Tested;

/// A webhook as its partner sees it: without its secret.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WebhookAnswer<'a> {
    id: &'a str,
    url: &'a str,
    events: Option<&'a [&'static str]>,
    enabled: bool,
    disabled_reason: Option<&'static str>,
    created_at: String,
    last_success_at: Option<String>,
    last_failure_at: Option<String>,
    failing_since: Option<String>,
}

impl<'a> From<&'a Webhook> for WebhookAnswer<'a> {
    fn from(webhook: &'a Webhook) -> Self {
        let iso = |instant: Option<Timestamp>| instant.map(date::iso);
        Self {
            id: webhook.id.as_str(),
            url: webhook.url.as_str(),
            events: match &webhook.wanted {
                Wanted::All => None,
                Wanted::Only(kinds) => Some(kinds),
            },
            enabled: webhook.state == WebhookState::Enabled,
            disabled_reason: match webhook.state {
                WebhookState::Enabled => None,
                WebhookState::Paused => Some("paused"),
                WebhookState::Disabled(DisabledReason::Failing) => Some("failing"),
                WebhookState::Disabled(DisabledReason::Gone) => Some("gone"),
            },
            created_at: date::iso(webhook.created_at),
            last_success_at: iso(webhook.health.last_success),
            last_failure_at: iso(webhook.health.last_failure),
            failing_since: iso(webhook.health.failing_since),
        }
    }
}

/// A webhook that was created: the one answer that has its secret.
#[derive(Serialize)]
pub struct CreatedWebhook<'a> {
    #[serde(flatten)]
    webhook: WebhookAnswer<'a>,
    secret: String,
}

impl<'a> CreatedWebhook<'a> {
    /// Of the webhook and its secret.
    pub fn of(webhook: &'a Webhook, secret: &WebhookSecret) -> Self {
        Self { webhook: webhook.into(), secret: secret.reveal() }
    }
}

/// All webhooks of a partner.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WebhooksAnswer<'a> {
    webhooks: Vec<WebhookAnswer<'a>>,
}

impl<'a> From<&'a [Webhook]> for WebhooksAnswer<'a> {
    fn from(webhooks: &'a [Webhook]) -> Self {
        Self { webhooks: webhooks.iter().map(WebhookAnswer::from).collect() }
    }
}

/// What a webhook said to a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TestedWebhook {
    delivered: bool,
    status: Option<u16>,
    error: Option<&'static str>,
    milliseconds: u64,
}

impl From<Tested> for TestedWebhook {
    fn from(tested: Tested) -> Self {
        let (status, error) = match tested.posted {
            Posted::Answered(status) => (Some(status), None),
            Posted::Unanswered(trouble) => (None, Some(word(trouble))),
        };
        let delivered = status.is_some_and(|status| (200..300).contains(&status));
        Self { delivered, status, error, milliseconds: tested.milliseconds }
    }
}

const fn word(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Address => "address",
        Trouble::Connection => "connection",
        Trouble::TimedOut => "timed_out",
    }
}

//! Refusals of the routes of webhooks.

use domain::webhook::MAX_WEBHOOKS;
use usecases::webhooks::{ManageError, TestError};

use super::{ApiError, NotFound};

/// Why a webhook was not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("the webhook was refused")]
pub enum WebhookRefusal {
    /// The partner has as many as it may.
    TooMany,
    /// The partner has another one at this address.
    UrlTaken,
}

impl WebhookRefusal {
    /// What the partner reads.
    pub fn message(self) -> String {
        match self {
            Self::TooMany => {
                format!("Vous avez déjà {MAX_WEBHOOKS} webhooks : supprimez-en un, ou modifiez-en un.")
            }
            Self::UrlTaken => "Vous avez déjà un webhook à cette adresse : GET /v1/webhooks le montre. Pour un autre secret, \
                               supprimez-le et créez-le de nouveau."
                .to_owned(),
        }
    }

    /// Stable name for logs.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::TooMany => "too_many_webhooks",
            Self::UrlTaken => "webhook_url_taken",
        }
    }
}

impl From<ManageError> for ApiError {
    fn from(error: ManageError) -> Self {
        match error {
            ManageError::Unknown => NotFound::Webhook.into(),
            ManageError::TooMany => Self::Webhook(WebhookRefusal::TooMany),
            ManageError::UrlTaken => Self::Webhook(WebhookRefusal::UrlTaken),
            ManageError::Busy => Self::StillRunning { retry_after_seconds: 1 },
            ManageError::Failed(error) => Self::unavailable(error),
        }
    }
}

impl From<TestError> for ApiError {
    fn from(error: TestError) -> Self {
        match error {
            TestError::Unknown => NotFound::Webhook.into(),
            TestError::Failed(error) => Self::unavailable(error),
        }
    }
}

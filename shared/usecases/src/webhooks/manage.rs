//! A partner says where it is told of what.

use domain::webhook::{
    Health, MAX_WEBHOOKS, Wanted, Webhook, WebhookId, WebhookSecret, WebhookState, WebhookUrl,
};

use crate::ports::{Clock, Entropy, ListWebhooks, OwnWebhooks, PortError, WebhookChange, WriteWebhook};

/// How often one tries again where others write the webhooks of the same partner.
const TRIES: usize = 5;

/// What a partner says of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookFields {
    /// Where it is.
    pub url: WebhookUrl,
    /// What it is told.
    pub wanted: Wanted,
    /// Whether it is called.
    pub enabled: bool,
}

/// Why a webhook was not written.
#[derive(Debug, thiserror::Error)]
pub enum ManageError {
    /// The partner has none of this id.
    #[error("there is no such webhook")]
    Unknown,
    /// The partner has as many as it may.
    #[error("the partner has as many webhooks as it may")]
    TooMany,
    /// The partner has another one at this address.
    #[error("the partner has a webhook at this address already")]
    UrlTaken,
    /// Others write the webhooks of this partner all the time.
    #[error("others change the webhooks of this partner")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Lists and writes webhooks.
#[derive(Clone, Copy)]
pub struct ManageWebhooks<'a> {
    /// Lists them.
    pub list: &'a dyn ListWebhooks,
    /// Writes them.
    pub write: &'a dyn WriteWebhook,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Makes ids and secrets.
    pub entropy: &'a dyn Entropy,
}

impl ManageWebhooks<'_> {
    /// All of a partner, in the order of their creation.
    pub async fn list(&self, partner: &str) -> Result<Vec<Webhook>, PortError> {
        let mut webhooks = self.list.list_webhooks(partner).await?.webhooks;
        webhooks.sort_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
        Ok(webhooks)
    }

    /// Creates one, enabled; its secret is told now and never again. An address that the partner has already is refused,
    /// so that a request that is sent twice makes one webhook.
    pub async fn create(
        &self,
        partner: &str,
        url: WebhookUrl,
        wanted: Wanted,
    ) -> Result<(Webhook, WebhookSecret), ManageError> {
        let secret = WebhookSecret::from_random(self.random());
        let webhook = Webhook {
            id: WebhookId::from_random(self.entropy.bytes()),
            url,
            wanted,
            created_at: self.clock.now(),
            state: WebhookState::Enabled,
            health: Health::default(),
        };
        self.written(partner, |own| {
            if own.webhooks.iter().any(|other| other.url == webhook.url) {
                return Err(ManageError::UrlTaken);
            }
            if own.webhooks.len() >= MAX_WEBHOOKS {
                return Err(ManageError::TooMany);
            }
            Ok(WebhookChange::Create(webhook.clone(), secret.clone()))
        })
        .await?;
        Ok((webhook, secret))
    }

    /// Changes one. Where it is enabled again, or elsewhere, its failure is forgotten.
    pub async fn change(
        &self,
        partner: &str,
        id: &WebhookId,
        fields: &WebhookFields,
    ) -> Result<Webhook, ManageError> {
        let change = self
            .written(partner, |own| {
                let found = own.webhooks.iter().find(|webhook| webhook.id == *id);
                let found = found.ok_or(ManageError::Unknown)?;
                if own.webhooks.iter().any(|other| other.id != *id && other.url == fields.url) {
                    return Err(ManageError::UrlTaken);
                }
                Ok(WebhookChange::Replace(changed(found, fields)))
            })
            .await?;
        match change {
            WebhookChange::Replace(webhook) => Ok(webhook),
            WebhookChange::Create(..) | WebhookChange::Delete(_) => Err(ManageError::Unknown),
        }
    }

    /// Deletes one. What it was still to be told is dropped.
    pub async fn delete(&self, partner: &str, id: &WebhookId) -> Result<(), ManageError> {
        let there = |own: &OwnWebhooks| own.webhooks.iter().any(|webhook| webhook.id == *id);
        self.written(partner, |own| {
            there(own).then(|| WebhookChange::Delete(id.clone())).ok_or(ManageError::Unknown)
        })
        .await
        .map(drop)
    }

    /// Writes what `decide` makes of the webhooks as they are, until nobody else is in between.
    async fn written(
        &self,
        partner: &str,
        decide: impl Fn(&OwnWebhooks) -> Result<WebhookChange, ManageError>,
    ) -> Result<WebhookChange, ManageError> {
        for _ in 0..TRIES {
            let own = self.list.list_webhooks(partner).await?;
            let change = decide(&own)?;
            if self.write.write_webhook(partner, own.revision, &change).await? {
                return Ok(change);
            }
        }
        Err(ManageError::Busy)
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let halves = [self.entropy.bytes(), self.entropy.bytes()];
        bytes.iter_mut().zip(halves.as_flattened()).for_each(|(to, from)| *to = *from);
        bytes
    }
}

fn changed(found: &Webhook, fields: &WebhookFields) -> Webhook {
    let state = match (fields.enabled, found.state) {
        (true, _) => WebhookState::Enabled,
        (false, WebhookState::Enabled) => WebhookState::Paused,
        // Why we gave it up stays to be read.
        (false, state) => state,
    };
    let is_anew =
        fields.url != found.url || (state == WebhookState::Enabled && found.state != WebhookState::Enabled);
    let failing_since = found.health.failing_since.filter(|_| !is_anew);
    Webhook {
        url: fields.url.clone(),
        wanted: fields.wanted.clone(),
        state,
        health: Health { failing_since, ..found.health },
        ..found.clone()
    }
}

#[cfg(test)]
mod tests;

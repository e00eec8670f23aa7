//! What the functions share by which partners say where they are told of what happens.

use std::sync::Arc;

use api::errors::ApiError;
use api::request::Request;
use domain::partner::{Partner, Right};
use domain::webhook::WebhookCipher;
use store::Webhooks;
use usecases::ports::Entropy;
use usecases::webhooks::ManageWebhooks;

use crate::Error;
use crate::callers::Callers;
use crate::clients::Clients;
use crate::entropy::SystemEntropy;
use crate::environment::Environment;

/// What every request of such a route shares.
pub struct Managing {
    /// Knows who calls.
    pub callers: Callers,
    /// Webhooks.
    pub webhooks: Webhooks,
    /// Makes ids and secrets.
    pub entropy: Box<dyn Entropy>,
}

impl Managing {
    /// Over the table that `RECORDS_TABLE` names.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        Ok(Self::over(&Clients::load().await, environment).await)
    }

    /// The same with the secrets of webhooks, by the key of `ENDPOINT_SECRET_ARN`.
    pub async fn load_with_secrets(environment: Environment) -> Result<Self, Error> {
        let clients = Clients::load().await;
        let cipher = webhook_cipher(&clients, environment).await?;
        let managing = Self::over(&clients, environment).await;
        Ok(Self { webhooks: managing.webhooks.with_cipher(cipher), ..managing })
    }

    async fn over(clients: &Clients, environment: Environment) -> Self {
        let (client, tables) = (clients.dynamodb(), environment.tables());
        Self {
            callers: Callers::over(client.clone(), &tables).await,
            webhooks: Webhooks::new(client, tables),
            entropy: Box::new(SystemEntropy),
        }
    }

    /// The partner that calls, which must be one that may manage webhooks.
    pub async fn partner(&self, request: &Request) -> Result<Arc<Partner>, ApiError> {
        self.callers.partner(request, Right::ManageWebhooks).await
    }

    /// Lists and writes them.
    pub fn manage(&self) -> ManageWebhooks<'_> {
        ManageWebhooks {
            list: &self.webhooks,
            write: &self.webhooks,
            clock: &*self.callers.clock,
            entropy: &*self.entropy,
        }
    }
}

/// What seals the secrets of webhooks, by the secret that `ENDPOINT_SECRET_ARN` names.
pub async fn webhook_cipher(clients: &Clients, environment: Environment) -> Result<WebhookCipher, Error> {
    Ok(WebhookCipher::new(&clients.secret(&environment.get("ENDPOINT_SECRET_ARN")?).await?)?)
}

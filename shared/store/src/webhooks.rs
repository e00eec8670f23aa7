//! Webhooks of partners: an item each, and one that counts how often any of them was written.

mod stored;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{ReturnValue, TransactWriteItem};
use domain::webhook::{WebhookCipher, WebhookId};
use usecases::ports::{
    Consequences, DisableWebhook, Disabling, FindWebhook, ListWebhooks, NoteCall, Noted, OpenedWebhook,
    OwnWebhooks, PortError, WebhookChange, WriteWebhook,
};

use crate::attributes::{BadItem, SK, get_bytes, get_number, get_text, number, text};
use crate::change::Change;
use crate::consequences;
use crate::expression::on_condition;
use crate::keys::{self, WEBHOOKS_HEAD};
use crate::tables::Tables;
use crate::transact::{Condition, Outcome, delete, put_if, transact, update};
use stored::{
    ENABLED, FAILING_SINCE, REVISION, SECRET, STATE, VERSION, count, new_webhook, replaced, stopped, webhook,
};

const LIST: &str = "list webhooks";
const FIND: &str = "find a webhook";
const WRITE: &str = "write a webhook";
const NOTE: &str = "note how a call fared";
const DISABLE: &str = "disable a webhook";

/// Finds and writes webhooks.
#[derive(Debug, Clone)]
pub struct Webhooks {
    client: Client,
    tables: Tables,
    cipher: Option<WebhookCipher>,
}

impl Webhooks {
    /// Over these tables, for who needs no secret.
    pub fn new(client: Client, tables: Tables) -> Self {
        Self { client, tables, cipher: None }
    }

    /// The same for who creates or calls them.
    #[must_use]
    pub fn with_cipher(self, cipher: WebhookCipher) -> Self {
        Self { cipher: Some(cipher), ..self }
    }

    fn cipher(&self, operation: &'static str) -> Result<&WebhookCipher, PortError> {
        self.cipher.as_ref().ok_or_else(|| PortError::new(operation, "without the key of their secrets"))
    }

    fn written(&self, partner: &str, change: &WebhookChange) -> Result<TransactWriteItem, PortError> {
        let records = &self.tables.records;
        match change {
            WebhookChange::Create(webhook, secret) => {
                let sealed = self.cipher(WRITE)?.seal(&webhook.id, secret);
                let sealed = sealed.map_err(|error| PortError::new("seal a secret", error))?;
                put_if(records, new_webhook(partner, webhook, sealed), Condition::Absent)
            }
            WebhookChange::Replace(webhook) => {
                update(records, &keys::webhook(partner, &webhook.id), &replaced(webhook))
            }
            WebhookChange::Delete(id) => delete(records, &keys::webhook(partner, id)),
        }
    }
}

#[async_trait]
impl ListWebhooks for Webhooks {
    async fn list_webhooks(&self, partner: &str) -> Result<OwnWebhooks, PortError> {
        let bad = |error: BadItem| PortError::new(LIST, error);
        let mut items = self
            .client
            .query()
            .table_name(&self.tables.records)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::webhooks_of(partner)))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut own = OwnWebhooks { webhooks: Vec::new(), revision: 0 };
        while let Some(item) = items.next().await {
            let item = item.map_err(|error| PortError::new(LIST, error))?;
            if get_text(&item, SK).map_err(bad)? == WEBHOOKS_HEAD {
                own.revision = count(&item, REVISION).map_err(bad)?;
            } else {
                own.webhooks.push(webhook(&item).map_err(bad)?);
            }
        }
        Ok(own)
    }
}

#[async_trait]
impl FindWebhook for Webhooks {
    async fn find_webhook(&self, partner: &str, id: &WebhookId) -> Result<Option<OpenedWebhook>, PortError> {
        let bad = |error: BadItem| PortError::new(FIND, error);
        let got = self
            .client
            .get_item()
            .table_name(&self.tables.records)
            .set_key(Some(keys::webhook(partner, id).attributes()))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        let Some(item) = got.item() else { return Ok(None) };
        let sealed = get_bytes(item, SECRET).map_err(bad)?;
        let secret = self.cipher(FIND)?.open(id, sealed);
        Ok(Some(OpenedWebhook {
            webhook: webhook(item).map_err(bad)?,
            secret: secret.map_err(|error| PortError::new("open the secret of a webhook", error))?,
            version: count(item, VERSION).map_err(bad)?,
        }))
    }
}

#[async_trait]
impl WriteWebhook for Webhooks {
    async fn write_webhook(
        &self,
        partner: &str,
        seen: u32,
        change: &WebhookChange,
    ) -> Result<bool, PortError> {
        let unwritten = "attribute_not_exists(pk) OR #revision = :seen";
        let head =
            Change::on(unwritten, &[REVISION]).with("seen", number(seen)).set(REVISION, number(seen + 1));
        let actions = vec![
            update(&self.tables.records, &keys::webhooks_head(partner), &head)?,
            self.written(partner, change)?,
        ];
        Ok(matches!(transact(&self.client, WRITE, actions).await?, Outcome::Written))
    }
}

#[async_trait]
impl NoteCall for Webhooks {
    async fn note_call(
        &self,
        partner: &str,
        called: &OpenedWebhook,
        noted: Noted,
        now: u32,
    ) -> Result<Option<u32>, PortError> {
        let written = match noted {
            Noted::Success => "SET last_success = :now REMOVE failing_since",
            Noted::Failure => "SET last_failure = :now, failing_since = if_not_exists(failing_since, :now)",
        };
        let sent = self
            .client
            .update_item()
            .table_name(&self.tables.records)
            .set_key(Some(keys::webhook(partner, &called.webhook.id).attributes()))
            .update_expression(written)
            .condition_expression("version = :version")
            .expression_attribute_values(":now", number(now))
            .expression_attribute_values(":version", number(called.version))
            .return_values(ReturnValue::AllNew)
            .send()
            .await;
        let sent = on_condition(NOTE, sent, UpdateItemError::is_conditional_check_failed_exception)?;
        let Some(item) = sent.and_then(|sent| sent.attributes) else { return Ok(None) };
        let since = get_number(&item, FAILING_SINCE).map_err(|error| PortError::new(NOTE, error))?;
        Ok(u32::try_from(since).ok().filter(|since| *since > 0))
    }
}

#[async_trait]
impl DisableWebhook for Webhooks {
    async fn disable_webhook(&self, disabling: &Disabling<'_>) -> Result<bool, PortError> {
        let as_called = "#version = :version AND #state = :enabled AND #failing_since = :since";
        let change = Change::on(as_called, &[VERSION, STATE, FAILING_SINCE])
            .with("version", number(disabling.called.version))
            .with("enabled", text(ENABLED))
            .with("since", number(disabling.failing_since));
        let change = stopped(change, disabling.reason);
        let follows =
            Consequences { events: vec![disabling.event.clone()], ..Consequences::none(disabling.now) };
        let key = keys::webhook(disabling.partner, &disabling.called.webhook.id);
        let mut actions = vec![update(&self.tables.records, &key, &change)?];
        let owed = consequences::actions(&self.tables.ledger, &follows);
        actions.extend(owed.map_err(|error| error.unexpected(DISABLE))?);
        Ok(matches!(transact(&self.client, DISABLE, actions).await?, Outcome::Written))
    }
}

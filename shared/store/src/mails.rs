//! The ledger of mails: one item a mail, from when it is due until long after it left.

mod stored;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use domain::mail::{MailId, address_hash};
use usecases::ports::{
    ConfirmSent, FindMail, MailEntry, MailState, PortError, Settle, SettleMail, StartSending, Started,
    TakeMail,
};

use crate::attributes::{Item, get_number, get_text, number, text};
use crate::expression::Expression;
use crate::keys;
use crate::outbox::{DUE_AT, DUE_SHARD, shard};
use crate::tables::Tables;
use crate::transact::{Outcome, check_absent, transact, update_where};

pub(crate) use stored::new_mail;
use stored::{HOLDER, REVISION, entry, instant, word};

const FIND: &str = "find a mail";
const TAKE: &str = "take a mail for sending";
const SETTLE: &str = "tell what became of a mail";
const CONFIRM: &str = "confirm that a mail left";
/// How long what became of a mail is remembered, in seconds: a year.
const KEPT_SECONDS: u32 = 366 * 86_400;

/// Finds mails, takes them and tells what became of them.
#[derive(Debug, Clone)]
pub struct Mails {
    client: Client,
    ledger: String,
}

impl Mails {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, ledger: tables.ledger.clone() }
    }
}

#[async_trait]
impl FindMail for Mails {
    async fn find_mail(&self, id: &MailId) -> Result<Option<MailEntry>, PortError> {
        let found = self.item(id).await?;
        found.map(|item| entry(id, &item)).transpose().map_err(|error| PortError::new(FIND, error))
    }
}

#[async_trait]
impl TakeMail for Mails {
    async fn take_mail(&self, start: &StartSending) -> Result<Started, PortError> {
        let as_seen = Expression::new(
            "#revision = :seen",
            &["revision", "state", "at", "holder", "attempts", "due_at"],
        )
        .with("seen", number(start.seen))
        .with("next", number(start.seen + 1))
        .with("sending", text(word(MailState::Sending { lease_until: 0 })))
        .with("holder", text(&start.holder))
        .with("until", number(start.lease_until))
        .with("one", number(1));
        let taken = "SET #revision = :next, #state = :sending, #at = :until, #holder = :holder, #due_at = :until \
                     ADD #attempts :one";
        let hash = address_hash(&start.to);
        let mut actions = vec![
            update_where(&self.ledger, &keys::mail(start.id.as_str()), taken, &as_seen)?,
            check_absent(&self.ledger, &keys::suppressed(&hash))?,
        ];
        if start.template.may_be_stopped() {
            actions.push(check_absent(&self.ledger, &keys::stopped(&hash))?);
        }
        let is_ours = |there: &Item| is_change_of(there, &start.holder, start.seen);
        match transact(&self.client, TAKE, actions).await {
            Ok(Outcome::Written) => Ok(Started::Ours),
            // An earlier try was written and its answer lost.
            Ok(Outcome::ConditionFailed { at: 0, there: Some(there) }) if is_ours(&there) => {
                Ok(Started::Ours)
            }
            Ok(Outcome::ConditionFailed { at: 0, .. }) => Ok(Started::Overtaken),
            Ok(Outcome::ConditionFailed { .. }) => Ok(Started::Suppressed),
            // A mail that is taken and not sent would be of unknown fate, so it is worth a look whether it is.
            Err(error) => match self.item(&start.id).await? {
                Some(there) if is_ours(&there) => Ok(Started::Ours),
                _ => Err(error),
            },
        }
    }
}

#[async_trait]
impl SettleMail for Mails {
    async fn settle_mail(&self, settle: &Settle) -> Result<bool, PortError> {
        let mut set = vec!["#revision = :next", "#state = :state", "#holder = :holder"];
        let mut remove = Vec::new();
        let mut add = Vec::new();
        let mut expression = Expression::new("#revision = :seen", &["revision", "state", "holder"])
            .with("seen", number(settle.seen))
            .with("next", number(settle.seen + 1))
            .with("state", text(word(settle.state)))
            .with("holder", text(&settle.holder));
        if let Some(at) = instant(settle.state) {
            set.extend(["due_shard = :shard", "due_at = :at", "#at = :at"]);
            expression =
                expression.name("at").with("at", number(at)).with("shard", text(shard(settle.id.as_str())));
        } else {
            // Nobody will need to know any more to whom it went, or what it said.
            remove.extend([DUE_SHARD, DUE_AT, "#at", "#to", "#mail"]);
            set.push("expires_at = :expires_at");
            expression = expression
                .name("at")
                .name("to")
                .name("mail")
                .with("expires_at", number(settle.now + KEPT_SECONDS));
        }
        if settle.deferral {
            add.push("deferrals :one");
        }
        if matches!(settle.state, MailState::Unknown { .. }) {
            add.push("unknowns :one");
        }
        if !add.is_empty() {
            expression = expression.with("one", number(1));
        }
        if let Some(reason) = settle.reason {
            set.push("reason = :reason");
            expression = expression.with("reason", text(reason));
        }
        if let Some(id) = &settle.provider_id {
            set.push("provider_id = :provider_id");
            expression = expression.with("provider_id", text(id));
        }
        let mut change = format!("SET {}", set.join(", "));
        for (verb, parts) in [(" REMOVE ", remove), (" ADD ", add)] {
            if !parts.is_empty() {
                change.push_str(verb);
                change.push_str(&parts.join(", "));
            }
        }
        let is_ours = |there: &Item| is_change_of(there, &settle.holder, settle.seen);
        self.update(SETTLE, &settle.id, change, expression)
            .await
            .map(|failed| failed.is_none_or(|there| is_ours(&there)))
    }
}

#[async_trait]
impl ConfirmSent for Mails {
    async fn confirm_sent(&self, id: &MailId, provider_id: Option<&str>, now: u32) -> Result<(), PortError> {
        let open = "#state IN (:pending, :sending, :unknown)";
        let mut change = "SET #state = :sent, expires_at = :expires_at".to_owned();
        let mut expression = Expression::new(open, &["state", "at", "to", "mail", "revision"])
            .with("pending", text(word(MailState::Pending { not_before: 0 })))
            .with("sending", text(word(MailState::Sending { lease_until: 0 })))
            .with("unknown", text(word(MailState::Unknown { resend_at: None })))
            .with("sent", text(word(MailState::Sent)))
            .with("expires_at", number(now + KEPT_SECONDS))
            .with("one", number(1));
        if let Some(provider_id) = provider_id {
            change.push_str(", provider_id = :provider_id");
            expression = expression.with("provider_id", text(provider_id));
        }
        change.push_str(" REMOVE due_shard, due_at, #at, #to, #mail ADD #revision :one");
        self.update(CONFIRM, id, change, expression).await.map(drop)
    }
}

/// Whether what is there is what this holder made of what it had seen. A holder makes one change of a revision.
fn is_change_of(there: &Item, holder: &str, seen: u32) -> bool {
    get_text(there, HOLDER).is_ok_and(|there| there == holder)
        && get_number(there, REVISION).is_ok_and(|revision| revision == u64::from(seen) + 1)
}

impl Mails {
    async fn item(&self, id: &MailId) -> Result<Option<Item>, PortError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.ledger)
            .set_key(Some(keys::mail(id.as_str()).attributes()))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        Ok(got.item)
    }

    /// None where it was changed; what is there where the condition failed, which is nothing for an unknown mail.
    async fn update(
        &self,
        operation: &'static str,
        id: &MailId,
        change: String,
        expression: Expression,
    ) -> Result<Option<Item>, PortError> {
        let sent = self
            .client
            .update_item()
            .table_name(&self.ledger)
            .set_key(Some(keys::mail(id.as_str()).attributes()))
            .update_expression(change)
            .set_condition_expression(expression.text())
            .set_expression_attribute_names(expression.names())
            .set_expression_attribute_values(expression.values())
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        let Err(error) = sent else { return Ok(None) };
        match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
                Ok(Some(failed.item().cloned().unwrap_or_default()))
            }
            _ => Err(PortError::new(operation, error)),
        }
    }
}

//! The ledger of mails: one item a mail, from when it is due until long after it left.

mod stored;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use domain::mail::{MailId, address_hash};
use usecases::ports::{
    ConfirmSent, FindMail, FindPerson, MailEntry, MailState, PortError, Settle, SettleMail, StartSending,
    Started, TakeMail,
};

use crate::attributes::{EXPIRES_AT, Item, get_number, get_text, number, text};
use crate::change::Change;
use crate::keys;
use crate::outbox::{DUE_AT, DUE_SHARD, shard};
use crate::people::People;
use crate::tables::Tables;
use crate::transact::{Outcome, check_absent, transact, update};

pub(crate) use stored::new_mail;
use stored::{AT, HOLDER, MAIL, PERSON, REVISION, STATE, TO, entry, instant, person_of, word};

const PROVIDER_ID: &str = "provider_id";
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
    people: Option<People>,
}

impl Mails {
    /// Over these tables. What mails say that are about somebody is not read: see [`with_people`](Self::with_people).
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, ledger: tables.ledger.clone(), people: None }
    }

    /// The same for who sends them.
    #[must_use]
    pub fn with_people(self, people: People) -> Self {
        Self { people: Some(people), ..self }
    }
}

#[async_trait]
impl FindMail for Mails {
    async fn find_mail(&self, id: &MailId) -> Result<Option<MailEntry>, PortError> {
        let bad = |error| PortError::new(FIND, error);
        let Some(item) = self.item(id).await? else { return Ok(None) };
        let person = match (&self.people, person_of(&item).map_err(bad)?) {
            (Some(people), Some(hash)) => people.find_person(hash).await?,
            _ => None,
        };
        entry(id, &item, person).map(Some).map_err(bad)
    }
}

#[async_trait]
impl TakeMail for Mails {
    async fn take_mail(&self, start: &StartSending) -> Result<Started, PortError> {
        let sending = MailState::Sending { lease_until: start.lease_until };
        let taken = changed(start.seen, &start.holder, sending)
            .set(AT, number(start.lease_until))
            .set(DUE_AT, number(start.lease_until))
            .add_one("attempts", true);
        let hash = address_hash(&start.to);
        let mut actions = vec![
            update(&self.ledger, &keys::mail(start.id.as_str()), &taken)?,
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
        let told = changed(settle.seen, &settle.holder, settle.state)
            .set_some("reason", settle.reason.map(text))
            .set_some(PROVIDER_ID, settle.provider_id.as_deref().map(text))
            .add_one("deferrals", settle.deferral)
            .add_one("unknowns", matches!(settle.state, MailState::Unknown { .. }));
        let change = match instant(settle.state) {
            Some(at) => told
                .set(DUE_SHARD, text(shard(settle.id.as_str())))
                .set(DUE_AT, number(at))
                .set(AT, number(at)),
            None => done_with(told, settle.now),
        };
        let is_ours = |there: &Item| is_change_of(there, &settle.holder, settle.seen);
        self.update(SETTLE, &settle.id, &change)
            .await
            .map(|failed| failed.is_none_or(|there| is_ours(&there)))
    }
}

#[async_trait]
impl ConfirmSent for Mails {
    async fn confirm_sent(&self, id: &MailId, provider_id: Option<&str>, now: u32) -> Result<(), PortError> {
        let open = Change::on("#state IN (:pending, :sending, :unknown)", &[STATE])
            .with("pending", text(word(MailState::Pending { not_before: 0 })))
            .with("sending", text(word(MailState::Sending { lease_until: 0 })))
            .with("unknown", text(word(MailState::Unknown { resend_at: None })))
            .set(STATE, text(word(MailState::Sent)))
            .set_some(PROVIDER_ID, provider_id.map(text))
            .add_one(REVISION, true);
        self.update(CONFIRM, id, &done_with(open, now)).await.map(drop)
    }
}

/// The next revision of a mail, by whoever saw the one before.
fn changed(seen: u32, holder: &str, state: MailState) -> Change {
    Change::on("#revision = :seen", &[REVISION])
        .with("seen", number(seen))
        .set(REVISION, number(seen + 1))
        .set(HOLDER, text(holder))
        .set(STATE, text(word(state)))
}

/// Of a mail that is done with, nobody needs to know any more to whom it went or what it said.
fn done_with(change: Change, now: u32) -> Change {
    change.set(EXPIRES_AT, number(now + KEPT_SECONDS)).remove(&[DUE_SHARD, DUE_AT, AT, TO, MAIL, PERSON])
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
        change: &Change,
    ) -> Result<Option<Item>, PortError> {
        let sent = self
            .client
            .update_item()
            .table_name(&self.ledger)
            .set_key(Some(keys::mail(id.as_str()).attributes()))
            .update_expression(change.expression())
            .set_condition_expression(change.condition())
            .set_expression_attribute_names(change.names())
            .set_expression_attribute_values(change.values())
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

//! Makes a call that its queue names: at least once, and until the webhook has answered with a 2xx or the calendar is at
//! its end.

use domain::event::{DisabledReason, Event, WebhookDisabled};
use domain::webhook::{DISABLED_AFTER_SECONDS, DeliveryId, WebhookState, next_attempt};
use jiff::Timestamp;

use super::signed;
use crate::once::message;
use crate::ports::{
    Clock, DeliveryEntry, DeliveryState, DisableWebhook, Disabling, Entropy, FindDelivery, FindWebhook,
    NoteCall, Noted, OpenedWebhook, PortError, PostWebhook, Posted, QueueWebhook, SettleDelivery,
    SettledDelivery, TakeDelivery, TakenDelivery, Trouble,
};

/// How long a call may take, in seconds: more than the function that makes it lives.
pub const LEASE_SECONDS: u32 = 45;
/// The longest wait that the queue can see to, in seconds; longer ones are the sweeper's.
const QUEUE_SECONDS: u32 = 900;
/// How often it is noted that a webhook answers, in seconds: each note is a write.
const NOTED_SECONDS: i64 = 60;
/// The webhook is no more, and says so.
const GONE: u16 = 410;

/// What became of a message of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The webhook took it, now.
    Delivered,
    /// It was done with before, or there is no such call.
    Nothing,
    /// It is not its time yet, or somebody else is at it; the sweeper sees to it.
    NotNow,
    /// It failed, and is made again later.
    Deferred,
    /// It failed for the last time.
    Failed,
    /// Its webhook was disabled or deleted meanwhile.
    Dropped,
}

/// The same, and whether the webhook was given up over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// What became of it.
    pub outcome: Outcome,
    /// Why the webhook was disabled, if it was.
    pub disabled: Option<DisabledReason>,
}

/// Makes calls.
#[derive(Clone, Copy)]
pub struct SendWebhook<'a> {
    /// Reads the ledger.
    pub find: &'a dyn FindDelivery,
    /// Finds webhooks and their secrets.
    pub webhooks: &'a dyn FindWebhook,
    /// Takes calls.
    pub take: &'a dyn TakeDelivery,
    /// Posts.
    pub post: &'a dyn PostWebhook,
    /// Tells what became of calls.
    pub settle: &'a dyn SettleDelivery,
    /// Has those that are due soon looked at again.
    pub queue: &'a dyn QueueWebhook,
    /// Notes how webhooks fare.
    pub note: &'a dyn NoteCall,
    /// Gives webhooks up.
    pub disable: &'a dyn DisableWebhook,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Spreads attempts.
    pub entropy: &'a dyn Entropy,
}

impl SendWebhook<'_> {
    /// Works off one message. An error means that the store did not answer: the message must come again.
    pub async fn run(&self, id: &DeliveryId) -> Result<Sent, PortError> {
        let Some(entry) = self.find.find_delivery(id).await? else { return Ok(Outcome::Nothing.into()) };
        match entry.state.instant() {
            None => return Ok(Outcome::Nothing.into()),
            Some(at) if at > self.clock.seconds() => return Ok(Outcome::NotNow.into()),
            Some(_) => {}
        }
        let found = self.webhooks.find_webhook(&entry.partner, &id.webhook).await?;
        let Some(found) = found.filter(|found| found.webhook.state == WebhookState::Enabled) else {
            return self.dropped(&entry).await;
        };
        let lease_until = self.clock.seconds() + LEASE_SECONDS;
        if !self.take.take_delivery(&TakenDelivery { id, seen: entry.revision, lease_until }).await? {
            return Ok(Outcome::NotNow.into());
        }
        let taken = DeliveryEntry { revision: entry.revision + 1, ..entry };
        let message = signed(&found.secret, &id.event, self.clock.seconds(), &taken.body);
        match self.post.post_webhook(&found.webhook.url, &message).await {
            Posted::Answered(status @ 200..=299) => self.delivered(&taken, &found, status).await,
            posted => self.not_delivered(&taken, &found, posted).await,
        }
    }

    async fn dropped(&self, entry: &DeliveryEntry) -> Result<Sent, PortError> {
        let settled = self.settled(entry, DeliveryState::Dropped, None, Some("not called any more"));
        let told = self.settle.settle_delivery(&settled).await?;
        Ok(if told { Outcome::Dropped } else { Outcome::NotNow }.into())
    }

    async fn delivered(
        &self,
        taken: &DeliveryEntry,
        called: &OpenedWebhook,
        status: u16,
    ) -> Result<Sent, PortError> {
        // Where it is not told, or somebody else has taken it meanwhile, it is delivered once more, under the same id.
        let settled = self.settled(taken, DeliveryState::Delivered, Some(status), None);
        self.settle.settle_delivery(&settled).await?;
        let now = self.clock.now();
        let health = called.webhook.health;
        let is_noted = health.failing_since.is_none()
            && health.last_success.is_some_and(|at| now.as_second() - at.as_second() < NOTED_SECONDS);
        if !is_noted {
            // It was delivered, whatever fails here: the next one notes it.
            drop(self.note.note_call(&taken.partner, called, Noted::Success, self.clock.seconds()).await);
        }
        Ok(Outcome::Delivered.into())
    }

    async fn not_delivered(
        &self,
        taken: &DeliveryEntry,
        called: &OpenedWebhook,
        posted: Posted,
    ) -> Result<Sent, PortError> {
        let (status, reason) = match posted {
            Posted::Answered(GONE) => (Some(GONE), "gone"),
            Posted::Answered(status) => (Some(status), "no 2xx"),
            Posted::Unanswered(Trouble::Address) => (None, "no public address"),
            Posted::Unanswered(Trouble::Connection) => (None, "no connection"),
            Posted::Unanswered(Trouble::TimedOut) => (None, "timed out"),
        };
        let failed = DeliveryEntry { failures: taken.failures + 1, ..taken.clone() };
        let [random, ..] = self.entropy.bytes();
        let wait = next_attempt(failed.failures, random).filter(|_| status != Some(GONE));
        let state = match wait {
            Some(wait) => DeliveryState::Pending { not_before: self.clock.seconds() + wait },
            None => DeliveryState::Failed,
        };
        let told = self.settle.settle_delivery(&self.settled(&failed, state, status, Some(reason))).await?;
        if let (true, Some(wait)) = (told, wait.filter(|wait| *wait <= QUEUE_SECONDS)) {
            // A hint: where it is lost, the sweeper has the call a minute later.
            drop(self.queue.queue_webhook(&taken.id, wait).await);
        }
        let disabled = self.given_up(taken, called, status == Some(GONE)).await?;
        let outcome = match (told, wait) {
            (false, _) => Outcome::NotNow,
            (true, Some(_)) => Outcome::Deferred,
            (true, None) => Outcome::Failed,
        };
        Ok(Sent { outcome, disabled })
    }

    /// Notes the failure, and gives the webhook up where it is gone, or where each call has failed for five days.
    async fn given_up(
        &self,
        taken: &DeliveryEntry,
        called: &OpenedWebhook,
        is_gone: bool,
    ) -> Result<Option<DisabledReason>, PortError> {
        let now = self.clock.seconds();
        let partner = &taken.partner;
        let noted = self.note.note_call(partner, called, Noted::Failure, now).await?;
        let Some(failing_since) = noted else { return Ok(None) };
        let reason = if is_gone {
            DisabledReason::Gone
        } else if now.saturating_sub(failing_since) >= DISABLED_AFTER_SECONDS {
            DisabledReason::Failing
        } else {
            return Ok(None);
        };
        let id = &called.webhook.id;
        let event = Event::WebhookDisabled(WebhookDisabled {
            webhook_id: id.to_string(),
            reason,
            failing_since: Timestamp::from_second(i64::from(failing_since)).unwrap_or_default(),
        });
        let cause = format!("{id} {failing_since}");
        let event = message(&cause, event, Some(partner), self.clock);
        let disabling = Disabling { partner, called, failing_since, reason, event, now };
        Ok(self.disable.disable_webhook(&disabling).await?.then_some(reason))
    }

    fn settled<'a>(
        &self,
        entry: &'a DeliveryEntry,
        state: DeliveryState,
        status: Option<u16>,
        reason: Option<&'static str>,
    ) -> SettledDelivery<'a> {
        SettledDelivery {
            id: &entry.id,
            seen: entry.revision,
            state,
            failures: entry.failures,
            status,
            reason,
            now: self.clock.seconds(),
        }
    }
}

impl From<Outcome> for Sent {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, disabled: None }
    }
}

#[cfg(test)]
mod tests;

//! From the outbox to queue and topic: at once from the stream, and by the sweeper what the stream left.
//!
//! Both may do the same thing twice: a mail's ledger and an event's id make that harmless. What they may not do is
//! leave something undone: a thing is taken off the outbox only after it was handed on.

use futures::stream::{self, StreamExt};

use crate::ports::{
    Clock, FindEvent, ListOverdue, OUTBOX_SHARDS, Overdue, Owed, PortError, PostponeOwed, PublishEvent,
    QueueMail, QueueScan, QueueWebhook, SettleEvent,
};

/// Until when a mail that was queued once more is left alone, in seconds: longer than its queue needs as a rule.
const REQUEUE_SECONDS: u32 = 900;
/// Until when what could not be handed on is left alone, in seconds.
const RETRY_SECONDS: u32 = 120;
/// Things taken of a shard in one run: eight shards a minute are 2,000 things.
const BATCH: u16 = 250;
/// Things handed on at once.
const IN_FLIGHT: usize = 16;

/// Hands on what is owed.
#[derive(Clone, Copy)]
pub struct Relay<'a> {
    /// Puts mails in their queue.
    pub queue: &'a dyn QueueMail,
    /// Puts scans of CVs in theirs.
    pub scan: &'a dyn QueueScan,
    /// Puts calls of webhooks in theirs.
    pub webhooks: &'a dyn QueueWebhook,
    /// Publishes events.
    pub publish: &'a dyn PublishEvent,
    /// Reads events.
    pub find: &'a dyn FindEvent,
    /// Takes events off the outbox.
    pub settle: &'a dyn SettleEvent,
}

impl Relay<'_> {
    /// Hands on one thing. A mail stays in the outbox until whoever sends it says what became of it, and so does the scan
    /// of a CV and the call of a webhook; an event is done with.
    pub async fn hand_on(&self, owed: &Owed) -> Result<(), PortError> {
        match owed {
            Owed::Mail(id) => self.queue.queue_mail(id).await,
            Owed::Scan(id) => self.scan.queue_scan(id).await,
            Owed::Webhook(id) => self.webhooks.queue_webhook(id, 0).await,
            Owed::Event(id) => {
                let Some(message) = self.find.find_event(id).await? else { return Ok(()) };
                self.publish.publish_event(&message).await?;
                self.settle.settle_event(id).await
            }
        }
    }
}

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Things handed on.
    pub handed_on: usize,
    /// Things that failed: they stay overdue.
    pub failed: usize,
    /// The age of the oldest, in seconds.
    pub oldest_seconds: u32,
}

/// Hands on what nobody did in time.
#[derive(Clone, Copy)]
pub struct Sweep<'a> {
    /// Hands things on.
    pub relay: Relay<'a>,
    /// Lists what is overdue.
    pub list: &'a dyn ListOverdue,
    /// Keeps a mail that was queued from being queued again each minute.
    pub postpone: &'a dyn PostponeOwed,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl Sweep<'_> {
    /// Looks once at every shard, each minute beginning with another one. Neither a thing that fails nor a shard that
    /// cannot be listed keeps anything else from being handed on; the last such shard is the error, afterwards.
    pub async fn run(&self) -> (Swept, Result<(), PortError>) {
        let now = self.clock.seconds();
        let mut swept = Swept::default();
        let mut ended = Ok(());
        for turn in 0..OUTBOX_SHARDS {
            let first = (now / 60 % u32::from(OUTBOX_SHARDS)) as u8;
            let overdue = match self.list.list_overdue((first + turn) % OUTBOX_SHARDS, now, BATCH).await {
                Ok(overdue) => overdue,
                Err(error) => {
                    ended = Err(error);
                    continue;
                }
            };
            let oldest = overdue.iter().map(|overdue| now.saturating_sub(overdue.due_at)).max();
            swept.oldest_seconds = swept.oldest_seconds.max(oldest.unwrap_or_default());
            let done: Vec<bool> = stream::iter(&overdue)
                .map(async |overdue| self.one(overdue, now).await.is_ok())
                .buffer_unordered(IN_FLIGHT)
                .collect()
                .await;
            let handed_on = done.iter().filter(|done| **done).count();
            swept.handed_on += handed_on;
            swept.failed += done.len() - handed_on;
        }
        (swept, ended)
    }

    async fn one(&self, overdue: &Overdue, now: u32) -> Result<(), PortError> {
        if let Err(error) = self.relay.hand_on(&overdue.owed).await {
            // To the end of the line, so that what can never be handed on is in nobody's way.
            drop(self.postpone.postpone(overdue, now + RETRY_SECONDS).await);
            return Err(error);
        }
        match overdue.owed {
            Owed::Mail(_) | Owed::Scan(_) | Owed::Webhook(_) => {
                self.postpone.postpone(overdue, now + REQUEUE_SECONDS).await
            }
            Owed::Event(_) => Ok(()),
        }
    }
}

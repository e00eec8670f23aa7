//! From the outbox to queue and topic: at once from the stream, and by the sweeper what the stream left.
//!
//! Both may do the same thing twice: a mail's ledger and an event's id make that harmless. What they may not do is
//! leave something undone: a thing is taken off the outbox only after it was handed on.

use futures::stream::{self, StreamExt};

use crate::ports::{
    Clock, FindEvent, ListOverdue, OUTBOX_SHARDS, Overdue, Owed, PortError, PostponeOwed, PublishEvent,
    QueueMail, SettleEvent,
};

/// Until when a mail that was queued once more is left alone, in seconds: longer than its queue needs as a rule.
const REQUEUE_SECONDS: u32 = 900;
/// Things taken of a shard in one run: eight shards a minute are 2,000 things.
const BATCH: u16 = 250;
/// Things handed on at once.
const IN_FLIGHT: usize = 16;

/// Hands on what is owed.
#[derive(Clone, Copy)]
pub struct Relay<'a> {
    /// Puts mails in their queue.
    pub queue: &'a dyn QueueMail,
    /// Publishes events.
    pub publish: &'a dyn PublishEvent,
    /// Reads events.
    pub find: &'a dyn FindEvent,
    /// Takes events off the outbox.
    pub settle: &'a dyn SettleEvent,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl Relay<'_> {
    /// Hands on one thing. A mail stays in the outbox until whoever sends it says what became of it; an event is done
    /// with.
    pub async fn hand_on(&self, owed: &Owed) -> Result<(), PortError> {
        match owed {
            Owed::Mail(id) => self.queue.queue_mail(id).await,
            Owed::Event(id) => {
                let Some(message) = self.find.find_event(id).await? else { return Ok(()) };
                self.publish.publish_event(&message).await?;
                self.settle.settle_event(id, self.clock.seconds()).await
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
}

impl Sweep<'_> {
    /// Looks once at every shard. One thing that fails keeps nothing else from being handed on.
    pub async fn run(&self) -> Result<Swept, PortError> {
        let now = self.relay.clock.seconds();
        let mut swept = Swept::default();
        for shard in 0..OUTBOX_SHARDS {
            let overdue = self.list.list_overdue(shard, now, BATCH).await?;
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
        Ok(swept)
    }

    async fn one(&self, overdue: &Overdue, now: u32) -> Result<(), PortError> {
        self.relay.hand_on(&overdue.owed).await?;
        match overdue.owed {
            Owed::Mail(_) => self.postpone.postpone(overdue, now + REQUEUE_SECONDS).await,
            Owed::Event(_) => Ok(()),
        }
    }
}

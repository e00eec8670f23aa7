//! What relay, sweeper, sender and recorder need.

use async_trait::async_trait;
use domain::application::ApplicationId;
use domain::event::EventMessage;
use domain::mail::{DueMail, MailId};
use domain::webhook::DeliveryId;
use jiff::Timestamp;
use usecases::ports::{
    Bounce, ComposeMail, ComposedMail, ConfirmSent, FindEvent, FindMail, HandOverError, HandOverMail,
    ListOverdue, MailEntry, Overdue, PortError, PostponeOwed, PublishEvent, QueueMail, QueueScan,
    QueueWebhook, RecordBounce, Settle, SettleEvent, SettleMail, StartSending, Started, TakeMail,
};

use super::Ports;
use crate::provider::Script;
use crate::without::Without;

#[async_trait]
impl FindMail for Ports {
    async fn find_mail(&self, id: &MailId) -> Result<Option<MailEntry>, PortError> {
        let sought = id.clone();
        self.call("find mail", id.as_str(), move |world| world.store.find_mail(&sought, world.now)).await
    }
}

#[async_trait]
impl TakeMail for Ports {
    async fn take_mail(&self, start: &StartSending) -> Result<Started, PortError> {
        let taken = start.clone();
        self.call("take", start.id.as_str(), move |world| world.take(&taken)).await
    }
}

#[async_trait]
impl SettleMail for Ports {
    async fn settle_mail(&self, settle: &Settle) -> Result<bool, PortError> {
        let settled = settle.clone();
        self.call("settle", settle.id.as_str(), move |world| world.settle(&settled)).await
    }
}

#[async_trait]
impl ConfirmSent for Ports {
    async fn confirm_sent(&self, id: &MailId, _: Option<&str>, _: u32) -> Result<(), PortError> {
        let confirmed = id.clone();
        self.call("confirm", id.as_str(), move |world| world.confirm(&confirmed)).await
    }
}

impl ComposeMail for Ports {
    fn compose(&self, _: &DueMail, _: Option<&[u8]>, _: Timestamp) -> Result<Vec<u8>, PortError> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl HandOverMail for Ports {
    async fn hand_over(&self, mail: &ComposedMail) -> Result<String, HandOverError> {
        self.pause().await;
        let answer = self.handed_over(mail);
        self.pause().await;
        answer
    }
}

impl Ports {
    fn handed_over(&self, mail: &ComposedMail) -> Result<String, HandOverError> {
        let mut world = self.world();
        let script = world.hand_over(mail);
        let why = || "injected".into();
        match script {
            Script::Accept => Ok(world.accept(mail)),
            Script::AcceptUnheard => {
                world.accept(mail);
                if world.lacks(Without::HandOverOnce) {
                    return Ok(world.accept(mail));
                }
                Err(HandOverError::Lost(why()))
            }
            Script::AcceptLater => {
                let mail = mail.clone();
                world.later(move |world| drop(world.accept(&mail)));
                Err(HandOverError::Lost(why()))
            }
            Script::Drop => Err(HandOverError::Lost(why())),
            Script::Throttle | Script::OutOfReach => Err(HandOverError::Later(why())),
            Script::Refuse => Err(HandOverError::Refused(why())),
        }
    }

    /// Takes a message off the queue.
    pub(crate) async fn delete(&self, number: u64) -> Result<(), PortError> {
        self.call("delete", "", move |world| world.queue.delete(number)).await
    }
}

/// Nobody applies here.
#[async_trait]
impl QueueScan for Ports {
    async fn queue_scan(&self, id: &ApplicationId) -> Result<(), PortError> {
        panic!("nobody applied, and there is {id}")
    }
}

/// No partner has a webhook here.
#[async_trait]
impl QueueWebhook for Ports {
    async fn queue_webhook(&self, id: &DeliveryId, _: u32) -> Result<(), PortError> {
        panic!("no partner has a webhook, and there is {id}")
    }
}

#[async_trait]
impl QueueMail for Ports {
    async fn queue_mail(&self, id: &MailId) -> Result<(), PortError> {
        let queued = id.clone();
        self.call("queue", id.as_str(), move |world| {
            let delay = if world.weather.is_over { 2 } else { 60 };
            let visible_at = world.now + world.dice.between(0, delay);
            world.queue.send(&queued, visible_at);
            if world.lacks(Without::OutboxUntilSettled) {
                world.store.forget_due(&queued);
            }
        })
        .await
    }
}

#[async_trait]
impl FindEvent for Ports {
    async fn find_event(&self, id: &str) -> Result<Option<EventMessage>, PortError> {
        let sought = id.to_owned();
        self.call("find event", id, move |world| world.store.find_event(&sought)).await
    }
}

#[async_trait]
impl PublishEvent for Ports {
    async fn publish_event(&self, message: &EventMessage) -> Result<(), PortError> {
        let id = message.id.clone();
        self.call("publish", &message.id, move |world| {
            *world.topic.entry(id.clone()).or_default() += 1;
        })
        .await
    }
}

#[async_trait]
impl SettleEvent for Ports {
    async fn settle_event(&self, id: &str) -> Result<(), PortError> {
        let settled = id.to_owned();
        self.call("settle event", id, move |world| world.store.settle_event(&settled)).await
    }
}

#[async_trait]
impl ListOverdue for Ports {
    async fn list_overdue(&self, shard: u8, now: u32, limit: u16) -> Result<Vec<Overdue>, PortError> {
        self.call("list overdue", "", move |world| {
            let stale = !world.weather.is_over && world.dice.chance(50);
            world.store.list(shard, now, limit, stale)
        })
        .await
    }
}

#[async_trait]
impl PostponeOwed for Ports {
    async fn postpone(&self, overdue: &Overdue, until: u32) -> Result<(), PortError> {
        let postponed = overdue.clone();
        self.call("postpone", "", move |world| world.store.postpone(&postponed, until)).await
    }
}

#[async_trait]
impl RecordBounce for Ports {
    async fn record_bounce(&self, bounce: &Bounce) -> Result<bool, PortError> {
        let recorded = bounce.clone();
        self.call("record bounce", &bounce.dedupe, move |world| world.record_bounce(&recorded)).await
    }
}

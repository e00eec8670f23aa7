//! A consumer of the topic `events`, as a partner would write one: a Lambda behind an SQS queue of its own.
//!
//! It does what delivery asks of every consumer: it handles a message once however often it comes, passes over types
//! that it does not know, refuses versions that it does not know, and gives back only the messages that failed.
//! [`Consumer::follow`] is the place for what it is there for.

pub mod batch;
mod message;
mod seen;

use std::sync::{Mutex, PoisonError};

use batch::{Answer, Batch, Failure};
use domain::event::{Event, EventMessage};
use message::Refused;
use seen::Seen;

/// What all batches share.
#[derive(Debug, Default)]
pub struct Consumer {
    seen: Mutex<Seen>,
}

impl Consumer {
    /// Works a batch off. The answer names the messages that SQS shall deliver again; after the fifth time it puts
    /// one aside.
    pub fn handle(&self, batch: &Batch) -> Answer {
        let mut failures = Vec::new();
        for record in &batch.records {
            if let Err(refused) = self.one(&record.body) {
                // Not the body: a message that is not ours may hold anything.
                tracing::warn!(message.id = record.message_id, error = %refused, "message refused");
                failures.push(Failure { item_identifier: record.message_id.clone() });
            }
        }
        Answer { batch_item_failures: failures }
    }

    fn one(&self, body: &str) -> Result<(), Refused> {
        let Some(message) = message::read(body)? else { return Ok(()) };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.has(&message.id) {
            tracing::info!(event.id = message.id, "event seen before");
            return Ok(());
        }
        Self::follow(&message);
        // Afterwards, so that what failed is done when it comes again.
        seen.add(message.id);
        Ok(())
    }

    /// What this consumer is there for: your code goes here.
    fn follow(message: &EventMessage) {
        let (id, kind) = (&message.id, message.event.kind());
        match &message.event {
            Event::OfferPublished(offer) => {
                tracing::info!(event.id = id, event.kind = kind, offer.id = offer.offer_id, "offer to show");
            }
            Event::OfferClosed(offer) => {
                tracing::info!(event.id = id, event.kind = kind, offer.id = offer.offer_id, "offer to hide");
            }
            _ => tracing::info!(event.id = id, event.kind = kind, "event of no interest"),
        }
    }
}

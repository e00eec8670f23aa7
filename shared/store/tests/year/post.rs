//! Mails and events on their way: by the stream, by the sweeper, twice, and through people who are killed.

use domain::mail::MailId;
use usecases::ports::{ConfirmSent, Owed};
use usecases::relay::{Relay, Sweep};
use usecases::send_mail::{Outcome, SendMail};

use crate::world::World;

/// Rounds of the sweeper: more than any mail needs.
const ROUNDS: usize = 30;
/// Seconds from one round to the next: more than the stream's time, a lease, or the wait for the provider's word.
const ROUND_SECONDS: i64 = 200;

impl World {
    fn relay(&self) -> Relay<'_> {
        Relay {
            queue: &self.topic,
            scan: &self.topic,
            webhooks: &self.topic,
            publish: &self.topic,
            find: &self.outbox,
            settle: &self.outbox,
        }
    }

    /// Hands on what is owed, and sends what is queued: all of it, or where `stops`, what one round sends.
    pub(crate) async fn deliver(&mut self, stops: bool) {
        for owed in self.streamed() {
            self.relay().hand_on(&owed).await.unwrap();
        }
        for round in 0..ROUNDS {
            self.send_queued().await;
            self.hear().await;
            let published = std::mem::take(&mut *self.topic.published.lock().unwrap());
            for message in published {
                let before = self.state.open_events.len();
                self.state.open_events.retain(|id| *id != message.id);
                assert_eq!(self.state.open_events.len() + 1, before, "an event is published once");
                self.report.events += 1;
            }
            let is_done = self.state.open.is_empty() && self.state.open_events.is_empty();
            if is_done || (stops && round == 0) {
                break;
            }
            assert!(round + 1 < ROUNDS, "what never ends: {:?}", self.state.open);
            self.clock.advance(ROUND_SECONDS);
            let sweep =
                Sweep { relay: self.relay(), list: &self.outbox, postpone: &self.outbox, clock: &self.clock };
            let (swept, ended) = sweep.run().await;
            ended.unwrap();
            assert_eq!(swept.failed, 0);
        }
        let taken = self.provider.journal.lock().unwrap().taken[self.state.read..].to_vec();
        self.state.read += taken.len();
        for mail in taken {
            self.got(&mail);
        }
    }

    /// What the stream brings: most of what is owed, some of it twice.
    fn streamed(&mut self) -> Vec<Owed> {
        let mails = self.state.open.iter().cloned().map(Owed::Mail);
        let owed: Vec<Owed> = mails.chain(self.state.open_events.iter().cloned().map(Owed::Event)).collect();
        let mut streamed = Vec::new();
        for owed in owed {
            for _ in 0..usize::from(self.dice.chance(920)) + usize::from(self.dice.chance(80)) {
                streamed.push(owed.clone());
            }
        }
        streamed
    }

    async fn send_queued(&mut self) {
        let queued = std::mem::take(&mut *self.topic.queued.lock().unwrap());
        for id in queued {
            let send = SendMail {
                find: &self.mails,
                take: &self.mails,
                settle: &self.mails,
                confirm: &self.mails,
                applications: None,
                compose: &self.provider,
                hand_over: &self.provider,
                clock: &self.clock,
                entropy: &self.entropy,
            };
            let outcome = tokio::select! { biased;
                outcome = send.run(&id) => Some(outcome.unwrap()),
                () = self.provider.killed.notified() => None,
            };
            match outcome {
                None => self.report.killed += 1,
                Some(Outcome::Sent | Outcome::Suppressed | Outcome::UnknownLeft | Outcome::Failed) => {
                    self.ended(&id);
                }
                Some(_) => {}
            }
        }
    }

    /// The provider tells of what it took and nobody heard of.
    async fn hear(&mut self) {
        let words = std::mem::take(&mut self.provider.journal.lock().unwrap().words);
        for id in words {
            self.mails.confirm_sent(&id, None, self.now() as u32).await.unwrap();
            self.ended(&id);
        }
    }

    fn ended(&mut self, id: &MailId) {
        self.state.open.retain(|open| open != id);
    }
}

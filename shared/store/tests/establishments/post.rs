//! Mails on their way: by the stream, by the sweeper, twice, through senders that are killed, to addresses that bounce.

use std::collections::BTreeMap;

use domain::event::BounceReason;
use domain::mail::MailId;
use usecases::ports::{
    Bounce, ConfirmSent as _, FindMail as _, ListOverdue as _, MailState, OUTBOX_SHARDS, Owed,
    RecordBounce as _,
};
use usecases::relay::{Relay, Sweep};
use usecases::send_mail::{Outcome, SendMail};

use crate::links::of_mail;
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

    /// Hands on what is owed, and sends it.
    pub(crate) async fn deliver(&mut self) {
        let open = self.state.open.clone();
        for id in open {
            // Most of it by the stream, some of it twice.
            for _ in 0..usize::from(self.dice.chance(950)) + usize::from(self.dice.chance(50)) {
                self.relay().hand_on(&Owed::Mail(id.clone())).await.unwrap();
            }
        }
        for round in 0..ROUNDS {
            self.send_queued().await;
            let words = std::mem::take(&mut self.provider.journal.lock().unwrap().words);
            for id in words {
                self.mails.confirm_sent(&id, None, self.now() as u32).await.unwrap();
                self.ended(&id);
            }
            if self.state.open.is_empty() {
                return;
            }
            assert!(round + 1 < ROUNDS, "what never ends: {:?}", self.state.open);
            self.clock.advance(ROUND_SECONDS);
            let sweep =
                Sweep { relay: self.relay(), list: &self.outbox, postpone: &self.outbox, clock: &self.clock };
            let (swept, ended) = sweep.run().await;
            ended.unwrap();
            assert_eq!(swept.failed, 0);
        }
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
                None => self.report.note("sender killed"),
                Some(Outcome::Sent | Outcome::Suppressed | Outcome::UnknownLeft | Outcome::Failed) => {
                    self.ended(&id);
                }
                Some(_) => {}
            }
            self.read().await;
        }
    }

    fn ended(&mut self, id: &MailId) {
        self.state.open.retain(|open| open != id);
    }

    /// What arrived can be followed from now on; some of it comes back.
    async fn read(&mut self) {
        let taken = self.provider.journal.lock().unwrap().taken[self.state.read..].to_vec();
        self.state.read += taken.len();
        for mail in taken {
            if self.dice.chance(25) {
                self.bounce(&mail.to).await;
                continue;
            }
            for id in of_mail(&mail.mail) {
                let hash = self.link_key.token(&id).hash();
                let is_stop = matches!(
                    self.state.links[&hash].link.action,
                    domain::link::LinkAction::Unsubscribe { .. }
                );
                self.state.sent_to.insert(hash.clone(), mail.to.clone());
                // Few want no mails at all.
                if !is_stop || self.dice.chance(100) {
                    self.state.clickable.push(hash);
                }
            }
        }
    }

    async fn bounce(&mut self, address: &str) {
        let bounce = Bounce {
            dedupe: format!("{address} {}", self.now()),
            address: address.parse().unwrap(),
            reason: BounceReason::HardBounce,
            event: None,
            now: self.now() as u32,
        };
        self.bounces.record_bounce(&bounce).await.unwrap();
        self.state.bounced.insert(address.to_owned());
        self.report.note("bounce");
    }

    /// A request for an appointment bounced.
    pub(crate) async fn bounce_a_training(&mut self) {
        if self.dice.chance(60) {
            let one = self.dice.below(self.state.establishments.len());
            let training = &self.state.establishments[one].trainings[0];
            let address = training.written_to().unwrap_or(&training.email).clone();
            self.bounce(&address).await;
        }
    }

    /// Every mail has ended, once, with a cause for how.
    pub(crate) async fn check_post(&mut self) {
        let mut taken: BTreeMap<MailId, usize> = BTreeMap::new();
        let journal = std::mem::take(&mut *self.provider.journal.lock().unwrap());
        for mail in &journal.taken {
            *taken.entry(mail.id.clone()).or_default() += 1;
            let due = self.state.due.get(&mail.id).expect("no mail without a cause");
            assert_eq!((due.template, &due.to), (mail.template, &mail.to));
        }
        for (id, due) in &self.state.due {
            // What became of a mail is remembered for a year.
            let entry = self.mails.find_mail(id).await.unwrap().unwrap();
            let times = taken.get(id).copied().unwrap_or_default();
            let expected = match entry.state {
                MailState::Sent => 1,
                MailState::Suppressed if self.state.bounced.contains(&due.to) => 0,
                MailState::Suppressed if due.template.may_be_stopped() && self.state.is_stopped(&due.to) => 0,
                MailState::Unknown { resend_at: None } if journal.dropped.contains(id) => 0,
                state => panic!("{due:?} is {state:?}"),
            };
            assert_eq!(times, expected, "{due:?}");
            self.report.ended(entry.state);
        }
        for shard in 0..OUTBOX_SHARDS {
            assert_eq!(self.outbox.list_overdue(shard, u32::MAX, 10).await.unwrap(), []);
        }
    }
}

//! Everything there is besides the code under test: store, queue, stream, topic, provider, time, and what goes wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use domain::email::Email;
use domain::event::BounceReason;
use domain::mail::MailId;
use usecases::ports::{Bounce, Consequences, MailState, Owed, Settle, StartSending, Started};
use usecases::send_mail::WORD_SECONDS;

use crate::channels::{Queue, Stream, StreamMode};
use crate::check::Violation;
use crate::clients::Clients;
use crate::dice::Dice;
use crate::processes::SKEW;
use crate::provider::Provider;
use crate::store::{Entity, Store};
use crate::weather::{Counts, Weather};
use crate::without::Without;

/// When every run begins, in seconds since 1970.
pub(crate) const START: u32 = 1_800_000_000;
/// How long a call that its caller gave up may still be under way, in seconds.
const LATEST: u32 = 20;
/// By how much a wait may be too short, in seconds: a call that was under way, and two clocks.
const UNSURE: u32 = LATEST + 2 * SKEW;

/// How much of a step is shown.
const TRACED: usize = 180;

/// What still happens after its caller gave it up.
type Later = Box<dyn FnOnce(&mut World) + Send>;

pub(crate) struct World {
    pub(crate) dice: Dice,
    pub(crate) now: u32,
    pub(crate) weather: Weather,
    pub(crate) store: Store,
    pub(crate) queue: Queue,
    pub(crate) stream: Stream,
    /// How often each event was published.
    pub(crate) topic: BTreeMap<String, u32>,
    pub(crate) provider: Provider,
    /// What the provider has, as one of ours was told.
    pub(crate) known: BTreeSet<MailId>,
    pub(crate) clients: Clients,
    pub(crate) under_way: Vec<(u32, Later)>,
    /// Until when no mail may leave, because too many came back.
    pub(crate) paused_until: u32,
    pub(crate) counts: Counts,
    pub(crate) violations: Vec<Violation>,
    /// Who acts.
    pub(crate) actor: &'static str,
    pub(crate) trace: Option<Vec<String>>,
}

impl World {
    pub(crate) fn new(seed: u64, without: Option<Without>, traced: bool) -> Self {
        let mut dice = Dice::new(seed);
        let weather = Weather::new(&mut dice);
        let mut stream = match dice.below(4) {
            0 => StreamMode::Dead,
            1 => StreamMode::Alive,
            _ => StreamMode::Lossy,
        };
        if without == Some(Without::Stream) {
            stream = StreamMode::Dead;
        }
        Self {
            provider: Provider::new(&mut dice),
            known: BTreeSet::new(),
            clients: Clients::new(&mut dice),
            dice,
            now: START,
            weather,
            store: Store::new(without),
            queue: Queue::default(),
            stream: Stream::new(stream),
            topic: BTreeMap::new(),
            under_way: Vec::new(),
            paused_until: 0,
            counts: Counts::default(),
            violations: Vec::new(),
            actor: "",
            trace: traced.then(Vec::new),
        }
    }

    pub(crate) fn lacks(&self, safeguard: Without) -> bool {
        self.store.lacks(safeguard)
    }

    pub(crate) fn note(&mut self, what: &str, subject: &str, result: &dyn Debug) {
        if let Some(trace) = &mut self.trace {
            let subject = subject.get(..8).unwrap_or(subject);
            let mut line =
                format!("{:>6} s  {:<9} {what} {subject} {result:?}", self.now - START, self.actor);
            line.truncate(TRACED);
            trace.push(line);
        }
    }

    /// Lets something happen after its caller gave it up.
    pub(crate) fn later(&mut self, effect: impl FnOnce(&mut Self) + Send + 'static) {
        let at = self.now + self.dice.between(1, LATEST);
        self.under_way.push((at, Box::new(effect)));
    }

    /// What was under way and arrives now.
    pub(crate) fn arrive(&mut self) {
        while let Some(at) = self.under_way.iter().position(|(at, _)| *at <= self.now) {
            let (_, effect) = self.under_way.swap_remove(at);
            self.actor = "late";
            effect(self);
        }
    }

    /// A write with its consequences. False where another was first.
    pub(crate) fn commit(&mut self, request: usize, cause: &str, consequences: &Consequences) -> bool {
        let Consequences { completion, mails, events, now, .. } = consequences;
        let completion = completion.as_ref().expect("every request here keeps its answer");
        let first = self.store.complete(completion, *now);
        if first && self.store.entities.iter().all(|entity| entity.cause != cause) {
            self.store.entities.push(Entity {
                cause: cause.to_owned(),
                event: events[0].id.clone(),
                mail: mails[0].id.clone(),
                request,
                key: completion.key.clone(),
                at: self.now,
            });
        }
        if first || self.lacks(Without::OneTransaction) {
            for mail in mails {
                self.store.owe_mail(mail, cause, *now);
            }
            for event in events {
                self.store.owe_event(event, *now);
            }
            let mails = mails.iter().map(|mail| Owed::Mail(mail.id.clone()));
            self.tell_stream(mails.chain(events.iter().map(|event| Owed::Event(event.id.clone()))).collect());
        }
        first
    }

    fn tell_stream(&mut self, owed: Vec<Owed>) {
        self.counts.lost_records += self.stream.tell(owed, self.now, &mut self.dice);
    }

    pub(crate) fn record_bounce(&mut self, bounce: &Bounce) -> bool {
        let recorded = self.store.record_bounce(bounce);
        if recorded && let Some(event) = &bounce.event {
            self.tell_stream(vec![Owed::Event(event.id.clone())]);
        }
        recorded
    }

    /// I5 is looked at here, the one moment at which it can be broken, and of I4 that the provider's word counts.
    pub(crate) fn take(&mut self, start: &StartSending) -> Started {
        let is_suppressed = self.store.is_suppressed(&start.to, start.template);
        let revision = self.store.mails.get(&start.id).map(|mail| mail.entry.revision);
        let started = self.store.take(start);
        self.counts.suppressed += u32::from(started == Started::Suppressed);
        // Taken again by the same holder, it was taken before.
        if started != Started::Ours || revision == Some(start.seen + 1) {
            return started;
        }
        if is_suppressed {
            self.violations.push(Violation::i5(&start.id));
        }
        if self.known.contains(&start.id) {
            self.violations
                .push(Violation::i4(&start.id, "was taken although its provider was known to have it"));
        }
        let too_soon = |at: u32| self.now < at + WORD_SECONDS - UNSURE && !self.weather.outlive;
        if self.provider.accepted(&start.id).any(too_soon) {
            self.violations.push(Violation::i4(&start.id, "was taken before its provider could tell of it"));
        }
        started
    }

    /// Of I2 that a final state is final: only what was left as unknown may be known after all.
    pub(crate) fn settle(&mut self, settle: &Settle) -> bool {
        let state = |store: &Store| store.mails.get(&settle.id).map(|mail| mail.entry.state);
        let before = state(&self.store);
        let settled = self.store.settle(settle);
        if let Some(MailState::Sent | MailState::Failed | MailState::Suppressed) = before
            && state(&self.store) != before
        {
            self.violations
                .push(Violation::i2(format!("mail {} was {before:?} and is not any more", settle.id)));
        }
        settled
    }

    pub(crate) fn confirm(&mut self, id: &MailId) {
        if !self.lacks(Without::WordOfProvider) {
            self.store.confirm(id);
        }
    }

    /// Somebody follows the link that stops mails.
    pub(crate) fn unsubscribe(&mut self, address: &Email) {
        self.store.suppress(address, BounceReason::Unsubscribed);
        self.note("unsubscribe", address.as_str(), &());
    }

    /// When things happen by themselves, the first of each kind.
    pub(crate) fn instants(&self) -> impl Iterator<Item = u32> {
        let under_way = self.under_way.iter().map(|(at, _)| *at).min();
        [
            under_way,
            self.queue.next_visible(),
            self.stream.next_at(),
            self.provider.next_word(),
            self.clients.next_at(),
        ]
        .into_iter()
        .flatten()
    }
}

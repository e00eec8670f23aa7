//! The real adapters over an embedded store, and the clock.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use async_trait::async_trait;
use domain::application::ApplicationId;
use domain::event::EventMessage;
use domain::link::{LinkKey, StoredLink};
use domain::mail::{MailId, Template};
use domain::seal::ContactCipher;
use domain::webhook::DeliveryId;
use store::{BarredAddresses, Bounces, Consents, Links, Mails, Outbox, RdvEstablishments, RdvTrainings};
use testkit::{FixedClock, FixedEntropy, Importer};
use usecases::ports::{Clock as _, PortError, PublishEvent, QueueMail, QueueScan, QueueWebhook};

use crate::ESTABLISHMENTS;
use crate::catalogue::{Establishment, Listed};
use crate::dice::Dice;
use crate::provider::Provider;
use crate::recorder::Recorder;
use crate::report::Report;

/// A mail that became due.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Due {
    pub(crate) template: Template,
    pub(crate) to: String,
}

/// A link of a mail, and the establishment that it is about.
#[derive(Debug, Clone)]
pub(crate) struct KnownLink {
    pub(crate) link: StoredLink,
    pub(crate) number: usize,
    pub(crate) used: bool,
}

/// What ought to be so, and what has been told.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) establishments: Vec<Establishment>,
    /// Addresses that are written to no more.
    pub(crate) bounced: BTreeSet<String>,
    /// Those that get none of the mails that one may stop.
    pub(crate) unsubscribed: BTreeSet<String>,
    /// How many addresses were changed: none comes twice.
    pub(crate) addresses: usize,
    pub(crate) due: BTreeMap<MailId, Due>,
    /// Mails that have not ended yet.
    pub(crate) open: Vec<MailId>,
    /// What was said of a platform in a season.
    pub(crate) once: BTreeSet<(usize, String, i16)>,
    /// Links by the hashes of their tokens, those that somebody got, and who did.
    pub(crate) links: BTreeMap<String, KnownLink>,
    pub(crate) clickable: Vec<String>,
    pub(crate) sent_to: BTreeMap<String, String>,
    /// How many mails of the provider's journal were looked at.
    pub(crate) read: usize,
}

impl State {
    /// Whether an address gets less than all mails.
    pub(crate) fn is_stopped(&self, email: &String) -> bool {
        self.bounced.contains(email) || self.unsubscribed.contains(email)
    }
}

pub(crate) struct World {
    pub(crate) import: Importer,
    pub(crate) listed: Listed,
    pub(crate) consents: Consents,
    pub(crate) trainings: RdvTrainings,
    pub(crate) barred: BarredAddresses,
    pub(crate) recorder: Recorder,
    pub(crate) links: Links,
    pub(crate) mails: Mails,
    pub(crate) bounces: Bounces,
    pub(crate) outbox: Outbox,
    pub(crate) provider: Provider,
    pub(crate) topic: Topic,
    pub(crate) clock: FixedClock,
    pub(crate) entropy: FixedEntropy,
    pub(crate) cipher: ContactCipher,
    pub(crate) link_key: LinkKey,
    pub(crate) state: State,
    pub(crate) dice: Dice,
    pub(crate) report: Report,
}

/// Queue and topic: mails are noted, and nothing else is owed in these years.
#[derive(Default)]
pub(crate) struct Topic {
    pub(crate) queued: Mutex<Vec<MailId>>,
}

#[async_trait]
impl QueueMail for Topic {
    async fn queue_mail(&self, id: &MailId) -> Result<(), PortError> {
        self.queued.lock().unwrap().push(id.clone());
        Ok(())
    }
}

/// No partner has a webhook.
#[async_trait]
impl QueueWebhook for Topic {
    async fn queue_webhook(&self, id: &DeliveryId, _: u32) -> Result<(), PortError> {
        panic!("no partner has a webhook, and there is {id}")
    }
}

#[async_trait]
impl QueueScan for Topic {
    async fn queue_scan(&self, id: &ApplicationId) -> Result<(), PortError> {
        panic!("nobody applied, and there is {id}")
    }
}

#[async_trait]
impl PublishEvent for Topic {
    async fn publish_event(&self, message: &EventMessage) -> Result<(), PortError> {
        panic!("nothing happened, and there is {}", message.event.kind())
    }
}

impl World {
    pub(crate) async fn new(seed: u64) -> Self {
        let import = Importer::start().await;
        let (client, tables) = (import.store.client.clone(), import.store.tables.clone());
        let consents = Consents::new(client.clone(), tables.clone());
        let mut dice = Dice::new(seed);
        let establishments = (0..ESTABLISHMENTS).map(|number| Establishment::invented(number, &mut dice));
        let state = State { establishments: establishments.collect(), ..State::default() };
        Self {
            listed: Listed { real: RdvEstablishments::new(client.clone(), &tables), known: Mutex::default() },
            recorder: Recorder::new(consents.clone()),
            trainings: RdvTrainings::new(client.clone(), &tables),
            barred: BarredAddresses::new(client.clone(), &tables),
            links: Links::new(client.clone(), tables.clone()),
            mails: Mails::new(client.clone(), &tables),
            bounces: Bounces::new(client.clone(), &tables),
            outbox: Outbox::new(client, &tables),
            provider: Provider::new(seed + 1),
            topic: Topic::default(),
            clock: FixedClock::new(),
            entropy: FixedEntropy::default(),
            cipher: ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap(),
            link_key: LinkKey::new(&"k3y0".repeat(16)).unwrap(),
            report: Report::default(),
            import,
            consents,
            state,
            dice,
        }
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now().as_second()
    }

    /// Lets time pass until then, if it is not later already.
    pub(crate) fn at(&self, seconds: i64) {
        self.clock.advance((seconds - self.now()).max(0));
    }
}

//! The real adapters over an embedded store, a register of invented companies, and the clock.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use async_trait::async_trait;
use domain::application::ApplicationId;
use domain::email::Email;
use domain::event::EventMessage;
use domain::link::{LinkKey, LinkToken};
use domain::mail::MailId;
use domain::opco::Opco;
use domain::person::PersonSecret;
use domain::registry::{Activity, RegisteredCompany};
use domain::seal::ContactCipher;
use domain::siret::Siret;
use domain::webhook::DeliveryId;
use store::{
    Applications, Appointments, Consents, DynamoPostings, Links, Mails, OpcoContacts, Outbox, People,
    PersonalIndex, Recruiters, Requests,
};
use testkit::{EmbeddedStore, FixedClock, FixedEntropy, MemoryBucket};
use usecases::deposit::Desk;
use usecases::once::{Asked, Once, Unkeyed};
use usecases::ports::{
    Clock, FindCompany, KnowAddress, PortError, PublishEvent, PutOpcoContact, QueueMail, QueueScan,
    QueueWebhook,
};

use crate::dice::Dice;
use crate::links::KnownLink;
use crate::model::{Recruiter, Word, cfa_email, cfa_siret};
use crate::provider::Provider;
use crate::recorder::{Committed, Recorder};
use crate::report::Report;

pub(crate) const PARTNERS: [&str; 3] = ["partner-one", "partner-two", "partner-three"];
/// Codes of appellations, with their trades.
pub(crate) const TRADES: [(&str, &str); 2] = [("932381990903", "M1855"), ("917049047819", "E1405")];
/// The OPCOs of the companies: one with an address, one without, none at all.
pub(crate) const OPCOS: [Option<Opco>; 3] = [Some(Opco::Akto), Some(Opco::Ep), None];
pub(crate) const OPCO_EMAIL: &str = "opco@exemple.invalid";
pub(crate) const CFAS: usize = 4;

/// The address of the CFA of a SIRET.
pub(crate) fn cfa_of(siret: &str) -> String {
    let cfa = (0..CFAS).find(|cfa| cfa_siret(*cfa) == siret);
    cfa_email(cfa.expect("an invented CFA"))
}

pub(crate) struct World {
    /// Ends when it is dropped.
    _store: EmbeddedStore,
    pub(crate) personal: PersonalIndex,
    pub(crate) recruiters: Recruiters,
    pub(crate) requests: Requests,
    pub(crate) postings: DynamoPostings,
    pub(crate) links: Links,
    /// No establishment is written to; links could be of establishments all the same.
    pub(crate) consents: Consents,
    /// Nobody applies; links could be of applications all the same.
    pub(crate) people: (People, Applications, Appointments, MemoryBucket),
    pub(crate) mails: Mails,
    pub(crate) outbox: Outbox,
    pub(crate) contacts: OpcoContacts,
    pub(crate) recorder: Recorder,
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

/// What ought to be so, and what has been told.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) recruiters: Vec<Recruiter>,
    /// Recruiters of which something changed since they were last compared.
    pub(crate) touched: BTreeSet<usize>,
    /// Addresses that wanted no more mails.
    pub(crate) stopped: BTreeSet<String>,
    /// Every mail that became due, and what it says.
    pub(crate) due: BTreeMap<MailId, Word>,
    /// Those that have not ended yet, and events that were not published.
    pub(crate) open: Vec<MailId>,
    pub(crate) open_events: Vec<String>,
    /// Links by the hashes of their tokens, and those that somebody got in a mail.
    pub(crate) links: BTreeMap<String, KnownLink>,
    pub(crate) clickable: Vec<LinkToken>,
    pub(crate) requests: usize,
    /// Accounts whose validation was cut short.
    pub(crate) unsettled: BTreeSet<usize>,
    /// Whether the offers that were over last night may not all be closed.
    pub(crate) was_bad_night: bool,
    /// When all reminders that were due were made due.
    pub(crate) reminder_nights: Vec<i64>,
    /// Of each offer and end of it, of how many days it was told.
    pub(crate) reminded: BTreeMap<(String, i64), Vec<u8>>,
    /// Until when the offer was to be shown that a mail told of, or when the OPCO was told.
    pub(crate) told_of_end: BTreeMap<(MailId, String), i64>,
    /// How many mails of the provider's journal were looked at.
    pub(crate) read: usize,
}

/// Queue and topic: they note what was put in them.
#[derive(Default)]
pub(crate) struct Topic {
    pub(crate) queued: Mutex<Vec<MailId>>,
    pub(crate) published: Mutex<Vec<EventMessage>>,
}

#[async_trait]
impl QueueMail for Topic {
    async fn queue_mail(&self, id: &MailId) -> Result<(), PortError> {
        self.queued.lock().unwrap().push(id.clone());
        Ok(())
    }
}

/// Nobody applies in this year.
#[async_trait]
impl QueueScan for Topic {
    async fn queue_scan(&self, id: &ApplicationId) -> Result<(), PortError> {
        panic!("nobody applied, and there is {id}")
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
impl PublishEvent for Topic {
    async fn publish_event(&self, message: &EventMessage) -> Result<(), PortError> {
        self.published.lock().unwrap().push(message.clone());
        Ok(())
    }
}

/// Every SIRET is a company; its number says of which OPCO. No address is known of any.
pub(crate) struct Register;

#[async_trait]
impl FindCompany for Register {
    async fn find_company(&self, siret: &Siret) -> Result<Option<RegisteredCompany>, PortError> {
        let number: u32 = siret.as_str()[1..8].parse().unwrap();
        let opco = OPCOS[number as usize % OPCOS.len()].map(|opco| opco.label().to_owned());
        Ok(Some(RegisteredCompany {
            raison_sociale: format!("SARL IMAGINAIRE {number}"),
            geo_coordinates: Some(format!("47.2{:02},-1.553", number % 100).parse().unwrap()),
            address: Some("1 RUE DES EXEMPLES 44000 NANTES".to_owned()),
            opco,
            diffusible: true,
            ..RegisteredCompany::hidden(siret.clone(), Activity::Open)
        }))
    }
}

#[async_trait]
impl KnowAddress for Register {
    async fn knows_address(&self, _: &Siret, _: &Email) -> Result<bool, PortError> {
        Ok(false)
    }
}

impl World {
    pub(crate) async fn new(seed: u64) -> Self {
        let store = EmbeddedStore::start().await;
        let (client, tables) = (store.client.clone(), store.tables.clone());
        let recruiters = Recruiters::new(client.clone(), tables.clone());
        let contacts = OpcoContacts::new(client.clone(), &tables);
        let outbox = Outbox::new(client.clone(), &tables);
        contacts.put_opco_contact(Opco::Akto, &OPCO_EMAIL.parse().unwrap()).await.unwrap();
        Self {
            requests: Requests::new(client.clone(), &tables),
            postings: DynamoPostings::new(client.clone(), &tables, true),
            links: Links::new(client.clone(), tables.clone()),
            consents: Consents::new(client.clone(), tables.clone()),
            people: (
                People::new(client.clone(), &tables, PersonSecret::new(&"k3y0".repeat(16)).unwrap()),
                Applications::new(client.clone(), tables.clone()),
                Appointments::new(client.clone(), tables.clone()),
                MemoryBucket::default(),
            ),
            personal: PersonalIndex::new(client.clone(), &tables),
            mails: Mails::new(client, &tables),
            recorder: Recorder::new(recruiters.clone(), outbox.clone()),
            outbox,
            provider: Provider::new(seed + 1),
            topic: Topic::default(),
            clock: FixedClock::new(),
            entropy: FixedEntropy::default(),
            cipher: ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap(),
            link_key: LinkKey::new(&"k3y0".repeat(16)).unwrap(),
            state: State::default(),
            dice: Dice::new(seed),
            report: Report::default(),
            _store: store,
            recruiters,
            contacts,
        }
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now().as_second()
    }

    /// Lets time pass until then, if it is not later already.
    pub(crate) fn at(&self, seconds: i64) {
        self.clock.advance((seconds - self.now()).max(0));
    }

    pub(crate) fn desk(&self) -> Desk<'_> {
        Desk {
            find: &self.recruiters,
            change: &self.recorder,
            cipher: &self.cipher,
            links: Some(&self.link_key),
            clock: &self.clock,
            entropy: &self.entropy,
        }
    }

    pub(crate) fn once(&self) -> Once<'_> {
        Once {
            find: &self.requests,
            claim: &self.requests,
            release: &self.requests,
            clock: &self.clock,
            entropy: &self.entropy,
        }
    }

    /// What was told by what was just done must be what was expected: no more, no less.
    pub(crate) fn told(&mut self, expected: Vec<Word>) {
        self.compare(&self.recorder.take(), expected);
    }

    pub(crate) fn compare(&mut self, committed: &Committed, mut expected: Vec<Word>) {
        let mut words = committed.words();
        words.sort();
        expected.sort();
        assert_eq!(words, expected, "at {}", self.clock.now());
        self.report.count(&words);
        for (due, word) in &committed.mails {
            let before = self.state.due.insert(due.id.clone(), word.clone());
            assert_eq!(before, None, "a mail that was due before");
            self.state.open.push(due.id.clone());
            if word.kind == "accounts-waiting" {
                self.state.told_of_end.insert((due.id.clone(), word.about[0].clone()), self.now());
            }
            for offer in self.state.recruiters.iter().flat_map(|recruiter| &recruiter.offers) {
                if word.about.contains(&offer.id) {
                    self.state.told_of_end.insert((due.id.clone(), offer.id.clone()), offer.ends);
                }
            }
        }
        self.state.open_events.extend(committed.events.iter().map(|(event, _)| event.id.clone()));
        self.learn(&committed.links);
    }
}

/// A request of a partner.
pub(crate) fn asked<'a>(partner: usize, operation: &'a str, key: Option<&'a str>) -> Asked<'a> {
    Asked { partner: PARTNERS[partner], operation, key, body: b"{}", unkeyed: Unkeyed::Each }
}

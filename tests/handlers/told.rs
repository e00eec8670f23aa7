//! What writes have made due, read from the ledger.

use domain::event::Event;
use domain::mail::{DueMail, Mail, Template};
use domain::recruiter::{Job, Recruiter};
use usecases::deposit::{ChosenCfa, Turn};
use usecases::once::{Asked, Unkeyed};
use usecases::ports::{FindEvent, FindMail, FindOwnRecruiter, Owed};

use crate::world::World;

/// What is owed to the outside.
#[derive(Default)]
pub(crate) struct Told {
    mails: Vec<DueMail>,
    events: Vec<Event>,
}

impl Told {
    /// The mails of a template that are due to an address.
    pub(crate) fn mails(&self, template: Template, to: &str) -> Vec<Mail> {
        let wanted = |due: &&DueMail| due.to.as_str() == to && due.mail.template() == template;
        self.mails.iter().filter(wanted).map(|due| due.mail.clone()).collect()
    }

    /// The events that are owed of an offer, by their kinds.
    pub(crate) fn events(&self, offer_id: &str) -> Vec<&'static str> {
        let is_of = |event: &&Event| match event {
            Event::OfferPublished(published) => published.offer_id == offer_id,
            Event::OfferClosed(closed) => closed.offer_id == offer_id,
            _ => false,
        };
        let mut kinds: Vec<_> = self.events.iter().filter(is_of).map(Event::kind).collect();
        kinds.sort_unstable();
        kinds
    }
}

impl World {
    /// All that is owed now.
    pub(crate) async fn told(&self) -> Told {
        let mut told = Told::default();
        for owed in self.stream().await {
            match owed {
                Owed::Mail(id) => {
                    told.mails.extend(self.mails().find_mail(&id).await.unwrap().unwrap().due);
                }
                Owed::Scan(_) | Owed::Webhook(_) => {}
                Owed::Event(id) => {
                    told.events.push(self.outbox().find_event(&id).await.unwrap().unwrap().event);
                }
            }
        }
        told
    }

    /// The mails of a template that are due to an address.
    pub(crate) async fn due(&self, template: Template, to: &str) -> Vec<Mail> {
        self.told().await.mails(template, to)
    }

    /// The events that are owed of an offer, by their kinds.
    pub(crate) async fn events_of(&self, offer_id: &str) -> Vec<&'static str> {
        self.told().await.events(offer_id)
    }

    /// A recruiter with its offers.
    pub(crate) async fn recruiter(&self, owner: &str, establishment_id: &str) -> Recruiter {
        self.recruiters().find_own_recruiter(owner, establishment_id).await.unwrap().unwrap().recruiter
    }

    /// One of its offers.
    pub(crate) async fn job_of(&self, owner: &str, establishment_id: &str, offer_id: &str) -> Job {
        let jobs = self.recruiter(owner, establishment_id).await.jobs;
        jobs.into_iter().find(|job| job.id == offer_id).unwrap()
    }

    /// Changes an offer of a partner, so many seconds later.
    pub(crate) async fn turn(&self, owner: &str, offer_id: &str, turn: Turn<'_>, later: i64) {
        let asked = Asked { partner: owner, operation: "test", key: None, body: b"", unkeyed: Unkeyed::Each };
        let offers = self.offers_desk_later(later);
        offers.change().run(asked, offer_id, None, turn).await.unwrap();
    }
}

/// A CFA that offers are delegated to.
pub(crate) fn cfa() -> ChosenCfa {
    ChosenCfa {
        siret: testkit::siret(801).parse().unwrap(),
        name: "CFA IMAGINAIRE".to_owned(),
        email: testkit::cfa_email(801).parse().unwrap(),
    }
}

//! Establishments of partner one in every state, with offers whose ids the events of `events/` know.

use domain::recruiter::{Job, JobStatus, Recruiter, RecruiterStatus};
use runtime::recruiters::OwnRecruiters;
use serde_json::{Value, json};
use store::Tables;
use testkit::Dump;
use tests::events;
use usecases::ports::{
    ChangeRecruiter, Clock, Consequences, CreateRecruiter, FindOwnRecruiter, Lists, OfferChange,
    RecruiterChange,
};

use crate::world::{World, cipher, clock};

/// The id of an offer, by its number.
pub(crate) fn offer_id(number: u32) -> String {
    format!("dddddddddddddddddddddd{number:02}")
}

/// The id of an establishment, by its number.
pub(crate) fn establishment_id(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// An establishment in Nantes, with the offers of these numbers.
fn recruiter(number: u32, offers: &[u32]) -> Recruiter {
    let mut recruiter = testkit::recruiter(number, offers.len());
    for (job, offer) in recruiter.jobs.iter_mut().zip(offers) {
        job.id = offer_id(*offer);
    }
    recruiter
}

/// Offer 0 is open, 1 is filled, 2 was given up, 3 ended yesterday.
fn in_every_state() -> Recruiter {
    let mut recruiter = recruiter(60, &[0, 1, 2, 3]);
    recruiter.jobs[1].job_status = JobStatus::Pourvue;
    recruiter.jobs[2].job_status = JobStatus::Annulee;
    recruiter.jobs[3].job_expiration_date = "2026-08-31T08:00:00Z".parse().ok();
    recruiter
}

/// Nobody knows where offer 4 is.
fn nowhere() -> Recruiter {
    Recruiter { geo_coordinates: None, ..recruiter(61, &[4]) }
}

/// Offer 5 waits with its account, which AKTO is to validate.
fn waiting() -> Recruiter {
    let mut recruiter = recruiter(62, &[5]);
    recruiter.status = RecruiterStatus::EnAttente;
    recruiter.opco = Some("AKTO".to_owned());
    recruiter.jobs[0].job_status = JobStatus::EnAttente;
    recruiter
}

/// An event of a case, changed.
pub(crate) fn event(case: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut event: Value = serde_json::from_str(&events::load(case)).unwrap();
    change(&mut event);
    event.to_string()
}

/// Sets a header of an event, or takes it off.
pub(crate) fn set_header(event: &mut Value, name: &str, value: Option<&str>) {
    for (headers, value) in [
        ("headers", value.map(|value| json!(value))),
        ("multiValueHeaders", value.map(|value| json!([value]))),
    ] {
        let headers = event[headers].as_object_mut().unwrap();
        headers.remove(name);
        headers.extend(value.map(|value| (name.to_owned(), value)));
    }
}

/// An establishment in Paris, with so many offers.
pub(crate) fn in_paris(number: u32, offers: usize) -> Recruiter {
    let mut recruiter = testkit::recruiter(number, offers);
    recruiter.geo_coordinates = "48.86,2.35".parse().ok();
    for (place, job) in recruiter.jobs.iter_mut().enumerate() {
        job.id = format!("{number:022}{place:02}");
    }
    recruiter
}

/// Everything that the three tables hold.
type Everything = [Dump; 3];

impl World {
    /// Everything that the three tables hold.
    pub(crate) async fn everything(&self) -> Everything {
        let store = &self.import.store;
        let Tables { postings, records, ledger } = &store.tables;
        [store.dump(postings).await, store.dump(records).await, store.dump(ledger).await]
    }

    /// How many items of the ledger have keys that begin so.
    pub(crate) async fn owed(&self, prefix: &str) -> usize {
        let ledger = self.import.store.dump(&self.import.store.tables.ledger).await;
        ledger.keys().filter(|(partition, _)| partition.starts_with(prefix)).count()
    }

    /// The offers of an establishment of partner one, in their order.
    pub(crate) async fn jobs(&self, establishment_id: &str) -> Vec<Job> {
        let seen = self.recruiters().find_own_recruiter("partner-one", establishment_id).await.unwrap();
        seen.unwrap().recruiter.jobs
    }

    /// The same world with establishments in every state; offer 6 is of one that is there to be archived, offer 7 of
    /// another partner.
    pub(crate) async fn with_own() -> Self {
        let world = Self::new().await;
        for (partner, recruiter) in [
            ("partner-one", in_every_state()),
            ("partner-one", nowhere()),
            ("partner-one", waiting()),
            ("partner-one", recruiter(63, &[6])),
            ("partner-two", recruiter(64, &[7])),
        ] {
            world.own(partner, &recruiter).await;
        }
        world
    }

    /// Writes a recruiter and its offers as they are, and tells nobody.
    pub(crate) async fn own(&self, partner: &str, recruiter: &Recruiter) {
        let recruiters = self.recruiters();
        let nobody = Consequences {
            completion: None,
            follows: None,
            mails: Vec::new(),
            events: Vec::new(),
            links: Vec::new(),
            now: clock().seconds(),
        };
        let head = Recruiter { jobs: Vec::new(), ..recruiter.clone() };
        recruiters.create_recruiter(partner, &head, &nobody).await.unwrap();
        for (index, job) in recruiter.jobs.iter().enumerate() {
            let id = &recruiter.establishment_id;
            let seen = recruiters.find_own_recruiter(partner, id).await.unwrap().unwrap();
            let card = recruiter.offer(index, job, &cipher()).unwrap();
            let offer = OfferChange {
                index,
                job: job.clone(),
                card,
                is_shown_alike: false,
                seen: None,
                reference: None,
            };
            let change = RecruiterChange {
                recruiter: head.clone(),
                offers: index + 1,
                seen: seen.hash,
                lists: Lists::AsTheyWere,
                changes: vec![offer],
            };
            recruiters.change_recruiter(partner, &change, &nobody).await.unwrap();
        }
    }

    /// What the routes share that only read what a partner deposited.
    pub(crate) fn own_recruiters(&self) -> OwnRecruiters {
        OwnRecruiters { partners: self.partners(), recruiters: self.recruiters(), clock: Box::new(clock()) }
    }
}

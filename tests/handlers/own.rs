//! Establishments of partner one in every state, with offers whose ids the events of `events/` know.

use domain::recruiter::{Job, JobStatus, Recruiter, RecruiterStatus};
use runtime::recruiters::OwnRecruiters;
use store::Tables;
use testkit::Dump;
use usecases::ports::{ChangeRecruiter, FindOwnRecruiter, Lists, OfferChange, RecruiterChange};

use crate::depositing::told_to_nobody;
use crate::world::{World, cipher};

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
        self.recruiter("partner-one", establishment_id).await.jobs
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
        self.establish(partner, recruiter, Vec::new()).await;
        let (recruiters, id) = (self.recruiters(), &recruiter.establishment_id);
        for (index, job) in recruiter.jobs.iter().enumerate() {
            let seen = recruiters.find_own_recruiter(partner, id).await.unwrap().unwrap();
            let offer = OfferChange {
                index,
                job: job.clone(),
                card: recruiter.offer(index, job, &cipher()).unwrap(),
                is_shown_alike: false,
                seen: None,
                reference: None,
            };
            let change = RecruiterChange {
                recruiter: recruiter.clone(),
                offers: index + 1,
                seen: seen.hash,
                lists: Lists::AsTheyWere,
                changes: vec![offer],
            };
            recruiters.change_recruiter(partner, &change, &told_to_nobody(Vec::new())).await.unwrap();
        }
    }

    /// What the routes share that only read what a partner deposited.
    pub(crate) fn own_recruiters(&self) -> OwnRecruiters {
        OwnRecruiters { callers: self.callers(), recruiters: self.recruiters() }
    }
}

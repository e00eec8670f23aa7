//! On which conditions an application is stored, and that nothing is where one fails.

use domain::application::{Facts, Stage, Target};
use domain::date::paris_day;
use domain::event::BounceReason;
use domain::link::OfferRef;
use domain::person::{Person, PersonKey, PersonSecret};
use domain::recruiter::Job;
use store::{Applications, Bounces, People, PersonalIndex, Submissions};
use usecases::kept::ends_at;
use usecases::ports::{
    Barrier, Bounce, ChangeApplication, Consequences, Counted, FindApplication, FindPerson, ForgetPerson,
    Guard, ListPersonal, NewApplication, Personal, RecordBounce, SubmitApplication, SubmitError,
};

use crate::deposits::{NOW, OWNER, consequences};
use crate::shop::{Shop, changed, nothing};

pub(crate) const APPLICANT: &str = "hash-of-an-address";

/// Who stores applications for the offer of a shop.
pub(crate) struct Desk {
    pub(crate) shop: Shop,
    submissions: Submissions,
    pub(crate) applications: Applications,
    pub(crate) people: People,
    pub(crate) personal: PersonalIndex,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let shop = Shop::open().await;
        let (client, tables) = (shop.store.client.clone(), shop.store.tables.clone());
        let people = People::new(client.clone(), &tables, PersonSecret::new(&"k3y0".repeat(16)).unwrap());
        let personal = PersonalIndex::new(client.clone(), &tables);
        let submissions = Submissions::new(client.clone(), tables.clone(), people.clone());
        Self { submissions, applications: Applications::new(client, tables), people, personal, shop }
    }

    /// An application for the offer of the shop as it is now.
    pub(crate) async fn application(&self, number: u8) -> NewApplication {
        let seen = self.shop.seen().await;
        let offer = OfferRef {
            partner: OWNER.to_owned(),
            establishment_id: self.shop.establishment.clone(),
            offer_id: "first".to_owned(),
        };
        let now = jiff::Timestamp::from_second(i64::from(NOW)).unwrap();
        let siret = seen.recruiter.establishment_siret.clone();
        let target = Target::Offer(offer.clone());
        let known = self.people.find_person(APPLICANT).await.unwrap();
        let is_first = known.is_none();
        let fresh = || Person { hash: APPLICANT.to_owned(), key: PersonKey::from_random([number; 32]) };
        NewApplication {
            id: domain::application::ApplicationId::from_random([number; 16]),
            counted: Counted {
                person: APPLICANT.to_owned(),
                day: paris_day(now),
                target: target.name(),
                caller: "caller".to_owned(),
                siret: siret.as_str().to_owned(),
                offer_id: Some("first".to_owned()),
                recruiter: "hash-of-a-recruiter".to_owned(),
            },
            facts: Facts {
                partner: OWNER.to_owned(),
                caller: None,
                target,
                siret,
                romes: Vec::new(),
                created_at: now,
                stage: Stage::Received,
                updated_at: now,
                intention: None,
                answer: None,
            },
            is_first,
            letter: vec![number; 8],
            offer: Some((offer, seen.offers[0].hash)),
            person: known.unwrap_or_else(fresh),
        }
    }

    pub(crate) async fn submit(&self, new: &NewApplication) -> Result<(), SubmitError> {
        self.submissions.submit_application(new, &answered(new)).await
    }

    /// What fails leaves everything as it was.
    async fn refused(&self, new: &NewApplication) -> SubmitError {
        let before = self.shop.dumps().await;
        let refused = self.submit(new).await.unwrap_err();
        assert_eq!(self.shop.dumps().await, before, "{refused:?}");
        refused
    }
}

fn answered(new: &NewApplication) -> Consequences {
    consequences(new.id.as_str(), Guard::Unanswered, Vec::new())
}

#[tokio::test]
async fn an_application_is_found_as_it_was_stored_and_not_after_its_time() {
    let desk = Desk::open().await;
    let new = desk.application(1).await;
    desk.submit(&new).await.unwrap();
    let found = desk.applications.find_application(&new.id, NOW).await.unwrap().unwrap();
    assert_eq!((&found.facts, &found.personal), (&new.facts, &Some((APPLICANT.to_owned(), vec![1; 8]))));
    assert_eq!(desk.people.find_person(APPLICANT).await.unwrap(), Some(new.person.clone()));
    let personal = Personal { applications: vec![new.id.clone()], ..Personal::default() };
    assert_eq!(desk.personal.list_personal(APPLICANT).await.unwrap(), personal);
    assert!(
        desk.applications
            .find_application(&new.id, ends_at(new.facts.created_at) - 1)
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        desk.applications.find_application(&new.id, ends_at(new.facts.created_at)).await.unwrap().is_none()
    );
}

#[tokio::test]
async fn a_request_that_was_answered_stores_nothing_a_second_time() {
    let desk = Desk::open().await;
    let first = desk.application(1).await;
    desk.submit(&first).await.unwrap();
    let again = NewApplication { id: first.id.clone(), ..desk.application(2).await };
    assert!(matches!(desk.refused(&again).await, SubmitError::NotFirst));
}

#[tokio::test]
async fn an_offer_that_was_changed_since_it_was_read_takes_none() {
    let desk = Desk::open().await;
    let new = desk.application(1).await;
    let close = |job: &mut Job| job.job_status = domain::recruiter::JobStatus::Annulee;
    desk.shop.write(&changed(&desk.shop.seen().await, close), &nothing()).await.unwrap();
    assert!(matches!(desk.refused(&new).await, SubmitError::Overtaken));
}

#[tokio::test]
async fn an_address_that_bounced_takes_none() {
    let desk = Desk::open().await;
    let mut new = desk.application(1).await;
    let address = "rh@exemple.invalid".parse().unwrap();
    new.counted.recruiter = domain::mail::address_hash(&address);
    let bounces = Bounces::new(desk.shop.store.client.clone(), &desk.shop.store.tables);
    let reason = BounceReason::HardBounce;
    let bounce = Bounce { dedupe: "one".to_owned(), address, reason, event: None, now: NOW };
    bounces.record_bounce(&bounce).await.unwrap();
    assert!(matches!(desk.refused(&new).await, SubmitError::Stopped(Barrier::Unwritten)));
}

#[tokio::test]
async fn the_fourth_for_one_offer_is_not_stored_and_counts_nothing() {
    let desk = Desk::open().await;
    for number in 1..=3 {
        desk.submit(&desk.application(number).await).await.unwrap();
    }
    let refused = desk.refused(&desk.application(4).await).await;
    assert!(matches!(refused, SubmitError::Stopped(Barrier::PerTarget)));
}

#[tokio::test]
async fn a_person_that_was_forgotten_or_known_meanwhile_is_not_brought_back() {
    let desk = Desk::open().await;
    let (first, at_once) = (desk.application(1).await, desk.application(2).await);
    desk.submit(&first).await.unwrap();
    assert!(matches!(desk.refused(&at_once).await, SubmitError::Overtaken), "two keys of one person");
    let later = desk.application(3).await;
    let personal = Personal { applications: vec![first.id.clone()], ..Personal::default() };
    desk.people.forget_person(APPLICANT, &personal).await.unwrap();
    assert!(matches!(desk.refused(&later).await, SubmitError::Overtaken), "a key that was lost");
    let found = desk.applications.find_application(&first.id, NOW).await.unwrap().unwrap();
    assert_eq!((found.facts, found.personal), (first.facts, None));
    // Forgetting may be done again.
    desk.people.forget_person(APPLICANT, &personal).await.unwrap();
}

#[tokio::test]
async fn of_two_changes_that_saw_the_same_one_is_made_and_only_what_is_looked_at_is_owed_no_more() {
    let desk = Desk::open().await;
    let new = desk.application(1).await;
    desk.submit(&new).await.unwrap();
    let seen = desk.applications.find_application(&new.id, NOW).await.unwrap().unwrap();
    let owed =
        async || desk.shop.dumps().await[2].keys().any(|(partition, _)| partition.starts_with("scan#"));
    let to = |stage| Facts { stage, ..seen.facts.clone() };
    assert!(desk.applications.change_application(&seen, &to(Stage::Scanning), &nothing()).await.unwrap());
    assert!(owed().await);
    assert!(!desk.applications.change_application(&seen, &to(Stage::Refused), &nothing()).await.unwrap());
    let seen = desk.applications.find_application(&new.id, NOW).await.unwrap().unwrap();
    assert!(desk.applications.change_application(&seen, &to(Stage::Sending), &nothing()).await.unwrap());
    assert!(!owed().await);
}

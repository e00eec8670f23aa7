//! What the passing of time does to offers, and what the links do that it sends out.

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use domain::link::LinkId;
use domain::mail::{Mail, OfferExpiresSoon, Template};
use domain::recruiter::JobStatus;
use domain::rome::{RomeCode, Romes};
use search::port::{KeyRange, Page, Postings, ReadError};
use serde_json::{Value, json};
use store::{Recruiters, Tables};
use usecases::deposit::Turn;
use usecases::ports::DepositRecruiter;

use crate::asking::event;
use crate::deposit::{last_offer, offer};
use crate::depositing::{OWN, clock_later, link_key};
use crate::told::cfa;
use crate::world::{Answer, World, cipher, run};

const OWNER: &str = "partner-one";
const RECRUITER: &str = "recruteur50@exemple.invalid";
const DAY: i64 = 86_400;
/// Days from the deposit of an offer to its end, on the first of November.
const LIFE: i64 = 61;

impl World {
    async fn deposited(&self, number: u32) -> String {
        last_offer(&self.deposit(None, &offer(number)).await)
    }

    pub(crate) async fn expire(&self, later: i64) -> Result<(), runtime::Error> {
        expire_offers::handle(&self.calendar(later), Value::Null, "run".to_owned()).await
    }

    async fn remind(&self, later: i64) -> Vec<OfferExpiresSoon> {
        let context = self.calendar(later);
        remind_recruiters::handle(&context, Value::Null, "run".to_owned()).await.unwrap();
        let due = self.due(Template::OfferExpiresSoon, RECRUITER).await;
        let told = due.into_iter().map(|mail| match mail {
            Mail::OfferExpiresSoon(told) => told,
            other => panic!("{other:?}"),
        });
        told.collect()
    }

    /// Opens a link: what a mail scanner does.
    async fn look_at(&self, link: &LinkId, later: i64) -> Answer {
        let mut context = self.show_link();
        context.clock = Box::new(clock_later(later));
        run(&with_token("show-link/confirm-address", link), |request| show_link::handle(&context, request))
            .await
    }

    /// Presses the button of its page.
    async fn press(&self, link: &LinkId, later: i64) -> Answer {
        let mut context = self.follow_link();
        context.offers = self.offers_desk_later(later);
        run(&with_token("follow-link/confirm-address", link), |request| {
            follow_link::handle(&context, request)
        })
        .await
    }

    async fn status(&self, offer_id: &str) -> JobStatus {
        self.job_of(OWNER, OWN, offer_id).await.job_status
    }
}

fn with_token(case: &str, link: &LinkId) -> String {
    event(case, |event| event["pathParameters"]["token"] = json!(link_key().token(link).as_str()))
}

#[tokio::test]
async fn an_offer_whose_time_is_over_is_closed_once_with_its_mail_and_its_event() {
    let world = World::new().await;
    let id = world.deposited(1).await;
    world.expire((LIFE - 1) * DAY).await.unwrap();
    assert_eq!(world.status(&id).await, JobStatus::Active);

    world.expire(LIFE * DAY + 3_600).await.unwrap();
    let job = world.job_of(OWNER, OWN, &id).await;
    assert_eq!((job.job_status, job.job_status_comment.as_deref()), (JobStatus::Annulee, Some("Expirée")));
    assert_eq!(world.due(Template::OfferExpired, RECRUITER).await.len(), 1);
    assert_eq!(world.events_of(&id).await, ["offer.closed", "offer.published"]);
    assert!(!world.found().await.iter().any(|(_, found)| *found == id));

    let before = world.everything().await;
    world.expire(LIFE * DAY + 3_600).await.unwrap();
    assert!(world.everything().await == before, "the second run wrote something");
}

#[tokio::test]
async fn an_imported_offer_of_twenty_trades_is_closed_as_any_other() {
    let world = World::new().await;
    let mut wide = testkit::recruiter(60, 1);
    let trades = (1..=20)
        .map(|number| ["D", "E", "F", "G", "H", "I", "J"][number % 7].to_owned() + &format!("11{number:02}"));
    let trades: Vec<RomeCode> = trades.map(|trade| trade.parse().unwrap()).collect();
    wide.jobs[0].rome_code = Romes::try_from(trades).unwrap();
    let offers = wide.offers(&cipher()).unwrap();
    world.recruiters().deposit(&wide, &offers, 0).await.unwrap();
    let postings = async || {
        let all = world.import.store.dump(&world.import.store.tables.postings).await;
        all.keys().filter(|(_, sort)| sort.contains(&wide.establishment_id)).count()
    };
    assert!(postings().await > 90, "more than one transaction deletes with what follows from it");

    world.expire(LIFE * DAY).await.unwrap();
    assert_eq!(
        world.job_of("site", &wide.establishment_id, "offer-60-0").await.job_status,
        JobStatus::Annulee
    );
    assert_eq!(world.due(Template::OfferExpired, wide.email.as_str()).await.len(), 1);
    assert_eq!(world.events_of("offer-60-0").await, ["offer.closed"]);
    assert_eq!(postings().await, 0);
}

/// A list of expiries that lags behind: it says what it said at its first reading.
struct Lagging(Box<dyn Postings>, Mutex<HashMap<String, Page>>);

#[async_trait]
impl Postings for Lagging {
    async fn read(&self, range: &KeyRange) -> Result<Page, ReadError> {
        let page = self.0.read(range).await?;
        Ok(self.1.lock().unwrap().entry(range.partition.clone()).or_insert(page).clone())
    }
}

#[tokio::test]
async fn a_list_that_still_names_a_closed_offer_closes_it_no_second_time() {
    let world = World::new().await;
    world.deposited(1).await;
    let mut context = world.calendar(LIFE * DAY + 3_600);
    context.postings = Box::new(Lagging(world.postings(), Mutex::default()));
    expire_offers::handle(&context, Value::Null, "run".to_owned()).await.unwrap();
    let before = world.everything().await;
    expire_offers::handle(&context, Value::Null, "run".to_owned()).await.unwrap();
    assert!(world.everything().await == before, "the second run wrote something");
}

#[tokio::test]
async fn an_offer_that_was_extended_meanwhile_is_left_alone() {
    let world = World::new().await;
    let (extended, other) = (world.deposited(1).await, world.deposited(2).await);
    world.turn(OWNER, &extended, Turn::Extend, 30 * DAY).await;
    world.expire((LIFE + 1) * DAY).await.unwrap();
    assert_eq!(world.status(&extended).await, JobStatus::Active);
    assert_eq!(world.status(&other).await, JobStatus::Annulee);
}

#[tokio::test]
async fn what_could_not_be_closed_fails_the_run_and_the_next_one_closes_it() {
    let world = World::new().await;
    let id = world.deposited(1).await;
    let store = &world.import.store;
    let mut context = world.calendar(LIFE * DAY + 3_600);
    let tables = Tables { ledger: "gone".to_owned(), ..store.tables.clone() };
    context.recruiters = Recruiters::new(store.client.clone(), tables);
    let failed = expire_offers::handle(&context, Value::Null, "run".to_owned()).await;
    assert!(failed.is_err(), "Lambda is told, so that it tries again");
    assert_eq!(world.status(&id).await, JobStatus::Active);
    world.expire(LIFE * DAY + 3_600).await.unwrap();
    assert_eq!(world.status(&id).await, JobStatus::Annulee);
}

#[tokio::test]
async fn a_recruiter_is_reminded_a_week_before_and_the_day_before_of_all_its_offers_in_one_mail() {
    let world = World::new().await;
    world.deposited(1).await;
    world.deposited(2).await;
    for (days_left, wanted) in [
        (8, vec![]),
        (7, vec![(7, 2)]),
        (7, vec![(7, 2)]),
        (6, vec![(7, 2)]),
        (1, vec![(1, 2), (7, 2)]),
        (1, vec![(1, 2), (7, 2)]),
    ] {
        let told = world.remind((LIFE - days_left) * DAY).await;
        let mut told: Vec<(u8, usize)> = told.iter().map(|told| (told.days, told.offers.len())).collect();
        told.sort_unstable();
        assert_eq!(told, wanted, "{days_left} days before");
    }
    assert!(world.recruiter(OWNER, OWN).await.jobs.iter().all(|job| job.relance_mail_sent));
}

#[tokio::test]
async fn the_links_of_a_reminder_close_and_extend_once_and_looking_at_them_changes_nothing() {
    let world = World::new().await;
    world.deposited(1).await;
    world.deposited(2).await;
    let (week, eve) = ((LIFE - 7) * DAY, (LIFE - 1) * DAY);
    let first = world.remind(week).await.pop().unwrap();
    let last = world.remind(eve).await.into_iter().find(|told| told.days == 1).unwrap();
    let jobs = world.recruiter(OWNER, OWN).await.jobs;
    let (filled, extended) = (&jobs[0], &jobs[1]);

    let before = world.everything().await;
    for link in first.offers.iter().flat_map(|offer| [&offer.filled, &offer.extend]) {
        assert_eq!(world.look_at(link, eve).await.status, 200);
    }
    assert!(world.everything().await == before, "a look changed something");

    let done = world.press(&first.offers[0].filled, eve).await;
    assert_eq!(done.status, 200);
    assert!(done.body.contains("Votre offre est fermée"), "{}", done.body);
    assert_eq!(world.status(&filled.id).await, JobStatus::Pourvue);
    assert_eq!(world.events_of(&filled.id).await, ["offer.closed", "offer.published"]);

    let done = world.press(&first.offers[1].extend, eve).await;
    assert!(done.body.contains("Votre offre est prolongée"), "{}", done.body);
    let job = world.job_of(OWNER, OWN, &extended.id).await;
    assert_eq!((job.job_status, job.job_prolongation_count), (JobStatus::Active, 1));
    assert!(job.job_expiration_date > extended.job_expiration_date);

    for (link, words) in [
        (&first.offers[0].filled, "Ce lien a déjà servi"),
        (&first.offers[1].extend, "Ce lien a déjà servi"),
        (&last.offers[0].filled, "Cette offre est déjà fermée"),
        (&last.offers[0].extend, "Cette offre est déjà fermée"),
        (&last.offers[1].extend, "Cette offre ne peut pas être prolongée"),
    ] {
        let again = world.press(link, eve).await;
        assert_eq!(again.status, 410);
        assert!(again.body.contains(words), "{}", again.body);
    }
}

#[tokio::test]
async fn a_cfa_is_shown_the_offer_each_time_and_its_first_look_is_noted() {
    let world = World::new().await;
    let id = world.deposited(1).await;
    let cfas = [cfa()];
    world.turn(OWNER, &id, Turn::Delegate(&cfas), 0).await;
    let [Mail::DelegationAsked(asked)] =
        &world.due(Template::DelegationAsked, cfas[0].email.as_str()).await[..]
    else {
        panic!("one mail to the CFA")
    };
    let read_at = async || world.job_of(OWNER, OWN, &id).await.delegations[0].cfa_read_company_detail_at;

    assert_eq!(world.look_at(&asked.link, DAY).await.status, 200);
    assert_eq!(read_at().await, None);
    for later in [DAY, 2 * DAY] {
        let page = world.press(&asked.link, later).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Fournil Inventé 50") && page.body.contains(RECRUITER), "{}", page.body);
        assert_eq!(read_at().await.unwrap(), usecases::ports::Clock::now(&clock_later(DAY)));
    }
    world.turn(OWNER, &id, Turn::Cancel, 3 * DAY).await;
    let over = world.press(&asked.link, 3 * DAY).await;
    assert_eq!(over.status, 410);
    assert!(over.body.contains("Cette offre est déjà fermée"), "{}", over.body);
}

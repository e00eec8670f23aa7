//! What is left of an application whose time is over, and of whoever made it.

use async_trait::async_trait;
use domain::application::{ApplicationId, Facts, Stage, Statistic};
use domain::date::paris_day;
use jiff::Timestamp;
use store::{Applications, Barriers, Released};
use testkit::{Dump, FixedClock, FixedEntropy};
use tokio::sync::Mutex;
use usecases::anonymise::{Anonymise, Anonymised};
use usecases::kept::{SWEPT_WITHIN_DAYS, ends_at};
use usecases::ports::{
    AnonymiseEnded, ChangeApplication, Clock, FindApplication, FindEnded, FindPerson, ForgetPerson,
    ListEnding, ListPersonal, NewApplication, Personal, PortError, ReleaseCount, ReleasePerson,
    StoredApplication,
};

use crate::applications::{APPLICANT, Desk};
use crate::deposits::NOW;
use crate::shop::nothing;

const DAY: u32 = 86_400;

/// The writes of a run, of which any may be the last.
struct Writes<'a> {
    applications: &'a Applications,
    people: Released,
    counts: Barriers,
    left: Mutex<usize>,
}

impl Writes<'_> {
    async fn one(&self) -> Result<(), PortError> {
        let mut left = self.left.lock().await;
        *left = left.checked_sub(1).ok_or_else(|| PortError::new("write", "killed on purpose"))?;
        Ok(())
    }
}

#[async_trait]
impl ReleasePerson for Writes<'_> {
    async fn release_person(&self, hash: &str, now: u32) -> Result<(), PortError> {
        self.one().await?;
        self.people.release_person(hash, now).await
    }
}

#[async_trait]
impl ReleaseCount for Writes<'_> {
    async fn release_count(&self, person: &str, target: &str, now: u32) -> Result<(), PortError> {
        self.one().await?;
        self.counts.release_count(person, target, now).await
    }
}

#[async_trait]
impl AnonymiseEnded<ApplicationId, Facts> for Writes<'_> {
    async fn anonymise_ended(
        &self,
        seen: &StoredApplication,
        statistic: &Statistic,
        random: [u8; 16],
    ) -> Result<bool, PortError> {
        self.one().await?;
        self.applications.anonymise_ended(seen, statistic, random).await
    }
}

impl Desk {
    /// A run at an instant, in seconds since 1970, which is killed after so many writes.
    async fn run(&self, at: u32, writes: usize) -> Anonymised {
        let clock = FixedClock::new();
        clock.advance(i64::from(at) - i64::from(clock.seconds()));
        let counts = Barriers::new(self.shop.store.client.clone(), &self.shop.store.tables);
        let people = self.released();
        let written = Writes { applications: &self.applications, people, counts, left: Mutex::new(writes) };
        let entropy = FixedEntropy::default();
        let anonymise = Anonymise {
            list: &self.applications,
            find: &self.applications,
            people: &written,
            counts: &written,
            anonymise: &written,
            clock: &clock,
            entropy: &entropy,
        };
        anonymise.run().await
    }

    fn released(&self) -> Released {
        Released::new(self.shop.store.client.clone(), &self.shop.store.tables)
    }

    async fn submitted(&self, number: u8) -> NewApplication {
        let new = self.application(number).await;
        self.submit(&new).await.unwrap();
        new
    }

    /// One that was made so many seconds later.
    async fn submitted_later(&self, number: u8, seconds: u32) -> NewApplication {
        let mut new = self.application(number).await;
        new.facts.created_at = Timestamp::from_second(i64::from(NOW + seconds)).unwrap();
        self.submit(&new).await.unwrap();
        new
    }
}

/// Items that have to do with applications, but for the day's counts, which are gone long before.
fn about_applications([_, records, ledger]: &[Dump; 3]) -> Vec<&str> {
    let partitions = records.keys().chain(ledger.keys()).map(|(partition, _)| partition.as_str());
    let about = |partition: &&str| {
        ["person#", "application", "scan#", "count#target#"].iter().any(|start| partition.starts_with(start))
    };
    partitions.filter(about).collect()
}

/// Some midnight after everything of [`NOW`] is over.
fn after(new: &NewApplication) -> u32 {
    ends_at(new.facts.created_at) + DAY
}

#[tokio::test]
async fn of_an_application_that_is_over_nothing_is_left_but_a_statistic() {
    let desk = Desk::open().await;
    let new = desk.submitted(1).await;
    assert_eq!(about_applications(&desk.shop.dumps().await).len(), 7);
    assert_eq!(desk.run(after(&new), usize::MAX).await.done, 1);
    let dumps = desk.shop.dumps().await;
    let month = new.facts.created_at.strftime("%Y-%m");
    let statistics = format!("application-statistics#{month}");
    assert_eq!(about_applications(&dumps), [&statistics]);
    let items = desk.shop.store.items(&desk.shop.store.tables.records).await;
    let item = items.iter().find(|item| item["pk"].as_s() == Ok(&statistics)).unwrap();
    let left: Statistic = serde_json::from_str(item["statistic"].as_s().unwrap()).unwrap();
    assert_eq!(left, Statistic::of(&new.facts));
    assert!(!item.contains_key("expires_at"), "a statistic stays");
    assert!(!format!("{item:?}").contains(new.id.as_str()));
    // Again there is nothing to do.
    assert_eq!(desk.run(after(&new), usize::MAX).await.done, 0);
    assert_eq!(desk.shop.dumps().await, dumps);
}

#[tokio::test]
async fn a_run_that_is_killed_after_any_write_is_continued_and_leaves_one_statistic_of_each() {
    for writes in 0..6 {
        let desk = Desk::open().await;
        let (first, _) = (desk.submitted(1).await, desk.submitted(2).await);
        let at = after(&first);
        assert!(desk.run(at, writes).await.why.is_some());
        for _ in 0..2 {
            assert_eq!(desk.run(at, usize::MAX).await.failed, 0);
        }
        let dumps = desk.shop.dumps().await;
        let left = about_applications(&dumps);
        assert!(left.iter().all(|partition| partition.starts_with("application-statistics#")), "{left:?}");
        assert_eq!(left.len(), 2, "after {writes} writes");
    }
}

#[tokio::test]
async fn a_new_application_of_the_same_person_keeps_the_key_whenever_it_comes() {
    let desk = Desk::open().await;
    let first = desk.submitted(1).await;
    let at = after(&first);
    // Between the reading of the first and the deletion of the key.
    let second = desk.submitted_later(2, 30 * DAY).await;
    desk.released().release_person(APPLICANT, at).await.unwrap();
    assert_eq!(desk.people.find_person(APPLICANT).await.unwrap().as_ref(), Some(&second.person));
    assert_eq!(desk.run(at, usize::MAX).await.done, 1);
    assert_eq!(
        desk.personal.list_personal(APPLICANT).await.unwrap().applications,
        std::slice::from_ref(&second.id)
    );
    assert!(desk.people.find_person(APPLICANT).await.unwrap().is_some());
    // And one that comes after it finds no key, and has its own.
    assert_eq!(desk.run(after(&second), usize::MAX).await.done, 1);
    assert!(desk.people.find_person(APPLICANT).await.unwrap().is_none());
    let third = desk.submitted_later(3, 400 * DAY).await;
    assert!(third.is_first);
    assert_eq!(desk.people.find_person(APPLICANT).await.unwrap(), Some(third.person));
}

#[tokio::test]
async fn who_knew_the_key_before_it_went_stores_nothing_under_it() {
    let desk = Desk::open().await;
    let first = desk.submitted(1).await;
    let second = desk.application(2).await;
    desk.released().release_person(APPLICANT, after(&first)).await.unwrap();
    assert!(desk.submit(&second).await.is_err(), "what nobody could open");
}

#[tokio::test]
async fn a_count_that_is_not_over_stays() {
    let desk = Desk::open().await;
    let new = desk.submitted(1).await;
    let counts = Barriers::new(desk.shop.store.client.clone(), &desk.shop.store.tables);
    let count = async || {
        let [.., ledger] = desk.shop.dumps().await;
        ledger.keys().filter(|(partition, _)| partition.starts_with("count#target#")).count()
    };
    let target = new.facts.target.name();
    counts.release_count(APPLICANT, &target, NOW + DAY).await.unwrap();
    assert_eq!(count().await, 1);
    counts.release_count(APPLICANT, &target, after(&new)).await.unwrap();
    assert_eq!(count().await, 0);
}

#[tokio::test]
async fn of_one_that_was_changed_since_it_was_read_no_statistic_is_made() {
    let desk = Desk::open().await;
    let new = desk.submitted(1).await;
    let seen = desk.applications.find_ended(&new.id).await.unwrap().unwrap();
    let facts = Facts { stage: Stage::Scanning, ..seen.facts.clone() };
    assert!(desk.applications.change_application(&seen, &facts, &nothing()).await.unwrap());
    let before = desk.shop.dumps().await;
    let left = Statistic::of(&seen.facts);
    assert!(!desk.applications.anonymise_ended(&seen, &left, [1; 16]).await.unwrap());
    assert_eq!(desk.shop.dumps().await, before);
}

#[tokio::test]
async fn one_that_changed_leaves_the_list_of_its_partner_where_it_stands_there_now() {
    let desk = Desk::open().await;
    let new = desk.submitted(1).await;
    let seen = desk.applications.find_ended(&new.id).await.unwrap().unwrap();
    let updated_at = Timestamp::from_second(i64::from(NOW + 5 * DAY)).unwrap();
    let facts = Facts { stage: Stage::Delivered, updated_at, ..seen.facts.clone() };
    assert!(desk.applications.change_application(&seen, &facts, &nothing()).await.unwrap());
    assert_eq!(desk.run(after(&new), usize::MAX).await.done, 1);
    assert_eq!(about_applications(&desk.shop.dumps().await).len(), 1);
}

#[tokio::test]
async fn of_somebody_who_was_forgotten_the_facts_become_a_statistic_as_well() {
    let desk = Desk::open().await;
    let new = desk.submitted(1).await;
    desk.people
        .forget_person(APPLICANT, &Personal { applications: vec![new.id.clone()], appointments: Vec::new() })
        .await
        .unwrap();
    assert_eq!(desk.run(after(&new), usize::MAX).await.done, 1);
    let dumps = desk.shop.dumps().await;
    let left = about_applications(&dumps);
    assert!(left.iter().any(|partition| partition.starts_with("application-statistics#")), "{left:?}");
    assert!(!left.iter().any(|partition| partition.starts_with("person#")), "{left:?}");
}

#[tokio::test]
async fn nobody_reads_it_after_its_time_and_the_store_takes_it_only_after_the_nightly_run_could() {
    let desk = Desk::open().await;
    let new = desk.submitted(1).await;
    let end = ends_at(new.facts.created_at);
    assert!(desk.applications.find_application(&new.id, end).await.unwrap().is_none());
    let records = desk.shop.store.items(&desk.shop.store.tables.records).await;
    let about = records.iter().filter(|item| {
        let partition = item["pk"].as_s().unwrap();
        partition.starts_with("person#") || partition.starts_with("application")
    });
    let kept: Vec<u32> = about.map(|item| item["expires_at"].as_n().unwrap().parse().unwrap()).collect();
    assert_eq!(
        kept,
        vec![end + u32::from(SWEPT_WITHIN_DAYS) * DAY; 5],
        "the shelf as long as what it leads to"
    );
}

#[tokio::test]
async fn an_application_is_on_one_shelf_of_the_day_on_which_it_ends_in_paris() {
    let desk = Desk::open().await;
    let mut ids: Vec<ApplicationId> = Vec::new();
    for number in 1..=3 {
        ids.push(desk.submitted(number).await.id);
    }
    let end = desk.applications.find_ended(&ids[0]).await.unwrap().unwrap();
    let end = Timestamp::from_second(i64::from(ends_at(end.facts.created_at))).unwrap();
    let mut found = Vec::new();
    for shelf in 0..usecases::ports::ENDING_SHELVES {
        found.extend(desk.applications.list_ending(paris_day(end), shelf).await.unwrap());
    }
    found.sort();
    ids.sort();
    assert_eq!(found, ids);
}

//! Shelves, applications, keys and counts in memory; any write may be the last one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use async_trait::async_trait;
use domain::application::{ApplicationId, Facts, Stage, Statistic, Target};
use jiff::Timestamp;

use super::*;
use crate::ingest::ContentHash;
use crate::kept::KEPT_SECONDS;
use crate::ports::StoredApplication;

const PERSON: &str = "somebody";
const DAY: i64 = 86_400;

#[derive(Default)]
struct State {
    applications: BTreeMap<String, StoredApplication>,
    /// By day and shelf.
    shelves: BTreeMap<(Date, u8), BTreeSet<String>>,
    /// Keys of people, and when the last thing that is sealed under them ends.
    keys: BTreeMap<String, u32>,
    /// Counts, by person and target, and when they end.
    counts: BTreeMap<(String, String), u32>,
    statistics: Vec<(Statistic, [u8; 16])>,
    /// Writes until nothing is written any more.
    writes_left: Option<usize>,
    /// An application of which the next write comes too late.
    overtaken: Option<String>,
    /// One that cannot be read.
    broken: Option<String>,
    random: u8,
}

struct World {
    state: Mutex<State>,
    now: Mutex<Timestamp>,
}

impl World {
    /// Its clock stands at ten past midnight in Paris.
    fn new() -> Self {
        let now = "2027-10-01T22:10:00Z".parse().unwrap();
        Self { state: Mutex::default(), now: Mutex::new(now) }
    }

    fn day(&self) -> Date {
        date::paris_day(*self.now.lock().unwrap())
    }

    /// Somebody applied, so many seconds before what ends now.
    fn applied(&self, number: u8, person: Option<&str>, seconds_ago: i64) -> String {
        let now = self.now.lock().unwrap().as_second();
        let ended = now - seconds_ago;
        let created_at = Timestamp::from_second(ended - i64::from(KEPT_SECONDS)).unwrap();
        let facts = Facts {
            partner: "partner".to_owned(),
            caller: None,
            target: Target::Company { siret: "90000001000018".parse().unwrap() },
            siret: "90000001000018".parse().unwrap(),
            romes: Vec::new(),
            created_at,
            stage: Stage::Delivered,
            updated_at: created_at,
            intention: None,
            answer: None,
        };
        let id = ApplicationId::from_random([number; 16]);
        let mut state = self.state.lock().unwrap();
        let end = u32::try_from(ended).unwrap();
        if let Some(person) = person {
            let last = state.keys.entry(person.to_owned()).or_default();
            *last = end.max(*last);
            let count = (person.to_owned(), facts.target.name());
            let last = state.counts.entry(count).or_default();
            *last = end.max(*last);
        }
        let day = date::paris_day(Timestamp::from_second(ended).unwrap());
        state.shelves.entry((day, number % ENDING_SHELVES)).or_default().insert(id.to_string());
        let personal = person.map(|person| (person.to_owned(), vec![number]));
        let hash = ContentHash::of_text(&number.to_string());
        let application = StoredApplication { id: id.clone(), facts, hash, personal };
        state.applications.insert(id.to_string(), application);
        id.to_string()
    }

    async fn run(&self) -> Anonymised {
        let anonymise = Anonymise {
            list: self,
            find: self,
            people: self,
            counts: self,
            anonymise: self,
            clock: self,
            entropy: self,
        };
        anonymise.run().await
    }

    fn statistics(&self) -> usize {
        self.state.lock().unwrap().statistics.len()
    }

    /// Whether nothing of anybody is left.
    fn is_empty(&self) -> bool {
        let state = self.state.lock().unwrap();
        let shelved: usize = state.shelves.values().map(BTreeSet::len).sum();
        state.applications.is_empty() && state.keys.is_empty() && state.counts.is_empty() && shelved == 0
    }
}

impl State {
    fn write(&mut self) -> Result<(), PortError> {
        match &mut self.writes_left {
            Some(0) => Err(PortError::new("write", "killed on purpose")),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl Clock for World {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }
}

impl Entropy for World {
    fn bytes(&self) -> [u8; 16] {
        let mut state = self.state.lock().unwrap();
        state.random += 1;
        [state.random; 16]
    }
}

#[async_trait]
impl ListEnding<ApplicationId> for World {
    async fn list_ending(&self, day: Date, number: u8) -> Result<Vec<ApplicationId>, PortError> {
        let state = self.state.lock().unwrap();
        Ok(state.shelves.get(&(day, number)).into_iter().flatten().map(|id| id.parse().unwrap()).collect())
    }
}

#[async_trait]
impl FindEnded<ApplicationId, Facts> for World {
    async fn find_ended(&self, id: &ApplicationId) -> Result<Option<StoredApplication>, PortError> {
        let state = self.state.lock().unwrap();
        if state.broken.as_deref() == Some(id.as_str()) {
            return Err(PortError::new("read", "broken on purpose"));
        }
        Ok(state.applications.get(id.as_str()).cloned())
    }
}

#[async_trait]
impl ReleasePerson for World {
    async fn release_person(&self, hash: &str, now: u32) -> Result<(), PortError> {
        let mut state = self.state.lock().unwrap();
        state.write()?;
        if state.keys.get(hash).is_some_and(|end| *end <= now) {
            state.keys.remove(hash);
        }
        Ok(())
    }
}

#[async_trait]
impl ReleaseCount for World {
    async fn release_count(&self, person: &str, target: &str, now: u32) -> Result<(), PortError> {
        let mut state = self.state.lock().unwrap();
        state.write()?;
        let count = (person.to_owned(), target.to_owned());
        if state.counts.get(&count).is_some_and(|end| *end <= now) {
            state.counts.remove(&count);
        }
        Ok(())
    }
}

#[async_trait]
impl AnonymiseEnded<ApplicationId, Facts> for World {
    async fn anonymise_ended(
        &self,
        seen: &StoredApplication,
        statistic: &Statistic,
        random: [u8; 16],
    ) -> Result<bool, PortError> {
        let mut state = self.state.lock().unwrap();
        if state.overtaken.take_if(|id| *id == seen.id.as_str()).is_some() {
            return Ok(false);
        }
        state.write()?;
        if state.applications.remove(seen.id.as_str()).is_none() {
            return Ok(false);
        }
        for shelf in state.shelves.values_mut() {
            shelf.remove(seen.id.as_str());
        }
        state.statistics.push((statistic.clone(), random));
        Ok(true)
    }
}

#[tokio::test]
async fn what_ended_before_today_is_a_statistic_and_what_ends_today_is_not_yet() {
    let world = World::new();
    world.applied(1, Some(PERSON), 700);
    world.applied(2, None, 700);
    // Ten minutes ago was midnight: it is over, but its day is not.
    let today = world.applied(3, Some("another"), 300);
    let later = world.applied(4, Some("a third"), -DAY);
    let ran = world.run().await;
    assert_eq!((ran.done, ran.failed), (2, 0));
    let state = world.state.lock().unwrap();
    assert_eq!(state.applications.keys().collect::<BTreeSet<_>>(), BTreeSet::from([&today, &later]));
    assert_eq!(state.keys.keys().collect::<Vec<_>>(), ["a third", "another"]);
    assert_eq!(state.statistics.len(), 2);
    assert_ne!(state.statistics[0].1, state.statistics[1].1, "each has an id of its own");
}

#[tokio::test]
async fn nights_that_fell_out_are_made_good_for_as_long_as_the_store_keeps_the_shelves() {
    for nights in [2, 7, i64::from(SWEPT_WITHIN_DAYS), i64::from(SWEPT_WITHIN_DAYS) + 1] {
        let world = World::new();
        world.applied(1, Some(PERSON), nights * DAY);
        assert_eq!(world.run().await.done, 1, "{nights} nights");
        assert!(world.is_empty());
    }
    assert_eq!(days(World::new().day()).last(), World::new().day().yesterday().ok());
}

#[tokio::test]
async fn a_shelf_that_is_wrong_makes_no_statistic_of_what_is_not_over() {
    let world = World::new();
    let id = world.applied(1, Some(PERSON), -10 * DAY);
    let yesterday = world.day().yesterday().unwrap();
    world.state.lock().unwrap().shelves.entry((yesterday, 0)).or_default().insert(id);
    assert_eq!(world.run().await.done, 0);
    assert_eq!(world.state.lock().unwrap().keys.len(), 1);
}

#[tokio::test]
async fn a_run_that_is_killed_after_any_write_is_continued_and_counts_nothing_twice() {
    // Three writes each, the last of which takes the application off its shelf.
    for writes in 0..9 {
        let world = World::new();
        for number in 1..=3 {
            world.applied(number, Some(&format!("person {number}")), DAY);
        }
        world.state.lock().unwrap().writes_left = Some(writes);
        let ran = world.run().await;
        assert!(ran.why.is_some() && !world.is_empty(), "after {writes} writes");
        world.state.lock().unwrap().writes_left = None;
        for _ in 0..2 {
            assert_eq!(world.run().await.failed, 0);
        }
        assert_eq!(world.statistics(), 3, "after {writes} writes");
        assert!(world.is_empty(), "after {writes} writes");
    }
}

#[tokio::test]
async fn who_applied_again_since_keeps_the_key_until_that_is_over_too() {
    let world = World::new();
    world.applied(1, Some(PERSON), DAY);
    world.applied(2, Some(PERSON), -5 * DAY);
    assert_eq!(world.run().await.done, 1);
    let kept = || {
        let state = world.state.lock().unwrap();
        (state.keys.len(), state.counts.len())
    };
    assert_eq!(kept(), (1, 1));
    *world.now.lock().unwrap() += jiff::SignedDuration::from_hours(6 * 24);
    assert_eq!(world.run().await.done, 1);
    assert_eq!(kept(), (0, 0));
}

#[tokio::test]
async fn one_that_cannot_be_read_holds_up_no_other_and_is_told() {
    let world = World::new();
    let broken = world.applied(1, Some(PERSON), DAY);
    world.applied(2, Some("another"), DAY);
    world.state.lock().unwrap().broken = Some(broken);
    let ran = world.run().await;
    assert_eq!((ran.done, ran.failed), (1, 1));
    assert!(ran.why.unwrap().to_string().contains("read"));
}

#[tokio::test]
async fn one_that_was_changed_meanwhile_is_read_again() {
    let world = World::new();
    let id = world.applied(1, Some(PERSON), DAY);
    world.state.lock().unwrap().overtaken = Some(id);
    assert_eq!(world.run().await.done, 1);
    assert!(world.is_empty());
}

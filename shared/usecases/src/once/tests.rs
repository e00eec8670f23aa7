//! What is remembered of a request, and for how long.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use async_trait::async_trait;
use jiff::Timestamp;

use super::*;
use crate::ports::PortError;

/// Records of requests in memory, a clock, and bytes that count up.
#[derive(Default)]
struct Desk {
    records: Mutex<BTreeMap<String, (Known, u32)>>,
    claims: AtomicU64,
    now: AtomicI64,
    bytes: AtomicU64,
}

#[async_trait]
impl FindRequest for Desk {
    async fn find_request(&self, key: &RequestKey, now: u32) -> Result<Option<Known>, PortError> {
        let records = self.records.lock().unwrap();
        Ok(records.get(key.as_str()).filter(|(_, until)| *until > now).map(|(known, _)| known.clone()))
    }
}

#[async_trait]
impl ClaimRequest for Desk {
    async fn claim_request(&self, claim: &Claim) -> Result<Option<Known>, PortError> {
        self.claims.fetch_add(1, Ordering::SeqCst);
        if let Some(known) = self.find_request(&claim.key, claim.now).await? {
            return Ok(Some(known));
        }
        let running = Known::Running { body_hash: claim.body_hash.clone(), until: claim.until };
        self.records.lock().unwrap().insert(claim.key.as_str().to_owned(), (running, claim.until));
        Ok(None)
    }
}

#[async_trait]
impl ReleaseRequest for Desk {
    async fn release_request(&self, claim: &Claim) -> Result<(), PortError> {
        self.records.lock().unwrap().remove(claim.key.as_str());
        Ok(())
    }
}

impl Clock for Desk {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.now.load(Ordering::SeqCst)).unwrap()
    }
}

impl Entropy for Desk {
    fn bytes(&self) -> [u8; 16] {
        u128::from(self.bytes.fetch_add(1, Ordering::SeqCst)).to_be_bytes()
    }
}

/// How a piece of work ends.
#[derive(Debug, Clone, Copy)]
enum Work {
    /// It writes its answer.
    Done,
    Refused,
    /// Another one wrote its answer first.
    Overtaken,
    /// Another one wrote its answer first, and what it left makes this one refuse.
    RefusedAfter,
    /// The same, and nobody wrote anything.
    RefusedPerhaps,
}

impl Desk {
    fn once(&self) -> Once<'_> {
        Once { find: self, claim: self, release: self, clock: self, entropy: self }
    }

    /// Each work gives another answer.
    fn work(&self, promise: Promise, how: Work) -> Result<StoredAnswer, Stop<&'static str>> {
        let number = self.bytes.fetch_add(1, Ordering::SeqCst);
        let answer = StoredAnswer { status: 201, body: format!("answer {number}"), etag: None };
        if matches!(how, Work::Refused) {
            return Err(Stop::Because("refused"));
        }
        if matches!(how, Work::RefusedPerhaps) {
            return Err(Stop::PerhapsDone("refused"));
        }
        if let Some(kept) = promise.keep(answer.clone()) {
            let known = Known::Answered { body_hash: kept.body_hash, answer: kept.answer };
            self.records.lock().unwrap().insert(kept.key.as_str().to_owned(), (known, kept.expires_at));
        }
        match how {
            Work::Overtaken => Err(Stop::NotFirst),
            Work::RefusedAfter => Err(Stop::PerhapsDone("refused")),
            _ => Ok(answer),
        }
    }

    async fn run(&self, asked: Asked<'_>, how: Work) -> Result<Answered, OnceError<&'static str>> {
        self.once().run(asked, async |promise| self.work(promise, how)).await
    }

    async fn unclaimed(&self, asked: Asked<'_>, how: Work) -> Result<Answered, OnceError<&'static str>> {
        self.once().unclaimed(asked, async |promise| self.work(promise, how)).await
    }

    fn remembers(&self) -> usize {
        self.records.lock().unwrap().len()
    }

    fn later(&self, seconds: u32) {
        self.now.fetch_add(i64::from(seconds), Ordering::SeqCst);
    }
}

fn asked(key: Option<&str>, unkeyed: Unkeyed) -> Asked<'_> {
    Asked { partner: "partner-one", operation: "try", key, body: b"body", unkeyed }
}

#[tokio::test]
async fn what_changes_a_state_is_remembered_under_its_key_and_not_without_one() {
    let desk = Desk::default();
    let each = asked(None, Unkeyed::Each);
    let answers = [desk.run(each, Work::Done).await.unwrap(), desk.run(each, Work::Done).await.unwrap()];
    assert_ne!(answers[0].answer, answers[1].answer);
    assert!(answers.iter().all(|answered| !answered.replayed));
    assert_eq!((desk.remembers(), desk.claims.load(Ordering::SeqCst)), (0, 0));

    let keyed = asked(Some("key"), Unkeyed::Each);
    let first = desk.run(keyed, Work::Done).await.unwrap();
    desk.later(KEYED_SECONDS - 1);
    let again = desk.run(keyed, Work::Done).await.unwrap();
    assert_eq!((again.answer, again.replayed), (first.answer.clone(), true));
    desk.later(1);
    let late = desk.run(keyed, Work::Done).await.unwrap();
    assert!(!late.replayed && late.answer != first.answer);
}

#[tokio::test]
async fn without_a_record_nobody_can_have_been_first() {
    let ended = Desk::default().run(asked(None, Unkeyed::Each), Work::Overtaken).await;
    assert!(matches!(ended, Err(OnceError::Running { .. })), "{ended:?}");
}

#[tokio::test]
async fn work_that_was_refused_may_be_asked_again_at_once_under_the_same_key() {
    let desk = Desk::default();
    let keyed = asked(Some("key"), Unkeyed::Each);
    assert!(matches!(desk.run(keyed, Work::Refused).await, Err(OnceError::Work("refused"))));
    assert_eq!(desk.remembers(), 0);
    assert!(!desk.run(keyed, Work::Done).await.unwrap().replayed);
}

#[tokio::test]
async fn an_unclaimed_request_is_remembered_under_its_key_or_by_its_body_for_as_long_as_either_says() {
    for (key, seconds) in [(Some("key"), KEYED_SECONDS), (None, NATURAL_SECONDS)] {
        let desk = Desk::default();
        let asked = asked(key, Unkeyed::Each);
        let first = desk.unclaimed(asked, Work::Done).await.unwrap();
        desk.later(seconds - 1);
        let again = desk.unclaimed(asked, Work::Done).await.unwrap();
        assert_eq!((again.answer, again.replayed), (first.answer, true));
        desk.later(1);
        assert!(!desk.unclaimed(asked, Work::Done).await.unwrap().replayed);
        assert_eq!(desk.claims.load(Ordering::SeqCst), 0);
    }
}

#[tokio::test]
async fn of_unclaimed_requests_at_once_who_is_not_first_gives_the_answer_of_who_was() {
    let desk = Desk::default();
    let answered = desk.unclaimed(asked(Some("key"), Unkeyed::Each), Work::Overtaken).await.unwrap();
    assert!(answered.replayed);
    let ended = desk.unclaimed(asked(Some("other"), Unkeyed::Each), Work::Refused).await;
    assert!(matches!(ended, Err(OnceError::Work("refused"))), "{ended:?}");
    assert_eq!(desk.remembers(), 1);
}

#[tokio::test]
async fn an_unclaimed_key_that_was_used_for_another_body_is_refused() {
    let desk = Desk::default();
    let keyed = asked(Some("key"), Unkeyed::Each);
    desk.unclaimed(keyed, Work::Done).await.unwrap();
    let other = Asked { body: b"other body", ..keyed };
    let ended = desk.unclaimed(other, Work::Done).await;
    assert!(matches!(ended, Err(OnceError::OtherBody)), "{ended:?}");
    // Another partner's key of the same name is another key.
    let stranger = Asked { partner: "partner-two", ..other };
    assert!(!desk.unclaimed(stranger, Work::Done).await.unwrap().replayed);
}

#[tokio::test]
async fn who_is_refused_by_what_the_same_request_left_gives_its_answer() {
    let desk = Desk::default();
    let answered = desk.run(asked(None, Unkeyed::SameBody), Work::RefusedAfter).await.unwrap();
    assert!(answered.replayed);
    for asked in [asked(Some("key"), Unkeyed::Each), asked(None, Unkeyed::Each)] {
        let ended = desk.run(asked, Work::RefusedPerhaps).await;
        assert!(matches!(ended, Err(OnceError::Work("refused"))), "{ended:?}");
    }
    let desk = Desk::default();
    let ended = desk.run(asked(None, Unkeyed::SameBody), Work::RefusedPerhaps).await;
    assert!(matches!(ended, Err(OnceError::Work("refused"))), "{ended:?}");
}

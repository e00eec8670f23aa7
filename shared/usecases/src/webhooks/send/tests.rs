use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
use domain::webhook::{ATTEMPTS, Health, Reach, Wanted, Webhook, WebhookId, WebhookSecret, WebhookUrl};

use super::*;
use crate::ports::SignedMessage;

const BEGIN: i64 = 1_788_249_600;

/// One webhook and one call of it, in memory, with a script of answers; when that is at its end, 200.
struct World {
    now: AtomicI64,
    entry: Mutex<DeliveryEntry>,
    webhook: Mutex<Option<Webhook>>,
    answers: Mutex<Vec<Posted>>,
    posted: Mutex<Vec<SignedMessage>>,
    queued: Mutex<Vec<u32>>,
    disabled: Mutex<Vec<(DisabledReason, String)>>,
    /// Whether settling fails, as if whoever posted was killed.
    settles: Mutex<bool>,
    noted: Mutex<Vec<Noted>>,
}

impl World {
    fn new(answers: impl IntoIterator<Item = Posted>) -> Self {
        let id = WebhookId::from_random([1; 16]);
        let webhook = Webhook {
            id: id.clone(),
            url: WebhookUrl::parse("https://exemple.invalid/", Reach::Public).unwrap(),
            wanted: Wanted::All,
            created_at: Timestamp::UNIX_EPOCH,
            state: WebhookState::Enabled,
            health: Health::default(),
        };
        let entry = DeliveryEntry {
            id: DeliveryId { webhook: id, event: "abc".to_owned() },
            partner: "one".to_owned(),
            body: "{}".to_owned(),
            state: DeliveryState::Pending { not_before: BEGIN as u32 },
            failures: 0,
            revision: 0,
        };
        Self {
            now: AtomicI64::new(BEGIN),
            entry: Mutex::new(entry),
            webhook: Mutex::new(Some(webhook)),
            answers: Mutex::new(answers.into_iter().collect()),
            posted: Mutex::default(),
            queued: Mutex::default(),
            disabled: Mutex::default(),
            settles: Mutex::new(true),
            noted: Mutex::default(),
        }
    }

    async fn send(&self) -> Result<Sent, PortError> {
        let id = self.entry.lock().unwrap().id.clone();
        let send = SendWebhook {
            find: self,
            webhooks: self,
            take: self,
            post: self,
            settle: self,
            queue: self,
            note: self,
            disable: self,
            clock: self,
            entropy: self,
        };
        send.run(&id).await
    }

    async fn outcome(&self) -> Outcome {
        self.send().await.unwrap().outcome
    }

    fn state(&self) -> DeliveryState {
        self.entry.lock().unwrap().state
    }

    /// To when it is looked at again; how long that is.
    fn wait(&self) -> i64 {
        let at = i64::from(self.state().instant().unwrap());
        at - self.now.swap(at, Ordering::SeqCst)
    }

    fn attempts(&self) -> usize {
        self.posted.lock().unwrap().len()
    }

    fn change(&self, state: DeliveryState, seen: u32, failures: Option<u32>) -> bool {
        let mut entry = self.entry.lock().unwrap();
        if entry.revision != seen {
            return false;
        }
        entry.revision += 1;
        entry.state = state;
        entry.failures = failures.unwrap_or(entry.failures);
        true
    }
}

#[async_trait]
impl FindDelivery for World {
    async fn find_delivery(&self, _: &DeliveryId) -> Result<Option<DeliveryEntry>, PortError> {
        Ok(Some(self.entry.lock().unwrap().clone()))
    }
}

#[async_trait]
impl FindWebhook for World {
    async fn find_webhook(&self, partner: &str, _: &WebhookId) -> Result<Option<OpenedWebhook>, PortError> {
        assert_eq!(partner, "one");
        let webhook = self.webhook.lock().unwrap().clone();
        let secret = WebhookSecret::from_random([7; 32]);
        Ok(webhook.map(|webhook| OpenedWebhook { webhook, secret, version: 0 }))
    }
}

#[async_trait]
impl TakeDelivery for World {
    async fn take_delivery(&self, taken: &TakenDelivery<'_>) -> Result<bool, PortError> {
        Ok(self.change(DeliveryState::Sending { lease_until: taken.lease_until }, taken.seen, None))
    }
}

#[async_trait]
impl PostWebhook for World {
    async fn post_webhook(&self, _: &WebhookUrl, message: &SignedMessage) -> Posted {
        self.posted.lock().unwrap().push(message.clone());
        let mut answers = self.answers.lock().unwrap();
        if answers.is_empty() { Posted::Answered(200) } else { answers.remove(0) }
    }
}

#[async_trait]
impl SettleDelivery for World {
    async fn settle_delivery(&self, settled: &SettledDelivery<'_>) -> Result<bool, PortError> {
        if !*self.settles.lock().unwrap() {
            return Err(PortError::new("settle", "killed on purpose"));
        }
        Ok(self.change(settled.state, settled.seen, Some(settled.failures)))
    }
}

#[async_trait]
impl QueueWebhook for World {
    async fn queue_webhook(&self, _: &DeliveryId, delay_seconds: u32) -> Result<(), PortError> {
        self.queued.lock().unwrap().push(delay_seconds);
        Ok(())
    }
}

#[async_trait]
impl NoteCall for World {
    async fn note_call(
        &self,
        _: &str,
        _: &OpenedWebhook,
        noted: Noted,
        now: u32,
    ) -> Result<Option<u32>, PortError> {
        self.noted.lock().unwrap().push(noted);
        let at = Timestamp::from_second(i64::from(now)).ok();
        let mut webhook = self.webhook.lock().unwrap();
        let Some(webhook) = webhook.as_mut() else { return Ok(None) };
        let health = &mut webhook.health;
        match noted {
            Noted::Success => *health = Health { last_success: at, failing_since: None, ..*health },
            Noted::Failure => health.failing_since = health.failing_since.or(at),
        }
        Ok(health.failing_since.map(|at| at.as_second() as u32))
    }
}

#[async_trait]
impl DisableWebhook for World {
    async fn disable_webhook(&self, disabling: &Disabling<'_>) -> Result<bool, PortError> {
        let mut webhook = self.webhook.lock().unwrap();
        let Some(webhook) = webhook.as_mut().filter(|one| one.state == WebhookState::Enabled) else {
            return Ok(false);
        };
        webhook.state = WebhookState::Disabled(disabling.reason);
        self.disabled.lock().unwrap().push((disabling.reason, disabling.event.id.clone()));
        Ok(true)
    }
}

impl Clock for World {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.now.load(Ordering::SeqCst)).unwrap()
    }
}

impl Entropy for World {
    /// Waits of the length that the calendar says.
    fn bytes(&self) -> [u8; 16] {
        [127; 16]
    }
}

const NO: Posted = Posted::Answered(500);

#[tokio::test]
async fn a_call_that_fails_is_made_again_by_the_calendar_under_the_same_id_and_a_fresh_signature() {
    let world = World::new([NO; ATTEMPTS as usize]);
    let mut waits = Vec::new();
    for _ in 1..ATTEMPTS {
        assert_eq!(world.outcome().await, Outcome::Deferred);
        assert_eq!(world.outcome().await, Outcome::NotNow, "it waits");
        waits.push(world.wait());
    }
    assert_eq!(waits, [4, 299, 1_798, 7_194, 17_985, 35_971, 35_971]);
    assert_eq!(world.outcome().await, Outcome::Failed);
    assert_eq!(world.outcome().await, Outcome::Nothing);
    assert_eq!(*world.queued.lock().unwrap(), [4, 299], "the sweeper sees to longer waits");
    let posted = world.posted.lock().unwrap();
    assert_eq!(posted.len(), ATTEMPTS as usize);
    assert!(posted.iter().all(|message| message.id == "abc" && message.body == "{}"));
    let mut signatures: Vec<_> = posted.iter().map(|message| &message.signature).collect();
    signatures.dedup();
    assert_eq!(signatures.len(), posted.len(), "each is signed at its own time");
}

#[tokio::test]
async fn whoever_is_killed_after_posting_leaves_a_call_that_is_made_again_under_the_same_id() {
    let world = World::new([]);
    *world.settles.lock().unwrap() = false;
    assert!(world.send().await.is_err());
    *world.settles.lock().unwrap() = true;
    assert_eq!(world.outcome().await, Outcome::NotNow, "until whoever had it must be dead");
    assert_eq!(world.wait(), i64::from(LEASE_SECONDS));
    assert_eq!(world.outcome().await, Outcome::Delivered);
    let ids: Vec<_> = world.posted.lock().unwrap().iter().map(|message| message.id.clone()).collect();
    assert_eq!(ids, ["abc", "abc"]);
}

#[tokio::test]
async fn nothing_but_a_2xx_is_a_success() {
    use Trouble::{Address, Connection, TimedOut};
    let troubles = [Address, Connection, TimedOut].map(Posted::Unanswered);
    let statuses = [199, 301, 302, 307, 308, 400, 404, 429, 500, 503].map(Posted::Answered);
    for posted in statuses.into_iter().chain(troubles) {
        assert_eq!(World::new([posted]).outcome().await, Outcome::Deferred, "{posted:?}");
    }
    for status in [200, 201, 202, 204, 299] {
        let world = World::new([Posted::Answered(status)]);
        assert_eq!(world.outcome().await, Outcome::Delivered, "{status}");
        assert_eq!((world.outcome().await, world.attempts()), (Outcome::Nothing, 1));
    }
}

#[tokio::test]
async fn a_webhook_that_is_gone_is_disabled_at_once_and_called_no_more() {
    let world = World::new([Posted::Answered(410)]);
    let sent = world.send().await.unwrap();
    assert_eq!(sent, Sent { outcome: Outcome::Failed, disabled: Some(DisabledReason::Gone) });
    assert_eq!(world.disabled.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_webhook_that_has_failed_for_five_days_is_disabled_and_no_second_sooner() {
    for (seconds, is_disabled) in [(DISABLED_AFTER_SECONDS - 1, false), (DISABLED_AFTER_SECONDS, true)] {
        let world = World::new([NO]);
        let since = Timestamp::from_second(BEGIN - i64::from(seconds)).ok();
        world.webhook.lock().unwrap().as_mut().unwrap().health.failing_since = since;
        let sent = world.send().await.unwrap();
        assert_eq!(sent.outcome, Outcome::Deferred);
        assert_eq!(sent.disabled, is_disabled.then_some(DisabledReason::Failing), "{seconds}");
        world.wait();
        let after = if is_disabled { Outcome::Dropped } else { Outcome::Delivered };
        assert_eq!((world.outcome().await, world.state().instant()), (after, None));
    }
}

#[tokio::test]
async fn what_a_webhook_was_to_be_told_that_is_disabled_paused_or_deleted_is_dropped_unsent() {
    for state in [None, Some(WebhookState::Paused), Some(WebhookState::Disabled(DisabledReason::Gone))] {
        let world = World::new([]);
        match state {
            None => *world.webhook.lock().unwrap() = None,
            Some(state) => world.webhook.lock().unwrap().as_mut().unwrap().state = state,
        }
        assert_eq!((world.outcome().await, world.attempts()), (Outcome::Dropped, 0), "{state:?}");
        assert_eq!(world.outcome().await, Outcome::Nothing);
    }
}

#[tokio::test]
async fn a_success_ends_a_failure_and_is_noted_once_a_minute_otherwise() {
    let world = World::new([]);
    world.webhook.lock().unwrap().as_mut().unwrap().health.failing_since = Some(Timestamp::UNIX_EPOCH);
    let again = || *world.entry.lock().unwrap() = World::new([]).entry.into_inner().unwrap();
    for (seconds, notes) in [(0, 1), (59, 1), (1, 2)] {
        world.now.fetch_add(seconds, Ordering::SeqCst);
        assert_eq!(world.outcome().await, Outcome::Delivered);
        assert_eq!(world.noted.lock().unwrap().len(), notes, "{seconds}");
        again();
    }
    assert_eq!(world.webhook.lock().unwrap().as_ref().unwrap().health.failing_since, None);
}

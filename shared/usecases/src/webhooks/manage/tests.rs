use std::sync::Mutex;

use async_trait::async_trait;
use domain::event::DisabledReason;
use domain::webhook::Reach;
use jiff::Timestamp;

use super::*;

/// The webhooks of one partner, in memory; each of the first writes is overtaken by another's.
#[derive(Default)]
struct Store {
    own: Mutex<Vec<Webhook>>,
    revision: Mutex<u32>,
    overtaken: Mutex<usize>,
}

#[async_trait]
impl ListWebhooks for Store {
    async fn list_webhooks(&self, _: &str) -> Result<OwnWebhooks, PortError> {
        Ok(OwnWebhooks {
            webhooks: self.own.lock().unwrap().clone(),
            revision: *self.revision.lock().unwrap(),
        })
    }
}

#[async_trait]
impl WriteWebhook for Store {
    async fn write_webhook(&self, _: &str, seen: u32, change: &WebhookChange) -> Result<bool, PortError> {
        let (mut own, mut revision) = (self.own.lock().unwrap(), self.revision.lock().unwrap());
        let mut overtaken = self.overtaken.lock().unwrap();
        if *overtaken > 0 {
            *overtaken -= 1;
            *revision += 1;
        }
        if *revision != seen {
            return Ok(false);
        }
        *revision += 1;
        match change {
            WebhookChange::Create(webhook, _) => own.push(webhook.clone()),
            WebhookChange::Replace(webhook) => {
                own.iter_mut().filter(|one| one.id == webhook.id).for_each(|one| *one = webhook.clone());
            }
            WebhookChange::Delete(id) => own.retain(|one| one.id != *id),
        }
        Ok(true)
    }
}

#[derive(Default)]
struct Counting(Mutex<u8>);

impl Entropy for Counting {
    fn bytes(&self) -> [u8; 16] {
        let mut count = self.0.lock().unwrap();
        *count += 1;
        [*count; 16]
    }
}

struct Standing;

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }
}

fn url(number: usize) -> WebhookUrl {
    WebhookUrl::parse(&format!("https://exemple.invalid/{number}"), Reach::Public).unwrap()
}

fn manage<'a>(store: &'a Store, entropy: &'a Counting) -> ManageWebhooks<'a> {
    ManageWebhooks { list: store, write: store, clock: &Standing, entropy }
}

fn fields(number: usize, enabled: bool) -> WebhookFields {
    WebhookFields { url: url(number), wanted: Wanted::All, enabled }
}

#[tokio::test]
async fn a_partner_has_five_webhooks_each_at_an_address_of_its_own() {
    let (store, entropy) = (Store::default(), Counting::default());
    let manage = manage(&store, &entropy);
    for number in 0..MAX_WEBHOOKS {
        manage.create("one", url(number), Wanted::All).await.unwrap();
    }
    assert!(matches!(manage.create("one", url(0), Wanted::All).await, Err(ManageError::UrlTaken)));
    assert!(matches!(manage.create("one", url(9), Wanted::All).await, Err(ManageError::TooMany)));
    let first = manage.list("one").await.unwrap()[0].id.clone();
    assert!(matches!(manage.change("one", &first, &fields(1, true)).await, Err(ManageError::UrlTaken)));
    manage.delete("one", &first).await.unwrap();
    manage.create("one", url(9), Wanted::All).await.unwrap();
}

#[tokio::test]
async fn whoever_is_overtaken_decides_anew_and_gives_up_in_the_end() {
    let (store, entropy) = (Store::default(), Counting::default());
    *store.overtaken.lock().unwrap() = TRIES - 1;
    manage(&store, &entropy).create("one", url(1), Wanted::All).await.unwrap();
    *store.overtaken.lock().unwrap() = TRIES;
    let error = manage(&store, &entropy).create("one", url(2), Wanted::All).await.unwrap_err();
    assert!(matches!(error, ManageError::Busy), "{error}");
    assert_eq!(store.own.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn two_secrets_are_never_alike_and_neither_are_their_halves() {
    let (store, entropy) = (Store::default(), Counting::default());
    let manage = manage(&store, &entropy);
    let (_, one) = manage.create("one", url(1), Wanted::All).await.unwrap();
    let (_, other) = manage.create("one", url(2), Wanted::All).await.unwrap();
    assert_ne!(one, other);
    assert_eq!(one.reveal(), "whsec_AQEBAQEBAQEBAQEBAQEBAQICAgICAgICAgICAgICAgI=");
}

#[tokio::test]
async fn enabling_again_and_moving_forget_the_failure_and_nothing_else_does() {
    let (store, entropy) = (Store::default(), Counting::default());
    let manage = manage(&store, &entropy);
    let (webhook, _) = manage.create("one", url(1), Wanted::All).await.unwrap();
    let failing = Health { failing_since: Some(Timestamp::UNIX_EPOCH), ..Health::default() };
    let given_up = WebhookState::Disabled(DisabledReason::Failing);
    let cases = [
        (WebhookState::Enabled, fields(1, true), WebhookState::Enabled, false),
        (WebhookState::Enabled, fields(1, false), WebhookState::Paused, false),
        (WebhookState::Enabled, fields(2, true), WebhookState::Enabled, true),
        (given_up, fields(1, true), WebhookState::Enabled, true),
        (given_up, fields(1, false), given_up, false),
        (WebhookState::Paused, fields(1, true), WebhookState::Enabled, true),
    ];
    for (before, said, after, is_forgotten) in cases {
        let seen = Webhook { state: before, health: failing, url: url(1), ..webhook.clone() };
        *store.own.lock().unwrap() = vec![seen];
        let changed = manage.change("one", &webhook.id, &said).await.unwrap();
        assert_eq!(changed.state, after, "{before:?} {said:?}");
        assert_eq!(changed.health.failing_since.is_none(), is_forgotten, "{before:?} {said:?}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_neither_changed_nor_deleted() {
    let (store, entropy) = (Store::default(), Counting::default());
    let manage = manage(&store, &entropy);
    let id = WebhookId::from_random([9; 16]);
    assert!(matches!(manage.change("one", &id, &fields(1, true)).await, Err(ManageError::Unknown)));
    assert!(matches!(manage.delete("one", &id).await, Err(ManageError::Unknown)));
    assert_eq!(*store.revision.lock().unwrap(), 0, "nothing was written");
}

//! Webhooks and the ledger of their calls, against conditions that others break.

use domain::event::{DisabledReason, Event, WebhookDisabled};
use domain::webhook::{
    DeliveryId, Health, Reach, Wanted, Webhook, WebhookCipher, WebhookId, WebhookSecret, WebhookState,
    WebhookUrl,
};
use futures::future::join_all;
use jiff::Timestamp;
use store::{Deliveries, Outbox, Webhooks};
use testkit::{EmbeddedStore, FixedClock};
use usecases::once::message;
use usecases::ports::{
    Clock, DeliveryState, DisableWebhook, Disabling, FileDelivery, FindDelivery, FindWebhook, ListOverdue,
    ListWebhooks, NewDelivery, NoteCall, Noted, OUTBOX_SHARDS, OpenedWebhook, Overdue, Owed, PostponeOwed,
    STREAM_SECONDS, SettleDelivery, SettledDelivery, TakeDelivery, TakenDelivery, WebhookChange,
    WriteWebhook,
};

const ONE: &str = "partner-one";
const NOW: u32 = 1_788_249_600;

fn webhooks(store: &EmbeddedStore) -> Webhooks {
    let cipher = WebhookCipher::new(&"k3y0".repeat(16)).unwrap();
    Webhooks::new(store.client.clone(), store.tables.clone()).with_cipher(cipher)
}

fn deliveries(store: &EmbeddedStore) -> Deliveries {
    Deliveries::new(store.client.clone(), &store.tables)
}

fn webhook(number: u8) -> Webhook {
    Webhook {
        id: WebhookId::from_random([number; 16]),
        url: WebhookUrl::parse(&format!("https://exemple.invalid/{number}"), Reach::Public).unwrap(),
        wanted: Wanted::only(["offer.closed", "application.answered"]).unwrap(),
        created_at: FixedClock::new().now(),
        state: WebhookState::Enabled,
        health: Health::default(),
    }
}

async fn create(webhooks: &Webhooks, number: u8, seen: u32) -> bool {
    let change = WebhookChange::Create(webhook(number), WebhookSecret::from_random([number; 32]));
    webhooks.write_webhook(ONE, seen, &change).await.unwrap()
}

async fn found(webhooks: &Webhooks) -> OpenedWebhook {
    webhooks.find_webhook(ONE, &webhook(1).id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_webhook_is_read_as_it_was_written_and_by_its_own_partner_alone() {
    let store = EmbeddedStore::start().await;
    let webhooks = webhooks(&store);
    assert!(create(&webhooks, 1, 0).await);
    let all = Webhook { wanted: Wanted::All, ..webhook(2) };
    let change = WebhookChange::Create(all.clone(), WebhookSecret::from_random([2; 32]));
    assert!(webhooks.write_webhook(ONE, 1, &change).await.unwrap());
    let own = webhooks.list_webhooks(ONE).await.unwrap();
    assert_eq!((own.webhooks, own.revision), (vec![webhook(1), all], 2));
    let found = found(&webhooks).await;
    assert_eq!((found.webhook, found.secret), (webhook(1), WebhookSecret::from_random([1; 32])));
    assert_eq!(webhooks.find_webhook("partner-two", &webhook(1).id).await.unwrap(), None);
    assert_eq!(webhooks.list_webhooks("partner-two").await.unwrap().webhooks, []);
}

#[tokio::test]
async fn of_several_who_write_the_webhooks_of_one_partner_at_once_one_does() {
    let store = EmbeddedStore::start().await;
    let webhooks = webhooks(&store);
    assert!(create(&webhooks, 1, 0).await);
    let tries = (2..10).map(|number| create(&webhooks, number, 1));
    assert_eq!(join_all(tries).await.into_iter().filter(|done| *done).count(), 1);
    let delete = WebhookChange::Delete(webhook(1).id);
    assert!(!webhooks.write_webhook(ONE, 1, &delete).await.unwrap());
    assert!(webhooks.write_webhook(ONE, 2, &delete).await.unwrap());
    let gone = WebhookChange::Replace(webhook(1));
    assert!(!webhooks.write_webhook(ONE, 3, &gone).await.unwrap(), "what is gone does not come back");
    assert_eq!(webhooks.list_webhooks(ONE).await.unwrap().webhooks.len(), 1);
}

#[tokio::test]
async fn the_first_failure_since_the_last_success_is_kept_and_is_of_the_webhook_that_was_called() {
    let store = EmbeddedStore::start().await;
    let webhooks = webhooks(&store);
    create(&webhooks, 1, 0).await;
    let called = found(&webhooks).await;
    let note = async |noted, now| webhooks.note_call(ONE, &called, noted, now).await.unwrap();
    assert_eq!(note(Noted::Failure, NOW).await, Some(NOW));
    assert_eq!(note(Noted::Failure, NOW + 10).await, Some(NOW));
    assert_eq!(note(Noted::Success, NOW + 20).await, None);
    assert_eq!(note(Noted::Failure, NOW + 30).await, Some(NOW + 30));
    let at = |seconds: u32| Timestamp::from_second(i64::from(NOW + seconds)).ok();
    let health = Health { last_success: at(20), last_failure: at(30), failing_since: at(30) };
    assert_eq!(found(&webhooks).await.webhook.health, health);

    let moved = Webhook { health: Health::default(), ..webhook(1) };
    assert!(webhooks.write_webhook(ONE, 1, &WebhookChange::Replace(moved)).await.unwrap());
    assert_eq!(found(&webhooks).await.webhook.health.failing_since, None);
    assert_eq!(note(Noted::Failure, NOW + 40).await, None, "it is no more the one that was called");
    assert_eq!(found(&webhooks).await.webhook.health.failing_since, None);
}

#[tokio::test]
async fn of_several_who_give_a_webhook_up_at_once_one_does_with_one_event() {
    let store = EmbeddedStore::start().await;
    let (webhooks, outbox) = (webhooks(&store), Outbox::new(store.client.clone(), &store.tables));
    create(&webhooks, 1, 0).await;
    let called = found(&webhooks).await;
    webhooks.note_call(ONE, &called, Noted::Failure, NOW).await.unwrap();
    let disabling = |cause: &str, failing_since: u32| Disabling {
        partner: ONE,
        called: &called,
        failing_since,
        reason: DisabledReason::Failing,
        event: message(
            cause,
            Event::WebhookDisabled(WebhookDisabled {
                webhook_id: called.webhook.id.to_string(),
                reason: DisabledReason::Failing,
                failing_since: Timestamp::UNIX_EPOCH,
            }),
            Some(ONE),
            &FixedClock::new(),
        ),
        now: NOW,
    };
    let since_another = disabling("another", NOW - 1);
    assert!(!webhooks.disable_webhook(&since_another).await.unwrap(), "it has answered meanwhile");
    let all: Vec<_> = ["a", "b", "c", "d"].map(|cause| disabling(cause, NOW)).into();
    let done = join_all(all.iter().map(|one| webhooks.disable_webhook(one))).await;
    assert_eq!(done.into_iter().filter(|done| *done.as_ref().unwrap()).count(), 1);
    let state = WebhookState::Disabled(DisabledReason::Failing);
    assert_eq!(found(&webhooks).await.webhook.state, state);
    let events = overdue(&outbox, u32::MAX).await;
    assert!(matches!(&events[..], [Overdue { owed: Owed::Event(_), .. }]), "{events:?}");
}

async fn overdue(outbox: &Outbox, now: u32) -> Vec<Overdue> {
    let mut all = Vec::new();
    for shard in 0..OUTBOX_SHARDS {
        all.extend(outbox.list_overdue(shard, now, 100).await.unwrap());
    }
    all
}

fn new_delivery() -> NewDelivery {
    NewDelivery {
        id: DeliveryId { webhook: webhook(1).id, event: "abc".to_owned() },
        partner: ONE.to_owned(),
        kind: "offer.closed".to_owned(),
        body: "{}".to_owned(),
        now: NOW,
    }
}

#[tokio::test]
async fn of_several_who_file_the_same_at_once_one_does_and_it_is_owed() {
    let store = EmbeddedStore::start().await;
    let (deliveries, outbox) = (deliveries(&store), Outbox::new(store.client.clone(), &store.tables));
    let new = new_delivery();
    let filed = join_all((0..8).map(|_| deliveries.file_delivery(&new))).await;
    assert_eq!(filed.into_iter().filter(|filed| *filed.as_ref().unwrap()).count(), 1);
    assert_eq!(overdue(&outbox, NOW + STREAM_SECONDS - 1).await, []);
    let owed = overdue(&outbox, NOW + STREAM_SECONDS).await;
    assert_eq!(owed, [Overdue { owed: Owed::Webhook(new.id.clone()), due_at: NOW + STREAM_SECONDS }]);
    outbox.postpone(&owed[0], NOW + 1_000).await.unwrap();
    assert_eq!(overdue(&outbox, NOW + 999).await, []);
    let entry = deliveries.find_delivery(&new.id).await.unwrap().unwrap();
    assert_eq!(entry.state, DeliveryState::Pending { not_before: NOW });
    assert_eq!((entry.partner.as_str(), entry.body.as_str(), entry.failures), (ONE, "{}", 0));
}

#[tokio::test]
async fn of_several_who_take_a_call_at_once_one_does_and_tells_what_became_of_it() {
    let store = EmbeddedStore::start().await;
    let (deliveries, outbox) = (deliveries(&store), Outbox::new(store.client.clone(), &store.tables));
    let NewDelivery { id, .. } = new_delivery();
    deliveries.file_delivery(&new_delivery()).await.unwrap();
    let taken = TakenDelivery { id: &id, seen: 0, lease_until: NOW + 45 };
    let took = join_all((0..8).map(|_| deliveries.take_delivery(&taken))).await;
    assert_eq!(took.into_iter().filter(|took| *took.as_ref().unwrap()).count(), 1);
    let settled = |seen, state| SettledDelivery {
        id: &id,
        seen,
        state,
        failures: 1,
        status: Some(500),
        reason: Some("no 2xx"),
        now: NOW,
    };
    let later = DeliveryState::Pending { not_before: NOW + 300 };
    assert!(!deliveries.settle_delivery(&settled(0, later)).await.unwrap(), "whoever did not take it");
    assert!(deliveries.settle_delivery(&settled(1, later)).await.unwrap());
    let entry = deliveries.find_delivery(&id).await.unwrap().unwrap();
    assert_eq!((entry.state, entry.failures, entry.revision), (later, 1, 2));
    assert_eq!(overdue(&outbox, NOW + 300).await.len(), 1, "the sweeper sees to it");
    assert!(deliveries.settle_delivery(&settled(2, DeliveryState::Failed)).await.unwrap());
    assert_eq!(overdue(&outbox, u32::MAX).await, [], "nothing is owed any more");
    let key = (format!("webhook#{id}"), "webhook".to_owned());
    let item = store.dump(&store.tables.ledger).await.remove(&key).unwrap();
    assert!(item.contains(&format!("\"expires_at\": N(\"{}\")", NOW + 30 * 86_400)), "{item}");
}

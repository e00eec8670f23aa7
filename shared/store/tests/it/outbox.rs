//! What is owed is listed until it is done.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::event::{Event, EventMessage, OfferPublished};
use domain::link::{LinkAction, LinkId, LinkKey};
use store::{Links, Outbox, owed_of};
use testkit::{EmbeddedStore, FixedClock};
use usecases::ports::{
    ChangeRecruiter, Consequences, FindEvent, FindLink, FollowLink, ListOverdue, OUTBOX_SHARDS, Overdue,
    Owed, PostponeOwed, STREAM_SECONDS, SettleEvent,
};

use crate::deposits::{self, NOW};

fn published(id: &str) -> EventMessage {
    let event = Event::OfferPublished(OfferPublished {
        offer_id: id.to_owned(),
        establishment_id: "invented".to_owned(),
        siret: testkit::siret(1).parse().unwrap(),
        romes: vec!["D1102".parse().unwrap()],
        expires_at: jiff::Timestamp::UNIX_EPOCH,
    });
    usecases::once::message(id, event, Some("partner-one"), &FixedClock::new())
}

/// A store with an offer whose write had these consequences too.
async fn after(change: impl FnOnce(&mut Consequences)) -> EmbeddedStore {
    let store = EmbeddedStore::start().await;
    let recruiters = store::Recruiters::new(store.client.clone(), store.tables.clone());
    deposits::create(&recruiters, 1).await;
    let (new, mut consequences) = deposits::new_offer(&recruiters, 1, "first").await;
    change(&mut consequences);
    recruiters.change_recruiter(deposits::OWNER, &new, &consequences).await.unwrap();
    store
}

async fn overdue(outbox: &Outbox, now: u32) -> Vec<Overdue> {
    let mut all = Vec::new();
    for shard in 0..OUTBOX_SHARDS {
        all.extend(outbox.list_overdue(shard, now, 100).await.unwrap());
    }
    all.sort_by_key(|overdue| overdue.owed.clone());
    all
}

#[tokio::test]
async fn what_a_write_owes_is_overdue_when_the_stream_has_had_its_time() {
    let message = published("first");
    let store = after(|consequences| consequences.events = vec![message.clone()]).await;
    let outbox = Outbox::new(store.client.clone(), &store.tables);
    assert_eq!(overdue(&outbox, NOW + STREAM_SECONDS - 1).await, []);
    let all = overdue(&outbox, NOW + STREAM_SECONDS).await;
    assert_eq!(all.len(), 2);
    assert!(matches!(all[0].owed, Owed::Mail(_)));
    assert_eq!(all[1].owed, Owed::Event(message.id));
}

#[tokio::test]
async fn an_event_is_read_as_it_was_written_until_it_is_settled() {
    let message = published("first");
    let store = after(|consequences| consequences.events = vec![message.clone()]).await;
    let outbox = Outbox::new(store.client.clone(), &store.tables);
    assert_eq!(outbox.find_event(&message.id).await.unwrap(), Some(message.clone()));
    outbox.settle_event(&message.id).await.unwrap();
    assert_eq!(outbox.find_event(&message.id).await.unwrap(), None);
    outbox.settle_event(&message.id).await.unwrap();
}

#[tokio::test]
async fn of_two_who_put_a_thing_off_the_first_counts() {
    let store = after(|_| ()).await;
    let outbox = Outbox::new(store.client.clone(), &store.tables);
    let seen = overdue(&outbox, NOW + STREAM_SECONDS).await.remove(0);
    outbox.postpone(&seen, NOW + 1_000).await.unwrap();
    outbox.postpone(&seen, NOW + 500).await.unwrap();
    assert_eq!(overdue(&outbox, NOW + 999).await, []);
    assert_eq!(overdue(&outbox, NOW + 1_000).await.len(), 1);
}

#[test]
fn what_is_owed_is_told_by_the_partition_key() {
    let id = "0123456789abcdef0123456789abcdef";
    assert_eq!(owed_of(&format!("mail#{id}")), Some(Owed::Mail(id.parse().unwrap())));
    assert_eq!(owed_of("event#abc"), Some(Owed::Event("abc".to_owned())));
    let call = "00000000-0000-4000-8000-000000000001#abc";
    assert_eq!(owed_of(&format!("webhook#{call}")), Some(Owed::Webhook(call.parse().unwrap())));
    for other in
        ["mail#", "webhook#", "webhook#abc", "webhooks-of#abc", "request#abc", "link#abc", "reputation", ""]
    {
        assert_eq!(owed_of(other), None, "{other}");
    }
}

#[tokio::test]
async fn a_link_acts_once_not_after_its_time_and_not_for_a_recruiter_that_is_gone() {
    let key = LinkKey::new(&"k3y0".repeat(16)).unwrap();
    let establishment = testkit::recruiter(1, 0).establishment_id;
    let of = |id: &str| LinkAction::ConfirmAddress {
        partner: deposits::OWNER.to_owned(),
        establishment_id: id.to_owned(),
    };
    let link = key.stored(&LinkId::from_random([1; 16]), of(&establishment), NOW);
    let short = key.stored(&LinkId::from_random([2; 16]), of(&establishment), NOW);
    let orphan = key.stored(&LinkId::from_random([3; 16]), of("gone"), NOW);
    let all = vec![link.clone(), short.clone(), orphan.clone()];
    let store = after(|consequences| consequences.links = all).await;
    let links = Links::new(store.client.clone(), store.tables.clone());
    assert!(!links.find_link(&link.token_hash).await.unwrap().unwrap().used);

    assert!(!links.follow_link(&short, short.expires_at).await.unwrap());
    assert!(!links.follow_link(&orphan, NOW).await.unwrap(), "it made a recruiter anew that is gone");
    let tries = (0..16).map(|_| links.follow_link(&link, NOW));
    let acted = futures::future::join_all(tries).await;
    assert_eq!(acted.into_iter().filter(|acted| *acted.as_ref().unwrap()).count(), 1);
    let found = links.find_link(&link.token_hash).await.unwrap().unwrap();
    assert_eq!((found.used, found.link), (true, link));
    let confirmed = (format!("recruiter#partner-one#{establishment}"), "address-confirmed".to_owned());
    assert!(store.dump(&store.tables.records).await.contains_key(&confirmed));
}

#[tokio::test]
async fn what_another_release_owes_holds_up_nothing() {
    let store = after(|_| ()).await;
    let outbox = Outbox::new(store.client.clone(), &store.tables);
    let known = overdue(&outbox, NOW + STREAM_SECONDS).await;
    for shard in 0..OUTBOX_SHARDS {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let put = store.client.put_item().table_name(&store.tables.ledger);
        let put = put.item("pk", text(&format!("fax#{shard}"))).item("sk", text("fax"));
        let put =
            put.item("due_shard", text(&shard.to_string())).item("due_at", AttributeValue::N("1".to_owned()));
        put.send().await.unwrap();
    }
    assert_eq!(overdue(&outbox, NOW + STREAM_SECONDS).await, known);
}

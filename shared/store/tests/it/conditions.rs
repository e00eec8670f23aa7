//! On which conditions a recruiter and its offers are changed, and that nothing is where one fails.

use domain::link::{LinkAction, LinkId, LinkKey, OfferRef, StoredLink};
use domain::recruiter::Job;
use domain::seal::ContactCipher;
use usecases::ports::{
    CommitError, Consequences, FindOwnHead, FindOwnReference, LocateOwnOffer, RecruiterChange, ReferenceHash,
    SeenRecruiter,
};

use crate::deposits::{NOW, OWNER, new_offer};
use crate::shop::{Shop, changed, nothing};

const OTHER: &str = "partner-two";

/// The same, which also changes the recruiter.
fn changed_twice(seen: &SeenRecruiter, count: u32) -> RecruiterChange {
    let mut change = changed(seen, |job| job.job_count = Some(count));
    change.recruiter.updated_at = jiff::Timestamp::from_second(i64::from(NOW + count)).ok();
    change
}

#[tokio::test]
async fn a_change_is_overtaken_where_the_recruiter_is_no_more_as_seen_though_its_offer_is() {
    let shop = Shop::open().await;
    let before = shop.seen().await;
    shop.write(&changed_twice(&before, 2), &nothing()).await.unwrap();
    let change = RecruiterChange { seen: before.hash, ..changed_twice(&shop.seen().await, 3) };
    assert!(matches!(shop.refused(&change, &nothing()).await, CommitError::Overtaken));
}

#[tokio::test]
async fn a_change_is_overtaken_where_the_offer_is_no_more_as_seen_though_its_recruiter_is() {
    let shop = Shop::open().await;
    let before = shop.seen().await;
    shop.write(&changed_twice(&before, 2), &nothing()).await.unwrap();
    let mut change = changed_twice(&shop.seen().await, 3);
    change.changes[0].seen = Some(before.offers[0].clone());
    assert!(matches!(shop.refused(&change, &nothing()).await, CommitError::Overtaken));
    // The same for one of which only the record changes.
    change.changes[0].is_shown_alike = true;
    assert!(matches!(shop.refused(&change, &nothing()).await, CommitError::Overtaken));
}

fn link(shop: &str, number: u8) -> StoredLink {
    let offer = OfferRef {
        partner: OWNER.to_owned(),
        establishment_id: shop.to_owned(),
        offer_id: "first".to_owned(),
    };
    let key = LinkKey::new(&"k3y0".repeat(16)).unwrap();
    key.stored(&LinkId::from_random([number; 16]), LinkAction::ExtendOffer(offer), NOW)
}

#[tokio::test]
async fn a_link_changes_an_offer_once_and_not_after_its_time_and_not_where_nobody_made_it() {
    let id = testkit::recruiter(1, 0).establishment_id;
    let shop = Shop::with(|(_, with)| with.links = vec![link(&id, 1), link(&id, 2)]).await;
    let follow = |number| Consequences { follows: Some(link(&id, number)), ..nothing() };
    shop.write(&changed_twice(&shop.seen().await, 2), &follow(1)).await.unwrap();
    let late = Consequences { now: link(&id, 2).expires_at, ..follow(2) };
    for with in [follow(1), late, follow(3)] {
        let change = changed_twice(&shop.seen().await, 3);
        assert!(matches!(shop.refused(&change, &with).await, CommitError::LinkUsed));
    }
}

#[tokio::test]
async fn what_searches_show_as_before_is_not_written_again() {
    let shop = Shop::open().await;
    let before = shop.dumps().await;
    let change = changed(&shop.seen().await, |job| job.reminded_days = Some(7));
    assert!(change.changes[0].is_shown_alike);
    let later = Consequences { now: NOW + 60, ..nothing() };
    shop.write(&change, &later).await.unwrap();
    let after = shop.dumps().await;
    assert_eq!((&after[0], &after[2]), (&before[0], &before[2]));
    let changed: Vec<_> = after[1].iter().filter(|(key, item)| before[1].get(*key) != Some(*item)).collect();
    assert_eq!((changed.len(), after[1].len()), (1, before[1].len()));
    assert_eq!(changed[0].0.1, "offer#first");
    let seen = shop.seen().await;
    assert_eq!(seen.recruiter.jobs[0].reminded_days, Some(7));
    // It is still known where its postings are.
    assert!(seen.offers[0].filed.is_some());
}

#[tokio::test]
async fn an_offer_that_moves_or_is_extended_leaves_no_posting_behind() {
    let moves = |job: &mut Job| {
        job.custom_address = Some("2 RUE DES EXEMPLES 69001 LYON".to_owned());
        job.custom_geo_coordinates = Some("45.76,4.83".parse().unwrap());
        job.job_expiration_date = "2026-12-01T08:00:00Z".parse().ok();
    };
    let shop = Shop::open().await;
    let change = changed(&shop.seen().await, moves);
    assert!(!change.changes[0].is_shown_alike);
    shop.write(&change, &Consequences { now: NOW + 60, ..nothing() }).await.unwrap();
    let fresh = Shop::with(|(new, _)| {
        let cipher = ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap();
        moves(&mut new.changes[0].job);
        new.changes[0].card = new.recruiter.offer(0, &new.changes[0].job, &cipher).unwrap();
    });
    assert_eq!(shop.store.dumps().await.0, fresh.await.store.dumps().await.0);
    assert_eq!(shop.store.withdrawn().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_partner_has_one_offer_of_a_name_and_another_partner_may_have_one_too() {
    let name = ReferenceHash::of("their own name");
    let shop = Shop::with(|(new, _)| new.changes[0].reference = Some(name.clone())).await;
    let (mut again, with) = new_offer(&shop.recruiters, 1, "second").await;
    again.changes[0].reference = Some(name.clone());
    assert!(matches!(shop.refused(&again, &with).await, CommitError::Taken));
    again.changes[0].reference = Some(ReferenceHash::of("another name"));
    shop.write(&again, &with).await.unwrap();
    let found = shop.recruiters.find_own_reference(OWNER, &name).await.unwrap().unwrap();
    let first = OfferRef {
        partner: OWNER.to_owned(),
        establishment_id: shop.establishment.clone(),
        offer_id: "first".to_owned(),
    };
    assert_eq!(found, first);
    assert_eq!(shop.recruiters.find_own_reference(OTHER, &name).await.unwrap(), None);
}

#[tokio::test]
async fn an_offer_and_a_head_are_found_by_their_owner_only() {
    let shop = Shop::open().await;
    let (own, establishment) = (&shop.recruiters, &shop.establishment);
    assert_eq!(own.locate_own_offer(OWNER, "first").await.unwrap().as_ref(), Some(establishment));
    assert_eq!(own.locate_own_offer(OTHER, "first").await.unwrap(), None);
    assert_eq!(own.locate_own_offer(OWNER, "second").await.unwrap(), None);
    let head = own.find_own_head(OWNER, establishment).await.unwrap().unwrap();
    let seen = shop.seen().await;
    assert_eq!((head.hash, head.offers, head.recruiter.jobs.len()), (seen.hash, 1, 0));
    assert!(own.find_own_head(OTHER, establishment).await.unwrap().is_none());
}

#[tokio::test]
async fn the_offers_of_an_older_recruiter_are_counted_where_their_number_was_not_written_down() {
    let shop = Shop::open().await;
    let expected = shop.recruiters.find_own_head(OWNER, &shop.establishment).await.unwrap();
    let text = |value: String| aws_sdk_dynamodb::types::AttributeValue::S(value);
    let older = shop.store.client.update_item().table_name(&shop.store.tables.records);
    let older = older.key("pk", text(format!("recruiter#{OWNER}#{}", shop.establishment)));
    let older = older.key("sk", text("recruiter".to_owned())).update_expression("REMOVE offers");
    older.send().await.unwrap();
    let found = shop.recruiters.find_own_head(OWNER, &shop.establishment).await.unwrap();
    assert_eq!((found.as_ref().unwrap().offers, found), (1, expected));
}

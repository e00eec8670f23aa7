//! Offers of so many trades that their postings are more than one transaction takes: killed anywhere, a change was not
//! made, or it is made good.

use std::sync::{Mutex, mpsc};

use domain::recruiter::{Job, JobStatus};
use domain::rome::{RomeCode, Romes};
use domain::seal::ContactCipher;
use store::Recruiters;
use testkit::{Dump, gated};
use tokio::sync::oneshot;
use usecases::ports::{CatchUpPostings, ChangeRecruiter, Consequences, Guard, RecruiterChange};

use crate::deposits::{NOW, OWNER, consequences};
use crate::ledger::confirm_address;
use crate::shop::{Shop, changed};

/// As many as an offer has at most.
const TRADES: u32 = 20;

/// What becomes of an offer.
type Turn = fn(&mut Job);

const TURNS: [(&str, Turn); 5] = [
    ("extended", |job| job.job_expiration_date = "2026-12-01T08:00:00Z".parse().ok()),
    ("moved", |job| job.custom_geo_coordinates = Some("45.76,4.83".parse().unwrap())),
    ("of other trades", |job| job.rome_code = trades(12, TRADES)),
    ("of one trade", |job| job.rome_code = trades(11, 1)),
    ("closed", |job| job.job_status = JobStatus::Annulee),
];

/// So many trades of as many grands domaines as are filed each for itself.
fn trades(family: u32, count: u32) -> Romes {
    let code = |number: u32| {
        let domain = ["D", "E", "F", "G", "H", "I", "J"][number as usize % 7];
        format!("{domain}{family}{number:02}").parse().unwrap()
    };
    let codes: Vec<RomeCode> = (1..=count).map(code).collect();
    Romes::try_from(codes).unwrap()
}

/// A recruiter whose offer has twenty trades.
async fn wide() -> Shop {
    Shop::with(|(new, _)| {
        let cipher = ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap();
        new.changes[0].job.rome_code = trades(11, TRADES);
        new.changes[0].card = new.recruiter.offer(0, &new.changes[0].job, &cipher).unwrap();
    })
    .await
}

async fn turned(shop: &Shop, turn: Turn) -> RecruiterChange {
    let mut change = changed(&shop.seen().await, turn);
    // A change of a partner's changes the recruiter too.
    change.recruiter.updated_at = "2026-09-02T08:00:00Z".parse().ok();
    change
}

/// What follows from a change at that time: an answer and a mail.
fn later(seconds: u32) -> Consequences {
    let request = format!("later-{seconds}");
    let mails = vec![confirm_address(&request)];
    Consequences { now: NOW + seconds, ..consequences(&request, Guard::Unanswered, mails) }
}

/// Who is killed after so many calls of the store.
fn killed_after(shop: &Shop, calls: usize) -> Recruiters {
    let client = gated(&shop.store.client, calls, || Err("killed on purpose".into()));
    Recruiters::new(client, shop.store.tables.clone())
}

/// The offers that are noted as behind.
fn behind(dumps: &(Dump, Dump)) -> usize {
    dumps.1.keys().filter(|(partition, _)| partition == "offers-behind").count()
}

#[tokio::test]
async fn what_is_more_than_one_transaction_takes_is_written_whole_and_leaves_no_note() {
    for (name, turn) in TURNS {
        let shop = wide().await;
        shop.write(&turned(&shop, turn).await, &later(60)).await.unwrap();
        // The same, deposited at once.
        let fresh = Shop::with(|(new, _)| {
            let cipher = ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap();
            new.changes[0].job.rome_code = trades(11, TRADES);
            turn(&mut new.changes[0].job);
            new.changes[0].card = new.recruiter.offer(0, &new.changes[0].job, &cipher).unwrap();
        });
        let (found, expected) = (shop.store.dumps().await, fresh.await.store.dumps().await);
        assert_eq!(found.0, expected.0, "{name}");
        assert_eq!(behind(&found), 0, "{name}");
        assert!(!format!("{:?}", found.1).contains("postings_behind"), "{name}");
    }
}

#[tokio::test]
async fn whoever_is_killed_in_a_change_has_not_made_it_or_the_sweeper_makes_it_good() {
    for (name, turn) in TURNS {
        let clean = wide().await;
        let before = clean.store.dumps().await;
        clean.write(&turned(&clean, turn).await, &later(60)).await.unwrap();
        let after = clean.store.dumps().await;
        let mut noted = 0;
        for calls in 0.. {
            let shop = wide().await;
            let change = turned(&shop, turn).await;
            let ended = killed_after(&shop, calls).change_recruiter(OWNER, &change, &later(60)).await;
            let left = shop.store.dumps().await;
            if ended.is_err() {
                assert_eq!(left, before, "{name}, killed after {calls}: all of it or nothing");
                continue;
            }
            if left == after {
                break;
            }
            assert_eq!(behind(&left), 1, "{name}, killed after {calls}");
            noted += 1;
            assert_eq!(shop.recruiters.catch_up_postings().await.unwrap(), 1);
            assert_eq!(shop.store.dumps().await, after, "{name}, killed after {calls}");
            assert_eq!(shop.recruiters.catch_up_postings().await.unwrap(), 0);
        }
        assert!(noted > 0, "{name} is long enough to be killed inside");
    }
}

#[tokio::test]
async fn who_changes_an_offer_that_is_behind_does_first_what_is_owed() {
    let cancel: Turn = |job| job.job_status = JobStatus::Annulee;
    for (name, turn) in TURNS {
        let clean = wide().await;
        clean.write(&turned(&clean, turn).await, &later(60)).await.unwrap();
        clean.write(&changed(&clean.seen().await, cancel), &later(120)).await.unwrap();
        // The transaction itself, and no call after it.
        let shop = wide().await;
        let change = turned(&shop, turn).await;
        killed_after(&shop, 1).change_recruiter(OWNER, &change, &later(60)).await.unwrap();
        assert_eq!(behind(&shop.store.dumps().await), 1, "{name}");
        shop.write(&changed(&shop.seen().await, cancel), &later(120)).await.unwrap();
        assert_eq!(shop.store.dumps().await, clean.store.dumps().await, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_catches_up_late_undoes_nothing_of_what_was_decided_since() {
    let clean = wide().await;
    let [(_, extended), .., (_, canceled)] = TURNS;
    clean.write(&turned(&clean, extended).await, &later(60)).await.unwrap();
    clean.write(&changed(&clean.seen().await, canceled), &later(120)).await.unwrap();

    let shop = wide().await;
    let change = turned(&shop, extended).await;
    killed_after(&shop, 1).change_recruiter(OWNER, &change, &later(60)).await.unwrap();
    // The list, the offer and its card are read; what they say is about to be written.
    let (reached, arrival) = oneshot::channel();
    let (release, released) = mpsc::channel::<()>();
    let waits = Mutex::new((Some(reached), released));
    let client = gated(&shop.store.client, 3, move || {
        let mut waits = waits.lock().unwrap();
        if let Some(reached) = waits.0.take() {
            reached.send(()).unwrap();
            waits.1.recv().unwrap();
        }
        Ok(())
    });
    let late = Recruiters::new(client, shop.store.tables.clone());
    let late = tokio::spawn(async move { late.catch_up_postings().await.unwrap() });
    arrival.await.unwrap();
    shop.write(&changed(&shop.seen().await, canceled), &later(120)).await.unwrap();
    release.send(()).unwrap();
    late.await.unwrap();
    assert_eq!(shop.store.dumps().await, clean.store.dumps().await);
}

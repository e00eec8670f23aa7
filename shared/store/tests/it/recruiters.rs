//! Recruiters with their offers.

use domain::matcha::MatchaOffer;
use domain::recruiter::{JobStatus, Recruiter};
use domain::seal::ContactCipher;
use domain::source::Source;
use store::{Items, Recruiters, Views};
use testkit::{EmbeddedStore, recruiter};
use usecases::ports::{CountView as _, DepositRecruiter as _, Deposited, FindItem as _, FindRecruiter as _};

struct Desk {
    store: EmbeddedStore,
    recruiters: Recruiters,
    items: Items,
    views: Views,
}

impl Desk {
    async fn open() -> Self {
        let store = EmbeddedStore::start().await;
        let recruiters = Recruiters::new(store.client.clone(), store.tables.clone());
        let items = Items::new(store.client.clone(), &store.tables);
        let views = Views::new(store.client.clone(), store.tables.clone());
        Self { store, recruiters, items, views }
    }

    async fn deposit(&self, recruiter: &Recruiter) -> Deposited {
        self.recruiters.deposit(recruiter, &offers(recruiter), 1_788_249_600).await.unwrap()
    }

    async fn postings(&self) -> usize {
        self.store.dumps().await.0.len()
    }

    async fn views(&self, offer: &str) -> u64 {
        self.items.find_item(Source::Matcha, offer).await.unwrap().unwrap().detail_views
    }
}

fn offers(recruiter: &Recruiter) -> Vec<MatchaOffer> {
    recruiter.offers(&ContactCipher::new(&"ab".repeat(32)).unwrap()).unwrap()
}

#[tokio::test]
async fn a_recruiter_is_found_again_whole() {
    let desk = Desk::open().await;
    let recruiter = recruiter(1, 12);
    assert_eq!(desk.deposit(&recruiter).await, Deposited { written: 12, ..Deposited::default() });
    assert_eq!(desk.recruiters.find_recruiter(&recruiter.establishment_id).await.unwrap(), Some(recruiter));
    assert_eq!(desk.recruiters.find_recruiter("absent").await.unwrap(), None);
    // Near, by grand domaine and listed, each whole and by level; the stock by change and by expiry.
    assert_eq!(desk.postings().await, 12 * 8);
}

#[tokio::test]
async fn an_offer_is_found_by_its_own_id_and_filed_under_its_public_one() {
    let desk = Desk::open().await;
    let recruiter = recruiter(1, 2);
    desk.deposit(&recruiter).await;
    let item = desk.items.find_item(Source::Matcha, "offer-1-1").await.unwrap().unwrap();
    assert_eq!(item.card.entry().id, format!("{}-1", recruiter.establishment_id));
    assert_eq!(item.feed, "deposit");
}

#[tokio::test]
async fn depositing_the_same_again_writes_nothing() {
    let desk = Desk::open().await;
    desk.deposit(&recruiter(1, 3)).await;
    let before = desk.store.dumps().await;
    assert_eq!(desk.deposit(&recruiter(1, 3)).await, Deposited { unchanged: 3, ..Deposited::default() });
    assert_eq!(desk.store.dumps().await, before);
}

#[tokio::test]
async fn a_closed_offer_leaves_the_index_and_keeps_its_record() {
    let desk = Desk::open().await;
    let mut recruiter = recruiter(1, 2);
    desk.deposit(&recruiter).await;
    recruiter.jobs[0].job_status = JobStatus::Pourvue;
    assert_eq!(desk.deposit(&recruiter).await, Deposited { written: 1, unchanged: 1, removed: 0 });
    assert_eq!(desk.postings().await, 8);
    assert!(desk.items.find_item(Source::Matcha, "offer-1-0").await.unwrap().is_some());
    recruiter.jobs[0].job_status = JobStatus::Active;
    desk.deposit(&recruiter).await;
    assert_eq!(desk.postings().await, 16);
}

#[tokio::test]
async fn a_recruiter_that_is_archived_has_no_posting_left() {
    let desk = Desk::open().await;
    let mut recruiter = recruiter(1, 3);
    desk.deposit(&recruiter).await;
    recruiter.status = domain::recruiter::RecruiterStatus::Archive;
    desk.deposit(&recruiter).await;
    assert_eq!(desk.postings().await, 0);
}

#[tokio::test]
async fn an_offer_that_moves_or_goes_leaves_nothing_behind() {
    let (desk, fresh) = (Desk::open().await, Desk::open().await);
    desk.deposit(&recruiter(1, 3)).await;
    let mut second = recruiter(1, 2);
    second.geo_coordinates = Some("45.76,4.83".parse().unwrap());
    assert_eq!(desk.deposit(&second).await, Deposited { written: 2, unchanged: 0, removed: 1 });
    fresh.deposit(&second).await;
    assert_eq!(desk.store.dumps().await, fresh.store.dumps().await);
}

#[tokio::test]
async fn looks_are_counted_and_outlive_a_new_version_of_the_offer() {
    let desk = Desk::open().await;
    let mut recruiter = recruiter(1, 1);
    desk.deposit(&recruiter).await;
    assert!(desk.views.count_view("offer-1-0").await.unwrap());
    assert!(desk.views.count_view("offer-1-0").await.unwrap());
    recruiter.jobs[0].job_count = Some(3);
    desk.deposit(&recruiter).await;
    assert_eq!(desk.views("offer-1-0").await, 2);
}

#[tokio::test]
async fn a_look_at_an_offer_that_is_not_there_counts_nothing() {
    let desk = Desk::open().await;
    assert!(!desk.views.count_view("offer-9-0").await.unwrap());
    assert!(desk.store.dump(&desk.store.tables.records).await.is_empty());
}

#[tokio::test]
async fn no_offer_shows_an_address_in_clear() {
    let desk = Desk::open().await;
    desk.deposit(&recruiter(1, 1)).await;
    let postings = desk.store.dump(&desk.store.tables.postings).await;
    assert!(!format!("{postings:?}").contains("exemple.invalid"));
}

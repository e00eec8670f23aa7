//! Records of requests.

use store::Requests;
use testkit::EmbeddedStore;
use usecases::ports::{Claim, ClaimRequest, FindRequest, Known, ReleaseRequest, RequestKey};

use crate::deposits::NOW;

async fn requests() -> (EmbeddedStore, Requests) {
    let store = EmbeddedStore::start().await;
    let requests = Requests::new(store.client.clone(), &store.tables);
    (store, requests)
}

fn claim(holder: &str, now: u32) -> Claim {
    Claim {
        key: RequestKey::from_hash("request".to_owned()),
        body_hash: "body".to_owned(),
        holder: holder.to_owned(),
        now,
        until: now + 11,
    }
}

fn running(until: u32) -> Known {
    Known::Running { body_hash: "body".to_owned(), until }
}

#[tokio::test]
async fn a_request_that_runs_is_claimed_by_nobody_else_until_its_time_is_over() {
    let (_store, requests) = requests().await;
    assert_eq!(requests.claim_request(&claim("one", NOW)).await.unwrap(), None);
    assert_eq!(requests.claim_request(&claim("other", NOW + 10)).await.unwrap(), Some(running(NOW + 11)));
    assert_eq!(requests.claim_request(&claim("other", NOW + 11)).await.unwrap(), None);
    assert_eq!(requests.find_request(&claim("", 0).key, NOW + 12).await.unwrap(), Some(running(NOW + 22)));
}

#[tokio::test]
async fn a_claim_whose_answer_was_lost_is_still_its_holders() {
    let (_store, requests) = requests().await;
    for _ in 0..2 {
        assert_eq!(requests.claim_request(&claim("one", NOW)).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_request_is_given_back_by_its_holder_only() {
    let (_store, requests) = requests().await;
    requests.claim_request(&claim("one", NOW)).await.unwrap();
    requests.release_request(&claim("other", NOW)).await.unwrap();
    assert_eq!(requests.find_request(&claim("", 0).key, NOW).await.unwrap(), Some(running(NOW + 11)));
    requests.release_request(&claim("one", NOW)).await.unwrap();
    assert_eq!(requests.find_request(&claim("", 0).key, NOW).await.unwrap(), None);
    assert_eq!(requests.claim_request(&claim("other", NOW)).await.unwrap(), None);
}

#[tokio::test]
async fn of_many_who_claim_at_once_one_works() {
    let (_store, requests) = requests().await;
    let claims: Vec<Claim> = (0..32).map(|number| claim(&format!("holder-{number}"), NOW)).collect();
    let claimed = futures::future::join_all(claims.iter().map(|claim| requests.claim_request(claim))).await;
    let ours = claimed.into_iter().filter(|known| known.as_ref().unwrap().is_none()).count();
    assert_eq!(ours, 1);
}

//! Delegation: the nearest CFAs are shown, each chosen one is asked once, and nobody else ever.

use domain::mail::{MailId, Template, address_hash};
use domain::recruiter::{JobStatus, Recruiter, RecruiterStatus};
use serde_json::{Value, json};
use testkit::{cfa_email, siret};
use usecases::ports::{FindMail, MailState, StopMails};

use crate::asking::{DELEGATE, EDIT, LIST, about, saying, with};
use crate::standing::{METZ, standing};
use crate::world::{Answer, World};

/// The one CFA of the data.
const CFA: &str = "000000000000000000000801";

/// A choice of these CFAs.
fn choosing(offer_id: &str, ids: &[&str]) -> Value {
    saying(about(DELEGATE, offer_id), &json!({"establishmentIds": ids}))
}

impl World {
    async fn list(&self, offer_id: &str) -> Answer {
        self.ask(LIST, &about(LIST, offer_id)).await
    }

    async fn delegate(&self, offer_id: &str, ids: &[&str]) -> Answer {
        self.ask(DELEGATE, &choosing(offer_id, ids)).await
    }

    /// Where the mail stands that asks the CFA to look for candidates for an offer.
    async fn asked(&self, offer_id: &str) -> Option<MailState> {
        let id = MailId::of(Template::DelegationAsked, &format!("{offer_id} {}", siret(801)));
        self.mails().find_mail(&id).await.unwrap().map(|entry| entry.state)
    }
}

#[tokio::test]
async fn the_nearest_cfa_is_shown_without_its_address_and_only_if_something_changed() {
    let world = World::with_offers().await;
    let answer = world.list(&standing(8)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let [cfa] = <[Value; 1]>::try_from(answer.json().as_array().unwrap().clone()).unwrap();
    assert_eq!((&cfa["_id"], &cfa["distance_en_km"]), (&json!(CFA), &json!(0.0)));
    assert!(!answer.body.contains('@'), "{}", answer.body);
    let held = with(about(LIST, &standing(8)), "If-None-Match", answer.headers["etag"].as_str().unwrap());
    assert_eq!(world.ask(LIST, &held).await.status, 304);
}

#[tokio::test]
async fn a_cfa_is_asked_once_however_often_it_is_chosen() {
    let world = World::with_offers().await;
    let id = standing(8);
    assert!(world.asked(&id).await.is_none());
    let keyed = with(choosing(&id, &[CFA]), "Idempotency-Key", "one");
    let first = world.ask(DELEGATE, &keyed).await;
    let replayed = world.ask(DELEGATE, &keyed).await;
    assert_eq!((first.status, &first.body), (200, &replayed.body), "{}", first.body);
    assert_eq!(replayed.headers["idempotency-replayed"], "true");
    assert_eq!(replayed.headers["etag"], first.headers["etag"]);
    for ids in [&[CFA][..], &[CFA, CFA], &[CFA]] {
        let again = world.delegate(&id, ids).await;
        assert_eq!((again.status, &again.headers["etag"]), (200, &first.headers["etag"]), "{}", again.body);
        assert_eq!(
            again.headers["idempotency-replayed"],
            Value::Null,
            "without a key each is one of its own"
        );
    }
    let job = world.job("partner-one", &id).await;
    assert_eq!((job.delegations.len(), job.job_delegation_count), (1, 1));
    assert_eq!(job.delegations[0].siret_code.as_str(), siret(801));
    assert!(matches!(world.asked(&id).await, Some(MailState::Pending { .. })));
    assert_eq!(world.owed_mails().await, 1);

    let elsewhere = world.delegate(&standing(0), &[CFA]).await;
    assert_eq!((elsewhere.status, world.owed_mails().await), (200, 2), "each offer asks for itself");
}

#[tokio::test]
async fn delegating_changes_no_search() {
    let world = World::with_offers().await;
    let postings = &world.import.store.tables.postings;
    let before = world.import.store.dump(postings).await;
    assert_eq!(world.delegate(&standing(8), &[CFA]).await.status, 200);
    assert_eq!(world.import.store.dump(postings).await, before);
}

#[tokio::test]
async fn what_cannot_be_delegated_is_told_and_nothing_is_written() {
    let world = World::with_offers().await;
    let before = world.everything().await;
    let unknown = "000000000000000000000802";
    for (offer_id, ids, told, code) in [
        (standing(8), &[CFA, unknown][..], "establishmentIds", "UNKNOWN_CFA"),
        (standing(8), &[""], "establishmentIds", "UNKNOWN_CFA"),
        (standing(7), &[CFA], "establishmentIds", "UNKNOWN_CFA"),
        (standing(3), &[CFA], "Cette offre est fermée", "CLOSED_OFFER"),
        (standing(4), &[CFA], "Cette offre est fermée", "CLOSED_OFFER"),
        (standing(9), &[CFA], "Le lieu de cette offre n'est pas connu", "GEOLOCATION_NOT_FOUND"),
    ] {
        let answer = world.delegate(&offer_id, ids).await;
        assert_eq!((answer.status, &answer.headers["x-error-code"]), (400, &json!(code)), "{}", answer.body);
        assert!(answer.json()["message"].as_str().unwrap().contains(told), "{}", answer.body);
    }
    for (offer_id, status, code) in [
        (standing(7), 404, Value::Null),
        (standing(3), 400, json!("CLOSED_OFFER")),
        (standing(9), 400, json!("GEOLOCATION_NOT_FOUND")),
    ] {
        let answer = world.list(&offer_id).await;
        assert_eq!((answer.status, &answer.headers["x-error-code"]), (status, &code), "{}", answer.body);
    }
    let nobody = world.list(&standing(7)).await.json();
    assert_eq!(nobody, json!({"statusCode": 404, "error": "Not Found", "message": "No delegations found"}));
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn an_offer_that_is_given_a_place_may_be_delegated() {
    let world = World::with_offers().await;
    let place = json!({"custom_address": "2 RUE DES EXEMPLES 57000 METZ", "custom_geo_coordinates": METZ});
    assert_eq!(world.ask(EDIT, &saying(about(EDIT, &standing(9)), &place)).await.status, 200);
    assert_eq!(world.list(&standing(9)).await.status, 200);
    assert_eq!(world.delegate(&standing(9), &[CFA]).await.status, 200);
}

#[tokio::test]
async fn a_cfa_that_wants_no_mail_is_neither_shown_nor_asked() {
    let world = World::with_offers().await;
    let hash = address_hash(&cfa_email(801).parse().unwrap());
    world.mail_links().stop_mails(&hash, 0).await.unwrap();
    assert_eq!(world.list(&standing(8)).await.status, 404);
    assert_eq!(world.delegate(&standing(8), &[CFA]).await.status, 400);
    assert_eq!(world.owed_mails().await, 0);
}

#[tokio::test]
async fn while_the_account_waits_the_choice_is_kept_and_no_mail_is_due() {
    let world = World::new().await;
    let recruiter = testkit::recruiter(60, 1);
    let mut recruiter =
        Recruiter { geo_coordinates: METZ.parse().ok(), status: RecruiterStatus::EnAttente, ..recruiter };
    recruiter.jobs[0].id = standing(60);
    recruiter.jobs[0].job_status = JobStatus::EnAttente;
    world.own("partner-one", &recruiter).await;
    let answer = world.delegate(&standing(60), &[CFA]).await;
    assert_eq!((answer.status, &answer.json()["jobs"][0]["job_delegation_count"]), (200, &json!(1)));
    assert_eq!(world.owed_mails().await, 0);
}

//! Recruiters of partners: each write with what follows from it, or not at all.

use domain::mail::DueMail;
use domain::recruiter::Recruiter;
use domain::seal::ContactCipher;
use store::{Recruiters, Requests};
use testkit::EmbeddedStore;
use usecases::ports::{
    ChangeRecruiter, CommitError, Completion, Consequences, CreateRecruiter, FindOwnRecruiter, FindRequest,
    Guard, Known, Lists, OfferChange, RecruiterChange, RequestKey, StoredAnswer,
};

use crate::ledger::confirm_address;

/// The present of these tests, in seconds since 1970.
pub(crate) const NOW: u32 = 1_788_249_600;
pub(crate) const OWNER: &str = "partner-one";

pub(crate) fn consequences(request: &str, guard: Guard, mails: Vec<DueMail>) -> Consequences {
    Consequences {
        completion: Some(Completion {
            key: RequestKey::from_hash(request.to_owned()),
            body_hash: "body".to_owned(),
            guard,
            answer: StoredAnswer {
                status: 201,
                body: format!("{{\"request\":\"{request}\"}}"),
                etag: Some("tag".to_owned()),
            },
            expires_at: NOW + 600,
        }),
        follows: None,
        mails,
        events: Vec::new(),
        links: Vec::new(),
        now: NOW,
    }
}

fn recruiter(number: u32) -> Recruiter {
    testkit::recruiter(number, 0)
}

/// Creates the `number`-th recruiter, without offers.
pub(crate) async fn create(recruiters: &Recruiters, number: u32) {
    let consequences = consequences(&format!("create-{number}"), Guard::Unanswered, Vec::new());
    recruiters.create_recruiter(OWNER, &recruiter(number), &consequences).await.unwrap();
}

/// One more offer of that recruiter, as it is now.
pub(crate) async fn new_offer(
    recruiters: &Recruiters,
    number: u32,
    id: &str,
) -> (RecruiterChange, Consequences) {
    let cipher = ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap();
    let id_of = recruiter(number).establishment_id;
    let seen = recruiters.find_own_recruiter(OWNER, &id_of).await.unwrap().unwrap();
    let recruiter = seen.recruiter;
    let mut job = testkit::recruiter(number, 1).jobs.remove(0);
    id.clone_into(&mut job.id);
    let index = recruiter.jobs.len();
    let card = recruiter.offer(index, &job, &cipher).unwrap();
    let offer = OfferChange { index, job, card, is_shown_alike: false, seen: None, reference: None };
    let consequences = consequences(id, Guard::Unanswered, vec![confirm_address(id)]);
    let change = RecruiterChange {
        recruiter,
        offers: index + 1,
        seen: seen.hash,
        lists: Lists::AsTheyWere,
        changes: vec![offer],
    };
    (change, consequences)
}

async fn store() -> (EmbeddedStore, Recruiters) {
    let store = EmbeddedStore::start().await;
    let recruiters = Recruiters::new(store.client.clone(), store.tables.clone());
    (store, recruiters)
}

#[tokio::test]
async fn a_recruiter_is_found_by_its_owner_and_by_nobody_else() {
    let (_store, recruiters) = store().await;
    create(&recruiters, 1).await;
    let id = recruiter(1).establishment_id;
    let found = recruiters.find_own_recruiter(OWNER, &id).await.unwrap();
    assert_eq!(found.unwrap().recruiter, recruiter(1));
    assert!(recruiters.find_own_recruiter("partner-two", &id).await.unwrap().is_none());
}

#[tokio::test]
async fn an_address_belongs_to_one_recruiter_and_a_refused_one_leaves_nothing() {
    let (store, recruiters) = store().await;
    create(&recruiters, 1).await;
    let before = (store.dump(&store.tables.records).await, store.dump(&store.tables.ledger).await);
    let same = Recruiter { email: recruiter(1).email, ..recruiter(2) };
    let refused = recruiters
        .create_recruiter(OWNER, &same, &consequences("other", Guard::Unanswered, Vec::new()))
        .await;
    assert!(matches!(refused, Err(CommitError::Taken)), "{refused:?}");
    let after = (store.dump(&store.tables.records).await, store.dump(&store.tables.ledger).await);
    assert_eq!(before, after);
}

#[tokio::test]
async fn an_offer_its_postings_its_answer_and_its_mail_are_written_together() {
    let (store, recruiters) = store().await;
    create(&recruiters, 1).await;
    let (new, consequences) = new_offer(&recruiters, 1, "first").await;
    recruiters.change_recruiter(OWNER, &new, &consequences).await.unwrap();

    let found = recruiters.find_own_recruiter(OWNER, &new.recruiter.establishment_id).await.unwrap().unwrap();
    assert_eq!(found.recruiter.jobs, [new.changes[0].job.clone()]);
    assert!(store.dump(&store.tables.postings).await.keys().any(|(pk, _)| pk == "matcha#D1102"));
    let requests = Requests::new(store.client.clone(), &store.tables);
    let completion = consequences.completion.clone().unwrap();
    let known = requests.find_request(&completion.key, NOW).await.unwrap();
    let answer = completion.answer;
    assert_eq!(known, Some(Known::Answered { body_hash: "body".to_owned(), answer }));
    let mail = &consequences.mails[0].id;
    assert!(
        store.dump(&store.tables.ledger).await.contains_key(&(format!("mail#{mail}"), "mail".to_owned()))
    );
}

#[tokio::test]
async fn of_two_offers_that_saw_the_same_recruiter_one_is_written_and_the_other_is_told() {
    let (store, recruiters) = store().await;
    create(&recruiters, 1).await;
    let (first, first_consequences) = new_offer(&recruiters, 1, "first").await;
    let (second, second_consequences) = new_offer(&recruiters, 1, "second").await;
    recruiters.change_recruiter(OWNER, &first, &first_consequences).await.unwrap();
    let before = store.dump(&store.tables.ledger).await;
    let refused = recruiters.change_recruiter(OWNER, &second, &second_consequences).await;
    assert!(matches!(refused, Err(CommitError::Overtaken)), "{refused:?}");
    assert_eq!(store.dump(&store.tables.ledger).await, before);
}

#[tokio::test]
async fn a_request_that_was_answered_writes_nothing_a_second_time() {
    let (store, recruiters) = store().await;
    create(&recruiters, 1).await;
    let (first, consequences) = new_offer(&recruiters, 1, "first").await;
    recruiters.change_recruiter(OWNER, &first, &consequences).await.unwrap();
    let before = store.dump(&store.tables.records).await;
    let (again, mut repeated) = new_offer(&recruiters, 1, "again").await;
    repeated.completion.as_mut().unwrap().key = consequences.completion.unwrap().key;
    let refused = recruiters.change_recruiter(OWNER, &again, &repeated).await;
    assert!(matches!(refused, Err(CommitError::NotFirst)), "{refused:?}");
    assert_eq!(store.dump(&store.tables.records).await, before);
}

#[tokio::test]
async fn who_lost_the_claim_of_a_request_writes_nothing() {
    let (_store, recruiters) = store().await;
    create(&recruiters, 1).await;
    let (new, _) = new_offer(&recruiters, 1, "first").await;
    let guard = Guard::Claimed { holder: "whoever was here before".to_owned() };
    let refused = recruiters.change_recruiter(OWNER, &new, &consequences("first", guard, Vec::new())).await;
    assert!(matches!(refused, Err(CommitError::NotFirst)), "{refused:?}");
}

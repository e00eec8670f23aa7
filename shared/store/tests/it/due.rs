//! What is due by the calendar, and answers as they are kept.

use store::{Outbox, Recruiters, Requests};
use testkit::EmbeddedStore;
use usecases::ports::{
    ChangeRecruiter, CommitError, Consequences, FindRequest, Guard, Known, StoredAnswer, WriteConsequences,
};

use crate::deposits::{NOW, OWNER, consequences, create, new_offer};
use crate::ledger::{confirm_address, offer_published};

#[tokio::test]
async fn a_mail_that_was_due_before_is_not_due_again_nor_is_what_comes_with_it() {
    let store = EmbeddedStore::start().await;
    let outbox = Outbox::new(store.client.clone(), &store.tables);
    let due = |mails| Consequences { completion: None, ..consequences("none", Guard::Unanswered, mails) };
    outbox.write_consequences(&due(vec![confirm_address("one")])).await.unwrap();
    let before = store.dump(&store.tables.ledger).await;
    for mails in [
        vec![confirm_address("one")],
        vec![offer_published("two"), confirm_address("one")],
        vec![confirm_address("one"), offer_published("two")],
    ] {
        let refused = outbox.write_consequences(&due(mails)).await;
        assert!(matches!(refused, Err(CommitError::Taken)), "{refused:?}");
        assert_eq!(store.dump(&store.tables.ledger).await, before);
    }
    // Another template's, of the same cause, is another mail.
    outbox.write_consequences(&due(vec![offer_published("one")])).await.unwrap();
}

#[tokio::test]
async fn an_answer_is_kept_with_its_status_and_tag_and_with_no_body_where_it_had_none() {
    let store = EmbeddedStore::start().await;
    let recruiters = Recruiters::new(store.client.clone(), store.tables.clone());
    let requests = Requests::new(store.client.clone(), &store.tables);
    create(&recruiters, 1).await;
    for (number, (status, body, etag)) in
        [(204, "", None), (204, "", Some("tag")), (200, "{}", None)].into_iter().enumerate()
    {
        let (new, mut with) = new_offer(&recruiters, 1, &format!("offer-{number}")).await;
        let kept = with.completion.as_mut().unwrap();
        let answer = StoredAnswer { status, body: body.to_owned(), etag: etag.map(str::to_owned) };
        kept.answer = answer.clone();
        let key = kept.key.clone();
        recruiters.change_recruiter(OWNER, &new, &with).await.unwrap();
        let known = requests.find_request(&key, NOW).await.unwrap();
        assert_eq!(known, Some(Known::Answered { body_hash: "body".to_owned(), answer }));
    }
}

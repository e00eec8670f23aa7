//! The ledger of mails: whoever changes a mail must have seen it as it is.

use domain::email::Email;
use domain::event::BounceReason;
use domain::link::LinkId;
use domain::mail::{ConfirmAddress, DueMail, Mail, MailId, OfferPublished};
use store::{Bounces, Links, Mails};
use testkit::EmbeddedStore;
use usecases::ports::{
    Bounce, ChangeRecruiter, ConfirmSent, CountSent, FindMail, ListOverdue, MailEntry, MailState,
    ReadReputation, RecordBounce, Reputation, Settle, SettleMail, StartSending, Started, StopMails, TakeMail,
};

use crate::deposits::{self, NOW};

/// A store with a mail that is due.
pub(crate) struct Ledger {
    pub(crate) store: EmbeddedStore,
    pub(crate) mails: Mails,
    pub(crate) bounces: Bounces,
    pub(crate) to: Email,
}

pub(crate) fn confirm_address(cause: &str) -> DueMail {
    let mail = Mail::ConfirmAddress(ConfirmAddress {
        first_name: "Aucune".to_owned(),
        last_name: "PERSONNE".to_owned(),
        company: "Fournil Inventé".to_owned(),
        offer_title: "Boulanger imaginaire".to_owned(),
        link: LinkId::from_random([1; 16]),
        waiting: false,
    });
    DueMail::new(cause, "rh@exemple.invalid".parse().unwrap(), mail)
}

pub(crate) fn offer_published(cause: &str) -> DueMail {
    let mail = Mail::OfferPublished(OfferPublished {
        first_name: "Aucune".to_owned(),
        last_name: "PERSONNE".to_owned(),
        company: "Fournil Inventé".to_owned(),
        offer_title: "Boulanger imaginaire".to_owned(),
        shown_until: "2026-10-31".parse().unwrap(),
        unsubscribe: LinkId::from_random([2; 16]),
        others: false,
    });
    DueMail::new(cause, "rh@exemple.invalid".parse().unwrap(), mail)
}

impl Ledger {
    pub(crate) async fn with(due: DueMail) -> (Self, MailId) {
        let store = EmbeddedStore::start().await;
        let (client, tables) = (store.client.clone(), store.tables.clone());
        let recruiters = store::Recruiters::new(client.clone(), tables.clone());
        let (id, to) = (due.id.clone(), due.to.clone());
        deposits::create(&recruiters, 1).await;
        let (new, mut consequences) = deposits::new_offer(&recruiters, 1, "first").await;
        consequences.mails = vec![due];
        recruiters.change_recruiter(deposits::OWNER, &new, &consequences).await.unwrap();
        let mails = Mails::new(client.clone(), &tables);
        let bounces = Bounces::new(client, &tables);
        (Self { store, mails, bounces, to }, id)
    }

    pub(crate) async fn entry(&self, id: &MailId) -> MailEntry {
        self.mails.find_mail(id).await.unwrap().unwrap()
    }

    async fn take(&self, entry: &MailEntry, holder: &str) -> Started {
        let start = StartSending {
            id: entry.id.clone(),
            seen: entry.revision,
            holder: holder.to_owned(),
            lease_until: NOW + 90,
            to: self.to.clone(),
            template: entry.template,
        };
        self.mails.take_mail(&start).await.unwrap()
    }

    async fn settle(&self, id: &MailId, seen: u32, holder: &str, state: MailState) -> bool {
        let settle = Settle {
            id: id.clone(),
            seen,
            holder: holder.to_owned(),
            state,
            deferral: matches!(state, MailState::Pending { .. }),
            provider_id: None,
            reason: None,
            now: NOW,
        };
        self.mails.settle_mail(&settle).await.unwrap()
    }

    fn bounce(&self, reason: BounceReason, dedupe: &str) -> Bounce {
        Bounce { dedupe: dedupe.to_owned(), address: self.to.clone(), reason, event: None, now: NOW }
    }

    async fn overdue(&self, now: u32) -> usize {
        let outbox = store::Outbox::new(self.store.client.clone(), &self.store.tables);
        let mut found = 0;
        for shard in 0..usecases::ports::OUTBOX_SHARDS {
            let overdue = outbox.list_overdue(shard, now, 10).await.unwrap();
            found += overdue.iter().filter(|one| matches!(one.owed, usecases::ports::Owed::Mail(_))).count();
        }
        found
    }
}

#[tokio::test]
async fn a_mail_is_pending_with_its_content_from_when_it_is_due() {
    let due = confirm_address("offer-1");
    let (ledger, id) = Ledger::with(due.clone()).await;
    let entry = ledger.entry(&id).await;
    assert_eq!(entry.state, MailState::Pending { not_before: NOW });
    assert_eq!((entry.revision, entry.due), (0, Some(due)));
}

#[tokio::test]
async fn of_two_who_take_a_mail_one_has_it() {
    let (ledger, id) = Ledger::with(confirm_address("offer-1")).await;
    let seen = ledger.entry(&id).await;
    assert_eq!(ledger.take(&seen, "one").await, Started::Ours);
    assert_eq!(ledger.take(&seen, "other").await, Started::Overtaken);
    // The answer was lost and the first asks again.
    assert_eq!(ledger.take(&seen, "one").await, Started::Ours);
    let taken = ledger.entry(&id).await;
    assert_eq!(taken.state, MailState::Sending { lease_until: NOW + 90 });
    assert_eq!(taken.revision, 1);
}

#[tokio::test]
async fn only_who_saw_the_last_change_settles_a_mail_and_saying_it_twice_is_no_conflict() {
    let (ledger, id) = Ledger::with(confirm_address("offer-1")).await;
    let seen = ledger.entry(&id).await;
    ledger.take(&seen, "one").await;
    assert!(!ledger.settle(&id, 0, "late", MailState::Sent).await);
    assert!(ledger.settle(&id, 1, "one", MailState::Sent).await);
    // The answer was lost and the same is said again.
    assert!(ledger.settle(&id, 1, "one", MailState::Sent).await);
    assert!(!ledger.settle(&id, 1, "other", MailState::Sent).await);
}

#[tokio::test]
async fn a_mail_that_is_done_with_keeps_neither_address_nor_content_and_is_owed_no_more() {
    for state in
        [MailState::Sent, MailState::Failed, MailState::Suppressed, MailState::Unknown { resend_at: None }]
    {
        let (ledger, id) = Ledger::with(confirm_address("offer-1")).await;
        assert_eq!(ledger.overdue(u32::MAX).await, 1);
        assert!(ledger.settle(&id, 0, "one", state).await);
        let entry = ledger.entry(&id).await;
        assert_eq!((entry.state, entry.due), (state, None));
        assert_eq!(ledger.overdue(u32::MAX).await, 0, "{state:?}");
        let dump = format!("{:?}", ledger.store.dump(&ledger.store.tables.ledger).await);
        assert!(!dump.contains("rh@exemple.invalid") && !dump.contains("PERSONNE"), "{state:?}");
    }
}

#[tokio::test]
async fn a_mail_that_waits_is_owed_again_when_its_time_comes() {
    for (state, at) in [
        (MailState::Pending { not_before: NOW + 500 }, NOW + 500),
        (MailState::Unknown { resend_at: Some(NOW + 600) }, NOW + 600),
    ] {
        let (ledger, id) = Ledger::with(confirm_address("offer-1")).await;
        assert!(ledger.settle(&id, 0, "one", state).await);
        assert_eq!(ledger.entry(&id).await.state, state);
        assert_eq!((ledger.overdue(at - 1).await, ledger.overdue(at).await), (0, 1), "{state:?}");
    }
}

#[tokio::test]
async fn how_often_a_mail_waited_and_was_of_unknown_fate_is_counted() {
    let (ledger, id) = Ledger::with(confirm_address("offer-1")).await;
    ledger.settle(&id, 0, "one", MailState::Pending { not_before: NOW }).await;
    ledger.settle(&id, 1, "one", MailState::Unknown { resend_at: Some(NOW) }).await;
    let entry = ledger.entry(&id).await;
    assert_eq!((entry.deferrals, entry.unknowns), (1, 1));
}

#[tokio::test]
async fn no_mail_is_taken_for_an_address_that_bounced_or_complained() {
    for reason in [BounceReason::HardBounce, BounceReason::Complaint] {
        let (ledger, id) = Ledger::with(confirm_address("offer-1")).await;
        assert!(ledger.bounces.record_bounce(&ledger.bounce(reason, "first")).await.unwrap());
        let seen = ledger.entry(&id).await;
        assert_eq!(ledger.take(&seen, "one").await, Started::Suppressed);
        assert_eq!(ledger.entry(&id).await, seen);
    }
}

#[tokio::test]
async fn who_stopped_our_mails_gets_none_that_one_may_stop_and_the_others_still() {
    for (due, taken) in
        [(offer_published("offer-1"), Started::Suppressed), (confirm_address("offer-1"), Started::Ours)]
    {
        let (ledger, id) = Ledger::with(due).await;
        let links = Links::new(ledger.store.client.clone(), ledger.store.tables.clone());
        links.stop_mails(&domain::mail::address_hash(&ledger.to), NOW).await.unwrap();
        let seen = ledger.entry(&id).await;
        assert_eq!(ledger.take(&seen, "one").await, taken);
    }
}

#[tokio::test]
async fn a_provider_that_tells_of_a_mail_settles_it_unless_it_is_settled() {
    let (ledger, id) = Ledger::with(confirm_address("offer-1")).await;
    ledger.settle(&id, 0, "one", MailState::Unknown { resend_at: Some(NOW + 600) }).await;
    ledger.mails.confirm_sent(&id, Some("fake-id"), NOW).await.unwrap();
    assert_eq!(ledger.entry(&id).await.state, MailState::Sent);

    let (ledger, id) = Ledger::with(confirm_address("offer-1")).await;
    ledger.settle(&id, 0, "one", MailState::Failed).await;
    ledger.mails.confirm_sent(&id, None, NOW).await.unwrap();
    assert_eq!(ledger.entry(&id).await.state, MailState::Failed);
}

#[tokio::test]
async fn a_mail_that_nobody_knows_is_not_made_by_telling_of_it() {
    let (ledger, _) = Ledger::with(confirm_address("offer-1")).await;
    let id: MailId = "0".repeat(32).parse().unwrap();
    ledger.mails.confirm_sent(&id, None, NOW).await.unwrap();
    assert_eq!(ledger.mails.find_mail(&id).await.unwrap(), None);
}

#[tokio::test]
async fn a_bounce_that_is_told_twice_counts_once() {
    let (ledger, _) = Ledger::with(confirm_address("offer-1")).await;
    let bounce = ledger.bounce(BounceReason::HardBounce, "same");
    assert!(ledger.bounces.record_bounce(&bounce).await.unwrap());
    assert!(!ledger.bounces.record_bounce(&bounce).await.unwrap());
    ledger.bounces.count_sent(3, NOW).await.unwrap();
    ledger.bounces.count_sent(2, NOW + 7_200).await.unwrap();
    let reputation = |sent, bounced| Reputation { sent, bounced, complained: 0 };
    assert_eq!(ledger.bounces.reputation(NOW + 7_200).await.unwrap(), reputation(5, 1));
    assert_eq!(ledger.bounces.reputation(NOW + 86_400).await.unwrap(), reputation(2, 0));
}

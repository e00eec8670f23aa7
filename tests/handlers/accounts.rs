//! Accounts that wait: who sees them, what validation and refusal do, and that neither is lost half way.

use domain::mail::{Mail, Template};
use domain::opco::Opco;
use domain::recruiter::{JobStatus, RecruiterStatus};
use serde_json::{Value, json};
use testkit::{Failing, Fault, siret};
use tests::events;
use usecases::accounts::{RemindOpcos, Reminded, SettleAccount, Verdict};
use usecases::deposit::{Desk, Turn};
use usecases::once::{Asked, Unkeyed};
use usecases::ports::{PutKnownAddresses, PutOpcoContact};

use crate::asking::set_header;
use crate::data::{KEY_3, OPCO_KEY, OTHER_OPCO_KEY};
use crate::deposit::{asking, last_offer, offer};
use crate::depositing::clock_later;
use crate::told::cfa;
use crate::world::{Answer, World, clock, run};

const OWNER: &str = "partner-three";
const DAY: i64 = 86_400;

/// An event of a case with another key, and without `Idempotency-Key`.
fn by(key: &str, event: &str) -> Value {
    let mut event: Value = serde_json::from_str(event).unwrap();
    set_header(&mut event, "Idempotency-Key", None);
    set_header(&mut event, "x-api-key", Some(key));
    event
}

/// A request to settle an account.
fn settling(key: &str, id: &str, word: &str) -> String {
    let mut event = by(key, &events::load("settle-account/nominal"));
    event["path"] = json!(format!("/v1/accounts/{id}/{word}"));
    event["pathParameters"]["id"] = json!(id);
    event.to_string()
}

impl World {
    /// Asks for an account by a partner that vouches for nobody.
    async fn create(&self, email: &str) -> Answer {
        let mut event = by(KEY_3, &events::load("create-establishment/nominal"));
        let body = event["body"].as_str().unwrap().replace("depot@exemple.invalid", email);
        event["body"] = json!(body);
        self.answer("create-establishment", &event.to_string()).await
    }

    /// The id of an account that waits, and those of its offers.
    async fn waiting(&self, email: &str, offers: u32) -> (String, Vec<String>) {
        let created = self.create(email).await;
        assert_eq!(created.json()["status"], "En attente de validation", "{}", created.body);
        let id = created.json()["establishment_id"].as_str().unwrap().to_owned();
        let mut ids = Vec::new();
        for number in 0..offers {
            let event = by(KEY_3, &asking(&id, None, &offer(number))).to_string();
            ids.push(last_offer(&self.answer("deposit-offer", &event).await));
        }
        (id, ids)
    }

    async fn settle(&self, key: &str, id: &str, word: &str) -> Answer {
        self.answer("settle-account", &settling(key, id, word)).await
    }

    /// What a key sees of an account that waits.
    async fn seen_waiting(&self, key: &str, id: &str) -> Option<Value> {
        let event = by(key, &events::load("list-waiting-accounts/nominal")).to_string();
        let answer = self.answer("list-waiting-accounts", &event).await;
        let accounts = answer.json()["accounts"].as_array().unwrap().clone();
        accounts.into_iter().find(|account| account["establishment_id"] == id)
    }

    /// Whether a search finds an offer.
    async fn finds(&self, offer_id: &str) -> bool {
        self.found().await.iter().any(|(_, id)| id == offer_id)
    }
}

#[tokio::test]
async fn an_account_that_nobody_vouches_for_waits_and_its_offers_with_it() {
    let world = World::new().await;
    let (id, offers) = world.waiting("attend@exemple.invalid", 1).await;
    assert_eq!(world.job_of(OWNER, &id, &offers[0]).await.job_status, JobStatus::EnAttente);
    assert!(!world.finds(&offers[0]).await);
    assert_eq!(world.events_of(&offers[0]).await, Vec::<&str>::new());
    let seen = world.seen_waiting(OPCO_KEY, &id).await.unwrap();
    assert_eq!((&seen["email"], &seen["offers"]), (&json!("attend@exemple.invalid"), &json!(1)));
}

#[tokio::test]
async fn a_validated_account_is_open_its_offers_begin_and_all_is_told_from_then_on() {
    let world = World::new().await;
    let email = "attend@exemple.invalid";
    let (id, offers) = world.waiting(email, 2).await;
    let cfas = [cfa()];
    world.turn(OWNER, &offers[0], Turn::Delegate(&cfas), 0).await;
    assert_eq!(world.due(Template::DelegationAsked, cfas[0].email.as_str()).await.len(), 0);

    let context = world.offers_desk_later(3 * DAY);
    let event = settling(OPCO_KEY, &id, "validation");
    let answer = run(&event, |request| settle_account::handle(&context, request)).await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));

    assert_eq!(world.recruiter(OWNER, &id).await.status, RecruiterStatus::Actif);
    for offer in &offers {
        let job = world.job_of(OWNER, &id, offer).await;
        assert_eq!(job.job_status, JobStatus::Active);
        // Two months from the validation, which is of the fourth of September.
        assert_eq!(domain::date::paris_day(job.job_expiration_date.unwrap()).to_string(), "2026-11-04");
        assert_eq!(world.events_of(offer).await, ["offer.published"]);
        assert!(world.finds(offer).await);
    }
    // One mail tells of both.
    assert_eq!(world.due(Template::OfferPublished, email).await.len(), 1);
    assert_eq!(world.due(Template::DelegationAsked, cfas[0].email.as_str()).await.len(), 1);
    assert_eq!(world.seen_waiting(OPCO_KEY, &id).await, None);
    for word in ["validation", "refusal"] {
        let again = world.settle(OPCO_KEY, &id, word).await;
        assert_eq!(
            (again.status, again.json()),
            (400, json!({"error": true, "message": "Account not found"}))
        );
    }
}

#[tokio::test]
async fn a_refused_account_is_archived_with_its_offers_and_its_address_is_free() {
    let world = World::new().await;
    let email = "attend@exemple.invalid";
    let (id, offers) = world.waiting(email, 2).await;
    assert_eq!(world.settle(OPCO_KEY, &id, "refusal").await.status, 204);
    assert_eq!(world.recruiter(OWNER, &id).await.status, RecruiterStatus::Archive);
    for offer in &offers {
        assert_eq!(world.job_of(OWNER, &id, offer).await.job_status, JobStatus::Annulee);
        assert!(!world.finds(offer).await);
    }
    assert_eq!(world.due(Template::AccountRefused, email).await.len(), 1);
    assert_eq!(world.seen_waiting(OPCO_KEY, &id).await, None);
    assert_eq!(world.settle(OPCO_KEY, &id, "validation").await.status, 400);
    assert_eq!(world.create(email).await.status, 201);
}

#[tokio::test]
async fn another_opco_and_a_partner_without_the_right_learn_nothing_and_change_nothing() {
    let world = World::new().await;
    let (id, _) = world.waiting("attend@exemple.invalid", 1).await;
    let before = world.everything().await;
    assert_eq!(world.seen_waiting(OTHER_OPCO_KEY, &id).await, None);
    let unknown = world.settle(OTHER_OPCO_KEY, "00000000-0000-4000-8000-000000000099", "validation").await;
    for word in ["validation", "refusal"] {
        let foreign = world.settle(OTHER_OPCO_KEY, &id, word).await;
        assert_eq!((foreign.status, &foreign.body), (400, &unknown.body));
        assert_eq!(world.settle(KEY_3, &id, word).await.status, 403);
        // The team sees those of no OPCO unless it names one.
        assert_eq!(world.settle("fake-key-of-the-team", &id, word).await.status, 400);
    }
    for odd in ["", "é", "a#b", &"9".repeat(5_000)] {
        assert_eq!(world.settle(OPCO_KEY, odd, "validation").await.status, 400, "{odd}");
    }
    assert!(world.everything().await == before, "something was written");
}

#[tokio::test]
async fn an_address_known_of_the_company_opens_the_account_and_a_public_mailbox_only_itself() {
    let world = World::new().await;
    let siren = siret(901)[..9].to_owned();
    let row = json!({"siren": siren, "emails": ["rh@fournil-exemple.invalid", "fournil@orange.fr"]});
    let known = domain::registry::known::KnownAddresses::parse(row.to_string().as_bytes()).unwrap();
    world.known_addresses().put_known_addresses(&known).await.unwrap();
    for (email, status) in [
        ("rh@fournil-exemple.invalid", "Actif"),
        ("autre@fournil-exemple.invalid", "Actif"),
        ("fournil@orange.fr", "Actif"),
        ("autre@orange.fr", "En attente de validation"),
        ("rh@autre-exemple.invalid", "En attente de validation"),
    ] {
        assert_eq!(world.create(email).await.json()["status"], status, "{email}");
    }
}

/// Every way to be cut off while two offers and then the account are written.
fn faults() -> impl Iterator<Item = Fault> {
    let kills = (0..=3).map(Fault::KillAfter);
    kills.chain((1..=3).map(Fault::AnswerLostAt)).chain((1..=3).map(Fault::ErrorAt))
}

impl World {
    /// Settles an account, is cut off, and does it again under the same key.
    async fn settle_twice(&self, id: &str, verdict: Verdict, fault: Fault) {
        let opco = Some(Opco::Ep);
        let asked =
            Asked { partner: "opco-ep", operation: id, key: Some("one"), body: b"", unkeyed: Unkeyed::Each };
        let waiting = self.recruiters();
        let (context, failing) = (self.offers_desk(), Failing::new(self.recruiters(), fault));
        let desk = Desk { change: &failing, ..context.desk() };
        let cut = SettleAccount { once: context.depositing.once(), desk };
        tokio::select! {
            cut = cut.judge(asked, &waiting, opco, id, verdict) => assert!(cut.is_err(), "{fault:?}"),
            () = failing.killed() => {}
        }
        // Whoever was killed holds the request for some seconds more.
        let context = self.offers_desk_later(12);
        let settle = SettleAccount { once: context.depositing.once(), desk: context.desk() };
        let done = settle.judge(asked, &waiting, opco, id, verdict).await.unwrap();
        assert_eq!(done.answer.status, 204, "{fault:?}");
        let again = settle.judge(asked, &waiting, opco, id, verdict).await.unwrap();
        assert!(again.replayed, "{fault:?}");
    }

    /// Every account that was cut off, and is settled: its address, its id and its offers.
    async fn settled_after_faults(&self, verdict: Verdict) -> Vec<(String, String, Vec<String>)> {
        let mut settled = Vec::new();
        for (number, fault) in faults().enumerate() {
            let email = format!("attend-{number}@exemple.invalid");
            let (id, offers) = self.waiting(&email, 2).await;
            self.settle_twice(&id, verdict, fault).await;
            assert_eq!(self.seen_waiting(OPCO_KEY, &id).await, None, "{fault:?}");
            settled.push((email, id, offers));
        }
        settled
    }
}

#[tokio::test]
async fn a_validation_that_is_cut_off_is_asked_again_and_ends_right_with_each_mail_once() {
    let world = World::new().await;
    let settled = world.settled_after_faults(Verdict::Validated).await;
    let told = world.told().await;
    for (email, id, offers) in settled {
        let recruiter = world.recruiter(OWNER, &id).await;
        assert_eq!(recruiter.status, RecruiterStatus::Actif, "{email}");
        assert!(recruiter.jobs.iter().all(|job| job.job_status == JobStatus::Active), "{email}");
        assert_eq!(told.mails(Template::OfferPublished, &email).len(), 1, "{email}");
        assert!(offers.iter().all(|offer| told.events(offer) == ["offer.published"]), "{email}");
    }
}

#[tokio::test]
async fn a_refusal_that_is_cut_off_is_asked_again_and_ends_right_with_each_mail_once() {
    let world = World::new().await;
    let settled = world.settled_after_faults(Verdict::Refused).await;
    let told = world.told().await;
    for (email, id, offers) in settled {
        let recruiter = world.recruiter(OWNER, &id).await;
        assert_eq!(recruiter.status, RecruiterStatus::Archive, "{email}");
        assert!(recruiter.jobs.iter().all(|job| job.job_status == JobStatus::Annulee), "{email}");
        assert_eq!(told.mails(Template::AccountRefused, &email).len(), 1, "{email}");
        assert!(offers.iter().all(|offer| told.events(offer) == ["offer.closed"]), "{email}");
    }
}

#[tokio::test]
async fn an_opco_is_told_once_a_day_how_many_wait_and_since_when() {
    let world = World::new().await;
    let (address, opco) = ("opco@exemple.invalid", Opco::Ep);
    let contacts = world.opco_contacts();
    contacts.put_opco_contact(opco, &address.parse().unwrap()).await.unwrap();
    for (later, mails) in [(0, 1), (3_600, 1), (DAY, 2)] {
        let context = remind_opcos::Context {
            recruiters: world.recruiters(),
            contacts: world.opco_contacts(),
            outbox: world.outbox(),
            clock: Box::new(clock_later(later)),
        };
        remind_opcos::handle(&context, Value::Null, "run".to_owned()).await.unwrap();
        let due = world.due(Template::AccountsWaiting, address).await;
        assert_eq!(due.len(), mails, "{later} s later");
        for mail in due {
            let Mail::AccountsWaiting(told) = mail else { panic!("another mail") };
            assert_eq!((told.count, told.oldest.to_string().as_str()), (3, "2026-08-27"));
        }
    }
    let (list, write) = (world.recruiters(), world.outbox());
    let remind = RemindOpcos { list: &list, contacts: &contacts, write: &write, clock: &clock() };
    let wanted = Reminded { told: 1, without_address: 1, waiting: 5, of_no_opco: 1 };
    assert_eq!(remind.run().await.unwrap(), wanted);
}

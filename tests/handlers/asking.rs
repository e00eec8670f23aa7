//! Requests about offers, made of the events of `events/`.

use domain::recruiter::Job;
use serde_json::{Value, json};
use tests::events;
use usecases::ports::{FindOwnRecruiter, LocateOwnOffer, Owed};

use crate::world::{Answer, World};

pub(crate) const EDIT: &str = "edit-offer/nominal";
pub(crate) const PROVIDE: &str = "close-offer/nominal";
pub(crate) const CANCEL: &str = "close-offer/canceled";
pub(crate) const EXTEND: &str = "extend-offer/nominal";
pub(crate) const LIST: &str = "list-delegations/cfas";
pub(crate) const DELEGATE: &str = "delegate-offer/nominal";

/// An event about this offer, without key and tag.
pub(crate) fn about(case: &str, offer_id: &str) -> Value {
    let mut event: Value = serde_json::from_str(&events::load(case)).unwrap();
    event["pathParameters"] = json!({"id": offer_id});
    for headers in ["headers", "multiValueHeaders"] {
        for name in ["Idempotency-Key", "If-Match"] {
            event[headers].as_object_mut().unwrap().remove(name);
        }
    }
    event
}

/// The same with one more header.
pub(crate) fn with(mut event: Value, name: &str, value: &str) -> Value {
    event["headers"][name] = json!(value);
    event["multiValueHeaders"][name] = json!([value]);
    event
}

/// The same with this body.
pub(crate) fn saying(mut event: Value, body: &Value) -> Value {
    event["body"] = json!(body.to_string());
    event
}

/// An edit of what the job is.
pub(crate) fn describing(offer_id: &str, text: &str) -> Value {
    saying(about(EDIT, offer_id), &json!({"job_description": text}))
}

impl World {
    /// Answers an event that was made of this case.
    pub(crate) async fn ask(&self, case: &str, event: &Value) -> Answer {
        let (function, _) = case.split_once('/').unwrap();
        self.answer(function, &event.to_string()).await
    }

    /// An offer as it is stored.
    pub(crate) async fn job(&self, partner: &str, offer_id: &str) -> Job {
        let recruiters = self.recruiters();
        let establishment_id = recruiters.locate_own_offer(partner, offer_id).await.unwrap().unwrap();
        let seen = recruiters.find_own_recruiter(partner, &establishment_id).await.unwrap().unwrap();
        seen.recruiter.jobs.into_iter().find(|job| job.id == offer_id).unwrap()
    }

    /// How many events the ledger owes.
    pub(crate) async fn owed_events(&self) -> usize {
        self.stream().await.iter().filter(|owed| matches!(owed, Owed::Event(_))).count()
    }

    /// How many mails.
    pub(crate) async fn owed_mails(&self) -> usize {
        self.stream().await.iter().filter(|owed| matches!(owed, Owed::Mail(_))).count()
    }
}

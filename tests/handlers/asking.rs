//! Requests, made of the events of `events/`.

use domain::recruiter::Job;
use serde_json::{Value, json};
use tests::events;
use usecases::ports::{LocateOwnOffer, Owed};

use crate::world::{Answer, World};

pub(crate) const EDIT: &str = "edit-offer/nominal";
pub(crate) const PROVIDE: &str = "close-offer/nominal";
pub(crate) const CANCEL: &str = "close-offer/canceled";
pub(crate) const EXTEND: &str = "extend-offer/nominal";
pub(crate) const LIST: &str = "list-delegations/cfas";
pub(crate) const DELEGATE: &str = "delegate-offer/nominal";

/// An event of a case, changed.
pub(crate) fn event(case: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut event = load(case);
    change(&mut event);
    event.to_string()
}

fn load(case: &str) -> Value {
    serde_json::from_str(&events::load(case)).unwrap()
}

/// Sets a header of an event, or takes it off.
pub(crate) fn set_header(event: &mut Value, name: &str, value: Option<&str>) {
    for (headers, value) in [
        ("headers", value.map(|value| json!(value))),
        ("multiValueHeaders", value.map(|value| json!([value]))),
    ] {
        let headers = event[headers].as_object_mut().unwrap();
        headers.remove(name);
        headers.extend(value.map(|value| (name.to_owned(), value)));
    }
}

/// Sets the query of an event, in which a name may come more than once.
pub(crate) fn set_query<T: AsRef<str>>(event: &mut Value, query: &[(T, T)]) {
    let (mut single, mut multi) = (json!({}), json!({}));
    for (name, value) in query.iter().map(|(name, value)| (name.as_ref(), value.as_ref())) {
        single[name] = json!(value);
        match multi[name].as_array_mut() {
            Some(values) => values.push(json!(value)),
            None => multi[name] = json!([value]),
        }
    }
    event["queryStringParameters"] = single;
    event["multiValueQueryStringParameters"] = multi;
}

/// An event about this offer or establishment, without key and tag.
pub(crate) fn about(case: &str, id: &str) -> Value {
    let mut event = load(case);
    event["pathParameters"] = json!({ "id": id });
    for name in ["Idempotency-Key", "If-Match"] {
        set_header(&mut event, name, None);
    }
    event
}

/// The same with one more header.
pub(crate) fn with(mut event: Value, name: &str, value: &str) -> Value {
    set_header(&mut event, name, Some(value));
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
        let establishment_id = self.recruiters().locate_own_offer(partner, offer_id).await.unwrap().unwrap();
        self.job_of(partner, &establishment_id, offer_id).await
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

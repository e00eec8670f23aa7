//! Appointments, from the form until one is fixed: the contexts of their routes, and what is done in them. The flows are in
//! `asked/`.

mod answered;
mod ended;
mod followed;
mod forgotten;
mod pages;
mod requested;
mod undelivered;

use async_trait::async_trait;
use domain::appointment::{Consent, Decision, Eligibility, RdvTraining};
use domain::link::LinkId;
use domain::mail::{AppointmentAsked, Mail, Template, address_hash};
use jiff::civil::date;
use runtime::asking::{Asking, Catalogue, FollowingAppointments, Holding};
use runtime::delivering::Depositing;
use serde_json::{Value, json};
use testkit::FixedClock;
use usecases::ports::{FindEligibility, FindEvent, Owed, PortError};

use crate::asking::{event, set_header, set_query};
use crate::depositing::link_key;
use crate::world::{Answer, World, cipher, clock, run};

/// The training that one may ask about.
pub(crate) const TRAINING: &str = "088281P01313885594860007038855948600070-67118#L01";
/// Another one of the same centre.
pub(crate) const OTHER: &str = "088281P01313885594860007038855948600070-67118#L02";
pub(crate) const APPLICANT: &str = "aucune.personne@exemple.invalid";
pub(crate) const CENTRE: &str = "rdv@cfa-invente.invalid";
pub(crate) const DAY: i64 = 86_400;

/// A catalogue of two trainings, open to all sites but Affelnet.
struct TwoTrainings;

#[async_trait]
impl FindEligibility for TwoTrainings {
    async fn find_eligibility(&self, training: &str) -> Result<Option<Eligibility>, PortError> {
        Ok([TRAINING, OTHER].contains(&training).then(|| eligibility(training)))
    }
}

fn eligibility(id: &str) -> Eligibility {
    let email = CENTRE.parse().unwrap();
    let mut consent = Consent::default();
    consent.optout.activated = Some(date(2026, 8, 1));
    consent.parcoursup.accepted = Some(date(2026, 8, 1));
    let text = |text: &str| Some(text.to_owned());
    let training = RdvTraining {
        title: "BOULANGER (CAP)".to_owned(),
        cfd: None,
        id_rco_formation: None,
        parcoursup_id: None,
        is_affelnet: false,
        street: text("1 rue Imaginaire"),
        zip: text("67000"),
        city: text("Strasbourg"),
        departement: text("67"),
        trainer: Some("00004154100012".parse().unwrap()),
        trainer_name: "CFA INVENTÉ".to_owned(),
        manager: None,
        email: Some((cipher().seal(&email, id), address_hash(&email))),
        id: id.to_owned(),
    };
    Eligibility { training, consent, decision: Decision::default() }
}

/// The clock of the data, so many seconds later.
#[expect(clippy::unnecessary_box_returns, reason = "every context holds its clock so")]
fn later(seconds: i64) -> Box<FixedClock> {
    let later = clock();
    later.advance(seconds);
    Box::new(later)
}

impl World {
    pub(crate) fn asking(&self, seconds: i64) -> Asking {
        let (client, tables) = (self.import.store.client.clone(), self.import.store.tables.clone());
        let stored = self.stored_applications();
        Asking {
            depositing: Depositing { clock: later(seconds), ..self.depositing() },
            catalogue: Catalogue {
                trainings: Box::new(TwoTrainings),
                barred: Box::new(store::BarredAddresses::new(client.clone(), &tables)),
                public_url: "https://site.exemple.invalid".to_owned(),
            },
            partners: store::Partners::new(client.clone(), &tables),
            requests: store::AppointmentRequests::new(client, tables, stored.people.clone()),
            stored,
            cipher: cipher(),
            links: link_key(),
        }
    }

    pub(crate) fn holding(&self, seconds: i64) -> Holding {
        Holding {
            find: Box::new(self.mail_links()),
            stored: self.stored_applications(),
            links: link_key(),
            clock: later(seconds),
            entropy: Box::new(self.entropy.clone()),
        }
    }

    pub(crate) fn following_appointments(&self) -> FollowingAppointments {
        let appointments = self.stored_applications().appointments;
        FollowingAppointments { callers: self.callers(), appointments }
    }

    /// Asks by JSON, so many seconds later, with these changes.
    pub(crate) async fn request(&self, seconds: i64, change: impl FnOnce(&mut Value)) -> Answer {
        let sent = event("request-appointment/nominal", |event| {
            let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
            change(&mut body);
            event["body"] = json!(body.to_string());
        });
        let context = self.asking(seconds);
        run(&sent, |request| request_appointment::handle(&context, request)).await
    }

    /// The mail that asks the centre.
    pub(crate) async fn asked_centre(&self) -> AppointmentAsked {
        let mails = self.due_to(Template::AppointmentAsked, CENTRE).await;
        let [Mail::AppointmentAsked(mail)] = mails.as_slice() else { panic!("{mails:?}") };
        mail.clone()
    }

    /// Presses a button of the page of a link, so many seconds later.
    pub(crate) async fn press_later(&self, seconds: i64, link: &LinkId, form: &str) -> Answer {
        let sent = event("follow-link/confirm-address", |event| {
            event["pathParameters"]["token"] = json!(link_key().token(link).as_str());
            event["body"] = json!(form);
        });
        let mut context = self.follow_link();
        context.offers.depositing.clock = later(seconds);
        run(&sent, |request| follow_link::handle(&context, request)).await
    }

    /// The page of a link.
    pub(crate) async fn page_of(&self, link: &LinkId) -> Answer {
        let sent = event("show-link/confirm-address", |event| {
            event["pathParameters"]["token"] = json!(link_key().token(link).as_str());
        });
        self.answer("show-link", &sent).await
    }

    /// An appointment as its site sees it.
    pub(crate) async fn appointment(&self, id: &str) -> Value {
        let appointments = self.stored_applications().appointments;
        let follow = usecases::asking::FollowAppointments {
            find: &appointments,
            list: &appointments,
            clock: &clock(),
        };
        let found = follow.one(domain::appointment::Referrer::Lba, &id.parse().unwrap()).await.unwrap();
        serde_json::to_value(api::appointments_answer::AppointmentAnswer::of(&found.unwrap())).unwrap()
    }

    /// Reads or answers by JSON, with a token.
    pub(crate) async fn hold(&self, case: &str, id: &str, token: Option<&str>) -> Answer {
        let sent = event(case, |event| {
            let bearer = token.map(|token| format!("Bearer {token}"));
            set_header(event, "Authorization", bearer.as_deref());
            if event["body"].is_null() {
                set_query(event, &[("appointmentId", id)]);
            } else {
                let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
                body["appointment_id"] = json!(id);
                event["body"] = json!(body.to_string());
            }
        });
        self.answer(case.split_once('/').unwrap().0, &sent).await
    }

    /// Which events are owed, in no order.
    pub(crate) async fn event_kinds(&self) -> Vec<&'static str> {
        self.events().await.into_iter().map(|(kind, _)| kind).collect()
    }

    /// The types of the events that are told, and the partners who are.
    pub(crate) async fn events(&self) -> Vec<(&'static str, Option<String>)> {
        let (outbox, mut events) = (self.outbox(), Vec::new());
        for owed in self.stream().await {
            if let Owed::Event(id) = owed {
                let told = outbox.find_event(&id).await.unwrap().unwrap();
                events.push((told.event.kind(), told.partner));
            }
        }
        events.sort();
        events
    }
}

/// The id and the token of a request that was taken.
pub(crate) fn taken(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let json = answer.json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&json["appointment"]["_id"]), text(&json["token"]))
}

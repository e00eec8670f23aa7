//! Trainings that one may ask for an appointment about, open and closed for every reason.

mod asked;
mod listed;

use domain::appointment::{Consent, Decision, Premium, Referrer};
use domain::event::BounceReason;
use jiff::civil::date;
use runtime::rdv::{Leading, PagesUrl};
use serde_json::{Value, json};
use store::{BarredAddresses, Consents, RdvTrainings};
use testkit::{Object, jsonl, siret};
use usecases::ports::{Bounce, ChangeConsent, Clock, Consequences, FindConsent, PutDecision, RecordBounce};

use crate::asking::event;
use crate::world::{Answer, World, cipher, clock};

const FEED: &str = "formations/rdv/list.jsonl";
/// It is open to all sites.
const ACCEPTS: u32 = 901;
/// It decided nothing.
const SILENT: u32 = 902;
/// It refused all, and accepted Affelnet.
const AFFELNET: u32 = 903;
/// Where our pages are.
const PAGES: &str = "https://{api}.exemple.invalid/api";
const CONTEXT: &str = "create-rdv-context/by-key";
const LINK: &str = "generate-appointment-link/nominal";

fn key(number: u32) -> String {
    format!("formation-inventee-{number}#L01")
}

/// A training at Parcoursup, that this establishment answers for.
fn training(number: u32, manager: u32) -> Value {
    let mut row = testkit::formation(number);
    row["parcoursup_id"] = json!(number);
    row["id_rco_formation"] = json!(format!("24_{number}|24_{number}|{number}"));
    row["id_action_ideo2"] = json!([format!("AF.{number}")]);
    row["email"] = json!(format!("rdv{number}@exemple.invalid"));
    row["cfd"] = json!("50022137");
    row["lieu_formation_adresse"] = json!("9 rue des Exemples");
    row["etablissement_formateur_siret"] = json!(siret(manager + 10));
    row["etablissement_formateur_entreprise_raison_sociale"] = json!("CFA INVENTÉ");
    row["etablissement_gestionnaire_siret"] = json!(siret(manager));
    row
}

/// One that is open to all; of those that are not, one for each reason; and one to set an address for.
fn trainings() -> Vec<Value> {
    let mut without_address = training(22, ACCEPTS);
    without_address["email"] = json!(null);
    without_address["etablissement_formateur_siret"] = json!(siret(999));
    vec![
        training(20, ACCEPTS),
        training(21, SILENT),
        without_address,
        training(23, ACCEPTS),
        training(24, ACCEPTS),
        training(25, AFFELNET),
        training(26, ACCEPTS),
    ]
}

impl World {
    /// The same world with trainings that one may ask about.
    pub(crate) async fn with_rdv() -> Self {
        let world = Self::new().await;
        world.import.load(FEED, jsonl(&trainings())).await;
        let today = date(2026, 9, 1);
        world
            .decide(ACCEPTS, |consent| {
                consent.optout.activated = Some(today);
                for premium in Premium::ALL {
                    consent.accept(premium, today);
                }
            })
            .await;
        world
            .decide(AFFELNET, |consent| {
                consent.refuse_optout(today);
                consent.accept(Premium::Affelnet, today);
            })
            .await;
        world.bounce_rdv("rdv23@exemple.invalid").await;
        let closed = Decision { is_closed: true, ..Decision::default() };
        world.rdv_trainings().put_decision(&key(24), &closed).await.unwrap();
        world
    }

    pub(crate) fn rdv_trainings(&self) -> RdvTrainings {
        RdvTrainings::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    pub(crate) fn barred(&self) -> BarredAddresses {
        BarredAddresses::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    pub(crate) fn consents(&self) -> Consents {
        Consents::new(self.import.store.client.clone(), self.import.store.tables.clone())
    }

    /// The context of the routes that lead to a form.
    pub(crate) fn leading(&self) -> Leading {
        Leading {
            callers: self.callers(),
            trainings: self.rdv_trainings(),
            barred: self.barred(),
            pages: pages(),
        }
    }

    /// The context of `list-appointment-formations`.
    pub(crate) fn open_trainings(&self) -> list_appointment_formations::Context {
        let store = &self.import.store;
        list_appointment_formations::Context {
            callers: self.callers(),
            establishments: store::RdvEstablishments::new(store.client.clone(), &store.tables),
            consents: self.consents(),
            trainings: self.rdv_trainings(),
            barred: self.barred(),
            ids: usecases::appointments::OpenIds::default(),
        }
    }

    /// The context of `set-appointment-contact`.
    pub(crate) fn set_contact(&self) -> set_appointment_contact::Context {
        set_appointment_contact::Context {
            callers: self.callers(),
            trainings: self.rdv_trainings(),
            cipher: cipher(),
        }
    }

    /// Changes what an establishment decided.
    async fn decide(&self, number: u32, change: impl FnOnce(&mut Consent)) {
        let siret = siret(number).parse().unwrap();
        let seen = self.consents().find_consent(&siret).await.unwrap();
        let mut consent = seen.consent.clone();
        change(&mut consent);
        let nothing = Consequences::none(clock().seconds());
        assert!(self.consents().change_consent(&siret, &seen, &consent, &nothing).await.unwrap());
    }

    pub(crate) async fn bounce_rdv(&self, address: &str) {
        let bounce = Bounce {
            dedupe: address.to_owned(),
            address: address.parse().unwrap(),
            reason: BounceReason::HardBounce,
            event: None,
            now: clock().seconds(),
        };
        assert!(self.bounces().record_bounce(&bounce).await.unwrap());
    }

    /// Asks with this body, as version 1 does.
    async fn context(&self, body: &Value) -> Answer {
        let sent = event(CONTEXT, |event| event["body"] = json!(body.to_string()));
        self.answer("create-rdv-context", &sent).await
    }

    /// Asks about a training, coming from a site, as version 1 does: whether one may.
    async fn is_open(&self, number: u32, referrer: &str) -> bool {
        let answer =
            self.context(&json!({"idCleMinistereEducatif": key(number), "referrer": referrer})).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let body = answer.json();
        if body["error"].is_null() {
            return true;
        }
        assert_eq!(body, json!({"error": "Prise de rendez-vous non disponible."}));
        false
    }

    /// The sites that a training is open to.
    pub(crate) async fn open_to(&self, number: u32) -> Vec<&'static str> {
        let mut open = Vec::new();
        for referrer in Referrer::ALL.map(Referrer::as_str) {
            if self.is_open(number, referrer).await {
                open.push(referrer);
            }
        }
        open
    }

    /// Sets where requests about a training go.
    pub(crate) async fn set(&self, number: u32, body: &Value) -> Answer {
        let sent = event("set-appointment-contact/set", |event| {
            event["pathParameters"] = json!({ "id": key(number).replace('#', "%23") });
            event["body"] = json!(body.to_string());
        });
        self.answer("set-appointment-contact", &sent).await
    }

    /// Imports the trainings anew, without some.
    async fn leave(&self, rows: &[Value]) {
        self.import.bucket.put(FEED, Object { bytes: jsonl(rows), forced: true, ..Object::default() });
        self.import.run(FEED).await.unwrap();
    }
}

/// Where our pages are.
pub(crate) fn pages() -> PagesUrl {
    PagesUrl::new(PAGES)
}

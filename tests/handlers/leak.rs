//! What is another's answers exactly like what does not exist, whatever is asked of it: the same status, headers and
//! body, after the same calls of the store.
//!
//! Every deposit route is asked with every kind of id that another partner, or another OPCO, has, each in every place
//! where an id may stand, and beside it with an id of the same form that nobody has.

use domain::recruiter::RecruiterStatus;
use serde_json::{Value, json};
use testkit::Calls;
use usecases::deposit::{Deposit, Notice, PutOffer};
use usecases::once::{Asked, Unkeyed};
use usecases::ports::ReferenceHash;

use crate::asking::{event, set_header, set_query};
use crate::depositing::{OTHERS, OWN};
use crate::hooks;
use crate::world::{Answer, World};

/// The partner that has what the others must not learn of.
const OWNER: &str = "partner-two";
/// Its own name for an offer.
const REFERENCE: &str = "annonce-inventee-7";

/// A route, and where in it ids stand.
struct Route {
    function: &'static str,
    method: &'static str,
    resource: &'static str,
    body: fn(&str) -> Value,
    /// The partner that asks.
    key: &'static str,
}

/// A secret of the owner's, and something of the same form that nobody has.
struct Secret {
    kind: &'static str,
    others: String,
    nobodys: String,
}

const ONE: &str = crate::data::KEY;
const OPCO: &str = crate::data::OPCO_KEY;

fn nothing(_: &str) -> Value {
    Value::Null
}

fn offer(_: &str) -> Value {
    crate::deposit::offer(1)
}

fn routes() -> Vec<Route> {
    let route = |function, method, resource, body| Route { function, method, resource, body, key: ONE };
    vec![
        route("deposit-offer", "POST", "/v1/jobs/{id}", offer),
        route("edit-offer", "PATCH", "/v1/jobs/{id}", |_| json!({"job_count": 2})),
        route("close-offer", "POST", "/v1/jobs/provided/{id}", nothing),
        route("close-offer", "POST", "/v1/jobs/canceled/{id}", nothing),
        route("extend-offer", "POST", "/v1/jobs/extend/{id}", nothing),
        route("list-delegations", "GET", "/v1/jobs/delegations/{id}", nothing),
        route("delegate-offer", "POST", "/v1/jobs/delegations/{id}", |_| json!({"establishmentIds": ["a"]})),
        route("get-offer-publication", "GET", "/v1/jobs/{id}/publication", nothing),
        route("archive-establishment", "DELETE", "/v1/jobs/establishment/{id}", nothing),
        route("deposit-offers", "POST", "/v1/jobs/bulk", |id| {
            let mut offer = crate::deposit::offer(1);
            offer["establishment_id"] = json!(id);
            json!({"offers": [offer]})
        }),
        route("put-offer", "PUT", "/v1/jobs/by-reference/{reference}", |id| {
            let mut offer = crate::deposit::offer(1);
            offer["establishment_id"] = json!(id);
            offer
        }),
        route(
            "change-webhook",
            "PUT",
            "/v1/webhooks/{id}",
            |_| json!({"url": "https://partenaire.exemple.invalid/ailleurs", "enabled": true}),
        ),
        route("test-webhook", "POST", "/v1/webhooks/{id}/test", nothing),
        route("delete-webhook", "DELETE", "/v1/webhooks/{id}", nothing),
        Route { key: OPCO, ..route("settle-account", "POST", "/v1/accounts/{id}/validation", nothing) },
        Route { key: OPCO, ..route("settle-account", "POST", "/v1/accounts/{id}/refusal", nothing) },
    ]
}

impl Route {
    /// An event that asks with this id, in the path and wherever it stands in the body.
    fn asking(&self, id: &str) -> String {
        event("deposit-offer/nominal", |event| self.make(event, id))
    }

    fn make(&self, event: &mut Value, id: &str) {
        set_header(event, "Idempotency-Key", None);
        set_header(event, "x-api-key", Some(self.key));
        event["requestContext"]["identity"]["apiKey"] = json!(self.key);
        event["httpMethod"] = json!(self.method);
        event["requestContext"]["httpMethod"] = json!(self.method);
        event["resource"] = json!(self.resource);
        let path = self.resource.replace("{id}", id).replace("{reference}", REFERENCE);
        event["path"] = json!(path);
        event["requestContext"]["path"] = json!(format!("/api{path}"));
        event["requestContext"]["resourcePath"] = json!(self.resource);
        event["pathParameters"] = json!({"id": id, "reference": REFERENCE});
        let body = (self.body)(id);
        event["body"] = if body.is_null() { Value::Null } else { json!(body.to_string()) };
    }
}

/// An id of the same form that nobody has: its first digit is another one.
fn of_nobody(id: &str) -> String {
    let at = id.find(|c: char| c.is_ascii_digit()).expect("every id has a digit");
    let other = if id[at..].starts_with('9') { "8" } else { "9" };
    format!("{}{other}{}", &id[..at], &id[at + 1..])
}

/// An answer without what tells one request from another.
fn told(mut answer: Answer) -> (u64, String, String) {
    answer.headers["x-request-id"] = Value::Null;
    (answer.status, answer.headers.to_string(), answer.body)
}

/// Gives the owner offers, one of them under a name, and an account that waits for another OPCO.
async fn secrets(world: &World) -> Vec<Secret> {
    let offers = world.offers_desk();
    let fields = crate::deposit::fields();
    let reference = ReferenceHash::of(REFERENCE);
    let asked =
        |body| Asked { partner: OWNER, operation: "prepare", key: None, body, unkeyed: Unkeyed::SameBody };
    let deposit =
        Deposit { establishment_id: OTHERS, fields: &fields, reference: None, notice: Notice::Alone };
    let first = offers.deposit().run(asked(b"first"), deposit).await.unwrap();
    let put = PutOffer {
        once: offers.depositing.once(),
        names: &offers.recruiters,
        head: &offers.recruiters,
        desk: offers.desk(),
    };
    put.run(asked(b"second"), deposit, &reference, None).await.unwrap();
    let first: Value = serde_json::from_str(&first.answer.body).unwrap();
    let secret = |kind, others: &str| Secret { kind, others: others.to_owned(), nobodys: of_nobody(others) };
    let waiting = world.waiting_for_another_opco().await;
    vec![
        secret("establishment", OTHERS),
        secret("offer", first["jobs"][0]["_id"].as_str().unwrap()),
        secret("recruiter document", first["_id"].as_str().unwrap()),
        secret("id in searches", &format!("{OTHERS}-0")),
        secret("reference", REFERENCE),
        secret("reference hash", reference.as_str()),
        secret("waiting account", &waiting),
        secret("webhook", hooks::OTHERS),
    ]
}

impl World {
    /// An account that waits for an OPCO that no partner of the tests is.
    async fn waiting_for_another_opco(&self) -> String {
        let mut recruiter = testkit::recruiter(90, 0);
        recruiter.status = RecruiterStatus::EnAttente;
        recruiter.opco = Some("AFDAS".to_owned());
        self.establish(OWNER, &recruiter, Vec::new()).await;
        recruiter.establishment_id
    }
}

#[tokio::test]
async fn what_is_anothers_answers_like_what_does_not_exist_on_every_route_for_every_kind_of_id() {
    let mut world = World::new().await;
    let secrets = secrets(&world).await;
    let before = world.import.store.dump(&world.import.store.tables.records).await;
    let (client, calls) = Calls::of(&world.import.store.client);
    world.import.store.client = client;
    let mut asked = 0;
    for route in routes() {
        for secret in &secrets {
            let mut answers = Vec::new();
            for id in [&secret.nobodys, &secret.others] {
                calls.take();
                let answer = world.answer(route.function, &route.asking(id)).await;
                assert!(answer.status < 500, "{}: {}", route.resource, answer.body);
                answers.push((told(answer), calls.take()));
                asked += 1;
            }
            // An id of an establishment or an offer in the body comes back in an answer that is about it alone.
            let plain = |(answer, calls): &((u64, String, String), Vec<String>), id: &str| {
                (answer.0, answer.1.clone(), answer.2.replace(id, "…"), calls.clone())
            };
            let (missing, others) = (plain(&answers[0], &secret.nobodys), plain(&answers[1], &secret.others));
            assert_eq!(missing, others, "{} {} with the {}", route.method, route.resource, secret.kind);
        }
    }
    let after = world.import.store.dump(&world.import.store.tables.records).await;
    assert_eq!(before.len(), after.len(), "nothing was written");
    assert_eq!(before, after);
    assert_eq!(asked, 2 * routes().len() * secrets.len());
}

#[tokio::test]
async fn what_is_ones_own_answers_otherwise_on_every_route() {
    let world = World::new().await;
    let offer = crate::deposit::last_offer(&world.deposit(None, &crate::deposit::offer(1)).await);
    let mut waiting = testkit::recruiter(91, 0);
    waiting.status = RecruiterStatus::EnAttente;
    waiting.opco = Some("EP".to_owned());
    world.establish(OWNER, &waiting, Vec::new()).await;
    for route in routes() {
        let own = match route.function {
            "settle-account" => &waiting.establishment_id,
            "change-webhook" | "test-webhook" | "delete-webhook" => hooks::OWN,
            "deposit-offer" | "deposit-offers" | "put-offer" | "archive-establishment" => OWN,
            _ => &offer,
        };
        let missing = told(world.answer(route.function, &route.asking(&of_nobody(own))).await);
        let answer = told(world.answer(route.function, &route.asking(own)).await);
        // The account is validated by the first of its two routes, and then no longer there for the second.
        let is_gone = route.resource.ends_with("/refusal");
        assert_eq!(answer == missing, is_gone, "{} {}: {answer:?}", route.method, route.resource);
    }
}

#[tokio::test]
async fn the_lists_of_a_partner_and_of_an_opco_hold_nothing_of_others() {
    let world = World::new().await;
    let secrets = secrets(&world).await;
    let recruiter = testkit::recruiter(51, 0);
    let (siret, email) = (recruiter.establishment_siret.as_str(), recruiter.email.as_str());
    let listing = |function, resource, key, query: &[(&str, &str)]| {
        let route = Route { function, method: "GET", resource, body: nothing, key };
        event("deposit-offer/nominal", |event| {
            route.make(event, "none");
            set_query(event, query);
        })
    };
    let find = |siret: &str, email: &str| {
        let query = [("establishment_siret", siret), ("email", email)];
        listing("find-establishment", "/v1/jobs/establishment", ONE, &query)
    };
    let others = world.answer("find-establishment", &find(siret, email)).await;
    let nobodys = world.answer("find-establishment", &find(siret, "personne@exemple.invalid")).await;
    assert_eq!(told(others), told(nobodys));
    for query in [&[][..], &[("establishment_siret", siret)], &[("email", email)], &[("limit", "100")]] {
        let event = listing("list-recruiters", "/v1/jobs/bulk", ONE, query);
        let answer = world.answer("list-recruiters", &event).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        for secret in &secrets {
            assert!(!answer.body.contains(&secret.others), "{} shows a {}", answer.body, secret.kind);
        }
        assert!(!answer.body.contains(email), "{}", answer.body);
    }
    let event = listing("list-webhooks", "/v1/webhooks", ONE, &[]);
    let answer = world.answer("list-webhooks", &event).await;
    assert!(answer.body.contains(hooks::OWN) && !answer.body.contains(hooks::OTHERS), "{}", answer.body);
    let event = listing("list-waiting-accounts", "/v1/accounts/waiting", OPCO, &[]);
    let answer = world.answer("list-waiting-accounts", &event).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    for secret in &secrets {
        assert!(!answer.body.contains(&secret.others), "{} shows a {}", answer.body, secret.kind);
    }
}

//! Each refusal in the words of its version (contract 1.10 and 2.4), and the order in which they are told.

use domain::date::paris_day;
use domain::email::Email;
use domain::event::BounceReason;
use domain::mail::{Mail, Template, address_hash};
use serde_json::{Value, json};
use usecases::ports::{Bounce, Clock, RecordBounce};

use super::{APPLICANT, RECRUITER};
use crate::applying::{Scanner, id_of};
use crate::asking::event;
use crate::world::{Answer, World, clock};

impl World {
    /// Sends an application of the present form, with these changes.
    async fn apply_by_id(&self, recipient: &str, change: impl FnOnce(&mut Value)) -> Answer {
        let sent = event("apply-by-id/nominal", |event| {
            let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
            body["recipient_id"] = json!(recipient);
            change(&mut body);
            event["body"] = json!(body.to_string());
        });
        self.answer("apply-by-id", &sent).await
    }

    /// Nobody is written to at this address any more.
    pub(super) async fn bounce(&self, address: &str) {
        let bounce = Bounce {
            dedupe: address.to_owned(),
            address: address.parse().unwrap(),
            reason: BounceReason::HardBounce,
            event: None,
            now: clock().seconds(),
        };
        assert!(self.bounces().record_bounce(&bounce).await.unwrap());
    }

    /// So many were counted already.
    pub(super) async fn counted(&self, of: &str, count: u32) {
        let text = |text: String| aws_sdk_dynamodb::types::AttributeValue::S(text);
        let store = &self.import.store;
        let put =
            store.client.put_item().table_name(&store.tables.ledger).item("pk", text(format!("count#{of}")));
        let count = aws_sdk_dynamodb::types::AttributeValue::N(count.to_string());
        put.item("sk", text("count".to_owned())).item("count", count).send().await.unwrap();
    }
}

/// Under what is counted how often the applicant has applied today.
pub(super) fn today() -> String {
    format!("day#{}#{}", person(), paris_day(clock().now()))
}

fn person() -> String {
    address_hash(&APPLICANT.parse::<Email>().unwrap())
}

#[tokio::test]
async fn each_refusal_has_its_word_and_nothing_is_written() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change); 9] = [
        ("secret_missing", |body| body["crypted_company_email"] = json!("00ff")),
        ("wrong_secret", |body| body["secret"] = json!("faux")),
        ("missing_caller", |body| body["caller"] = Value::Null),
        ("paramètres sociétés non autorisés", |body| body["company_type"] = json!("lba")),
        ("paramètres sociétés non autorisés", |body| body["company_siret"] = json!(testkit::siret(77))),
        ("email temporaire non autorisé", |body| body["applicant_email"] = json!("personne@mailinator.com")),
        ("offre expirée", |body| body["job_id"] = json!("000000000000000000000000")),
        ("email société invalide", |body| body["iv"] = json!("00".repeat(16))),
        ("pièce jointe invalide", |body| {
            body["applicant_file_content"] = json!("data:application/pdf;base64,AAAA");
        }),
    ];
    let world = World::new().await;
    let before = world.everything().await;
    for (word, change) in cases {
        let answer = world.apply(change).await;
        assert_eq!((answer.status, answer.json()), (400, json!({"error": word})), "{word}");
    }
    assert!(world.everything().await == before, "a refusal wrote something");
}

#[tokio::test]
async fn a_sealed_address_serves_its_own_offer_only() {
    let world = World::new().await;
    let (offer, company) = (world.offer_to_apply_for().await, world.company_to_apply_to().await);
    let answer = world
        .apply_as(&offer, None, |body| {
            body["company_email"] = company["contact"]["email"].clone();
            body["iv"] = company["contact"]["iv"].clone();
        })
        .await;
    assert_eq!(answer.json(), json!({"error": "email société invalide"}));
}

#[tokio::test]
async fn the_first_refusal_in_the_order_of_the_contract_is_told() {
    let world = World::new().await;
    let answer = world
        .apply(|body| {
            body["applicant_email"] = json!("personne@mailinator.com");
            body["iv"] = json!("00".repeat(16));
            body["applicant_file_content"] = json!("data:application/pdf;base64,AAAA");
        })
        .await;
    assert_eq!(answer.json(), json!({"error": "email temporaire non autorisé"}));
}

#[tokio::test]
async fn a_person_applies_three_times_for_one_offer_and_no_more() {
    let world = World::new().await;
    let offer = world.offer_to_apply_for().await;
    for number in 0..4 {
        let answer = world.apply_as(&offer, Some(&format!("key-{number}")), |_| ()).await;
        if number < 3 {
            id_of(&answer);
        } else {
            assert_eq!(answer.json(), json!({"error": "max messages atteint pour cette société"}));
        }
    }
}

#[tokio::test]
async fn a_company_that_takes_no_mails_is_told_before_any_count() {
    let world = World::new().await;
    world.bounce(RECRUITER).await;
    world.counted(&today(), 100).await;
    assert_eq!(world.apply(|_| ()).await.json(), json!({"error": "société désinscrite"}));
}

#[tokio::test]
async fn the_hundredth_application_of_a_day_is_taken_and_the_next_is_not() {
    let world = World::new().await;
    world.counted(&today(), 99).await;
    id_of(&world.apply(|_| ()).await);
    let answer = world.apply(|body| body["message"] = json!("encore")).await;
    assert_eq!(answer.json(), json!({"error": "max candidatures atteint"}));
}

#[tokio::test]
async fn the_twentieth_of_a_caller_to_a_siret_is_taken_and_the_next_is_not() {
    let world = World::new().await;
    let offer = world.offer_to_apply_for().await;
    let siret = offer["company"]["siret"].as_str().unwrap();
    let day = paris_day(clock().now());
    world.counted(&format!("caller#partner-one#contact@exemple.invalid tests#{siret}#{day}"), 19).await;
    id_of(&world.apply(|_| ()).await);
    let answer = world.apply(|body| body["message"] = json!("encore")).await;
    assert_eq!(answer.json(), json!({"error": "max messages atteint pour cette société"}));
    // Another caller is another.
    id_of(&world.apply(|body| body["caller"] = json!("another@exemple.invalid")).await);
}

#[tokio::test]
async fn an_offer_that_expired_or_was_closed_takes_none() {
    let world = World::new().await;
    let offer = world.offer_to_apply_for().await;
    world.expire(70 * 86_400).await.unwrap();
    assert_eq!(world.apply_as(&offer, None, |_| ()).await.json(), json!({"error": "offre expirée"}));
}

#[tokio::test]
async fn each_refusal_of_the_present_form_has_its_status_and_message() {
    type Change = fn(&mut Value);
    let world = World::new().await;
    let (offer, company) = (world.offer_to_apply_for().await, world.company_to_apply_to().await);
    let offer_id = offer["job"]["id"].as_str().unwrap();
    let own = format!("recruiters_{offer_id}");
    let unknown = "partners_000000000000000000000000".to_owned();
    let cases: [(&String, Change, &str); 4] = [
        (&own, |body| body["applicant_attachment_name"] = json!("cv.docx"), "File type is not supported"),
        (
            &own,
            |body| body["applicant_attachment_content"] = json!("data:text/plain;base64,AAAA"),
            "File type is not supported",
        ),
        (
            &own,
            |body| body["applicant_email"] = json!("p@mailinator.com"),
            "Disposable email are not allowed",
        ),
        (&unknown, |_| (), "Job or recruiter not found"),
    ];
    for (recipient, change, message) in cases {
        let answer = world.apply_by_id(recipient, change).await;
        assert_eq!((answer.status, &answer.json()["message"]), (400, &json!(message)));
    }
    let too_many = [
        (today(), 100, "Maximum application per day reached"),
        (format!("target#{}#offer#{offer_id}", person()), 3, "Maximum application per offer reached"),
    ];
    for (of, count, message) in too_many {
        let world = World::new().await;
        world.counted(&of, count).await;
        let answer = world.apply_by_id(&own, |_| ()).await;
        assert_eq!((answer.status, &answer.json()["message"]), (429, &json!(message)));
    }
    let siret = company["company"]["siret"].as_str().unwrap();
    let of = format!("caller#partner-one##{siret}#{}", paris_day(clock().now()));
    world.counted(&of, 20).await;
    let answer = world.apply_by_id(&format!("partners_{siret}"), |_| ()).await;
    assert_eq!(
        (answer.status, &answer.json()["message"]),
        (429, &json!("Maximum application per recruiter reached"))
    );
    world.bounce(RECRUITER).await;
    let answer = world.apply_by_id(&own, |_| ()).await;
    let nobody = "Internal error: no contact email found for the corresponding ressource";
    assert_eq!((answer.status, &answer.json()["message"]), (400, &json!(nobody)));
    world.expire(70 * 86_400).await.unwrap();
    let answer = world.apply_by_id(&own, |_| ()).await;
    assert_eq!((answer.status, &answer.json()["message"]), (400, &json!("Job offer has expired")));
}

#[tokio::test]
async fn the_present_form_answers_with_the_id_of_what_it_took() {
    let world = World::new().await;
    let offer = world.offer_to_apply_for().await;
    let recipient = format!("recruiters_{}", offer["job"]["id"].as_str().unwrap());
    let answer = world.apply_by_id(&recipient, |_| ()).await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(world.status_of(&id).await["status"], "received");
}

#[tokio::test]
async fn who_tests_on_an_offer_gets_no_link_that_closes_it() {
    let world = World::new().await;
    let test = |body: &mut Value| body["secret"] = json!("fake-secret-of-tests");
    id_of(&world.apply(test).await);
    world.scan(&Scanner::default()).await;
    let mails = world.due_to(Template::ApplicationReceived, APPLICANT).await;
    assert!(matches!(&mails[..], [Mail::ApplicationReceived(mail)] if mail.filled.is_none()), "{mails:?}");
}

#[tokio::test]
async fn a_caller_of_any_name_is_counted_or_refused() {
    let world = World::new().await;
    for (chars, status) in [(255, 200), (256, 400)] {
        let answer = world.apply(|body| body["caller"] = json!("\u{1F4A9}".repeat(chars))).await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
}

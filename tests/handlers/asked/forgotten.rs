//! Where who asked is while it is known, and that it is nowhere afterwards.

use domain::mail::{Mail, Template};
use serde_json::json;

use super::{APPLICANT, CENTRE, taken};
use crate::world::World;

const CANARIES: [&str; 4] =
    ["Canarie", "INTROUVABLE", "un secret très personnel", "une réponse très personnelle"];

#[tokio::test]
async fn who_was_forgotten_is_nowhere_and_nothing_about_them_leaves() {
    let world = World::new().await;
    let canary = |body: &mut serde_json::Value| {
        body["firstname"] = json!("Canarie");
        body["lastname"] = json!("INTROUVABLE");
        body["applicantMessageToCfa"] = json!("un secret très personnel");
    };
    let (id, own) = taken(&world.request(0, canary).await);
    let link = world.asked_centre().await.answer;
    let slots = "comment=une+r%C3%A9ponse+tr%C3%A8s+personnelle&day-1=2026-09-07&hour-1=14%3A30&minutes-1=30";
    assert_eq!(world.press_form(&link, slots).await.status, 200);
    assert_eq!(world.held_of(&CANARIES).await, Vec::<&str>::new(), "stored in clear");
    assert_eq!(world.held_of(&[APPLICANT, CENTRE]).await, Vec::<&str>::new(), "stored in clear");

    world.answer("ask-for-data", &tests::events::load("ask-for-data/nominal")).await;
    let mails = world.due_to(Template::PersonalData, APPLICANT).await;
    let [Mail::PersonalData(links)] = &mails[..] else { panic!("{mails:?}") };
    let export = world.press_form(&links.export, "").await.json();
    let known = &export["appointments"][0];
    assert_eq!((&known["id"], &known["status"]), (&json!(id), &json!("proposed")));
    assert_eq!(known["applicant"]["email"], json!(APPLICANT));
    assert_eq!(known["message"], "un secret très personnel");
    assert_eq!(known["centre_message"], "une réponse très personnelle");

    assert_eq!(world.press_form(&links.erase, "").await.status, 200);
    for (template, to) in [
        (Template::AppointmentAsked, CENTRE),
        (Template::AppointmentSent, APPLICANT),
        (Template::AppointmentReplied, APPLICANT),
    ] {
        assert!(world.due_to(template, to).await.is_empty(), "what was due cannot be read any more");
    }
    assert_eq!(world.held_of(&CANARIES).await, Vec::<&str>::new());
    // What names nobody stays, and what needs the person is over.
    assert_eq!(world.appointment(&id).await["status"], "proposed");
    let recalled = world.hold("recall-appointment/short-recap", &id, Some(&own)).await;
    assert_eq!(recalled.status, 404, "{}", recalled.body);
    assert_eq!(
        world.request(1, canary).await.status,
        404,
        "the same request is still answered, without a trace"
    );
}

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
    let page = world.page_of(&link).await;
    assert!(page.status == 410 && page.body.contains("existe plus"), "{}", page.body);
    assert!(world.due_to(Template::AppointmentWithdrawn, CENTRE).await.is_empty(), "nothing was fixed");
    assert_eq!(
        world.request(1, canary).await.status,
        404,
        "the same request is still answered, without a trace"
    );
}

#[tokio::test]
async fn who_is_forgotten_before_the_centre_answers_is_gone_for_the_centre() {
    let world = World::new().await;
    taken(&world.request(0, |_| ()).await);
    let link = world.asked_centre().await.answer;
    world.erase().await;
    for page in [world.page_of(&link).await, world.press_form(&link, "comment=Venez").await] {
        assert!(page.status == 410 && page.body.contains("existe plus"), "{}", page.body);
    }
}

#[tokio::test]
async fn a_centre_that_waits_for_who_is_forgotten_is_told_without_a_name() {
    let world = World::new().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    world.press_form(&world.asked_centre().await.answer, super::answered::SLOTS).await;
    world.press_form(&world.replied().await.own, super::answered::FIRST).await;
    world.erase().await;
    assert_eq!(world.appointment(&id).await["status"], "withdrawn");
    let told = world.due_to(Template::AppointmentWithdrawn, CENTRE).await;
    let [Mail::AppointmentWithdrawn(mail)] = &told[..] else { panic!("{told:?}") };
    assert!(mail.slot.is_some() && mail.first_name.is_empty() && mail.last_name.is_empty());
    assert!(world.due_to(Template::AppointmentWithdrawn, APPLICANT).await.is_empty());
    assert_eq!(world.event_kinds().await.iter().filter(|kind| **kind == "appointment.withdrawn").count(), 1);
}

impl World {
    /// Has whoever asked forgotten.
    async fn erase(&self) {
        self.answer("ask-for-data", &tests::events::load("ask-for-data/nominal")).await;
        let mails = self.due_to(Template::PersonalData, APPLICANT).await;
        let [Mail::PersonalData(links)] = &mails[..] else { panic!("{mails:?}") };
        assert_eq!(self.press_form(&links.erase, "").await.status, 200);
    }
}

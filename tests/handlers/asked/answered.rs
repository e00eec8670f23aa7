//! The centre answers, who asked picks a slot or takes the request back: each once.

use domain::mail::{AppointmentReplied, Mail, Side, Template};
use futures::future::join_all;
use serde_json::{Value, json};

use super::{APPLICANT, CENTRE, DAY, OTHER, taken};
use crate::depositing::link_key;
use crate::world::World;

pub(super) const SLOTS: &str = "comment=&day-1=2026-09-07&hour-1=14%3A30&minutes-1=45&day-2=&hour-2=&minutes-2=30&day-3=2026-09-08&hour-3=09%3A00&minutes-3=30";
/// 2026-09-07T12:30:00Z.
pub(super) const FIRST: &str = "slot=1788784200";

impl World {
    pub(super) async fn replied(&self) -> AppointmentReplied {
        let mails = self.due_to(Template::AppointmentReplied, APPLICANT).await;
        let [Mail::AppointmentReplied(mail)] = mails.as_slice() else { panic!("{mails:?}") };
        mail.clone()
    }
}

#[tokio::test]
async fn the_centre_answers_once_in_words_however_often_it_clicks_and_looking_changes_nothing() {
    let world = World::new().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    let link = world.asked_centre().await.answer;
    for _ in 0..2 {
        let page = world.page_of(&link).await;
        assert!(page.status == 200 && page.body.contains("<textarea") && page.body.contains("type=\"date\""));
        assert!(!page.body.contains("PERSONNE") && !page.body.contains(APPLICANT));
    }
    let clicks = join_all((0..5).map(|n| {
        let (world, link) = (&world, &link);
        async move { world.press_form(link, &format!("comment=Venez+lundi+{n}")).await }
    }))
    .await;
    assert_eq!(clicks.iter().filter(|page| page.status == 200).count(), 1);
    for page in clicks.iter().filter(|page| page.status != 200) {
        assert!(page.status == 410 && page.body.contains("déjà répondu"), "{}", page.body);
    }
    assert!(world.replied().await.message.unwrap().starts_with("Venez lundi "));
    let followed = world.appointment(&id).await;
    assert_eq!((&followed["status"], &followed["slots"]), (&json!("answered"), &json!([])));
    assert_eq!(world.event_kinds().await, ["appointment.answered", "appointment.requested"]);
    assert_eq!(world.page_of(&link).await.status, 410);
}

#[tokio::test]
async fn one_of_the_slots_is_picked_once_and_both_sides_are_told() {
    let world = World::new().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    let answer = world.asked_centre().await.answer;
    assert!(world.press_form(&answer, SLOTS).await.body.contains("Votre réponse est envoyée"));
    let replied = world.replied().await;
    assert_eq!(replied.slots.len(), 2);
    let page = world.page_of(&replied.own).await;
    assert!(page.body.contains("lundi 7 septembre 2026 à 14 h 30 (45 minutes)"), "{}", page.body);
    for nothing in ["", "slot=", "slot=1", "slot=x", "slot=1788784201"] {
        let page = world.press_form(&replied.own, nothing).await;
        assert!(page.status == 400 && page.body.contains("Choisissez un des créneaux"), "{nothing}");
    }
    let late = world.press_later(7 * DAY, &replied.own, FIRST).await;
    assert!(late.status == 400 && late.body.contains("déjà passé"), "{}", late.body);
    let clicks = join_all((0..5).map(|n| {
        let (world, own) = (&world, &replied.own);
        let form = if n % 2 == 0 { FIRST } else { "slot=1788850800" };
        async move { world.press_form(own, form).await }
    }))
    .await;
    assert_eq!(clicks.iter().filter(|page| page.status == 200).count(), 1);
    assert!(clicks.iter().all(|page| [200, 410].contains(&page.status)), "{clicks:?}");
    let followed = world.appointment(&id).await;
    assert_eq!(followed["status"], "picked");
    for (to, side) in [(APPLICANT, Side::Applicant), (CENTRE, Side::Centre)] {
        let mails = world.due_to(Template::AppointmentFixed, to).await;
        let [Mail::AppointmentFixed(mail)] = &mails[..] else { panic!("{mails:?}") };
        assert_eq!((mail.side, json!(mail.slot)), (side, followed["picked"].clone()));
        let other = if side == Side::Centre { APPLICANT } else { CENTRE };
        assert_eq!((mail.own.is_some(), mail.email.as_deref()), (side == Side::Applicant, Some(other)));
    }
    assert_eq!(world.event_kinds().await.iter().filter(|kind| **kind == "appointment.picked").count(), 1);
}

#[tokio::test]
async fn slots_in_the_past_are_refused_and_what_was_typed_stays() {
    let world = World::new().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    let link = world.asked_centre().await.answer;
    let form = "comment=Bonjour&day-1=2026-09-07&hour-1=14%3A30&minutes-1=45&day-2=2026-08-31&hour-2=10%3A00&minutes-2=30";
    let page = world.press_form(&link, form).await;
    assert_eq!(page.status, 400);
    for wanted in [
        "role=\"alert\"",
        "<a href=\"#day-2\">Créneau 2",
        "déjà passé",
        "value=\"2026-09-07\"",
        "value=\"14:30\"",
        "value=\"45\"",
        "value=\"2026-08-31\"",
        "Bonjour</textarea>",
    ] {
        assert!(page.body.contains(wanted), "{wanted} is not in {}", page.body);
    }
    let empty = world.press_form(&link, "comment=").await;
    assert!(empty.status == 400 && empty.body.contains("proposez au moins un créneau"), "{}", empty.body);
    assert_eq!(world.appointment(&id).await["status"], "requested");
    assert!(world.due_to(Template::AppointmentReplied, APPLICANT).await.is_empty());
}

#[tokio::test]
async fn who_asked_takes_the_request_back_once_and_the_centre_is_told() {
    let world = World::new().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    let mails = world.due_to(Template::AppointmentSent, APPLICANT).await;
    let [Mail::AppointmentSent(sent)] = &mails[..] else { panic!("{mails:?}") };
    assert!(world.page_of(&sent.own).await.body.contains("Retirer ma demande"));
    assert!(world.press_form(&sent.own, "action=withdraw").await.body.contains("Votre demande est retirée"));
    assert_eq!(world.press_form(&sent.own, "action=withdraw").await.status, 410);
    let told = world.due_to(Template::AppointmentWithdrawn, CENTRE).await;
    assert!(matches!(&told[..], [Mail::AppointmentWithdrawn(mail)] if mail.slot.is_none()), "{told:?}");
    assert!(world.due_to(Template::AppointmentWithdrawn, APPLICANT).await.is_empty());
    let late = world.press_form(&world.asked_centre().await.answer, "comment=Venez").await;
    assert!(late.status == 410 && late.body.contains("retirée"), "{}", late.body);
    assert_eq!(world.appointment(&id).await["status"], "withdrawn");
    assert_eq!(world.event_kinds().await, ["appointment.requested", "appointment.withdrawn"]);
}

#[tokio::test]
async fn a_slot_that_was_picked_is_given_up_until_it_begins_and_both_calendars_are_told() {
    let world = World::new().await;
    taken(&world.request(0, |_| ()).await);
    world.press_form(&world.asked_centre().await.answer, SLOTS).await;
    let own = world.replied().await.own;
    world.press_form(&own, FIRST).await;
    let late = world.press_later(7 * DAY, &own, "action=withdraw").await;
    assert_eq!(late.status, 400, "{}", late.body);
    assert_eq!(world.press_form(&own, "action=withdraw").await.status, 200);
    for to in [APPLICANT, CENTRE] {
        let mails = world.due_to(Template::AppointmentWithdrawn, to).await;
        assert!(matches!(&mails[..], [Mail::AppointmentWithdrawn(mail)] if mail.slot.is_some()), "{mails:?}");
    }
}

#[tokio::test]
async fn the_routes_of_version_one_recall_and_answer_by_the_token_of_each_side() {
    let world = World::new().await;
    let answer = world.request(0, |_| ()).await;
    let (id, own) = taken(&answer);
    let user = answer.json()["userId"].take();
    let centre = link_key().token(&world.asked_centre().await.answer);
    let (short, long, reply) =
        ("recall-appointment/short-recap", "recall-appointment/recap", "answer-appointment/nominal");
    let seen = world.hold(short, &id, Some(&own)).await;
    let person = json!({
        "firstname": "Aucune", "lastname": "PERSONNE", "phone": "+33199000000", "email": APPLICANT,
    });
    let wanted = json!({"user": person, "etablissement": {
        "etablissement_formateur_raison_sociale": "CFA INVENTÉ", "lieu_formation_email": CENTRE,
    }});
    assert_eq!((seen.status, seen.json()), (200, wanted));
    assert_eq!(seen.headers["cache-control"], "no-store", "others may sit at the same browser");

    let said = world.hold(reply, &id, Some(centre.as_str())).await;
    let wanted = json!({
        "appointment_id": id, "cfa_intention_to_applicant": "personalised_answer",
        "cfa_message_to_applicant": "Bonjour, appelez-nous lundi.",
        "cfa_message_to_applicant_date": "2026-09-02T09:00:00.000Z",
    });
    assert_eq!((said.status, said.json()), (200, wanted.clone()));
    let again = world.hold(reply, &id, Some(centre.as_str())).await;
    assert_eq!((again.status, again.json()), (200, wanted), "the same answer again is none more");
    assert_eq!(world.replied().await.message.as_deref(), Some("Bonjour, appelez-nous lundi."));

    let mut with_type = person.clone();
    with_type["type"] = json!("etudiant");
    let wanted = json!({
        "appointment": {
            "_id": id, "applicant_id": user, "cfa_intention_to_applicant": "personalised_answer",
            "cfa_message_to_applicant": "Bonjour, appelez-nous lundi.",
            "cfa_message_to_applicant_date": "2026-09-02T09:00:00.000Z",
            "applicant_message_to_cfa": "Bonjour,\nje voudrais visiter.", "applicant_reasons": ["modalite", "frais"],
            "cle_ministere_educatif": super::TRAINING,
        },
        "user": with_type,
        "etablissement": {
            "training_intitule_long": "BOULANGER (CAP)", "etablissement_formateur_raison_sociale": "CFA INVENTÉ",
            "lieu_formation_street": "1 rue Imaginaire", "lieu_formation_zip_code": "67000",
            "lieu_formation_email": CENTRE, "lieu_formation_city": "Strasbourg",
        },
    });
    let seen = world.hold(long, &id, Some(centre.as_str())).await;
    assert_eq!((seen.status, seen.json()), (200, wanted));

    // A token of another appointment, of the other side, none, or one that nobody made.
    let (other, others) = taken(&world.request(0, |body| body["cleMinistereEducatif"] = json!(OTHER)).await);
    for (case, right) in [(short, own.as_str()), (long, centre.as_str()), (reply, centre.as_str())] {
        let wrong_side = if right == own { centre.as_str() } else { own.as_str() };
        let never = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        for token in [Some(wrong_side), Some(others.as_str()), Some(never), Some("x"), None] {
            let answer = world.hold(case, &id, token).await;
            assert_eq!(answer.status, 403, "{case} {token:?} {}", answer.body);
        }
        assert_eq!(world.hold(case, &other, Some(right)).await.status, 403, "{case}");
    }
}

#[tokio::test]
async fn what_is_only_noted_sends_nothing_and_may_be_followed_by_an_answer() {
    let world = World::new().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    let link = world.asked_centre().await.answer;
    let noted = |intention: &'static str, message: Value| {
        crate::asking::event("answer-appointment/nominal", |event| {
            let bearer = format!("Bearer {}", link_key().token(&link).as_str());
            crate::asking::set_header(event, "Authorization", Some(&bearer));
            let body = json!({
                "appointment_id": id, "cfa_intention_to_applicant": intention, "cfa_message_to_applicant": message,
            });
            event["body"] = json!(body.to_string());
        })
    };
    let sent = noted("other_channel", json!(""));
    assert_eq!(world.answer("answer-appointment", &sent).await.status, 200);
    assert!(world.due_to(Template::AppointmentReplied, APPLICANT).await.is_empty());
    assert_eq!(world.appointment(&id).await["cfa_intention_to_applicant"], "other_channel");
    let empty = world.answer("answer-appointment", &noted("personalised_answer", Value::Null)).await;
    assert_eq!(empty.status, 400, "{}", empty.body);
    let answered = world.answer("answer-appointment", &noted("personalised_answer", json!("Venez"))).await;
    assert_eq!(answered.status, 200);
    let second = world.answer("answer-appointment", &noted("personalised_answer", json!("Non"))).await;
    assert_eq!(second.status, 400, "{}", second.body);
    assert_eq!(world.replied().await.message.as_deref(), Some("Venez"));
}

#[tokio::test]
async fn slots_that_nobody_picked_in_time_may_be_followed_by_others_and_words_may_not() {
    let world = World::new().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    let link = world.asked_centre().await.answer;
    world.press_form(&link, SLOTS).await;
    assert_eq!(world.press_later(5 * DAY, &link, SLOTS).await.status, 410, "one of them is ahead");
    let own = world.replied().await.own;
    let page = world.press_later(8 * DAY, &own, "slot=").await;
    assert!(page.body.contains("Ces créneaux sont passés"), "{}", page.body);
    let later = "comment=&day-1=2026-09-21&hour-1=10%3A00&minutes-1=30";
    assert_eq!(world.press_later(8 * DAY, &link, later).await.status, 200);
    assert_eq!(world.appointment(&id).await["slots"].as_array().unwrap().len(), 1);
    let mails = world.due_to(Template::AppointmentReplied, APPLICANT).await;
    assert_eq!(mails.len(), 2, "each answer is a mail");
    assert_eq!(world.event_kinds().await.iter().filter(|kind| **kind == "appointment.answered").count(), 2);
    assert_eq!(world.press_later(29 * DAY, &link, "comment=Appelez-nous").await.status, 200);
    assert_eq!(world.press_later(29 * DAY, &link, "comment=Encore").await.status, 410);
    assert_eq!(world.appointment(&id).await["status"], "answered");
}

#[tokio::test]
async fn a_note_that_is_changed_and_changed_back_is_told_each_time() {
    let world = World::new().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    let bearer = format!("Bearer {}", link_key().token(&world.asked_centre().await.answer).as_str());
    for (at, intention) in [(0, "other_channel"), (1, "no_answer"), (2, "other_channel")] {
        let sent = crate::asking::event("answer-appointment/nominal", |event| {
            crate::asking::set_header(event, "Authorization", Some(&bearer));
            let body = json!({
                "appointment_id": id, "cfa_intention_to_applicant": intention, "cfa_message_to_applicant": "",
            });
            event["body"] = json!(body.to_string());
        });
        let context = world.holding(at);
        let answer = crate::world::run(&sent, |request| answer_appointment::handle(&context, request)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
    let told = world.event_kinds().await;
    assert_eq!(told.iter().filter(|kind| **kind == "appointment.answered").count(), 3, "{told:?}");
}

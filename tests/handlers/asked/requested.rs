//! Who may ask, what they are told, and that one request is one.

use domain::mail::{Mail, Template};
use futures::future::join_all;
use serde_json::{Value, json};

use super::{APPLICANT, CENTRE, DAY, OTHER, TRAINING, taken};
use crate::asking::event;
use crate::world::{World, run};

#[tokio::test]
async fn a_request_is_answered_in_the_words_of_version_one_and_both_sides_get_a_mail() {
    let world = World::new().await;
    let answer = world.request(0, |_| ()).await;
    let (id, token) = taken(&answer);
    let json = answer.json();
    let wanted = json!({
        "_id": id, "applicant_id": json["userId"], "cfa_intention_to_applicant": null,
        "cfa_message_to_applicant": null, "cfa_message_to_applicant_date": null,
        "applicant_message_to_cfa": "Bonjour,\nje voudrais visiter.", "applicant_reasons": ["modalite", "frais"],
        "cle_ministere_educatif": TRAINING, "cfa_gestionnaire_siret": null, "cfa_formateur_siret": "00004154100012",
        "appointment_origin": "lba", "created_at": "2026-09-01T08:00:00.000Z",
    });
    assert_eq!(json["appointment"], wanted);
    assert_eq!((json["userId"].as_str().unwrap().len(), token.len()), (24, 43));
    assert_eq!(json.as_object().unwrap().len(), 3);
    let asked = world.asked_centre().await;
    assert_eq!((asked.first_name.as_str(), asked.phone.as_str()), ("Aucune", "+33199000000"));
    assert_eq!(asked.departement.as_deref(), Some("67"));
    let sent = world.due_to(Template::AppointmentSent, APPLICANT).await;
    assert!(matches!(&sent[..], [Mail::AppointmentSent(mail)] if mail.centre == "CFA INVENTÉ"), "{sent:?}");
    // Nobody is registered as the site that they came from.
    assert_eq!(world.events().await, [("appointment.requested", None)]);
    assert_eq!(world.appointment(&id).await["status"], "requested");
}

#[tokio::test]
async fn a_training_that_is_not_there_or_not_open_is_refused_in_the_words_of_version_one() {
    let world = World::new().await;
    let unknown = json!("088281P0-inventee#L09");
    for (field, value) in [("cleMinistereEducatif", unknown), ("appointmentOrigin", json!("affelnet"))] {
        let answer = world.request(0, |body| body[field] = value).await;
        assert_eq!((answer.status, &answer.json()["message"]), (400, &json!("Formation introuvable.")));
    }
    assert!(world.stream().await.is_empty());
}

#[tokio::test]
async fn the_same_person_asks_about_the_same_training_once_in_four_days_to_the_second() {
    let world = World::new().await;
    let (first, _) = taken(&world.request(0, |_| ()).await);
    let again = |body: &mut Value| {
        body["email"] = json!("AUCUNE.personne@exemple.INVALID");
        body["firstname"] = json!("Autre");
    };
    let refused =
        "Une demande de prise de RDV en date du 01/09/2026 est actuellement est cours de traitement.";
    for seconds in [0, 601, 4 * DAY - 1] {
        let answer = world.request(seconds, again).await;
        assert_eq!((answer.status, &answer.json()["message"]), (400, &json!(refused)), "{seconds}");
    }
    assert_eq!(world.request(0, |body| body["cleMinistereEducatif"] = json!(OTHER)).await.status, 200);
    assert_eq!(world.request(0, |body| body["email"] = json!("autre@exemple.invalid")).await.status, 200);
    let (second, _) = taken(&world.request(4 * DAY, again).await);
    assert_ne!(first, second);
    let since = world.request(4 * DAY + 601, again).await.json()["message"].take();
    assert!(since.as_str().unwrap().contains("05/09/2026"), "{since}");
}

#[tokio::test]
async fn the_day_that_is_told_is_that_of_paris() {
    let world = World::new().await;
    // 2026-09-01T22:30:00Z, half an hour past midnight in Paris.
    taken(&world.request(14 * 3_600 + 1_800, |_| ()).await);
    let told = world.request(15 * 3_600 + 1_800, |_| ()).await.json()["message"].take();
    assert!(told.as_str().unwrap().contains("02/09/2026"), "{told}");
}

#[tokio::test]
async fn the_same_body_sent_twice_is_one_request_and_both_get_its_answer() {
    let world = World::new().await;
    let answers = join_all((0..8).map(|_| world.request(0, |_| ()))).await;
    let mut ids: Vec<_> = answers.iter().filter(|answer| answer.status == 200).map(taken).collect();
    let others: Vec<_> = answers.iter().filter(|answer| answer.status != 200).collect();
    assert!(others.iter().all(|answer| answer.status == 409), "{others:?}");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 1);
    let again = world.request(599, |_| ()).await;
    assert_eq!(
        (taken(&again), again.headers["idempotency-replayed"].as_str()),
        (ids.remove(0), Some("true"))
    );
    world.asked_centre().await;
    assert_eq!(world.due_to(Template::AppointmentSent, APPLICANT).await.len(), 1);
}

#[tokio::test]
async fn two_requests_at_once_of_one_person_in_other_words_are_one() {
    let world = World::new().await;
    let sent = (0..8).map(|number| {
        let world = &world;
        async move {
            world.request(0, move |body| body["applicantMessageToCfa"] = json!(format!("{number}"))).await
        }
    });
    let answers = join_all(sent).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert!(answers.iter().all(|answer| [200, 400].contains(&answer.status)), "{answers:?}");
    world.asked_centre().await;
}

/// Whoever is killed at any moment has stored all of it or nothing: the same request makes it good, and no mail is there twice.
#[tokio::test]
async fn a_request_that_is_cut_short_anywhere_is_made_good_by_the_next_one_and_no_mail_is_there_twice() {
    let world = World::new().await;
    let sent = tests::events::load("request-appointment/nominal");
    // Each try goes a little further than the one before, until one gets to its end.
    let (mut polls, mut is_over) = (0, false);
    while !is_over {
        let context = world.asking(0);
        let mut answer = Box::pin(run(&sent, |request| request_appointment::handle(&context, request)));
        for _ in 0..polls {
            is_over = futures::poll!(&mut answer).is_ready();
            if is_over {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(answer);
        polls += 1 + polls / 8;
        let mails = world.due_to(Template::AppointmentAsked, CENTRE).await.len();
        let sent = world.due_to(Template::AppointmentSent, APPLICANT).await.len();
        let events = world.event_kinds().await.len();
        assert!(
            (mails, sent, events) == (0, 0, 0) || (mails, sent, events) == (1, 1, 1),
            "{mails} {sent} {events}"
        );
    }
    taken(&world.answer("request-appointment", &sent).await);
    world.asked_centre().await;
    assert_eq!(world.event_kinds().await.len(), 1);
}

#[tokio::test]
async fn a_body_of_any_form_is_a_4xx() {
    let world = World::new().await;
    for body in ["", "[", "[]", "{}", "null", "\u{0}", "{\"firstname\":{}}", &"[".repeat(10_000)] {
        for case in ["request-appointment/nominal", "answer-appointment/nominal"] {
            let sent = event(case, |event| event["body"] = json!(body));
            let answer = world.answer(case.split_once('/').unwrap().0, &sent).await;
            assert_eq!(answer.status, 400, "{case} {body:?}: {}", answer.body);
        }
    }
}

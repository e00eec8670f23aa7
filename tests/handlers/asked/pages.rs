//! The form as a browser sends it.

use domain::mail::Template;
use futures::future::join_all;
use serde_json::json;

use super::{APPLICANT, DAY, TRAINING};
use crate::asking::{event, set_query};
use crate::world::{Answer, World, run};

impl World {
    async fn send_form(&self, seconds: i64, change: impl Fn(&str) -> String) -> Answer {
        let sent = event("request-appointment/form", |event| {
            event["body"] = json!(change(event["body"].as_str().unwrap()));
        });
        let context = self.asking(seconds);
        run(&sent, |request| request_appointment::handle(&context, request)).await
    }

    async fn form(&self, referrer: &str, training: &str) -> Answer {
        let sent = event("show-appointment-form/nominal", |event| {
            set_query(event, &[("referrer", referrer), ("cleMinistereEducatif", training)]);
        });
        self.answer("show-appointment-form", &sent).await
    }
}

#[tokio::test]
async fn the_form_is_shown_where_the_training_is_open_and_a_kind_page_elsewhere() {
    let world = World::new().await;
    let form = world.form("lba", TRAINING).await;
    assert!(form.status == 200 && form.body.contains("BOULANGER (CAP)") && form.body.contains("CFA INVENTÉ"));
    let policy = form.headers["content-security-policy"].as_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    for (referrer, training) in
        [("affelnet", TRAINING), ("personne", TRAINING), ("lba", "inconnue"), ("lba", "")]
    {
        let page = world.form(referrer, training).await;
        assert_eq!(page.status, 404, "{referrer} {training}");
        assert!(page.body.contains("https://site.exemple.invalid/recherche-formation"), "{}", page.body);
    }
}

#[tokio::test]
async fn a_form_that_is_sent_twice_at_once_is_one_request_and_each_click_is_told_so() {
    let world = World::new().await;
    let pages = join_all((0..5).map(|_| world.send_form(0, str::to_owned))).await;
    for page in &pages {
        assert!(page.is_page() && [200, 409].contains(&page.status), "{} {}", page.status, page.body);
    }
    assert!(pages.iter().any(|page| page.body.contains("Votre demande est envoyée")));
    assert!(world.send_form(5, str::to_owned).await.body.contains("Votre demande est envoyée"));
    world.asked_centre().await;
    assert_eq!(world.due_to(Template::AppointmentSent, APPLICANT).await.len(), 1);
}

#[tokio::test]
async fn every_refusal_of_the_form_keeps_what_was_typed_and_says_what_to_do() {
    let world = World::new().await;
    let wrong = world.send_form(0, |body| body.replace("01+99+00+00+00", "12")).await;
    for wanted in
        ["role=\"alert\"", "<a href=\"#phone\">", "value=\"12\"", "value=\"Aucune\"", "je voudrais visiter."]
    {
        assert!(wrong.body.contains(wanted), "{wanted} is not in {}", wrong.body);
    }
    assert_eq!((wrong.status, wrong.body.matches(" checked").count()), (400, 3));
    let robot = world.send_form(0, |body| format!("{body}http%3A%2F%2Fevil.example")).await;
    assert!(robot.status == 400 && robot.body.contains("<a href=\"#website\">"), "{}", robot.body);
    assert!(world.stream().await.is_empty(), "nothing was asked for");

    assert_eq!(world.send_form(0, str::to_owned).await.status, 200);
    let recent = world.send_form(DAY, str::to_owned).await;
    assert_eq!(recent.status, 400);
    assert!(recent.body.contains("le 1er septembre 2026") && recent.body.contains("value=\"Aucune\""));
}

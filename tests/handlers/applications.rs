//! Applications, from when somebody applies until the recruiter answers. What is refused is in `refusals.rs`, what becomes
//! of a person in `forgotten.rs`, what a year later is left in `ended.rs`, who is stopped while it is sent in
//! `delivered.rs`, what closes an offer in `full.rs`, and CVs that came beforehand in `uploads.rs`.

pub(crate) mod delivered;
pub(crate) mod ended;
mod forgotten;
mod full;
mod refusals;
mod uploads;

use domain::application::MAX_PER_OFFER;
use domain::link::LinkId;
use domain::mail::{ApplicationReceived, Mail, Template};
use domain::recruiter::JobStatus;
use futures::future::join_all;
use serde_json::{Value, json};
use testkit::{data_url, pdf};
use usecases::applications::ScanOutcome;
use usecases::ports::{FindMail, Owed};

use crate::applying::{POISON, Scanner, id_of};
use crate::asking::event;
use crate::depositing::link_key;
use crate::world::{Answer, World, run};

const APPLICANT: &str = "aucune.personne@exemple.invalid";
const RECRUITER: &str = "recruteur1@exemple.invalid";

impl World {
    /// What is due to somebody, opened as whoever sends it does.
    pub(crate) async fn due_to(&self, template: Template, to: &str) -> Vec<Mail> {
        let mails = self.mails().with_people(self.stored_applications().people);
        let mut due = Vec::new();
        for owed in self.stream().await {
            if let Owed::Mail(id) = owed {
                due.extend(mails.find_mail(&id).await.unwrap().unwrap().due);
            }
        }
        let of = due.into_iter().filter(|due| due.mail.template() == template && due.to.as_str() == to);
        of.map(|due| due.mail).collect()
    }

    async fn received(&self) -> ApplicationReceived {
        let mails = self.due_to(Template::ApplicationReceived, RECRUITER).await;
        let [Mail::ApplicationReceived(mail)] = mails.as_slice() else { panic!("{mails:?}") };
        mail.clone()
    }

    pub(crate) async fn press_form(&self, link: &LinkId, form: &str) -> Answer {
        let sent = event("follow-link/confirm-address", |event| {
            event["pathParameters"]["token"] = json!(link_key().token(link).as_str());
            event["body"] = json!(form);
        });
        let context = self.follow_link();
        run(&sent, |request| follow_link::handle(&context, request)).await
    }

    async fn status_of(&self, id: &str) -> Value {
        let sent = event("get-application/nominal", |event| event["pathParameters"]["id"] = json!(id));
        self.answer("get-application", &sent).await.json()
    }
}

#[tokio::test]
async fn an_application_is_answered_in_the_words_of_version_one_and_the_applicant_is_told_at_once() {
    let world = World::new().await;
    let answer = world.apply(|_| ()).await;
    let id = id_of(&answer);
    assert_eq!(answer.json(), json!({"result": "ok", "message": "messages sent"}));
    let told = world.due_to(Template::ApplicationSent, APPLICANT).await;
    assert!(
        matches!(&told[..], [Mail::ApplicationSent(sent)] if sent.first_name == "Aucune" && !sent.spontaneous)
    );
    assert!(
        world.due_to(Template::ApplicationReceived, RECRUITER).await.is_empty(),
        "its CV was not looked at"
    );
    let followed = world.status_of(id.as_str()).await;
    assert_eq!(
        (&followed["status"], &followed["caller"]),
        (&json!("received"), &json!("contact@exemple.invalid tests"))
    );
}

#[tokio::test]
async fn the_recruiter_gets_it_once_its_cv_is_clean_however_often_it_is_looked_at() {
    let world = World::new().await;
    let id = id_of(&world.apply(|_| ()).await);
    let scanner = Scanner::default();
    assert!(matches!(world.scan(&scanner).await[..], [Ok(ScanOutcome::Clean)]));
    assert!(matches!(world.scan_one(&id, &scanner).await, Ok(ScanOutcome::Nothing)));
    assert!(world.scan(&scanner).await.is_empty(), "nothing is owed a look any more");
    let mail = world.received().await;
    assert_eq!((mail.first_name.as_str(), mail.phone.as_str()), ("Aucune", "+33199000000"));
    assert_eq!(mail.message.as_deref(), Some("Bonjour,\nje cherche une alternance."));
    assert!(mail.filled.is_some() && !mail.spontaneous);
    assert_eq!(mail.cv.file_name, "mon cv.pdf");
    assert_eq!(world.status_of(id.as_str()).await["status"], "sending");
}

#[tokio::test]
async fn a_company_gets_one_that_no_offer_asked_for_under_the_trade_that_is_looked_for() {
    let world = World::new().await;
    let company = world.company_to_apply_to().await;
    let answer = world
        .apply_as(&company, None, |body| {
            body["searched_for_job_label"] = json!("Boulangerie");
            body["job_title"] = Value::Null;
        })
        .await;
    id_of(&answer);
    assert!(matches!(world.scan(&Scanner::default()).await[..], [Ok(ScanOutcome::Clean)]));
    let told = world.due_to(Template::ApplicationSent, APPLICANT).await;
    assert!(
        matches!(&told[..], [Mail::ApplicationSent(sent)] if sent.spontaneous && sent.title == "Boulangerie")
    );
}

#[tokio::test]
async fn a_cv_that_is_infected_or_no_cv_inside_goes_nowhere_and_its_applicant_is_told() {
    for (text, wanted, infected) in
        [(POISON, ScanOutcome::Infected, true), ("x /OpenAction /JS", ScanOutcome::Refused, false)]
    {
        let world = World::new().await;
        let mut file = pdf(text);
        if !infected {
            // Cut in its middle: its beginning is a PDF's all the same.
            file.truncate(200);
        }
        let id = id_of(
            &world
                .apply(|body| body["applicant_file_content"] = json!(data_url("application/pdf", &file)))
                .await,
        );
        let outcomes = world.scan(&Scanner::default()).await;
        assert!(matches!(&outcomes[..], [Ok(outcome)] if *outcome == wanted), "{outcomes:?}");
        let told = world.due_to(Template::ApplicationRefused, APPLICANT).await;
        assert!(matches!(&told[..], [Mail::ApplicationRefused(mail)] if mail.infected == infected));
        assert!(world.due_to(Template::ApplicationReceived, RECRUITER).await.is_empty());
        assert_eq!(world.status_of(id.as_str()).await["status"], "refused");
    }
}

#[tokio::test]
async fn while_the_scanner_is_down_nothing_leaves_and_nothing_is_lost() {
    let world = World::new().await;
    let id = id_of(&world.apply(|_| ()).await);
    let scanner = Scanner::default();
    scanner.down(true);
    for _ in 0..2 {
        assert!(matches!(world.scan(&scanner).await[..], [Err(_)]));
    }
    assert!(world.due_to(Template::ApplicationReceived, RECRUITER).await.is_empty());
    assert_eq!(world.status_of(id.as_str()).await["status"], "scanning");
    scanner.down(false);
    assert!(matches!(world.scan(&scanner).await[..], [Ok(ScanOutcome::Clean)]));
    assert_eq!(world.received().await.application_id, id.to_string());
}

#[tokio::test]
async fn a_cv_that_nobody_looked_at_before_it_was_gone_is_given_up_once_and_its_applicant_is_told() {
    let world = World::new().await;
    let id = id_of(&world.apply(|_| ()).await);
    let scanner = Scanner::default();
    scanner.down(true);
    assert!(matches!(world.scan(&scanner).await[..], [Err(_)]));
    world.cvs().delete.delete_cv(&format!("cv/{id}")).await.unwrap();
    assert!(matches!(world.scan(&scanner).await[..], [Ok(ScanOutcome::Gone)]), "no scanner is asked");
    assert!(matches!(world.scan_one(&id, &scanner).await, Ok(ScanOutcome::Nothing)));
    assert!(world.scan(&scanner).await.is_empty(), "nothing is owed a look any more");
    assert_eq!(world.status_of(id.as_str()).await["status"], "bounced");
    let told = world.due_to(Template::ApplicationUndelivered, APPLICANT).await;
    assert!(matches!(&told[..], [Mail::ApplicationUndelivered(_)]), "{told:?}");
    assert!(world.due_to(Template::ApplicationReceived, RECRUITER).await.is_empty());
    assert!(world.event_kinds().await.contains(&"application.bounced"));
}

#[tokio::test]
async fn the_same_request_has_one_effect_with_a_key_and_without() {
    let world = World::new().await;
    let offer = world.offer_to_apply_for().await;
    for key in [None, Some("one-application")] {
        let first = world.apply_as(&offer, key, |_| ()).await;
        let again = world.apply_as(&offer, key, |_| ()).await;
        assert_eq!(id_of(&first), id_of(&again));
        assert_eq!(again.headers["idempotency-replayed"], "true");
    }
    assert_eq!(world.due_to(Template::ApplicationSent, APPLICANT).await.len(), 2);
}

#[tokio::test]
async fn of_two_hundred_at_once_eighty_are_taken_and_the_offer_closes_once() {
    let world = World::new().await;
    let offer = world.offer_to_apply_for().await;
    let sent = (0..200).map(|number| {
        let (world, offer) = (&world, &offer);
        async move {
            let change = move |body: &mut Value| {
                body["applicant_email"] = json!(format!("candidat{number}@exemple.invalid"));
                body["caller"] = json!(format!("caller {}", number / 10));
            };
            world.apply_as(offer, None, change).await
        }
    });
    let answers = join_all(sent).await;
    let taken = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(taken, MAX_PER_OFFER as usize);
    let others = answers.iter().filter(|answer| answer.status != 200);
    for answer in others {
        assert_eq!((answer.status, answer.json()), (400, json!({"error": "offre expirée"})));
    }
    let offer_id = offer["job"]["id"].as_str().unwrap();
    let (establishment, _) = offer["id"].as_str().unwrap().rsplit_once('-').unwrap();
    assert_eq!(world.job_of("site", establishment, offer_id).await.job_status, JobStatus::Annulee);
    assert_eq!(world.due_to(Template::OfferFull, RECRUITER).await.len(), 1);
    assert_eq!(world.events_of(offer_id).await, ["offer.closed"]);
}

#[tokio::test]
async fn a_recruiter_answers_once_from_its_mail_and_the_applicant_reads_it() {
    let world = World::new().await;
    let id = id_of(&world.apply(|_| ()).await);
    world.scan(&Scanner::default()).await;
    let mail = world.received().await;
    // Whoever opens a link changes nothing.
    let token = link_key().token(&mail.refuse);
    let shown = event("show-link/confirm-address", |event| {
        event["pathParameters"]["token"] = json!(token.as_str());
    });
    for _ in 0..2 {
        let page = world.answer("show-link", &shown).await;
        assert!(page.status == 200 && page.body.contains("<textarea"), "{}", page.body);
    }
    assert!(world.due_to(Template::ApplicationReplied, APPLICANT).await.is_empty());

    let form = "comment=Pas+encore+%3Cb%3Ed%C3%A9cid%C3%A9%3C%2Fb%3E&email=&phone=";
    assert_eq!(world.press_form(&mail.undecided, form).await.status, 200);
    let clicks =
        join_all((0..5).map(|_| world.press_form(&mail.meet, "comment=Venez&phone=01+99+00+00+00"))).await;
    assert_eq!(clicks.iter().filter(|page| page.status == 200).count(), 1);
    for page in
        clicks.iter().chain([&world.press_form(&mail.refuse, "").await]).filter(|page| page.status != 200)
    {
        assert!(page.status == 410 && page.body.contains("déjà répondu"), "{}", page.body);
    }
    let replies = world.due_to(Template::ApplicationReplied, APPLICANT).await;
    let mut comments: Vec<_> = replies
        .iter()
        .map(|mail| match mail {
            Mail::ApplicationReplied(reply) => reply.comment.clone().unwrap_or_default(),
            other => panic!("{other:?}"),
        })
        .collect();
    comments.sort();
    assert_eq!(comments, ["Pas encore décidé", "Venez"]);
    let followed = world.status_of(id.as_str()).await;
    assert_eq!(
        (&followed["status"], &followed["company_recruitment_intention"]),
        (&json!("answered"), &json!("entretien"))
    );
}

#[tokio::test]
async fn the_routes_of_version_one_answer_with_the_token_of_the_mail() {
    let world = World::new().await;
    let id = id_of(&world.apply(|_| ()).await);
    world.scan(&Scanner::default()).await;
    let token = link_key().token(&world.received().await.meet);
    let ask = |case: &str, id: &str, token: &str| {
        event(case, |event| {
            event["pathParameters"]["id"] = json!(id);
            event["queryStringParameters"]["token"] = json!(token);
            event["multiValueQueryStringParameters"]["token"] = json!([token]);
        })
    };
    let (noted, answered) = ("answer-application/intention", "answer-application/nominal");
    let answer = world.answer("answer-application", &ask(noted, id.as_str(), token.as_str())).await;
    assert_eq!(answer.json(), json!({"result": "ok"}));
    assert!(world.due_to(Template::ApplicationReplied, APPLICANT).await.is_empty());
    let answer = world.answer("answer-application", &ask(answered, id.as_str(), token.as_str())).await;
    assert_eq!(answer.json(), json!({"result": "ok", "message": "comment registered"}));
    assert_eq!(world.due_to(Template::ApplicationReplied, APPLICANT).await.len(), 1);
    let again = world.answer("answer-application", &ask(answered, id.as_str(), token.as_str())).await;
    assert_eq!((again.status, &again.json()["message"]), (400, &json!("error_saving_comment")));
    // The token of another application, or none.
    for (id, token) in [("8cb7015d-db7a-479d-8920-aec0d5f66435", token.as_str()), (id.as_str(), "rien")] {
        assert_eq!(world.answer("answer-application", &ask(answered, id, token)).await.status, 403);
    }
}

#[tokio::test]
async fn a_partner_follows_its_own_applications_and_no_others() {
    let world = World::new().await;
    let id = id_of(&world.apply(|_| ()).await);
    let as_partner = |case: &str, key: &str| {
        event(case, |event| {
            event["pathParameters"]["id"] = json!(id.as_str());
            crate::asking::set_header(event, "x-api-key", Some(key));
        })
    };
    let own =
        world.answer("list-applications", &as_partner("list-applications/nominal", crate::data::KEY)).await;
    assert_eq!(own.json()["applications"][0]["id"], json!(id.as_str()));
    assert!(!own.body.contains("PERSONNE") && !own.body.contains(APPLICANT));
    let other =
        world.answer("list-applications", &as_partner("list-applications/nominal", crate::data::KEY_3)).await;
    assert_eq!(other.json()["applications"], json!([]));
    let other =
        world.answer("get-application", &as_partner("get-application/nominal", crate::data::KEY_3)).await;
    let nobody = world.answer("get-application", &tests::events::load("get-application/nominal")).await;
    assert_eq!((other.status, other.json()), (404, nobody.json()));
}

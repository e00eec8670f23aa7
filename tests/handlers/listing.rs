//! A partner's own establishments: found, listed, archived.

use std::collections::BTreeSet;

use domain::recruiter::JobStatus;
use serde_json::{Value, json};
use testkit::{Failing, Fault, siret};
use tests::events;
use usecases::once::{Asked, Unkeyed};

use crate::asking::{event, set_query};
use crate::depositing::OWN;
use crate::own::{establishment_id, in_paris};
use crate::world::{Answer, World};

fn with_query(case: &str, query: &[(&str, &str)]) -> String {
    event(case, |event| set_query(event, query))
}

impl World {
    async fn find(&self, number: u32, email: &str) -> Answer {
        let query = [("establishment_siret", siret(number)), ("email", email.to_owned())];
        let query = query.each_ref().map(|(name, value)| (*name, value.as_str()));
        self.answer("find-establishment", &with_query("find-establishment/own", &query)).await
    }

    /// The ids of a page of the list, and what is said of it.
    async fn listed(&self, query: &[(&str, &str)]) -> (Vec<String>, Value) {
        let answer = self.answer("list-recruiters", &with_query("list-recruiters/page", query)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let answer = answer.json();
        let id = |one: &Value| one["establishment_id"].as_str().unwrap().to_owned();
        (answer["data"].as_array().unwrap().iter().map(id).collect(), answer["pagination"].clone())
    }

    async fn archive_it(&self, id: &str) -> Answer {
        let event = event("archive-establishment/nominal", |event| event["pathParameters"]["id"] = json!(id));
        self.answer("archive-establishment", &event).await
    }
}

#[tokio::test]
async fn an_establishment_is_found_by_siret_and_address_in_whatever_letters() {
    let world = World::new().await;
    let answer = world.find(50, "RECRUTEUR50@exemple.invalid").await;
    assert_eq!((answer.status, answer.body), (200, format!("\"{OWN}\"")));
}

#[tokio::test]
async fn an_establishment_of_another_partner_is_found_like_none() {
    let world = World::new().await;
    let mut answers = Vec::new();
    for (number, email) in [
        (51, "recruteur51@exemple.invalid"),
        (50, "recruteur51@exemple.invalid"),
        (51, "recruteur50@exemple.invalid"),
        (99, "personne@exemple.invalid"),
    ] {
        let mut answer = world.find(number, email).await;
        answer.headers["x-request-id"] = Value::Null;
        answers.push((answer.status, answer.headers.to_string(), answer.body));
    }
    assert_eq!(
        (answers[0].0, answers[0].2.as_str()),
        (400, r#"{"error":true,"message":"Establishment not found"}"#)
    );
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[tokio::test]
async fn parameters_that_are_absent_or_malformed_are_errors_of_the_query() {
    let world = World::new().await;
    for (query, message) in [
        (
            &[][..],
            "querystring.establishment_siret: Paramètre obligatoire, querystring.email: Paramètre obligatoire",
        ),
        (
            &[("establishment_siret", "12345678901234"), ("email", "recruteur50@exemple.invalid")],
            "querystring.establishment_siret: Le siret ne respecte pas l'algorithme luhn \
             (https://fr.wikipedia.org/wiki/Formule_de_Luhn)",
        ),
        (
            &[("establishment_siret", "90000050000018"), ("email", "rh")],
            "querystring.email: email : Badly formatted email address.",
        ),
    ] {
        let answer = world.answer("find-establishment", &with_query("find-establishment/own", query)).await;
        let body = answer.json();
        assert_eq!((answer.status, &body["message"]), (400, &json!(message)));
        assert_eq!(body["data"]["validationError"]["validationContext"], "querystring");
    }
}

#[tokio::test]
async fn pages_follow_each_other_and_tell_how_many_there_are() {
    let world = World::with_own().await;
    let (all, pagination) = world.listed(&[]).await;
    let mine: BTreeSet<String> =
        [60, 61, 62, 63].map(establishment_id).into_iter().chain([OWN.to_owned()]).collect();
    assert_eq!(all.iter().cloned().collect::<BTreeSet<_>>(), mine, "and none of another partner");
    assert_eq!(pagination, json!({"page": 1, "result_per_page": 10, "number_of_page": 1, "total": 5}));
    let mut walked = Vec::new();
    for page in ["1", "2", "3"] {
        let (ids, pagination) = world.listed(&[("page", page), ("limit", "2")]).await;
        assert_eq!((&pagination["number_of_page"], &pagination["total"]), (&json!(3), &json!(5)));
        walked.extend(ids);
    }
    assert_eq!(walked, all);
    let (beyond, pagination) = world.listed(&[("page", "4"), ("limit", "2")]).await;
    assert_eq!((beyond.len(), &pagination["total"]), (0, &json!(5)));
}

#[tokio::test]
async fn each_filter_leaves_those_that_it_means_with_their_offers() {
    let world = World::with_own().await;
    let email = "recruteur60@exemple.invalid";
    for (query, wanted) in [
        (&[("establishment_siret", siret(60))][..], &[60][..]),
        (&[("email", email.to_owned())], &[60]),
        (&[("email", email.to_owned()), ("establishment_siret", siret(61))], &[]),
        (&[("status", "En attente de validation".to_owned())], &[62]),
        (&[("status", "Archivé".to_owned())], &[]),
        (&[("opco", "akto".to_owned())], &[62]),
        (&[("opco", "EP".to_owned())], &[]),
        (&[("origin", "formulaire".to_owned())], &[]),
        (&[("establishment_siret", siret(64))], &[]),
    ] {
        let query: Vec<(&str, &str)> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (ids, pagination) = world.listed(&query).await;
        assert_eq!(ids, wanted.iter().copied().map(establishment_id).collect::<Vec<_>>(), "{query:?}");
        assert_eq!(pagination["total"], json!(wanted.len()), "{query:?}");
    }
    let answer =
        world.answer("list-recruiters", &with_query("list-recruiters/page", &[("email", email)])).await;
    assert_eq!(answer.json()["data"][0]["jobs"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn an_establishment_that_was_created_with_a_word_for_its_origin_is_found_by_it() {
    let world = World::new().await;
    let created = world.answer("create-establishment", &events::load("create-establishment/nominal")).await;
    let event: Value = serde_json::from_str(&events::load("create-establishment/nominal")).unwrap();
    let body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
    let (ids, _) = world.listed(&[("origin", body["origin"].as_str().unwrap())]).await;
    assert_eq!(json!(ids), json!([created.json()["establishment_id"]]));
}

#[tokio::test]
async fn the_query_of_the_original_is_refused_with_the_names_of_the_filters() {
    let world = World::new().await;
    let answer = world.answer("list-recruiters", &events::load("list-recruiters/old-query")).await;
    let said = "Ce paramètre n'existe plus : filtrez avec establishment_siret, email, status, opco, origin, et avancez avec \
                page et limit.";
    let message = format!("querystring.query: {said}, querystring.select: {said}");
    assert_eq!((answer.status, &answer.json()["message"]), (400, &json!(message)));
}

#[tokio::test]
async fn an_archived_establishment_is_gone_from_searches_and_its_address_is_free() {
    let world = World::new().await;
    let before = world.found().await;
    world.own("partner-one", &in_paris(65, 3)).await;
    assert_eq!(world.found().await.len(), before.len() + 3);
    let id = establishment_id(65);
    let email = "recruteur65@exemple.invalid";
    assert_eq!(world.find(65, email).await.status, 200);
    let answer = world.archive_it(&id).await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(world.found().await, before);
    assert_eq!(world.find(65, email).await.status, 400);
    assert_eq!(world.listed(&[("status", "Archivé")]).await.0, std::slice::from_ref(&id));
    for job in world.jobs(&id).await {
        assert_eq!(
            (job.job_status, job.job_status_comment.as_deref()),
            (JobStatus::Annulee, Some("Compte archivé"))
        );
    }
    let create = event("create-establishment/nominal", |event| {
        let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
        body["email"] = json!(email);
        event["body"] = json!(body.to_string());
    });
    let created = world.answer("create-establishment", &create).await;
    assert_eq!(created.status, 201, "{}", created.body);
    // Once more changes nothing: above all not whose the address is now.
    let all = world.everything().await;
    assert_eq!(world.archive_it(&id).await.status, 204);
    let [postings, records, ledger] = world.everything().await;
    assert_eq!((&postings, &ledger), (&all[0], &all[2]));
    let mine = |(partition, _): &&(String, String)| partition.contains(&id);
    let others = |dump: &testkit::Dump| -> Vec<String> {
        dump.iter().filter(|(key, _)| !mine(key)).map(|(_, item)| item.clone()).collect()
    };
    assert_eq!(others(&records), others(&all[1]));
}

#[tokio::test]
async fn an_establishment_of_another_partner_is_archived_like_none() {
    let world = World::with_own().await;
    let before = world.everything().await;
    let mut answers = Vec::new();
    for id in [&establishment_id(64), &establishment_id(99), "", "a#b", &"9".repeat(5_000)] {
        let mut answer = world.archive_it(id).await;
        answer.headers["x-request-id"] = Value::Null;
        answers.push((answer.status, answer.headers.to_string(), answer.body));
    }
    assert_eq!(
        (answers[0].0, answers[0].2.as_str()),
        (400, r#"{"error":true,"message":"Establishment does not exist"}"#)
    );
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn an_archiving_that_was_cut_off_anywhere_ends_when_it_is_asked_again() {
    for fault in [0, 2, 4]
        .into_iter()
        .flat_map(|at| [Fault::KillAfter(at), Fault::ErrorAt(at + 1), Fault::AnswerLostAt(at + 1)])
    {
        let world = World::new().await;
        let before = world.found().await;
        world.own("partner-one", &in_paris(65, 4)).await;
        let id = establishment_id(65);
        let context = world.offers_desk();
        let failing = Failing::new(world.recruiters(), fault);
        let mut cut = context.settle();
        cut.desk.change = &failing;
        let asked = Asked {
            partner: "partner-one",
            operation: "archive-establishment",
            key: None,
            body: b"",
            unkeyed: Unkeyed::Each,
        };
        tokio::select! {
            _ = cut.archive(asked, &id) => {}
            () = failing.killed() => {}
        }
        assert_eq!(world.archive_it(&id).await.status, 204, "{fault:?}");
        assert_eq!(world.found().await, before, "{fault:?}");
        assert_eq!(world.listed(&[("status", "Archivé")]).await.0, std::slice::from_ref(&id), "{fault:?}");
        assert!(world.jobs(&id).await.iter().all(|job| job.job_status == JobStatus::Annulee), "{fault:?}");
        assert_eq!(world.owed("event#").await, 4, "{fault:?}: each end is told once");
        assert_eq!(world.find(65, "recruteur65@exemple.invalid").await.status, 400, "{fault:?}");
    }
}

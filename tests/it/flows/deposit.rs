//! A deposit, from the request to the mail, its link, and the event.

use std::path::PathBuf;

use hyper::body::Bytes;
use serde_json::{Value, json};

use crate::cloud::{Answer, Api, Call, Events, eventually, unique, variable};

pub(crate) async fn post(api: &Api, target: &str, key: Option<&str>, body: &Value) -> Answer {
    let headers = key.map(|key| ("idempotency-key", key)).into_iter().collect();
    let body = Bytes::from(body.to_string());
    api.patient(Call { method: "POST", target, key: Some(&api.key), headers, body }).await
}

pub(crate) fn establishment(email: &str) -> Value {
    json!({
        "establishment_siret": variable("DEMO_SIRET"), "first_name": "Aucune", "last_name": "PERSONNE", "email": email,
    })
}

pub(crate) fn offer(description: &str) -> Value {
    json!({
        "job_level_label": "Indifférent", "job_duration": 12, "job_type": ["Apprentissage"],
        "job_start_date": "2099-09-01", "job_description": description,
        "appellation_code": variable("DEMO_APPELLATION"),
    })
}

/// The mails that went to an address, as they lie in the folder, and how many of each.
fn mails(to: &str) -> Vec<String> {
    let folder = PathBuf::from(variable("MAIL_FOLDER"));
    let files = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let texts = files.filter_map(|file| std::fs::read_to_string(file.path()).ok());
    texts.filter(|text| text.contains(&format!("To: {to}"))).collect()
}

/// The path of the link in a mail. Its lines are wrapped as quoted-printable.
fn link(mail: &str) -> String {
    let text = mail.replace("=\r\n", "");
    let (_, rest) = text.split_once("/links/").expect("a mail with a link");
    let token: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    format!("/links/{token}")
}

#[tokio::test]
async fn an_offer_is_found_at_once_and_its_mail_and_event_follow_once() {
    let (api, events) = (Api::deployed(), Events::deployed().await);
    let name = unique("recruteur");
    let email = format!("{name}@example.com");
    let created = post(&api, "/v1/jobs/establishment", Some(&name), &establishment(&email)).await;
    assert_eq!(created.status, 201, "{:?}", created.body);
    let id = created.json()["establishment_id"].as_str().unwrap().to_owned();
    let target = format!("/v1/jobs/{id}");

    let first = post(
        &api,
        &target,
        Some(&name),
        &offer("Une offre inventée, que personne ne pourvoira jamais, non."),
    )
    .await;
    assert_eq!(first.status, 201, "{:?}", first.body);
    let found =
        api.get("/v1/jobs?romes=D1102&latitude=48.8594&longitude=2.3785&radius=1&sources=matcha").await.ok();
    let ids: Vec<&str> =
        found["matchas"]["results"].as_array().unwrap().iter().filter_map(|one| one["id"].as_str()).collect();
    assert!(ids.contains(&format!("{id}-0").as_str()), "{ids:?}");

    let again = post(
        &api,
        &target,
        Some(&name),
        &offer("Une offre inventée, que personne ne pourvoira jamais, non."),
    )
    .await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, "true"));
    assert_eq!(again.body, first.body);
    let other =
        post(&api, &target, Some(&name), &offer("Une autre offre inventée, que personne ne pourvoira."))
            .await;
    assert_eq!(other.status, 422);

    let mail = eventually("the mail that asks to confirm the address", async || mails(&email).pop()).await;
    assert!(mail.contains("Auto-Submitted: auto-generated"));
    let offer_id = first.json()["jobs"][0]["_id"].clone();
    let event =
        eventually("the event of the offer", async || events.find("offer.published", &offer_id).await).await;
    assert_eq!(event["partner"], "demo-1");

    let page = api.send(Call::get(&link(&mail))).await;
    assert_eq!((page.status, page.header("referrer-policy")), (200, "no-referrer"));
    let path = link(&mail);
    let follow = Call { method: "POST", ..Call::get(&path) };
    assert_eq!(api.send(follow.clone()).await.status, 200);
    assert_eq!(api.send(follow).await.status, 410);

    let second =
        post(&api, &target, None, &offer("Une seconde offre inventée, que personne ne pourvoira non plus."))
            .await;
    assert_eq!(second.status, 201);
    eventually("the mail of the second offer", async || (mails(&email).len() == 2).then_some(())).await;
}

/// What a search finds where the demonstration's establishment is: the ids of offers with their recruiters'.
async fn found(api: &Api) -> Vec<String> {
    let near = "/v1/jobs?romes=D1102&latitude=48.8594&longitude=2.3785&radius=1&sources=matcha";
    let answer = api.get(near).await.ok();
    let ids = answer["matchas"]["results"].as_array().unwrap().iter();
    ids.filter_map(|one| one["id"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn an_account_that_nobody_vouches_for_waits_until_its_opco_validates_it() {
    let api = Api::deployed();
    let name = unique("attend");
    let ask = async |key: &str, target: &str, body: Option<Value>| {
        let body = Bytes::from(body.map(|body| body.to_string()).unwrap_or_default());
        api.patient(Call { method: "POST", target, key: Some(key), headers: Vec::new(), body }).await
    };
    let company = establishment(&format!("{name}@example.com"));
    let created = ask(&api.key_2, "/v1/jobs/establishment", Some(company)).await;
    assert_eq!((created.status, &created.json()["status"]), (201, &json!("En attente de validation")));
    let id = created.json()["establishment_id"].as_str().unwrap().to_owned();
    let body = offer("Une offre inventée, qui attend que son compte soit validé, en vain.");
    let deposited = ask(&api.key_2, &format!("/v1/jobs/{id}"), Some(body)).await;
    assert_eq!(deposited.json()["jobs"][0]["job_status"], "En attente");
    assert!(!found(&api).await.contains(&format!("{id}-0")));

    let validation = format!("/V1/accounts/{id}/validation");
    let waiting = Call::get("/v1/accounts/waiting");
    for (key, status) in [(&api.key_2, 403), (&api.key_3, 200)] {
        assert_eq!(api.patient(waiting.clone().with_key(key)).await.status, status);
    }
    assert_eq!(ask(&api.key_2, &validation, None).await.status, 403);
    assert_eq!(ask(&api.key_3, &validation, None).await.status, 204);
    assert!(found(&api).await.contains(&format!("{id}-0")));
    let again = ask(&api.key_3, &validation, None).await;
    assert_eq!((again.status, &again.json()["message"]), (400, &json!("Account not found")));
}

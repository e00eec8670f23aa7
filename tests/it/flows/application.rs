//! An application, from the search to the recruiter's answer, with the real scanner.

use std::path::PathBuf;

use hyper::body::Bytes;
use serde_json::{Value, json};
use testkit::{data_url, pdf};

use crate::cloud::{Answer, Api, Call, eventually, unique, variable};

/// What the signatures of `infra/antivirus` know, and no file holds otherwise.
const MARKER: &str = "work-study-marker-of-no-virus-5d0c2f";

/// An offer near the demonstration's establishment, with the address that is handed out for it.
async fn offer(api: &Api) -> Value {
    let near =
        "/v1/jobs?romes=D1102,D1104&latitude=48.8566&longitude=2.3522&radius=60&insee=75056&sources=matcha";
    let found = api.get(near).await.ok();
    let results = found["matchas"]["results"].as_array().unwrap();
    results.iter().find(|one| one["contact"]["iv"].is_string()).expect("an offer with an address").clone()
}

async fn apply(api: &Api, offer: &Value, email: &str, text: &str) -> Answer {
    let body = json!({
        "applicant_email": email, "applicant_first_name": "Aucune", "applicant_last_name": "PERSONNE",
        "applicant_phone": "0199000000", "applicant_file_name": "cv.pdf",
        "applicant_file_content": data_url("application/pdf", &pdf(text)), "message": "Bonjour,\nà bientôt.",
        "company_siret": offer["company"]["siret"], "company_email": offer["contact"]["email"],
        "iv": offer["contact"]["iv"], "company_name": offer["company"]["name"], "company_naf": "",
        "company_type": "matcha", "job_id": offer["job"]["id"], "caller": "contact@example.com tests",
    });
    let body = Bytes::from(body.to_string());
    let call =
        Call { method: "POST", target: "/v1/application", key: Some(&api.key), headers: Vec::new(), body };
    api.patient(call).await
}

/// The mails that lie in the folder and hold this text, each unwrapped.
pub(super) fn mails(text: &str) -> Vec<String> {
    let files = std::fs::read_dir(PathBuf::from(variable("MAIL_FOLDER"))).into_iter().flatten().flatten();
    let mails = files.filter_map(|file| std::fs::read(file.path()).ok());
    let unwrapped = mails.map(|mail| String::from_utf8_lossy(&mail).replace("=\r\n", ""));
    unwrapped.filter(|mail| mail.contains(text)).collect()
}

/// The paths of the links in a mail, in their order in its text.
pub(super) fn links(mail: &str) -> Vec<String> {
    let token = |rest: &str| -> String {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
    };
    mail.split("/links/").skip(1).map(|rest| format!("/links/{}", token(rest))).collect()
}

async fn status(api: &Api, id: &str) -> Value {
    let target = format!("/v1/applications/{id}");
    api.patient(Call::get(&target).with_key(&api.key)).await.ok()["status"].clone()
}

#[tokio::test]
async fn an_application_reaches_the_recruiter_with_its_cv_and_its_answer_comes_back() {
    let api = Api::deployed();
    let email = format!("{}@example.com", unique("candidat"));
    let taken = apply(&api, &offer(&api).await, &email, "CV de personne").await;
    assert_eq!(taken.ok(), json!({"result": "ok", "message": "messages sent"}));
    let id = taken.header("x-application-id").to_owned();
    eventually("the application delivered", async || (status(&api, &id).await == "delivered").then_some(()))
        .await;

    // To the recruiter: the applicant's address is in the text. To the applicant: it is the receiver.
    let received = mails(&email).into_iter().find(|mail| !mail.contains(&format!("To: {email}"))).unwrap();
    assert!(received.contains("Content-Disposition: attachment") && received.contains("cv.pdf"));
    let links = links(&received);
    let meet = Call { method: "POST", body: Bytes::from("comment=Venez+lundi"), ..Call::get(&links[0]) };
    assert_eq!(api.send(Call::get(&links[0])).await.status, 200);
    assert_eq!(api.send(meet.clone()).await.status, 200);
    assert_eq!(api.send(meet).await.status, 410);
    eventually("the answer", async || {
        mails(&format!("To: {email}")).into_iter().find(|mail| mail.contains("Venez lundi"))
    })
    .await;
    assert_eq!(status(&api, &id).await, "answered");
}

#[tokio::test]
async fn what_the_scanner_knows_goes_nowhere_and_its_applicant_is_told() {
    let api = Api::deployed();
    let email = format!("{}@example.com", unique("infecte"));
    let taken = apply(&api, &offer(&api).await, &email, MARKER).await;
    let id = taken.header("x-application-id").to_owned();
    eventually("the application refused", async || (status(&api, &id).await == "refused").then_some(()))
        .await;
    eventually("the mail that says so", async || mails(&format!("To: {email}")).get(1).map(drop)).await;
    assert!(mails(&email).iter().all(|mail| mail.contains(&format!("To: {email}"))));
}

//! CVs that are put into the bucket before somebody applies with them (contract 2.4).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use api::application_request::MAX_SIZE;
use async_trait::async_trait;
use domain::mail::{Mail, Template};
use futures::channel::oneshot::{self, Receiver, Sender};
use futures::future::join;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use testkit::{MemoryBucket, pdf};
use usecases::applications::{ScanOutcome, UPLOAD_SECONDS};
use usecases::ports::{Clock, GetUpload, PortError};

use super::refusals::today;
use super::{APPLICANT, RECRUITER};
use crate::applying::Scanner;
use crate::asking::{event, set_header};
use crate::data::{KEY, KEY_3};
use crate::world::{Answer, World, clock, run};

const AGAIN: &str = "File not found, expired or already used: upload it again";

/// A form that was given out.
struct Prepared {
    id: String,
    fields: BTreeMap<String, String>,
}

impl Prepared {
    fn read(answer: &Answer) -> Self {
        assert_eq!(answer.status, 201, "{}", answer.body);
        let answer = answer.json();
        assert_eq!(answer["url"], "https://cvs.s3.eu-west-3.amazonaws.com/");
        Self {
            id: answer["id"].as_str().unwrap().to_owned(),
            fields: serde_json::from_value(answer["fields"].clone()).unwrap(),
        }
    }

    fn key(&self) -> &str {
        &self.fields["key"]
    }

    fn post(&self, bucket: &MemoryBucket, file: &[u8]) -> u16 {
        bucket.post(&self.fields, file, clock().now())
    }
}

fn cv() -> Vec<u8> {
    pdf("CV de personne")
}

impl World {
    /// Asks for a form, with these changes.
    async fn prepare(&self, change: impl FnOnce(&mut Value)) -> Answer {
        let sent = event("prepare-upload/nominal", |event| {
            let mut body = json!({"applicant_attachment_name": "mon cv.pdf", "size": cv().len()});
            change(&mut body);
            event["body"] = json!(body.to_string());
        });
        self.answer("prepare-upload", &sent).await
    }

    /// A CV that lies in the bucket, and a form that put it there.
    async fn uploaded(&self) -> Prepared {
        let prepared = Prepared::read(&self.prepare(|_| ()).await);
        assert_eq!(prepared.post(&self.cv_bucket, &cv()), 204);
        prepared
    }

    /// Applies with a CV that was uploaded.
    async fn apply_uploaded(&self, id: &str, key: &str, change: impl FnOnce(&mut Value)) -> Answer {
        self.answer("apply-by-id", &self.application(id, key, change).await).await
    }

    async fn application(&self, id: &str, key: &str, change: impl FnOnce(&mut Value)) -> String {
        let offer = self.offer_to_apply_for().await;
        event("apply-by-id/no-upload", |event| {
            set_header(event, "x-api-key", Some(key));
            let mut body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
            body["applicant_attachment_name"] = json!("mon cv.pdf");
            body["applicant_attachment_id"] = json!(id);
            body["recipient_id"] = json!(format!("partners_{}", offer["job"]["id"].as_str().unwrap()));
            change(&mut body);
            event["body"] = json!(body.to_string());
        })
    }
}

/// Looks for a file when it is told to, and says when it is about to.
struct Late {
    bucket: Arc<MemoryBucket>,
    gate: Mutex<Option<(Sender<()>, Receiver<()>)>>,
}

#[async_trait]
impl GetUpload for Late {
    async fn get_upload(&self, key: &str, most: usize) -> Result<Option<Vec<u8>>, PortError> {
        let gate = self.gate.lock().unwrap().take();
        if let Some((arrived, open)) = gate {
            arrived.send(()).unwrap();
            open.await.unwrap();
        }
        self.bucket.get_upload(key, most).await
    }
}

fn refused(answer: &Answer, status: u64, message: &str) {
    assert_eq!((answer.status, &answer.json()["message"]), (status, &json!(message)), "{}", answer.body);
}

#[tokio::test]
async fn an_uploaded_cv_goes_with_the_application_and_lies_nowhere_in_clear_afterwards() {
    let world = World::new().await;
    let prepared = world.uploaded().await;
    let answer = world.apply_uploaded(&prepared.id, KEY, |_| ()).await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    assert!(world.cv_bucket.bytes(prepared.key()).is_none());
    let lying = world.cv_bucket.all();
    assert!(matches!(&lying[..], [(key, bytes)] if key.starts_with("cv/") && *bytes != cv()), "{lying:?}");

    assert!(matches!(world.scan(&Scanner::default()).await[..], [Ok(ScanOutcome::Clean)]));
    let mails = world.due_to(Template::ApplicationReceived, RECRUITER).await;
    let [Mail::ApplicationReceived(mail)] = &mails[..] else { panic!("{mails:?}") };
    assert_eq!((mail.cv.file_name.as_str(), mail.cv.media_type.as_str()), ("mon cv.pdf", "application/pdf"));
}

#[tokio::test]
async fn a_form_takes_the_one_file_that_it_was_made_for_and_for_a_quarter_of_an_hour() {
    let world = World::new().await;
    let prepared = Prepared::read(&world.prepare(|_| ()).await);
    let (bucket, file, now) = (&world.cv_bucket, cv(), clock().now());
    let longer = [&file[..], b"\n"].concat();
    assert_eq!(prepared.post(bucket, &longer), 400);
    assert_eq!(prepared.post(bucket, &file[1..]), 400);
    for (name, value) in
        [("key", "cv/another"), ("Content-Type", "text/html"), ("x-amz-storage-class", "GLACIER")]
    {
        let mut fields = prepared.fields.clone();
        fields.insert(name.to_owned(), value.to_owned());
        assert_eq!(bucket.post(&fields, &file, now), 403, "{name}");
    }
    let late = |seconds: i64| -> Timestamp { now + SignedDuration::from_secs(seconds) };
    let life = i64::from(UPLOAD_SECONDS);
    assert_eq!(bucket.post(&prepared.fields, &file, late(life)), 403);
    assert_eq!(bucket.post(&prepared.fields, &file, late(life - 1)), 204);
}

#[tokio::test]
async fn no_form_is_given_for_a_file_that_no_application_would_take() {
    let world = World::new().await;
    let most = MAX_SIZE;
    Prepared::read(&world.prepare(|body| body["size"] = json!(most)).await);
    for size in [json!(0), json!(most + 1), json!(-1), json!(1.5), json!("12"), Value::Null] {
        let answer = world.prepare(|body| body["size"] = size.clone()).await;
        assert_eq!((answer.status, &answer.json()["error"]), (400, &json!("Bad Request")), "{size}");
    }
    let answer = world.prepare(|body| body["applicant_attachment_name"] = json!("cv.exe")).await;
    refused(&answer, 400, "File type is not supported");
    assert!(world.cv_bucket.all().is_empty());
}

#[tokio::test]
async fn a_partner_without_the_right_to_apply_gets_no_form() {
    let world = World::new().await;
    let sent = event("prepare-upload/nominal", |event| {
        set_header(event, "x-api-key", Some("fake-key-of-partner-two"));
    });
    assert_eq!(world.answer("prepare-upload", &sent).await.status, 403);
}

#[tokio::test]
async fn an_id_serves_the_partner_it_was_given_to_and_another_learns_nothing() {
    let world = World::new().await;
    let prepared = world.uploaded().await;
    let stranger = world.apply_uploaded(&prepared.id, KEY_3, |_| ()).await;
    refused(&stranger, 400, AGAIN);
    for id in ["8cb7015d-db7a-479d-8920-aec0d5f66435", "..%2Fcv", prepared.key()] {
        refused(&world.apply_uploaded(id, KEY, |_| ()).await, 400, AGAIN);
    }
    // Given out, and nothing was ever sent.
    let never = Prepared::read(&world.prepare(|_| ()).await);
    refused(&world.apply_uploaded(&never.id, KEY, |_| ()).await, 400, AGAIN);
    assert_eq!(world.apply_uploaded(&prepared.id, KEY, |_| ()).await.status, 202);
}

#[tokio::test]
async fn the_same_application_sent_twice_is_answered_though_its_file_is_gone() {
    let world = World::new().await;
    let prepared = world.uploaded().await;
    let (first, second) = Box::pin(join(
        world.apply_uploaded(&prepared.id, KEY, |_| ()),
        world.apply_uploaded(&prepared.id, KEY, |_| ()),
    ))
    .await;
    let third = world.apply_uploaded(&prepared.id, KEY, |_| ()).await;
    for answer in [&first, &second, &third] {
        assert_eq!((answer.status, &answer.body), (202, &first.body));
    }
    assert_eq!(third.headers["idempotency-replayed"], "true");
    assert_eq!(world.due_to(Template::ApplicationSent, APPLICANT).await.len(), 1);
    // Another application wants a file of its own.
    let other = world.apply_uploaded(&prepared.id, KEY, |body| body["applicant_message"] = json!("x")).await;
    refused(&other, 400, AGAIN);
}

#[tokio::test]
async fn of_the_same_application_sent_twice_at_once_who_finds_the_file_gone_gives_the_same_answer() {
    let world = World::new().await;
    let prepared = world.uploaded().await;
    let sent = world.application(&prepared.id, KEY, |_| ()).await;
    let ((arrived, at_the_file), (go, open)) = (oneshot::channel(), oneshot::channel());
    let mut context = world.applying();
    let gate = Mutex::new(Some((arrived, open)));
    context.cvs.get_upload = Arc::new(Late { bucket: world.cv_bucket.clone(), gate });
    let overtaking = async {
        at_the_file.await.unwrap();
        let answer = world.answer("apply-by-id", &sent).await;
        assert!(world.cv_bucket.bytes(prepared.key()).is_none());
        go.send(()).unwrap();
        answer
    };
    let overtaken = run(&sent, |request| apply_by_id::handle(&context, request));
    let (overtaken, first) = Box::pin(join(overtaken, overtaking)).await;
    assert_eq!((first.status, overtaken.status, &overtaken.body), (202, 202, &first.body));
}

#[tokio::test]
async fn a_refused_application_leaves_its_file_to_be_sent_again() {
    let world = World::new().await;
    let prepared = world.uploaded().await;
    world.counted(&today(), 100).await;
    let answer = world.apply_uploaded(&prepared.id, KEY, |_| ()).await;
    refused(&answer, 429, "Maximum application per day reached");
    assert!(world.cv_bucket.bytes(prepared.key()).is_some());
    world.counted(&today(), 99).await;
    assert_eq!(world.apply_uploaded(&prepared.id, KEY, |_| ()).await.status, 202);
}

#[tokio::test]
async fn a_file_that_is_not_what_its_name_says_is_none() {
    let world = World::new().await;
    let prepared = world.uploaded().await;
    let answer = world
        .apply_uploaded(&prepared.id, KEY, |body| body["applicant_attachment_name"] = json!("cv.docx"))
        .await;
    refused(&answer, 400, "File type is not supported");
    world.cv_bucket.put_bytes(prepared.key(), "un texte");
    refused(&world.apply_uploaded(&prepared.id, KEY, |_| ()).await, 400, "File type is not supported");
    // No form lets so much through.
    world.cv_bucket.put_bytes(prepared.key(), [&cv()[..], &vec![b'\n'; MAX_SIZE as usize]].concat());
    refused(&world.apply_uploaded(&prepared.id, KEY, |_| ()).await, 400, AGAIN);
}

#[tokio::test]
async fn a_cv_comes_in_one_way() {
    let world = World::new().await;
    let both = world.answer("apply-by-id", &tests::events::load("apply-by-id/two-cvs")).await;
    assert_eq!((both.status, &both.json()["error"]), (400, &json!("Bad Request")));
    assert!(both.body.contains("un seul des deux"), "{}", both.body);
    let neither = world.apply_uploaded("", KEY, |_| ()).await;
    assert!(
        neither.status == 400 && neither.body.contains("applicant_attachment_content"),
        "{}",
        neither.body
    );
}

#[tokio::test]
async fn who_is_forgotten_leaves_no_file() {
    let world = World::new().await;
    let prepared = world.uploaded().await;
    assert_eq!(world.apply_uploaded(&prepared.id, KEY, |_| ()).await.status, 202);
    world.answer("ask-for-data", &tests::events::load("ask-for-data/nominal")).await;
    let mails = world.due_to(Template::PersonalData, APPLICANT).await;
    let [Mail::PersonalData(links)] = &mails[..] else { panic!("{mails:?}") };
    assert_eq!(world.press_form(&links.erase, "").await.status, 200);
    assert_eq!(world.cv_bucket.all(), []);
}

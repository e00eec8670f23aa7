//! From a deposit to the mail that leaves: outbox, queue, sending and the link in the mail, each done twice.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use async_trait::async_trait;
use domain::application::ApplicationId;
use domain::event::EventMessage;
use domain::mail::MailId;
use domain::webhook::DeliveryId;
use mail::{Composer, FileTransport, Links, Sender};
use queue::{MailMessage, ses_event};
use runtime::batch::{QueueRecord, StreamRecord, answer};
use serde_json::{Value, json};
use tests::events;
use usecases::applications::{Deliver, HandOn};
use usecases::mail_events::RecordMailEvent;
use usecases::ports::{
    ChangeApplication, HandOverMail, ListOverdue, OUTBOX_SHARDS, Owed, PortError, PublishEvent, QueueMail,
    QueueScan, QueueWebhook,
};
use usecases::relay::{Relay, Sweep};
use usecases::send_mail::{Outcome, SendMail};

use crate::deposit::offer;
use crate::depositing::{clock_later, link_key};
use crate::world::{World, clock};

/// A folder that is gone with its test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(std::env::temp_dir().join(format!("mails-{}", uuid::Uuid::new_v4())))
    }

    /// The mails in it.
    pub(crate) fn mails(&self) -> Vec<String> {
        let Ok(files) = fs::read_dir(&self.0) else { return Vec::new() };
        files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A queue and a topic in memory.
#[derive(Default)]
struct Outside {
    queued: Mutex<Vec<MailId>>,
    scans: Mutex<Vec<ApplicationId>>,
    webhooks: Mutex<Vec<DeliveryId>>,
    published: Mutex<Vec<EventMessage>>,
}

#[async_trait]
impl QueueMail for Outside {
    async fn queue_mail(&self, id: &MailId) -> Result<(), PortError> {
        self.queued.lock().unwrap().push(id.clone());
        Ok(())
    }
}

#[async_trait]
impl QueueScan for Outside {
    async fn queue_scan(&self, id: &ApplicationId) -> Result<(), PortError> {
        self.scans.lock().unwrap().push(id.clone());
        Ok(())
    }
}

#[async_trait]
impl QueueWebhook for Outside {
    async fn queue_webhook(&self, id: &DeliveryId, _: u32) -> Result<(), PortError> {
        self.webhooks.lock().unwrap().push(id.clone());
        Ok(())
    }
}

#[async_trait]
impl PublishEvent for Outside {
    async fn publish_event(&self, message: &EventMessage) -> Result<(), PortError> {
        self.published.lock().unwrap().push(message.clone());
        Ok(())
    }
}

impl Outside {
    fn queued(&self) -> Vec<MailId> {
        self.queued.lock().unwrap().clone()
    }

    fn events(&self) -> Vec<&'static str> {
        self.published.lock().unwrap().iter().map(|message| message.event.kind()).collect()
    }
}

impl World {
    pub(crate) fn outbox(&self) -> store::Outbox {
        store::Outbox::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    /// Everything that the stream of the ledger would tell of.
    pub(crate) async fn stream(&self) -> Vec<Owed> {
        let items = self.import.store.dump(&self.import.store.tables.ledger).await;
        items.keys().filter_map(|(partition, _)| store::owed_of(partition)).collect()
    }

    /// Works a message of the queue off.
    pub(crate) async fn send(&self, id: &MailId, folder: &Path) -> Outcome {
        let applications = self.stored_applications().applications;
        self.send_and_note(id, folder, &applications).await.unwrap()
    }

    /// The same, where what became of applications is noted by somebody else.
    pub(crate) async fn send_and_note(
        &self,
        id: &MailId,
        folder: &Path,
        change: &dyn ChangeApplication,
    ) -> Result<Outcome, PortError> {
        self.send_by(id, &FileTransport::new(folder), change).await
    }

    /// The same, by another way.
    pub(crate) async fn send_by(
        &self,
        id: &MailId,
        hand_over: &dyn HandOverMail,
        change: &dyn ChangeApplication,
    ) -> Result<Outcome, PortError> {
        self.send_later(0, id, hand_over, change).await
    }

    /// The same, so many seconds later.
    pub(crate) async fn send_later(
        &self,
        seconds: i64,
        id: &MailId,
        hand_over: &dyn HandOverMail,
        change: &dyn ChangeApplication,
    ) -> Result<Outcome, PortError> {
        let address = "ne-pas-repondre@exemple.invalid".parse().unwrap();
        let sender = Sender { address, name: "La bonne alternance".to_owned(), reply_to: None };
        let base_url = "https://api.exemple.invalid/api".to_owned();
        let composer = Composer::new(sender, Links { base_url, key: link_key() });
        let (stored, cvs, clock) = (self.stored_applications(), self.cvs(), clock_later(seconds));
        let mails = self.mails().with_people(stored.people.clone());
        let send = SendMail {
            find: &mails,
            take: &mails,
            settle: &mails,
            confirm: &mails,
            applications: Some(HandOn {
                cvs: &*cvs.get,
                deliver: Deliver { change, ..stored.deliver(&cvs, &clock) },
            }),
            compose: &composer,
            hand_over,
            clock: &clock,
            entropy: &self.entropy,
        };
        send.run(id).await
    }
}

/// The token of the link in a mail, whose lines are cut (quoted-printable).
fn token(mail: &str) -> String {
    let whole = mail.replace("=\r\n", "");
    let (_, rest) = whole.split_once("/api/links/").unwrap();
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

#[tokio::test]
async fn a_deposit_is_one_mail_and_one_event_however_often_each_step_runs() {
    let (world, outside, folder) = (World::new().await, Outside::default(), Folder::new());
    world.deposit(Some("one"), &offer(1)).await;
    world.deposit(Some("one"), &offer(1)).await;

    let outbox = world.outbox();
    let relay = Relay {
        queue: &outside,
        scan: &outside,
        webhooks: &outside,
        publish: &outside,
        find: &outbox,
        settle: &outbox,
    };
    let stream = world.stream().await;
    assert_eq!(stream.len(), 2, "{stream:?}");
    for owed in stream.iter().chain(&stream) {
        relay.hand_on(owed).await.unwrap();
    }
    assert_eq!(outside.events(), ["offer.published"], "an event that was published is owed no more");
    assert_eq!(outside.queued().len(), 2, "a mail is owed until it was sent");

    let mut outcomes = Vec::new();
    for id in outside.queued() {
        outcomes.push(world.send(&id, &folder.0).await);
    }
    assert_eq!(outcomes, [Outcome::Sent, Outcome::Nothing]);
    let [mail] = folder.mails().try_into().unwrap();
    assert!(mail.contains("To: recruteur50@exemple.invalid"), "{mail}");

    let token = token(&mail);
    for status in [200, 410] {
        let mut event: Value = serde_json::from_str(&events::load("follow-link/confirm-address")).unwrap();
        event["pathParameters"]["token"] = json!(token);
        assert_eq!(world.answer("follow-link", &event.to_string()).await.status, status);
    }
}

#[tokio::test]
async fn what_the_stream_lost_is_swept_and_sent_once() {
    let (world, outside, folder) = (World::new().await, Outside::default(), Folder::new());
    world.deposit(None, &offer(1)).await;
    world.deposit(None, &offer(2)).await;

    let (outbox, clock) = (world.outbox(), clock());
    // Longer than the stream has.
    clock.advance(600);
    let relay = Relay {
        queue: &outside,
        scan: &outside,
        webhooks: &outside,
        publish: &outside,
        find: &outbox,
        settle: &outbox,
    };
    let sweep = Sweep { relay, list: &outbox, postpone: &outbox, clock: &clock };
    assert_eq!(sweep.run().await.0.handed_on, 4);
    assert_eq!(sweep.run().await.0.handed_on, 0, "what was queued is left alone for a while");
    assert_eq!(outside.events(), ["offer.published"; 2]);
    for id in outside.queued().iter().chain(&outside.queued()) {
        world.send(id, &folder.0).await;
    }
    assert_eq!(folder.mails().len(), 2);
    for shard in 0..OUTBOX_SHARDS {
        assert_eq!(outbox.list_overdue(shard, u32::MAX, 10).await.unwrap(), [], "nothing is owed any more");
    }
}

#[tokio::test]
async fn a_mail_to_an_address_that_bounced_does_not_leave() {
    let (world, folder) = (World::new().await, Folder::new());
    world.deposit(None, &offer(1)).await;
    let bounce: Value =
        serde_json::from_str(&events::load("record-mail-event/bounce-and-complaint")).unwrap();
    let told = bounce["Records"][0]["body"].as_str().unwrap();
    let mut told = ses_event(told).unwrap().unwrap();
    told.addresses = vec!["recruteur50@exemple.invalid".parse().unwrap()];
    let (mails, bounces) = (world.mails(), world.bounces());
    let record = RecordMailEvent {
        find: &mails,
        confirm: &mails,
        applications: None,
        bounce: &bounces,
        clock: &clock(),
    };
    assert_eq!([record.run(&told).await.unwrap(), record.run(&told).await.unwrap()], [1, 0]);
    for owed in world.stream().await {
        if let Owed::Mail(id) = owed {
            assert_eq!(world.send(&id, &folder.0).await, Outcome::Suppressed);
        }
    }
    assert!(folder.mails().is_empty());
}

/// What of a batch must come again.
async fn failures<R, F>(event: &str, handle: impl Fn(R) -> F) -> Value
where
    R: runtime::batch::BatchRecord,
    F: Future<Output = Result<(), runtime::Error>>,
{
    let answer = answer(&events::load(event), "fake-invocation", handle).await.unwrap();
    serde_json::from_str::<Value>(&answer).unwrap()["batchItemFailures"].take()
}

#[tokio::test]
async fn the_stream_tells_by_keys_alone_what_is_owed() {
    let told = Mutex::new(Vec::new());
    let failed = failures("relay-outbox/new-items", |record: StreamRecord| {
        told.lock().unwrap().push(store::owed_of(record.partition()));
        std::future::ready(Ok(()))
    });
    assert_eq!(failed.await, json!([]));
    let told = told.into_inner().unwrap();
    assert!(matches!(&told[..], [Some(Owed::Mail(_)), Some(Owed::Event(_)), None]), "{told:?}");
}

#[tokio::test]
async fn a_message_of_a_later_version_comes_again_and_is_not_sent_half_understood() {
    let read = |record: QueueRecord| async move {
        let message: MailMessage = serde_json::from_str(&record.body)?;
        message.mail_id.parse::<MailId>().map(drop).map_err(runtime::Error::from)
    };
    assert_eq!(failures("send-mail/two-mails", read).await, json!([]));
    let left = failures("send-mail/of-a-later-version", read).await;
    assert_eq!(left, json!([{"itemIdentifier": "00000000-0000-4000-8000-000000000003"}]));
}

#[tokio::test]
async fn what_ses_tells_is_read_and_what_is_no_event_comes_again() {
    let read =
        |record: QueueRecord| async move { ses_event(&record.body).map(drop).map_err(runtime::Error::from) };
    for event in ["record-mail-event/delivered", "record-mail-event/bounce-and-complaint"] {
        assert_eq!(failures(event, read).await, json!([]), "{event}");
    }
    assert_eq!(failures("record-mail-event/not-an-event", read).await.as_array().unwrap().len(), 1);
}

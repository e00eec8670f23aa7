//! The routes of webhooks and the functions that call them: their contexts, and a server that is called.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use domain::event::EventMessage;
use domain::webhook::{
    Health, Reach, Wanted, Webhook, WebhookCipher, WebhookId, WebhookSecret, WebhookState, WebhookUrl,
};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use runtime::batch::answer;
use runtime::webhooks::Managing;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use usecases::ports::{
    Clock, FindEvent, Owed, PortError, PostWebhook, Posted, QueueWebhook, SettleEvent, SignedMessage,
    WebhookChange, WriteWebhook,
};
use webhook_http::Poster;

use crate::depositing::clock_later;
use crate::world::{World, clock};

/// A webhook of partner one, and one of partner two.
pub(crate) const OWN: &str = "00000000-0000-4000-8000-0000000000a1";
pub(crate) const OTHERS: &str = "00000000-0000-4000-8000-0000000000a2";
/// Every webhook that is there before anything is done: its id, its owner, its address.
const PREPARED: [(&str, &str, &str); 4] = [
    (OWN, "partner-one", "un"),
    (OTHERS, "partner-two", "un"),
    ("00000000-0000-4000-8000-0000000000a3", "partner-one", "deja"),
    ("00000000-0000-4000-8000-0000000000a4", "partner-one", "fini"),
];
/// Longer than anything here takes.
const LONG: Duration = Duration::from_secs(20);

/// What the server does with the next call; when that is all done, it answers 204.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// Answers with this status.
    Status(u16),
    /// Sends whoever calls to this very server.
    Redirect,
    /// Never answers.
    Hold,
}

/// A call that the server got.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) id: String,
    pub(crate) timestamp: i64,
    pub(crate) signature: String,
    pub(crate) body: String,
}

impl Call {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Whether it is signed by whoever has this secret, as the library says that partners use.
    pub(crate) fn is_signed_by(&self, secret: &str) -> bool {
        let partner = standardwebhooks::Webhook::new(secret).unwrap();
        partner.sign(&self.id, self.timestamp, self.body.as_bytes()).unwrap() == self.signature
    }
}

/// A webhook on this machine.
pub(crate) struct Receiver {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    scripts: Mutex<Vec<Script>>,
    calls: Mutex<Vec<Call>>,
    called: Notify,
}

impl Receiver {
    pub(crate) async fn start(scripts: impl IntoIterator<Item = Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self { address: listener.local_addr().unwrap(), state: Arc::default() };
        receiver.then(scripts);
        let state = receiver.state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = state.clone();
                let service = service_fn(move |request| {
                    let state = state.clone();
                    async move { Ok::<_, std::convert::Infallible>(state.serve(request).await) }
                });
                let server = hyper::server::conn::http1::Builder::new();
                tokio::spawn(server.serve_connection(TokioIo::new(stream), service));
            }
        });
        receiver
    }

    pub(crate) fn then(&self, scripts: impl IntoIterator<Item = Script>) {
        self.state.scripts.lock().unwrap().extend(scripts);
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.state.calls.lock().unwrap().clone()
    }

    /// Waits for the next call.
    pub(crate) async fn called(&self) {
        self.state.called.notified().await;
    }
}

impl State {
    async fn serve(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let header = |name| request.headers()[name].to_str().unwrap().to_owned();
        let mut call = Call {
            id: header("webhook-id"),
            timestamp: header("webhook-timestamp").parse().unwrap(),
            signature: header("webhook-signature"),
            body: String::new(),
        };
        let body = request.into_body().collect().await.unwrap().to_bytes();
        call.body = String::from_utf8(body.to_vec()).unwrap();
        self.calls.lock().unwrap().push(call);
        let script = {
            let mut scripts = self.scripts.lock().unwrap();
            if scripts.is_empty() { Script::Status(204) } else { scripts.remove(0) }
        };
        self.called.notify_one();
        let answer = Response::builder();
        let answer = match script {
            Script::Status(status) => answer.status(status),
            Script::Redirect => answer.status(307).header("location", "/"),
            Script::Hold => std::future::pending().await,
        };
        answer.body(Full::default()).unwrap()
    }
}

/// Everybody is content.
struct Content;

#[async_trait]
impl PostWebhook for Content {
    async fn post_webhook(&self, _: &WebhookUrl, _: &SignedMessage) -> Posted {
        Posted::Answered(204)
    }
}

/// A queue that loses everything: what the ledger says is enough.
struct Losing;

#[async_trait]
impl QueueWebhook for Losing {
    async fn queue_webhook(&self, _: &domain::webhook::DeliveryId, _: u32) -> Result<(), PortError> {
        Err(PortError::new("queue a call", "lost on purpose"))
    }
}

impl World {
    /// Puts webhooks in the store.
    pub(crate) async fn prepare_webhooks(&self) {
        let store = self.webhooks();
        for (at, (id, partner, path)) in (0..).zip(PREPARED) {
            let id: WebhookId = id.parse().unwrap();
            let url = format!("https://partenaire.exemple.invalid/{path}");
            let webhook = Webhook {
                id,
                url: WebhookUrl::parse(&url, Reach::Public).unwrap(),
                wanted: Wanted::All,
                created_at: clock().now(),
                state: WebhookState::Enabled,
                health: Health::default(),
            };
            let create = WebhookChange::Create(webhook, WebhookSecret::from_random([at; 32]));
            let own = usecases::ports::ListWebhooks::list_webhooks(&store, partner).await.unwrap();
            assert!(store.write_webhook(partner, own.revision, &create).await.unwrap());
        }
    }

    pub(crate) fn webhooks(&self) -> store::Webhooks {
        let (client, tables) = (self.import.store.client.clone(), self.import.store.tables.clone());
        let cipher = WebhookCipher::new("fake secret of the secrets of webhooks, long enough").unwrap();
        store::Webhooks::new(client, tables).with_cipher(cipher)
    }

    fn deliveries(&self) -> store::Deliveries {
        store::Deliveries::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    pub(crate) fn managing(&self) -> Managing {
        Managing {
            callers: self.callers(),
            webhooks: self.webhooks(),
            entropy: Box::new(self.entropy.clone()),
        }
    }

    pub(crate) fn create_webhook(&self) -> create_webhook::Context {
        create_webhook::Context { managing: self.managing(), reach: Reach::Public }
    }

    pub(crate) fn change_webhook(&self) -> change_webhook::Context {
        change_webhook::Context { managing: self.managing(), reach: Reach::Public }
    }

    pub(crate) fn test_webhook(&self) -> test_webhook::Context {
        test_webhook::Context { managing: self.managing(), post: Box::new(Content) }
    }

    /// The context of `send-webhook`, so many seconds later, with so much time for each call.
    pub(crate) fn send_webhook(&self, later: i64, limit: Duration) -> send_webhook::Context {
        send_webhook::Context {
            webhooks: self.webhooks(),
            deliveries: self.deliveries(),
            queue: Box::new(Losing),
            post: Box::new(Poster::new(Reach::Loopback, limit).unwrap()),
            clock: Box::new(clock_later(later)),
            entropy: Box::new(self.entropy.clone()),
        }
    }

    /// Publishes what is owed, each event so many times, and has all of it filed, so many seconds later. The events.
    pub(crate) async fn publish(&self, times: usize, later: i64) -> Vec<EventMessage> {
        let (outbox, mut published) = (self.outbox(), Vec::new());
        for owed in self.stream().await {
            if let Owed::Event(id) = owed {
                published.push(outbox.find_event(&id).await.unwrap().unwrap());
                outbox.settle_event(&id).await.unwrap();
            }
        }
        for message in &published {
            for _ in 0..times {
                self.file(message, later).await;
            }
        }
        published
    }

    /// Has one event filed.
    pub(crate) async fn file(&self, message: &EventMessage, later: i64) {
        let context = file_webhooks::Context {
            webhooks: self.webhooks(),
            deliveries: self.deliveries(),
            clock: Box::new(clock_later(later)),
        };
        let event = queued(&serde_json::to_string(message).unwrap());
        let answered = answer(&event, "fake-invocation", |record| file_webhooks::handle(&context, record));
        assert_eq!(answered.await.unwrap(), r#"{"batchItemFailures":[]}"#);
    }

    /// Has every call looked at that is not done with, so many seconds later.
    pub(crate) async fn call(&self, later: i64) {
        self.call_within(later, LONG).await;
    }

    /// The same, with so much time for each.
    pub(crate) async fn call_within(&self, later: i64, limit: Duration) {
        let context = self.send_webhook(later, limit);
        for owed in self.stream().await {
            if let Owed::Webhook(id) = owed {
                let event = queued(&json!({"delivery_id": id.to_string()}).to_string());
                let answered =
                    answer(&event, "fake-invocation", |record| send_webhook::handle(&context, record));
                assert_eq!(answered.await.unwrap(), r#"{"batchItemFailures":[]}"#);
            }
        }
    }
}

fn queued(body: &str) -> String {
    json!({"Records": [{"messageId": "1", "body": body}]}).to_string()
}

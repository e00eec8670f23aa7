//! A mail provider: SES as far as `SendEmail` goes, with a journal of what it was given, and a script that says what
//! it does with each mail.

mod wire;

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use self::wire::{answered, error, mail, message, told};

/// What the provider does with a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SesOutcome {
    /// Takes it and says so.
    Accept,
    /// Takes it and closes the connection without a word.
    AcceptThenClose,
    /// Is asked too much.
    Throttle,
    /// Refuses it for good.
    Reject,
    /// It says that nobody verified our address yet: 400 `MessageRejected`, too.
    Unverified,
    /// Fails, and does not take it.
    Fail,
    /// Says nothing, ever, and does not take it.
    Hang,
}

impl SesOutcome {
    /// Every one.
    pub const ALL: [Self; 7] = [
        Self::Accept,
        Self::AcceptThenClose,
        Self::Throttle,
        Self::Reject,
        Self::Unverified,
        Self::Fail,
        Self::Hang,
    ];

    /// What journals call it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::AcceptThenClose => "accept-then-close",
            Self::Throttle => "throttle",
            Self::Reject => "reject",
            Self::Unverified => "unverified",
            Self::Fail => "fail",
            Self::Hang => "hang",
        }
    }

    /// Whether the mail leaves.
    pub const fn is_taken(self) -> bool {
        matches!(self, Self::Accept | Self::AcceptThenClose)
    }
}

/// A mail that the provider was given. `Debug` hides to whom and what.
#[derive(Clone)]
pub struct SesMail {
    /// The tag `mail-id`.
    pub mail_id: String,
    /// The tag `template`.
    pub template: String,
    /// How often a mail of this id was given before.
    pub earlier: usize,
    /// To whom.
    pub to: String,
    /// The message.
    pub message: Vec<u8>,
    /// The configuration set.
    pub configuration_set: Option<String>,
    /// When, since 1970.
    pub at: Duration,
}

impl std::fmt::Debug for SesMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SesMail").field("mail_id", &self.mail_id).finish_non_exhaustive()
    }
}

type Script = Box<dyn FnMut(&SesMail) -> SesOutcome + Send>;

struct Provider {
    script: Mutex<Script>,
    journal: Mutex<Vec<(SesMail, SesOutcome)>>,
}

/// A mail provider on a port of its own. It ends when it is dropped.
pub struct FakeSes {
    /// Where it answers.
    pub endpoint: String,
    provider: Arc<Provider>,
    stop: Option<oneshot::Sender<()>>,
}

impl FakeSes {
    /// Starts one that does what the script says of each mail.
    pub async fn start(script: impl FnMut(&SesMail) -> SesOutcome + Send + 'static) -> Self {
        Self::start_at("127.0.0.1:0", script).await
    }

    /// Starts one that does these things with the first mails, and takes all others.
    pub async fn queued(outcomes: impl IntoIterator<Item = SesOutcome>) -> Self {
        let mut outcomes: VecDeque<_> = outcomes.into_iter().collect();
        Self::start(move |_| outcomes.pop_front().unwrap_or(SesOutcome::Accept)).await
    }

    /// Starts one at an address.
    pub async fn start_at(
        address: &str,
        script: impl FnMut(&SesMail) -> SesOutcome + Send + 'static,
    ) -> Self {
        let provider =
            Arc::new(Provider { script: Mutex::new(Box::new(script)), journal: Mutex::new(Vec::new()) });
        let (stop, stopped) = oneshot::channel();
        let address = serve(address.to_owned(), provider.clone(), stopped).await;
        Self { endpoint: format!("http://{address}"), provider, stop: Some(stop) }
    }

    /// The mails that it took, in order: also those of which it did not tell.
    pub fn taken(&self) -> Vec<SesMail> {
        let journal = self.journal();
        journal.into_iter().filter(|(_, outcome)| outcome.is_taken()).map(|(mail, _)| mail).collect()
    }

    /// How often it took each mail.
    pub fn copies(&self) -> HashMap<String, usize> {
        let mut copies = HashMap::new();
        for mail in self.taken() {
            *copies.entry(mail.mail_id).or_default() += 1;
        }
        copies
    }

    /// Every mail that it was given, in order, and what it did with it.
    pub fn journal(&self) -> Vec<(SesMail, SesOutcome)> {
        locked(&self.provider.journal).clone()
    }
}

impl Drop for FakeSes {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

/// A script that panics fails its test by itself; the journal is whole all the same.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Serves on a thread of its own, so that a test that is busy does not hold it up.
async fn serve(address: String, provider: Arc<Provider>, stopped: oneshot::Receiver<()>) -> SocketAddr {
    let (bound, address_bound) = oneshot::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async move {
            let listener = TcpListener::bind(address).await.expect("a free port");
            let _ = bound.send(listener.local_addr().expect("the address of a listener"));
            tokio::select! {
                () = accept(listener, provider) => {}
                _ = stopped => {}
            }
        });
    });
    address_bound.await.expect("the provider starts")
}

async fn accept(listener: TcpListener, provider: Arc<Provider>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(converse(stream, provider.clone()));
    }
}

/// An answer that fails closes the connection without a word: hyper sends nothing then.
async fn converse(stream: TcpStream, provider: Arc<Provider>) {
    let service = service_fn(|request| answer(&provider, request));
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// The provider says nothing.
#[derive(Debug, thiserror::Error)]
#[error("the provider says nothing")]
struct Silence;

type Answer = Result<Response<Full<Bytes>>, Silence>;

async fn answer(provider: &Provider, request: Request<Incoming>) -> Answer {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Silence)?.to_bytes();
    match (&parts.method, parts.uri.path()) {
        (&Method::POST, "/v2/email/outbound-emails") => match mail(&body) {
            Some(mail) => send(provider, mail).await,
            None => Ok(error(400, "BadRequestException", "this is no raw message with a mail-id")),
        },
        (&Method::GET, "/journal") => Ok(told(&locked(&provider.journal))),
        (&Method::GET, path) if path.starts_with("/mails/") => {
            Ok(message(&locked(&provider.journal), path.trim_start_matches("/mails/")))
        }
        _ => Ok(error(404, "UnknownOperationException", "no such operation")),
    }
}

async fn send(provider: &Provider, mut mail: SesMail) -> Answer {
    let to = mail.to.clone();
    let (number, outcome) = {
        let mut journal = locked(&provider.journal);
        mail.earlier = journal.iter().filter(|(known, _)| known.mail_id == mail.mail_id).count();
        let outcome = locked(&provider.script)(&mail);
        journal.push((mail, outcome));
        (journal.len(), outcome)
    };
    match outcome {
        SesOutcome::Accept => Ok(answered(200, None, &json!({ "MessageId": format!("fake-{number:08}") }))),
        SesOutcome::AcceptThenClose => Err(Silence),
        SesOutcome::Throttle => Ok(error(429, "TooManyRequestsException", "Maximum sending rate exceeded.")),
        SesOutcome::Reject => {
            Ok(error(400, "MessageRejected", &format!("The content for {to} is not allowed.")))
        }
        SesOutcome::Unverified => {
            Ok(error(400, "MessageRejected", &format!("Email address is not verified: {to}")))
        }
        SesOutcome::Fail => Ok(error(500, "InternalFailure", "Something broke.")),
        SesOutcome::Hang => std::future::pending().await,
    }
}

/// The real time: whoever compares journals of several processes has no other clock in common.
#[allow(clippy::disallowed_methods)]
fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

//! Lambda's runtime API, as far as a function speaks it: it polls for an event, gets it when the bench says so, and
//! posts its answer.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use runtime::clock::SystemClock;
use serde_json::Value;
use tokio::sync::oneshot;
use usecases::ports::Clock as _;

use super::stores::on_a_thread;

/// No start and no request takes so long.
const PATIENCE: Duration = Duration::from_secs(30);
/// What the function is told it has left, in ms.
const DEADLINE_MS: i64 = 10_000;
const ID: &str = "00000000-0000-4000-8000-000000000000";
const ARN: &str = "arn:aws:lambda:eu-west-3:000000000000:function:bench";

/// The runtime API, on a port of its own. It serves one function at a time.
#[derive(Debug)]
pub(crate) struct Lambda {
    /// The value of `AWS_LAMBDA_RUNTIME_API`.
    pub(crate) address: String,
    said: Receiver<Said>,
}

/// What the function said.
#[derive(Debug)]
enum Said {
    Polled(Poll),
    Answered(Instant, Bytes),
    Failed(String),
}

/// The function waits for an event.
#[derive(Debug)]
pub(crate) struct Poll {
    /// When it asked.
    pub(crate) at: Instant,
    event: oneshot::Sender<String>,
}

impl Poll {
    /// Hands it an event, and says when.
    pub(crate) fn give(self, event: &str) -> Instant {
        let at = Instant::now();
        // One that is gone is told by its silence.
        let _ = self.event.send(event.to_owned());
        at
    }
}

impl Lambda {
    /// Starts to listen.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let (say, said) = channel();
        let app = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(answer))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(fail))
            .route("/2018-06-01/runtime/init/error", post(fail))
            .with_state(say);
        let address = on_a_thread(move |listener| async move {
            let _ = axum::serve(listener, app).await;
        })?;
        Ok(Self { address: address.to_string(), said })
    }

    /// Waits for the function to ask for an event.
    pub(crate) fn polled(&self) -> anyhow::Result<Poll> {
        match self.hear()? {
            Said::Polled(poll) => Ok(poll),
            other => anyhow::bail!("the function was to ask for an event, but: {other:?}"),
        }
    }

    /// Waits for its answer, which must be a 2xx: anything else is not what is measured. Returns when it came.
    pub(crate) fn answered(&self) -> anyhow::Result<Instant> {
        let (at, body) = match self.hear()? {
            Said::Answered(at, body) => (at, body),
            other => anyhow::bail!("the function was to answer, but: {other:?}"),
        };
        let answer: Value = serde_json::from_slice(&body).context("the answer is no JSON")?;
        let status = answer.get("statusCode").and_then(Value::as_u64).unwrap_or_default();
        anyhow::ensure!((200..300).contains(&status), "the answer is {answer:.600}");
        Ok(at)
    }

    fn hear(&self) -> anyhow::Result<Said> {
        match self.said.recv_timeout(PATIENCE) {
            Ok(Said::Failed(why)) => anyhow::bail!("the function failed: {why}"),
            Ok(said) => Ok(said),
            Err(RecvTimeoutError::Timeout) => anyhow::bail!("the function says nothing"),
            Err(RecvTimeoutError::Disconnected) => anyhow::bail!("the runtime API has ended"),
        }
    }
}

async fn next(State(say): State<Sender<Said>>) -> impl IntoResponse {
    let at = Instant::now();
    let (event, given) = oneshot::channel();
    let _ = say.send(Said::Polled(Poll { at, event }));
    let Ok(event) = given.await else { return StatusCode::GONE.into_response() };
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("lambda-runtime-aws-request-id", ID.to_owned()),
        ("lambda-runtime-invoked-function-arn", ARN.to_owned()),
        ("lambda-runtime-deadline-ms", (SystemClock.now().as_millisecond() + DEADLINE_MS).to_string()),
        ("lambda-runtime-trace-id", "Root=1-66d42000-0123456789abcdef01234567".to_owned()),
    ];
    (headers, event).into_response()
}

async fn answer(State(say): State<Sender<Said>>, body: Bytes) -> impl IntoResponse {
    let _ = say.send(Said::Answered(Instant::now(), body));
    (StatusCode::ACCEPTED, r#"{"status":"OK"}"#)
}

async fn fail(State(say): State<Sender<Said>>, body: String) -> impl IntoResponse {
    let _ = say.send(Said::Failed(body));
    (StatusCode::ACCEPTED, r#"{"status":"OK"}"#)
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use super::*;

    fn speak(address: &str, words: &str) -> String {
        let mut socket = std::net::TcpStream::connect(address).unwrap();
        socket.write_all(words.as_bytes()).unwrap();
        let mut heard = String::new();
        socket.read_to_string(&mut heard).unwrap();
        heard
    }

    #[test]
    fn a_function_gets_the_event_it_polled_for() {
        let lambda = Lambda::start().unwrap();
        let address = lambda.address.clone();
        let function = std::thread::spawn(move || {
            let next =
                "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
            speak(&address, next)
        });
        lambda.polled().unwrap().give("{\"an\":\"event\"}");
        let heard = function.join().unwrap();
        assert!(
            heard.contains("lambda-runtime-deadline-ms") && heard.ends_with("{\"an\":\"event\"}"),
            "{heard}"
        );
    }

    #[test]
    fn a_refusal_ends_the_measure() {
        let lambda = Lambda::start().unwrap();
        let body = r#"{"statusCode":403}"#;
        let head =
            "POST /2018-06-01/runtime/invocation/x/response HTTP/1.1\r\nhost: x\r\nconnection: close\r\n";
        speak(&lambda.address, &format!("{head}content-length: {}\r\n\r\n{body}", body.len()));
        assert!(lambda.answered().unwrap_err().to_string().contains("403"));
    }
}

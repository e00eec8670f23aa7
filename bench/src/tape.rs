//! A connector between the real client and a store that can answer from memory.
//!
//! Played back, a request runs the same code as in the Lambda, from the client's serialisation and signature to its
//! parsing of every row, and nothing else: no socket, no waiting. What the tape itself costs is not counted.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_sdk_dynamodb::config::http::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;

use crate::measure::thread_cpu;

/// What a query for a range without rows is answered.
const EMPTY: &str = r#"{"Items":[],"Count":0,"ScannedCount":0,"ConsumedCapacity":{"TableName":"postings","CapacityUnits":0.5}}"#;

/// Where answers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// From the store.
    Live,
    /// From the store, and kept.
    Record,
    /// From what was kept.
    Play,
    /// Nothing was found, whatever was asked.
    Empty,
}

/// The connector. Clones share one tape.
#[derive(Debug, Clone)]
pub(crate) struct Tape(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: SharedHttpClient,
    mode: Mutex<Mode>,
    /// Answers by request: the text of a request in one order of its fields, since the client's order varies.
    kept: Mutex<HashMap<String, Vec<u8>>>,
    /// Processor time of the tape itself, in nanoseconds.
    own: AtomicU64,
}

impl Tape {
    pub(crate) fn new() -> Self {
        let store = aws_smithy_http_client::Builder::new().build_http();
        let mode = Mutex::new(Mode::Live);
        Self(Arc::new(Inner { store, mode, kept: Mutex::default(), own: AtomicU64::new(0) }))
    }

    /// From now on.
    pub(crate) fn set(&self, mode: Mode) {
        *self.0.mode.lock().unwrap_or_else(PoisonError::into_inner) = mode;
    }

    /// Forgets what was kept.
    pub(crate) fn clear(&self) {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Processor time of the tape itself, so far.
    pub(crate) fn own_cpu(&self) -> Duration {
        Duration::from_nanos(self.0.own.load(Ordering::Relaxed))
    }

    fn answer_from_memory(&self, request: &HttpRequest, mode: Mode) -> Result<HttpResponse, ConnectorError> {
        let before = thread_cpu();
        let mut body = None;
        allocation_counter::opt_out(|| {
            body = match mode {
                Mode::Empty => Some(EMPTY.as_bytes().to_vec()),
                _ => self.0.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&key(request)).cloned(),
            };
        });
        self.0.own.fetch_add(thread_cpu().saturating_sub(before).as_nanos() as u64, Ordering::Relaxed);
        body.ok_or_else(|| ConnectorError::user("not on the tape".into())).and_then(respond)
    }
}

impl HttpClient for Tape {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        parts: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let store = self.0.store.http_connector(settings, parts);
        SharedHttpConnector::new(Head { tape: self.clone(), store })
    }
}

#[derive(Debug)]
struct Head {
    tape: Tape,
    store: SharedHttpConnector,
}

impl HttpConnector for Head {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mode = *self.tape.0.mode.lock().unwrap_or_else(PoisonError::into_inner);
        match mode {
            Mode::Live => self.store.call(request),
            Mode::Play | Mode::Empty => {
                HttpConnectorFuture::ready(self.tape.answer_from_memory(&request, mode))
            }
            Mode::Record => {
                let (tape, key) = (self.tape.clone(), key(&request));
                let call = self.store.call(request);
                HttpConnectorFuture::new(async move {
                    let response = call.await?;
                    if !response.status().is_success() {
                        return Ok(response);
                    }
                    let body = ByteStream::new(response.into_body()).collect().await;
                    let body = body.map_err(|error| ConnectorError::io(error.into()))?.to_vec();
                    let mut kept = tape.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
                    kept.insert(key, body.clone());
                    respond(body)
                })
            }
        }
    }
}

fn respond(body: Vec<u8>) -> Result<HttpResponse, ConnectorError> {
    let ok = 200.try_into().map_err(|_| ConnectorError::user("200 is no status".into()))?;
    Ok(HttpResponse::new(ok, SdkBody::from(body)))
}

/// A request by its body, whose fields the client writes in no fixed order.
fn key(request: &HttpRequest) -> String {
    let body = request.body().bytes().unwrap_or_default();
    serde_json::from_slice::<serde_json::Value>(body).unwrap_or_default().to_string()
}

//! Calls, written as they are: a client that mends a path cannot send a wrong one.

use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::HOST;
use hyper::{HeaderMap, Request};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

use super::{eventually, variable};

/// The deployed API.
pub(crate) struct Api {
    /// Host and port.
    authority: String,
    /// What every path begins with.
    prefix: String,
    /// The first demo partner's key.
    pub(crate) key: String,
    /// The second's, which vouches for nobody.
    pub(crate) key_2: String,
    /// The third's, an OPCO's.
    pub(crate) key_3: String,
}

/// One call.
#[derive(Clone)]
pub(crate) struct Call<'a> {
    pub(crate) method: &'a str,
    /// Path and query, as they go on the wire.
    pub(crate) target: &'a str,
    pub(crate) key: Option<&'a str>,
    /// Names and values.
    pub(crate) headers: Vec<(&'a str, &'a str)>,
    pub(crate) body: Bytes,
}

impl<'a> Call<'a> {
    /// A GET without a key.
    pub(crate) fn get(target: &'a str) -> Self {
        Self { method: "GET", target, key: None, headers: Vec::new(), body: Bytes::new() }
    }

    /// The same with a key.
    pub(crate) fn with_key(self, key: &'a str) -> Self {
        Self { key: Some(key), ..self }
    }
}

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    /// Its body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{error}: {} {}", self.status, String::from_utf8_lossy(&self.body))
        })
    }

    /// A header; empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Its body as JSON, once it is sure to be a success.
    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        self.json()
    }
}

impl Api {
    /// The one that the environment names.
    pub(crate) fn deployed() -> Self {
        let url = variable("API_URL");
        let rest = url.strip_prefix("http://").expect("API_URL of a local cloud: http://…");
        let (authority, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        Self {
            authority: authority.to_owned(),
            prefix: format!("/{prefix}"),
            key: variable("API_KEY"),
            key_2: variable("API_KEY_2"),
            key_3: variable("API_KEY_3"),
        }
    }

    /// Calls once, on a connection of its own.
    pub(crate) async fn send(&self, call: Call<'_>) -> Answer {
        let stream = TcpStream::connect(&self.authority).await.expect("the local cloud answers");
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
        let connection = tokio::spawn(connection);
        let mut request = Request::builder()
            .method(call.method)
            .uri(format!("{}{}", self.prefix, call.target))
            .header(HOST, &self.authority);
        if let Some(key) = call.key {
            request = request.header("x-api-key", key);
        }
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        let response = sender.send_request(request.body(Full::new(call.body)).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        connection.abort();
        Answer { status: head.status.as_u16(), headers: head.headers, body }
    }

    /// Calls until the usage plan lets the call through, waiting as long as each 429 says.
    pub(crate) async fn patient(&self, call: Call<'_>) -> Answer {
        eventually(call.target, async || {
            let answer = self.send(call.clone()).await;
            if answer.status != 429 {
                return Some(answer);
            }
            let seconds = answer.header("retry-after").parse().expect("seconds in Retry-After");
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            None
        })
        .await
    }

    /// A GET with the first key, patient.
    pub(crate) async fn get(&self, target: &str) -> Answer {
        self.patient(Call::get(target).with_key(&self.key)).await
    }
}

/// What is behind a link, which needs nothing but itself.
pub(crate) async fn download(url: &str) -> Bytes {
    let rest = url.strip_prefix("http://").expect("a link of a local cloud: http://…");
    let (authority, target) = rest.split_once('/').expect("a link with a path");
    let api = Api {
        authority: authority.to_owned(),
        prefix: "/".to_owned(),
        key: String::new(),
        key_2: String::new(),
        key_3: String::new(),
    };
    let answer = api.send(Call::get(target)).await;
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    answer.body
}

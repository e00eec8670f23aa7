//! A service that is asked over HTTP.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{Method, Request, StatusCode};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use url::{Host, Url};
use usecases::ports::{Clock, Entropy};

use crate::breaker::Breaker;
use crate::failure::Failure;
use crate::limits::Limits;
use crate::secret;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A service cannot be asked: our configuration is wrong.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// What is asked and answered may be seen on the way, unless it stays on this machine.
    #[error("the address of a service is not https, or http on this machine")]
    Url,
    /// What it is to be shown is no header.
    #[error("the secret of a service is no token, and no header")]
    Secret,
    /// Certificates could not be read.
    #[error("could not set up TLS")]
    Tls(#[source] std::io::Error),
}

/// A service. It is asked over a connection of its own each time: a function sleeps between its requests for longer
/// than a connection lives. Redirections are not followed.
pub struct Desk {
    url: Url,
    secret: Option<(HeaderName, HeaderValue)>,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    limits: Limits,
    breaker: Breaker,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

/// A question: where, and what with it.
pub(crate) struct Question {
    pub(crate) url: Url,
    /// JSON to post; without one it is a GET.
    pub(crate) body: Option<Vec<u8>>,
}

impl Desk {
    /// At `url`, showing `secret`: a token, or a whole header.
    pub fn new(
        url: &str,
        secret: Option<&str>,
        limits: Limits,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, DeskError> {
        let url = Url::parse(url).map_err(|_| DeskError::Url)?;
        if !is_private(&url) {
            return Err(DeskError::Url);
        }
        let secret = secret.map(secret::header).transpose()?;
        let mut http = HttpConnector::new();
        http.set_connect_timeout(Some(limits.connect));
        http.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::aws_lc_rs::default_provider())
            .map_err(DeskError::Tls)?
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector);
        Ok(Self { url, secret, client, limits, breaker: Breaker::default(), clock, entropy })
    }

    /// Where it is.
    pub(crate) fn url(&self) -> Url {
        self.url.clone()
    }

    /// What `read` makes of the answer; none where there is nothing at that place (404).
    pub(crate) async fn ask<T>(
        &self,
        question: &Question,
        read: impl Fn(&[u8]) -> Result<T, Failure>,
    ) -> Result<Option<T>, Failure> {
        if !self.breaker.lets_pass(self.clock.seconds()) {
            return Err(Failure::Resting);
        }
        let answered = self.ask_again(question).await;
        // What is wrong with one answer, or refused of one question, says nothing of the next.
        let is_up = answered.as_ref().map_or_else(Failure::is_of_one_question, |_| true);
        self.breaker.count(is_up, self.clock.seconds());
        answered.and_then(|body| body.map(|body| read(&body)).transpose())
    }

    async fn ask_again(&self, question: &Question) -> Result<Option<Bytes>, Failure> {
        let mut attempts = self.limits.attempts;
        loop {
            attempts = attempts.saturating_sub(1);
            let answered = tokio::time::timeout(self.limits.attempt, self.ask_once(question)).await;
            match answered.unwrap_or(Err(Failure::TimedOut)) {
                Err(failure) if attempts > 0 && failure.may_pass() => tokio::time::sleep(self.pause()).await,
                answered => return answered,
            }
        }
    }

    async fn ask_once(&self, question: &Question) -> Result<Option<Bytes>, Failure> {
        let request = self.request(question).map_err(Failure::Question)?;
        let response = self.client.request(request).await.map_err(Failure::Broken)?;
        match response.status() {
            StatusCode::OK => whole(response.into_body(), self.limits.bytes).await.map(Some),
            StatusCode::NOT_FOUND => Ok(None),
            status => Err(Failure::Status(status.as_u16())),
        }
    }

    fn request(&self, question: &Question) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
        let mut request = Request::builder().uri(question.url.as_str()).header(ACCEPT, JSON);
        if let Some((name, value)) = &self.secret {
            request = request.header(name, value);
        }
        match &question.body {
            Some(body) => request
                .method(Method::POST)
                .header(CONTENT_TYPE, JSON)
                .body(Full::new(Bytes::copy_from_slice(body))),
            None => request.body(Full::default()),
        }
    }

    /// Random, so that many who failed together do not come back together.
    fn pause(&self) -> Duration {
        let [first, ..] = self.entropy.bytes();
        self.limits.pause.mul_f64(0.5 + f64::from(first) / 255.0)
    }
}

async fn whole(body: Incoming, limit: usize) -> Result<Bytes, Failure> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Failure::TooLong),
        Err(error) => Err(error.downcast().map_or(Failure::TooLong, |error| Failure::Cut(*error))),
    }
}

/// Whether nobody on the way sees what is asked.
fn is_private(url: &Url) -> bool {
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_stays_on_this_machine_or_is_encrypted() {
        for (url, private) in [
            ("https://exemple.invalid/api", true),
            ("http://127.0.0.1:8080", true),
            ("http://[::1]/", true),
            ("http://localhost/", true),
            ("http://exemple.invalid/api", false),
            ("http://127.0.0.1.exemple.invalid/", false),
            ("ftp://127.0.0.1/", false),
        ] {
            assert_eq!(is_private(&Url::parse(url).unwrap()), private, "{url}");
        }
    }
}

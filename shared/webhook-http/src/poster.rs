//! One message to one webhook.

use std::error::Error;
use std::net::SocketAddr;
use std::time::Duration;

use async_trait::async_trait;
use domain::webhook::{Reach, WebhookUrl};
use http_body_util::{BodyExt, Full, Limited};
use hyper::Request;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, USER_AGENT};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use hyper_util::rt::TokioExecutor;
use tower_service::Service;
use usecases::ports::{PostWebhook, Posted, SignedMessage, Trouble};

use crate::guard::{Guard, NotCalled};

/// Until the connection stands.
const CONNECT: Duration = Duration::from_secs(5);
/// How much of an answer is read, so that whoever sends it is not cut off in the middle of a word.
const MAX_ANSWER_BYTES: usize = 16 * 1024;
/// For how long.
const ANSWER: Duration = Duration::from_secs(1);
/// By what we are known.
const AGENT: &str = "API-Alternance-Webhooks/1";

/// Certificates could not be read.
#[derive(Debug, thiserror::Error)]
#[error("could not set up TLS")]
pub struct PosterError(#[source] std::io::Error);

type Connector<R> = HttpsConnector<HttpConnector<Guard<R>>>;

/// Posts messages.
pub struct Poster<R = GaiResolver> {
    client: Client<Connector<R>, Full<Bytes>>,
    reach: Reach,
    limit: Duration,
}

impl Poster {
    /// Within reach, each within this limit of time: from the name's resolution to the status of the answer.
    pub fn new(reach: Reach, limit: Duration) -> Result<Self, PosterError> {
        Self::over(GaiResolver::new(), reach, limit)
    }
}

impl<R> Poster<R>
where
    R: Service<Name, Response: Iterator<Item = SocketAddr>, Future: Send + 'static>
        + Clone
        + Send
        + Sync
        + 'static,
{
    /// The same, by names of this resolver.
    pub fn over(resolver: R, reach: Reach, limit: Duration) -> Result<Self, PosterError> {
        let mut http = HttpConnector::new_with_resolver(Guard::new(resolver, reach));
        http.set_connect_timeout(Some(CONNECT));
        http.enforce_http(false);
        let tls = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::aws_lc_rs::default_provider())
            .map_err(PosterError)?;
        let tls = match reach {
            Reach::Public => tls.https_only(),
            Reach::Loopback => tls.https_or_http(),
        };
        let connector = tls.enable_http1().wrap_connector(http);
        let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector);
        Ok(Self { client, reach, limit })
    }

    async fn post(&self, request: Request<Full<Bytes>>) -> Posted {
        let answered = tokio::time::timeout(self.limit, self.client.request(request)).await;
        match answered {
            Err(_) => Posted::Unanswered(Trouble::TimedOut),
            Ok(Err(error)) if is_not_called(&error) => Posted::Unanswered(Trouble::Address),
            Ok(Err(_)) => Posted::Unanswered(Trouble::Connection),
            Ok(Ok(response)) => {
                let status = response.status().as_u16();
                drain(response.into_body()).await;
                Posted::Answered(status)
            }
        }
    }
}

#[async_trait]
impl<R> PostWebhook for Poster<R>
where
    R: Service<Name, Response: Iterator<Item = SocketAddr>, Future: Send + 'static>
        + Clone
        + Send
        + Sync
        + 'static,
{
    async fn post_webhook(&self, url: &WebhookUrl, message: &SignedMessage) -> Posted {
        // Once more: numbers are not resolved, so the guard does not see them.
        let Ok(url) = WebhookUrl::parse(url.as_str(), self.reach) else {
            return Posted::Unanswered(Trouble::Address);
        };
        let request = Request::post(url.as_str())
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, AGENT)
            .header("webhook-id", &message.id)
            .header("webhook-timestamp", message.timestamp)
            .header("webhook-signature", &message.signature)
            .body(Full::new(Bytes::copy_from_slice(message.body.as_bytes())));
        match request {
            Ok(request) => self.post(request).await,
            Err(_) => Posted::Unanswered(Trouble::Address),
        }
    }
}

/// The status was the answer: however the rest ends, it is no other.
async fn drain(body: Incoming) {
    let _ = tokio::time::timeout(ANSWER, Limited::new(body, MAX_ANSWER_BYTES).collect()).await;
}

/// Whether it is our own guard that says no, at the end of a chain of causes.
fn is_not_called(error: &(dyn Error + 'static)) -> bool {
    let mut causes = std::iter::successors(Some(error), |error| (*error).source());
    causes.any(<dyn Error>::is::<NotCalled>)
}

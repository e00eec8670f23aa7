//! What is called and what is not, over real sockets of this machine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use domain::webhook::{Reach, WebhookUrl};
use hyper_util::client::legacy::connect::dns::Name;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tower_service::Service;
use usecases::ports::{PostWebhook, Posted, SignedMessage, Trouble};
use webhook_http::{Guard, NotCalled, Poster};

/// Longer than anything here takes.
const LONG: Duration = Duration::from_secs(20);
const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

/// A server that says one thing to everybody, and keeps what it was told.
struct Server {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    async fn saying(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (heard, connections) = (Arc::<Mutex<Vec<String>>>::default(), Arc::<AtomicUsize>::default());
        let server = Self { address, heard: heard.clone(), connections: connections.clone() };
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                let heard = heard.clone();
                tokio::spawn(async move {
                    let mut request = Vec::new();
                    let mut piece = [0; 4096];
                    while !is_whole(&request) {
                        match stream.read(&mut piece).await {
                            Ok(0) | Err(_) => return,
                            Ok(read) => request.extend_from_slice(&piece[..read]),
                        }
                    }
                    heard.lock().unwrap().push(String::from_utf8(request).unwrap());
                    let _ = stream.write_all(answer.as_bytes()).await;
                    // It keeps the connection, as one that is slow would.
                    let _ = stream.read(&mut piece).await;
                });
            }
        });
        server
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    fn url(&self) -> WebhookUrl {
        WebhookUrl::parse(&format!("http://{}/hook?a=b", self.address), Reach::Loopback).unwrap()
    }
}

/// Whether the body of our message is there.
fn is_whole(request: &[u8]) -> bool {
    String::from_utf8_lossy(request).ends_with("\r\n\r\n{\"a\":1}")
}

/// Resolves each name to the next of these addresses, the last for ever.
#[derive(Clone)]
struct Rebinding(Arc<Mutex<Vec<IpAddr>>>, Arc<AtomicUsize>);

impl Rebinding {
    fn to(addresses: &[&str]) -> Self {
        let addresses = addresses.iter().map(|address| address.parse().unwrap()).collect();
        Self(Arc::new(Mutex::new(addresses)), Arc::default())
    }
}

impl Service<Name> for Rebinding {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = std::io::Error;
    type Future = std::future::Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Name) -> Self::Future {
        self.1.fetch_add(1, Ordering::SeqCst);
        let mut addresses = self.0.lock().unwrap();
        let next = if addresses.len() > 1 { addresses.remove(0) } else { addresses[0] };
        std::future::ready(Ok(vec![SocketAddr::new(next, 0)].into_iter()))
    }
}

fn message() -> SignedMessage {
    SignedMessage {
        id: "abc".to_owned(),
        timestamp: 1_788_249_600,
        signature: "v1,c2lnbmVk".to_owned(),
        body: "{\"a\":1}".to_owned(),
    }
}

async fn post_within(limit: Duration, server: &Server) -> Posted {
    let poster = Poster::new(Reach::Loopback, limit).unwrap();
    poster.post_webhook(&server.url(), &message()).await
}

async fn post(server: &Server) -> Posted {
    post_within(LONG, server).await
}

#[tokio::test]
async fn a_message_is_posted_with_its_three_headers() {
    let server = Server::saying(OK).await;
    assert_eq!(post(&server).await, Posted::Answered(200));
    let heard = server.heard.lock().unwrap().remove(0);
    let (top, body) = heard.split_once("\r\n\r\n").unwrap();
    assert!(top.starts_with("POST /hook?a=b HTTP/1.1\r\n"), "{top}");
    for wanted in [
        "content-type: application/json",
        "webhook-id: abc",
        "webhook-timestamp: 1788249600",
        "webhook-signature: v1,c2lnbmVk",
        "content-length: 7",
    ] {
        assert!(top.lines().any(|line| line.eq_ignore_ascii_case(wanted)), "{wanted}: {top}");
    }
    assert_eq!(body, "{\"a\":1}");
}

#[tokio::test]
async fn a_redirection_is_an_answer_and_is_not_followed() {
    let target = Server::saying(OK).await;
    let answer = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://{}/\r\ncontent-length: 0\r\n\r\n",
        target.address
    );
    let server = Server::saying(Box::leak(answer.into_boxed_str())).await;
    assert_eq!(post(&server).await, Posted::Answered(307));
    assert_eq!(target.connections(), 0);
}

#[tokio::test]
async fn whoever_does_not_answer_in_time_has_not_answered() {
    for silent in ["", "HTTP/1.1 200 OK\r\ncontent-le"] {
        let server = Server::saying(silent).await;
        let answer = post_within(Duration::from_millis(200), &server).await;
        assert_eq!(answer, Posted::Unanswered(Trouble::TimedOut), "{silent:?}");
    }
}

#[tokio::test]
async fn an_answer_without_end_counts_by_its_status() {
    let endless = format!("HTTP/1.1 202 Accepted\r\ncontent-length: 99999999\r\n\r\n{}", "x".repeat(100_000));
    let server = Server::saying(Box::leak(endless.into_boxed_str())).await;
    assert_eq!(post(&server).await, Posted::Answered(202));
    let dripping =
        Server::saying("HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx").await;
    assert_eq!(post(&dripping).await, Posted::Answered(204));
}

#[tokio::test]
async fn what_is_no_http_and_nobody_at_all_are_no_answer() {
    let server = Server::saying("this is no HTTP\r\n\r\n").await;
    assert_eq!(post(&server).await, Posted::Unanswered(Trouble::Connection));
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let url = WebhookUrl::parse(&format!("http://{free}/"), Reach::Loopback).unwrap();
    let poster = Poster::new(Reach::Loopback, LONG).unwrap();
    assert_eq!(poster.post_webhook(&url, &message()).await, Posted::Unanswered(Trouble::Connection));
}

#[tokio::test]
async fn a_name_that_leads_into_this_machine_or_a_private_network_is_not_called() {
    let server = Server::saying(OK).await;
    let url = format!("https://exemple.invalid:{}/", server.address.port());
    let url = WebhookUrl::parse(&url, Reach::Public).unwrap();
    for address in ["127.0.0.1", "::1", "::ffff:127.0.0.1", "169.254.169.254", "10.0.0.1", "fd00:ec2::254"] {
        let poster = Poster::over(Rebinding::to(&[address]), Reach::Public, LONG).unwrap();
        let answer = poster.post_webhook(&url, &message()).await;
        assert_eq!(answer, Posted::Unanswered(Trouble::Address), "{address}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_name_that_leads_elsewhere_the_second_time_is_looked_at_each_time() {
    let mut guard = Guard::new(Rebinding::to(&["1.1.1.1", "127.0.0.1"]), Reach::Public);
    let first = guard.call("exemple.invalid".parse().unwrap()).await.unwrap();
    assert_eq!(first.map(|address| address.ip().to_string()).collect::<Vec<_>>(), ["1.1.1.1"]);
    assert_eq!(guard.call("exemple.invalid".parse().unwrap()).await.unwrap_err(), NotCalled);

    // What is looked at is what is called: one call resolves its name once. 192.0.2.1 is nobody's.
    let server = Server::saying(OK).await;
    let rebinding = Rebinding::to(&["192.0.2.1", "127.0.0.1"]);
    let url = format!("https://exemple.invalid:{}/", server.address.port());
    let url = WebhookUrl::parse(&url, Reach::Public).unwrap();
    let poster = Poster::over(rebinding.clone(), Reach::Public, LONG).unwrap();
    for calls in 1..=2 {
        let answer = poster.post_webhook(&url, &message()).await;
        assert_eq!(answer, Posted::Unanswered(Trouble::Address));
        assert_eq!(rebinding.1.load(Ordering::SeqCst), calls);
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn an_address_that_was_taken_on_a_developers_machine_is_not_called_from_elsewhere() {
    let server = Server::saying(OK).await;
    let poster = Poster::new(Reach::Public, LONG).unwrap();
    let answer = poster.post_webhook(&server.url(), &message()).await;
    assert_eq!((answer, server.connections()), (Posted::Unanswered(Trouble::Address), 0));
}

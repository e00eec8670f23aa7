//! The scanner as a function of its own: `scan-cv` asks `scan-file` as it does on AWS, by the real clients, over a Lambda
//! that is a server of this test.

use std::path::Path;
use std::sync::Arc;

use antivirus::{ClamAv, FileToScan};
use aws_sdk_lambda::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_lambda::{Client, Config};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use scan_cv::Elsewhere;
use serde_json::json;
use tokio::net::TcpListener;
use usecases::ports::{PortError, ScanFile, Scanned};

/// The first signature of `infra/antivirus/test.ndb`, in two halves, so that no scanner finds it here.
const MARKER: [&str; 2] = ["work-study-marker-of-", "no-virus-5d0c2f"];

/// What a function answers: whether it failed, and with what.
type Answered = (bool, Vec<u8>);

/// A Lambda that answers each call so, whichever function is asked for; and a client of it.
async fn lambda<F>(answer: impl Fn(Vec<u8>) -> F + Send + Sync + 'static) -> Client
where
    F: Future<Output = Answered> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let answer = Arc::new(answer);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let answer = answer.clone();
            let service = service_fn(move |request: Request<Incoming>| {
                let answer = answer.clone();
                async move {
                    assert_eq!(request.uri().path(), "/2015-03-31/functions/a-scan-file/invocations");
                    let asked = request.into_body().collect().await.unwrap().to_bytes();
                    let (failed, body) = answer(asked.to_vec()).await;
                    let mut response = Response::new(Full::new(Bytes::from(body)));
                    if failed {
                        let failure = "Unhandled".parse().unwrap();
                        response.headers_mut().insert("x-amz-function-error", failure);
                    }
                    Ok::<_, std::convert::Infallible>(response)
                }
            });
            let connection = hyper::server::conn::http1::Builder::new();
            tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
        }
    });
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-3"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(endpoint)
        .build();
    Client::from_conf(config)
}

async fn asked(client: Client, bytes: &[u8]) -> Result<Scanned, PortError> {
    Elsewhere::new(client, "a-scan-file".to_owned()).scan_file(bytes).await
}

/// As `scan-file` runs it, over a scanner; the answer of the program is that of the function.
async fn scanning(scanner: ClamAv) -> Client {
    let scanner = Arc::new(scanner);
    lambda(move |event| {
        let scanner = scanner.clone();
        async move {
            let event: FileToScan = serde_json::from_slice(&event).unwrap();
            match scan_file::handle(&scanner, event, String::new()).await {
                Ok(verdict) => (false, serde_json::to_vec(&verdict).unwrap()),
                Err(error) => (true, json!({ "errorMessage": error.to_string() }).to_string().into()),
            }
        }
    })
    .await
}

#[tokio::test]
async fn the_function_answers_what_the_scanner_says() {
    let database = tests::root().join("infra/antivirus");
    let client = scanning(ClamAv::clamscan("/usr/bin/clamscan".into(), Some(&database))).await;
    assert_eq!(asked(client.clone(), &testkit::pdf("")).await.unwrap(), Scanned::Clean);
    let marked = format!("before {} after", MARKER.concat());
    assert_eq!(asked(client, marked.as_bytes()).await.unwrap(), Scanned::Infected);
}

#[tokio::test]
async fn no_failure_is_taken_for_a_verdict() {
    let database = Path::new("/nowhere");
    let client = scanning(ClamAv::clamscan("/usr/bin/clamscan".into(), Some(database))).await;
    assert!(asked(client, b"a file").await.is_err(), "it has no signatures");
    for (failed, body) in
        [(true, "\"clean\""), (false, ""), (false, "null"), (false, "\"CLEAN\""), (false, "{}")]
    {
        let client = lambda(move |_| async move { (failed, body.into()) }).await;
        assert!(asked(client, b"a file").await.is_err(), "{failed} {body}");
    }
}

#[tokio::test]
async fn the_event_of_a_file_is_read() {
    let event: FileToScan = serde_json::from_str(&tests::events::load("scan-file/one-file")).unwrap();
    assert!(event.bytes.starts_with(b"%PDF-"), "{event:?}");
}

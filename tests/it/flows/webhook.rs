//! A partner is told of its offer at an address of its own, from the deposit to a signed call.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::deposit::{establishment, offer, post};
use crate::cloud::{Api, Call, eventually, unique};

/// The calls that a server on this machine got: `webhook-id`, `webhook-timestamp`, `webhook-signature`, body.
type Calls = Arc<Mutex<Vec<[String; 4]>>>;

/// Starts one; its address.
async fn serve(calls: Calls) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let calls = calls.clone();
            let service = service_fn(move |request: Request<Incoming>| {
                let calls = calls.clone();
                async move {
                    let header = |name| request.headers()[name].to_str().unwrap().to_owned();
                    let [id, timestamp, signature] =
                        ["webhook-id", "webhook-timestamp", "webhook-signature"].map(header);
                    let body = request.into_body().collect().await.unwrap().to_bytes();
                    let body = String::from_utf8(body.to_vec()).unwrap();
                    calls.lock().unwrap().push([id, timestamp, signature, body]);
                    Ok::<_, Infallible>(Response::new(Full::<Bytes>::default()))
                }
            });
            tokio::spawn(
                hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service),
            );
        }
    });
    url
}

#[tokio::test]
async fn a_partner_is_told_of_its_offer_by_a_call_that_it_can_check() {
    let (api, calls) = (Api::deployed(), Calls::default());
    let url = serve(calls.clone()).await;
    let created = post(&api, "/v1/webhooks", None, &json!({"url": url, "events": ["offer.published"]})).await;
    assert_eq!(created.status, 201, "{:?}", created.body);
    let text = |name: &str| created.json()[name].as_str().unwrap().to_owned();
    let (id, secret) = (text("id"), text("secret"));

    let tested = post(&api, &format!("/V1/webhooks/{id}/test"), None, &Value::Null).await;
    assert_eq!((&tested.json()["delivered"], &tested.json()["status"]), (&json!(true), &json!(200)));

    let name = unique("webhook");
    let company = establishment(&format!("{name}@example.com"));
    let company = post(&api, "/v1/jobs/establishment", Some(&name), &company).await;
    assert_eq!(company.status, 201, "{:?}", company.body);
    let target = format!("/v1/jobs/{}", company.json()["establishment_id"].as_str().unwrap());
    let deposited = offer("Une offre inventée, dont un partenaire est prévenu par un appel.");
    let deposited = post(&api, &target, Some(&name), &deposited).await;
    let offer_id = deposited.json()["jobs"][0]["_id"].clone();

    let told = eventually("the call that tells of the offer", async || {
        let calls = calls.lock().unwrap().clone();
        calls.into_iter().find(|call| {
            serde_json::from_str::<Value>(&call[3]).is_ok_and(|body| body["data"]["offer_id"] == offer_id)
        })
    });
    let [message, timestamp, signature, body] = told.await;
    let partner = standardwebhooks::Webhook::new(&secret).unwrap();
    assert_eq!(partner.sign(&message, timestamp.parse().unwrap(), body.as_bytes()).unwrap(), signature);

    let target = format!("/v1/webhooks/{id}");
    let deleted = Call { method: "DELETE", ..Call::get(&target) }.with_key(&api.key);
    assert_eq!(api.patient(deleted).await.status, 204);
}

//! Services that a deposit can do without.

use registry_http::AddressValidation;
use serde_json::{Value, json};
use usecases::ports::{FindCompany, KnowAddress};

use crate::server::{Reply, Server};
use crate::world::{PATIENT, World, failing, first, row, told};

fn answer(body: &Value) -> Reply {
    Reply::Answer(200, body.to_string())
}

/// The OPCO and the convention that the company has, and what it was asked for.
async fn funded(replies: Vec<Reply>) -> (Option<String>, Option<String>, Vec<String>) {
    let world = World::start().await;
    let (register, opco) = (Server::start([told(&row())]).await, Server::start(replies).await);
    let cached = world.cached(Some(&register), Some(&opco));
    let company = cached.find_company(&first()).await.unwrap().unwrap();
    // Kept with what was found, so that it is asked once only.
    assert_eq!(cached.find_company(&first()).await.unwrap().as_ref(), Some(&company));
    (company.opco, company.idcc, opco.asked())
}

#[tokio::test(flavor = "current_thread")]
async fn the_opco_of_a_company_is_asked_by_its_siret_and_kept() {
    let (opco, idcc, asked) = funded(vec![answer(&json!({"opcoName": "OPCO EP", "idcc": "0843"}))]).await;
    assert_eq!((opco.as_deref(), idcc.as_deref()), (Some("Opco entreprises de proximité"), Some("843")));
    assert_eq!(asked.len(), 1);
    assert!(asked[0].starts_with(&format!("GET /api?siret={} ", first())), "{asked:?}");
}

#[tokio::test(flavor = "current_thread")]
async fn a_company_without_a_known_opco_deposits_all_the_same() {
    for reply in [
        answer(&json!({})),
        answer(&json!({"opcoName": null, "idcc": null})),
        answer(&json!({"opcoName": "une caisse", "idcc": 1})),
        answer(&json!([])),
        Reply::Answer(404, String::new()),
        Reply::Answer(429, String::new()),
        Reply::Answer(200, "<html>".to_owned()),
    ] {
        let (opco, idcc, asked) = funded(vec![reply.clone(), reply.clone()]).await;
        assert_eq!((opco, idcc, asked.len()), (None, None, 2), "{reply:?}");
    }
    let (opco, ..) = funded(vec![failing(), failing(), Reply::Close, Reply::Close]).await;
    assert_eq!(opco, None);
}

/// Whether the address is known to the service, and what that was asked.
async fn validated(replies: Vec<Reply>) -> (bool, Vec<String>) {
    let (world, server) = (World::start().await, Server::start(replies).await);
    let validation = AddressValidation::new(world.desk(&server.url, PATIENT));
    let email = "rh@exemple.invalid".parse().unwrap();
    (validation.knows_address(&first(), &email).await.unwrap(), server.asked())
}

#[tokio::test(flavor = "current_thread")]
async fn an_address_is_validated_by_a_post_that_has_it_in_its_body_only() {
    let (valid, asked) = validated(vec![answer(&json!({"is_valid": true}))]).await;
    assert!(valid);
    let (head, body) = asked[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /api HTTP/1.1\r\n"), "{head}");
    assert!(!head.contains("exemple.invalid"), "{head}");
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body, json!({"siret": first(), "email": "rh@exemple.invalid"}));
}

#[tokio::test(flavor = "current_thread")]
async fn an_address_is_known_only_where_the_service_says_so() {
    for reply in [
        answer(&json!({"is_valid": false})),
        answer(&json!({"is_valid": "true"})),
        answer(&json!({})),
        Reply::Answer(404, String::new()),
        failing(),
        Reply::Close,
    ] {
        assert!(!validated(vec![reply.clone(), reply]).await.0);
    }
}

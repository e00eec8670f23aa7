//! What the register may do instead of answering.

use serde_json::json;
use testkit::siret;
use usecases::ports::FindCompany;

use crate::server::{Reply, Server};
use crate::world::{BRIEF, PATIENT, World, failing, first, row, told, why};

fn bytes(text: impl Into<String>) -> Reply {
    Reply::Bytes(text.into())
}

#[tokio::test(flavor = "current_thread")]
async fn an_establishment_is_found_by_its_siret_with_the_token_in_a_header() {
    let (world, server) = (World::start().await, Server::start([told(&row())]).await);
    let company = world.bare(&server, PATIENT).find_company(&first()).await.unwrap().unwrap();
    assert_eq!(company.raison_sociale, "FOURNIL INVENTE");
    let asked = server.asked();
    assert!(asked[0].starts_with(&format!("GET /api/siret/{} HTTP/1.1\r\n", siret(1))), "{asked:?}");
    assert!(asked[0].contains("authorization: Bearer a fake token\r\n"), "{asked:?}");
}

#[tokio::test(flavor = "current_thread")]
async fn what_the_register_does_not_know_is_no_failure() {
    let (world, server) = (World::start().await, Server::start([Reply::Answer(404, "{}".to_owned())]).await);
    assert_eq!(world.bare(&server, PATIENT).find_company(&first()).await.unwrap(), None);
}

#[tokio::test(flavor = "current_thread")]
async fn a_failure_that_may_pass_is_asked_once_more_and_no_more() {
    let cut = || bytes("HTTP/1.1 200 X\r\ncontent-length: 1000\r\n\r\n{\"etab");
    for (fault, reason) in [
        (failing(), "it answered with the status 500"),
        (Reply::Answer(503, String::new()), "it answered with the status 503"),
        (Reply::Close, "the connection failed"),
        (bytes("HTTP/1.1 nonsense\r\n\r\n"), "the connection failed"),
        (cut(), "the answer was cut"),
    ] {
        let world = World::start().await;
        let server = Server::start([fault.clone(), told(&row())]).await;
        assert!(world.bare(&server, PATIENT).find_company(&first()).await.unwrap().is_some(), "{fault:?}");
        let server = Server::start([fault.clone(), fault, told(&row())]).await;
        assert_eq!(why(world.bare(&server, PATIENT).find_company(&first()).await), reason);
        assert_eq!(server.asked().len(), 2);
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_register_that_never_answers_or_never_ends_is_given_up_twice() {
    let head = "HTTP/1.1 200 X\r\ncontent-length: 10\r\n\r\n{".to_owned();
    for fault in [Reply::Hang, Reply::Stall(head)] {
        let (world, server) = (World::start().await, Server::start([fault.clone(), fault]).await);
        assert_eq!(why(world.bare(&server, BRIEF).find_company(&first()).await), "it took too long");
        assert_eq!(server.asked().len(), 2);
    }
}

#[tokio::test(flavor = "current_thread")]
async fn nobody_there_is_a_failure() {
    let world = World::start().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let register = registry_http::SireneRegister::new(world.desk(&url, PATIENT));
    assert_eq!(why(register.find_company(&first()).await), "the connection failed");
}

#[tokio::test(flavor = "current_thread")]
async fn a_failure_that_stays_is_not_asked_again() {
    let mut another = row();
    another["siret"] = json!(siret(2));
    let mut lawless = row();
    lawless["statutDiffusionEtablissement"] = json!("perhaps");
    let long = "x".repeat(PATIENT.bytes + 1);
    let chunked = format!(
        "HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{long}\r\n0\r\n\r\n",
        long.len()
    );
    for (fault, reason) in [
        (Reply::Answer(429, String::new()), "it answered with the status 429"),
        (Reply::Answer(401, String::new()), "it answered with the status 401"),
        (
            bytes("HTTP/1.1 302 X\r\nlocation: /api\r\ncontent-length: 0\r\n\r\n"),
            "it answered with the status 302",
        ),
        (Reply::Answer(200, long), "the answer is too long"),
        (bytes(chunked), "the answer is too long"),
        (Reply::Answer(200, "<html>".to_owned()), "the answer breaks a rule"),
        (Reply::Answer(200, "{}".to_owned()), "the answer breaks a rule"),
        (told(&lawless), "the answer breaks a rule"),
        (told(&another), "the answer is about another establishment"),
    ] {
        let (world, server) = (World::start().await, Server::start([fault, told(&row())]).await);
        assert_eq!(why(world.bare(&server, PATIENT).find_company(&first()).await), reason);
        assert_eq!(server.asked().len(), 1, "{reason}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_register_that_fails_five_times_is_left_alone_for_thirty_seconds() {
    let world = World::start().await;
    let script = std::iter::repeat_n(Reply::Answer(429, String::new()), 6).chain([told(&row())]);
    let server = Server::start(script).await;
    let register = world.bare(&server, PATIENT);
    for _ in 0..5 {
        assert_eq!(why(register.find_company(&first()).await), "it answered with the status 429");
    }
    world.clock.advance(29);
    assert_eq!(why(register.find_company(&first()).await), "it failed too often: it is not asked for now");
    assert_eq!(server.asked().len(), 5);
    // One question tells whether it is well again.
    world.clock.advance(1);
    assert_eq!(why(register.find_company(&first()).await), "it answered with the status 429");
    assert_eq!(why(register.find_company(&first()).await), "it failed too often: it is not asked for now");
    world.clock.advance(30);
    assert!(register.find_company(&first()).await.unwrap().is_some());
    assert_eq!(server.asked().len(), 7);
}

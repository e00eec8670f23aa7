//! The details and the routes without a key, in the exact words of the contract.

use serde_json::{Value, json};
use tests::events;

use crate::world::{Answer, World};

async fn answer(world: &World, event: &str) -> Answer {
    let (function, _) = event.split_once('/').unwrap();
    world.answer(function, &events::load(event)).await
}

#[tokio::test]
async fn what_is_not_there_is_a_404_in_the_words_of_its_route() {
    let world = World::new().await;
    for (event, body) in [
        (
            "get-company/unknown",
            json!({"error": "not_found", "status": 404, "result": "not_found", "message": "Société non trouvée"}),
        ),
        ("get-matcha-offer/unknown", json!({"error": "not_found"})),
        (
            "get-partner-offer/unknown",
            json!({"error": "not_found", "result": "not_found", "message": "Offre non trouvée"}),
        ),
    ] {
        let answer = answer(&world, event).await;
        assert_eq!((answer.status, answer.json()), (404, body), "{event}");
    }
}

#[tokio::test]
async fn a_wrong_siret_is_told_as_the_schema_family_does() {
    let world = World::new().await;
    let luhn = "Le siret ne respecte pas l'algorithme luhn (https://fr.wikipedia.org/wiki/Formule_de_Luhn)";
    for (event, message) in
        [("get-company/not-a-siret", "SIRET invalide"), ("get-company/wrong-checksum", luhn)]
    {
        let answer = answer(&world, event).await;
        let body = answer.json();
        assert_eq!((answer.status, &body["message"]), (400, &json!(format!("params.siret: {message}"))));
        assert_eq!(body["data"]["validationError"]["validationContext"], "params");
    }
}

#[tokio::test]
async fn a_detail_is_what_the_search_shows_but_for_the_distance() {
    let world = World::new().await;
    let found = answer(&world, "search-jobs/nominal").await.json();
    for (event, source, title) in [
        ("get-company/found", "lbaCompanies", "Boulangerie Inventée 1"),
        ("get-matcha-offer/found", "matchas", "Boulanger imaginaire 0"),
        ("get-partner-offer/found", "peJobs", "Apprenti imaginaire 1 (H/F)"),
    ] {
        let mut detail = answer(&world, event).await.json()[source][0].clone();
        let all = found[source]["results"].as_array().unwrap();
        let mut searched = all.iter().find(|item| item["title"] == title).unwrap().clone();
        for item in [&mut detail, &mut searched] {
            item["place"].as_object_mut().unwrap().remove("distance");
        }
        assert_eq!(detail, searched, "{event}");
    }
}

#[tokio::test]
async fn an_offer_that_is_filled_says_so_in_its_detail() {
    let world = World::new().await;
    let body = answer(&world, "get-matcha-offer/filled").await.json();
    // The contract knows no other word in this place than Active and Annulée.
    assert_eq!(body["matchas"][0]["job"]["status"], "Annulée");
}

#[tokio::test]
async fn a_key_that_no_partner_holds_opens_no_route() {
    let world = World::new().await;
    for event in [
        "search-jobs/unknown-key",
        "search-jobs/suspended-partner",
        "search-jobs/no-key",
        "get-company/unknown-key",
    ] {
        let answer = answer(&world, event).await;
        assert_eq!((answer.status, &answer.json()["error"]), (403, &json!("Forbidden")), "{event}");
    }
}

#[tokio::test]
async fn a_header_is_read_whatever_its_case_and_a_state_site_may_read_the_answer() {
    let world = World::new().await;
    let answer = answer(&world, "search-jobs/header-case").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["access-control-allow-origin"], "https://www.exemple.gouv.fr");
}

#[tokio::test]
async fn health_and_version_ask_for_no_key() {
    let world = World::new().await;
    for event in ["health/healthcheck", "health/root"] {
        let answer = answer(&world, event).await;
        assert_eq!(answer.json(), json!({"env": "local", "healthcheck": {"mongodb": true}}));
    }
    let version: Value = answer(&world, "version/nominal").await.json();
    assert_eq!(version, json!({"version": "0123abc"}));
}

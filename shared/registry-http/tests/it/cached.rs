//! What is kept of the register, and for how long it is believed.

use domain::registry::{Activity, RegisteredCompany};
use serde_json::json;
use usecases::ports::{Clock, FindCompany, FindKeptCompany, PutCompany};

use crate::server::{Reply, Server};
use crate::world::{World, failing, first, row, told, why};

const DAY: i64 = 24 * 60 * 60;

/// What a file told of it.
fn filed() -> RegisteredCompany {
    RegisteredCompany {
        raison_sociale: "FOURNIL DU FICHIER".to_owned(),
        naf_code: "1071C".parse().ok(),
        naf_label: Some("Boulangerie".to_owned()),
        idcc: Some("843".to_owned()),
        diffusible: true,
        ..RegisteredCompany::hidden(first(), Activity::Open)
    }
}

async fn name(register: &impl FindCompany) -> Option<String> {
    register.find_company(&first()).await.unwrap().map(|company| company.raison_sociale)
}

#[tokio::test(flavor = "current_thread")]
async fn the_register_is_asked_once_a_day() {
    let world = World::start().await;
    let mut renamed = row();
    renamed["uniteLegale"]["denominationUniteLegale"] = json!("FOURNIL RENOMME");
    let server = Server::start([told(&row()), told(&renamed)]).await;
    let register = world.cached(Some(&server), None);
    assert_eq!(name(&register).await.as_deref(), Some("FOURNIL INVENTE"));
    world.clock.advance(DAY - 1);
    assert_eq!(name(&register).await.as_deref(), Some("FOURNIL INVENTE"));
    assert_eq!(server.asked().len(), 1);
    world.clock.advance(1);
    assert_eq!(name(&register).await.as_deref(), Some("FOURNIL RENOMME"));
    let kept = world.companies.find_kept_company(&first()).await.unwrap().unwrap();
    assert_eq!(kept.fetched_at, world.clock.seconds());
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_kept_serves_thirty_days_while_the_register_is_down() {
    let world = World::start().await;
    let server = Server::start([told(&row())].into_iter().chain(std::iter::repeat_n(failing(), 4))).await;
    let register = world.cached(Some(&server), None);
    register.find_company(&first()).await.unwrap();
    world.clock.advance(30 * DAY - 1);
    assert_eq!(name(&register).await.as_deref(), Some("FOURNIL INVENTE"));
    world.clock.advance(1);
    assert_eq!(why(register.find_company(&first()).await), "it answered with the status 500");
}

#[tokio::test(flavor = "current_thread")]
async fn a_register_that_is_down_and_of_which_nothing_is_kept_is_a_failure() {
    let world = World::start().await;
    let server = Server::start([failing(), failing()]).await;
    assert_eq!(
        why(world.cached(Some(&server), None).find_company(&first()).await),
        "it answered with the status 500"
    );
}

#[tokio::test(flavor = "current_thread")]
async fn without_a_register_a_file_stays_true() {
    let world = World::start().await;
    world.companies.put_company(&filed(), world.clock.seconds()).await.unwrap();
    world.clock.advance(400 * DAY);
    assert_eq!(name(&world.cached(None, None)).await.as_deref(), Some("FOURNIL DU FICHIER"));
}

#[tokio::test(flavor = "current_thread")]
async fn the_register_renews_what_it_knows_and_leaves_what_only_the_file_told() {
    let world = World::start().await;
    world.companies.put_company(&filed(), world.clock.seconds()).await.unwrap();
    world.clock.advance(DAY);
    let server = Server::start([told(&row())]).await;
    let company = world.cached(Some(&server), None).find_company(&first()).await.unwrap().unwrap();
    assert_eq!(company.raison_sociale, "FOURNIL INVENTE");
    assert_eq!((company.idcc.as_deref(), company.naf_label.as_deref()), (Some("843"), Some("Boulangerie")));
}

#[tokio::test(flavor = "current_thread")]
async fn a_place_is_where_a_file_told_while_the_address_stays_and_else_in_its_commune() {
    let world = World::start().await;
    let known = RegisteredCompany {
        address: Some("METZ".to_owned()),
        geo_coordinates: "49.2,6.2".parse().ok(),
        ..filed()
    };
    world.companies.put_company(&known, world.clock.seconds()).await.unwrap();
    let mut moved = row();
    moved["adresseEtablissement"] =
        json!({"codeCommuneEtablissement": "44109", "libelleCommuneEtablissement": "NANTES"});
    let server = Server::start([told(&row()), told(&moved)]).await;
    let register = world.cached(Some(&server), None);
    let place = async || {
        world.clock.advance(DAY);
        register.find_company(&first()).await.unwrap().unwrap().geo_coordinates.unwrap()
    };
    assert_eq!(place().await.to_string(), "49.2,6.2");
    assert!(place().await.distance_km("47.218,-1.553".parse().unwrap()) < 10.0);
}

#[tokio::test(flavor = "current_thread")]
async fn a_company_that_the_register_knows_no_more_is_unknown() {
    let world = World::start().await;
    let server = Server::start([told(&row()), Reply::Answer(404, String::new())]).await;
    let register = world.cached(Some(&server), None);
    register.find_company(&first()).await.unwrap();
    world.clock.advance(DAY);
    assert_eq!(name(&register).await, None);
}

#[tokio::test(flavor = "current_thread")]
async fn of_who_is_not_diffusible_nothing_is_kept_not_even_what_was() {
    let world = World::start().await;
    world.companies.put_company(&filed(), world.clock.seconds()).await.unwrap();
    world.clock.advance(DAY);
    let mut hidden = row();
    hidden["statutDiffusionEtablissement"] = json!("P");
    let server = Server::start([told(&hidden)]).await;
    let opco =
        Server::start([Reply::Answer(200, json!({"opcoName": "AKTO", "idcc": 843}).to_string())]).await;
    let company = world.cached(Some(&server), Some(&opco)).find_company(&first()).await.unwrap();
    assert_eq!(company, Some(RegisteredCompany::hidden(first(), Activity::Open)));
    assert!(opco.asked().is_empty());
    let dump = world.dump().await;
    for told in ["FOURNIL", "METZ", "1071C", "843", "Boulangerie"] {
        assert!(!dump.contains(told), "{told}: {dump}");
    }
}

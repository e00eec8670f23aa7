//! Whether a site may lead candidates to the form of a training: every answer of contract 1.12 and 2.5, and all that closes
//! one.

use domain::appointment::Premium;
use domain::mail::address_hash;
use jiff::civil::date;
use serde_json::{Value, json};
use testkit::siret;
use usecases::ports::{Clock, StopMails};

use super::{ACCEPTS, LINK, key, trainings};
use crate::asking::{event, set_header};
use crate::data::KEY_3;
use crate::world::{World, clock};

#[tokio::test]
async fn an_answer_is_the_object_of_the_contract_whatever_names_the_training() {
    let world = World::with_rdv().await;
    let wanted = |referrer: &str| {
        json!({
            "etablissement_formateur_entreprise_raison_sociale": "CFA INVENTÉ",
            "intitule_long": "CAP Exemple 20",
            "lieu_formation_adresse": "9 rue des Exemples",
            "code_postal": "69001",
            "etablissement_formateur_siret": siret(ACCEPTS + 10),
            "cfd": "50022137",
            "localite": "Lyon",
            "id_rco_formation": "24_20|24_20|20",
            "cle_ministere_educatif": key(20),
            "form_url": format!(
                "https://a1b2c3d4e5.exemple.invalid/api/espace-pro/form?referrer={referrer}\
                 &cleMinistereEducatif=formation-inventee-20%23L01"
            ),
        })
    };
    for (name, id, referrer) in [
        ("idParcoursup", "20", "parcoursup"),
        ("idActionFormation", "AF.20", "onisep"),
        ("idCleMinistereEducatif", &*key(20), "affelnet"),
    ] {
        let answer = world.context(&json!({name: id, "referrer": referrer})).await;
        assert_eq!((answer.status, answer.json()), (200, wanted(referrer)), "{name}");
    }
    let gone = json!({"idRcoFormation": "24_20|24_20|20", "referrer": "pfr_pays_de_la_loire"});
    let closed = json!({"error": "Prise de rendez-vous non disponible."});
    assert_eq!(world.context(&gone).await.json(), closed, "the site is gone");
    let mut link = wanted("parcoursup");
    link.as_object_mut().unwrap().remove("id_rco_formation");
    let answer = world.answer("generate-appointment-link", &event(LINK, |_| ())).await;
    assert_eq!((answer.status, answer.json()), (200, link), "the present form has one field less");
}

#[tokio::test]
async fn what_is_in_no_catalogue_is_told_apart_from_what_is_closed() {
    let world = World::with_rdv().await;
    let rco = json!({"idRcoFormation": "24_9|24_9|9", "referrer": "pfr_pays_de_la_loire"});
    for body in [
        rco,
        json!({"idParcoursup": "9", "referrer": "parcoursup"}),
        json!({"idActionFormation": "AF.9", "referrer": "onisep"}),
        json!({"idCleMinistereEducatif": key(9), "referrer": "lba"}),
        json!({"idCleMinistereEducatif": "é".repeat(200), "referrer": "lba"}),
    ] {
        let answer = world.context(&body).await;
        let wanted = json!({"statusCode": 404, "error": "Not Found", "message": "Formation introuvable"});
        assert_eq!((answer.status, answer.json()), (404, wanted), "{body}");
    }
    let unknown = event(LINK, |event| event["body"] = json!(json!({"onisep_id": "AF.9"}).to_string()));
    let answer = world.answer("generate-appointment-link", &unknown).await;
    assert_eq!((answer.status, &answer.json()["message"]), (404, &json!("Training not found")));
    let closed = event(LINK, |event| event["body"] = json!(json!({"parcoursup_id": "21"}).to_string()));
    let answer = world.answer("generate-appointment-link", &closed).await;
    let wanted = json!({"error": "Appointment request not available"});
    assert_eq!((answer.status, answer.json()), (200, wanted));
}

#[tokio::test]
async fn it_is_open_to_the_sites_that_its_establishment_lets_through() {
    let world = World::with_rdv().await;
    let all = ["parcoursup", "lba", "onisep", "jeune_1_solution", "affelnet"];
    assert_eq!(world.open_to(20).await, all);
    assert_eq!(world.open_to(25).await, ["affelnet"]);
    for (number, why) in [(21, "nothing decided"), (22, "no address"), (23, "bounced"), (24, "closed alone")]
    {
        assert_eq!(world.open_to(number).await, [""; 0], "{why}");
    }
}

#[tokio::test]
async fn it_closes_the_moment_that_its_establishment_refuses_or_its_address_bounces() {
    let world = World::with_rdv().await;
    world.decide(ACCEPTS, |consent| consent.refuse_optout(date(2026, 9, 2))).await;
    assert_eq!(world.open_to(20).await, ["parcoursup", "affelnet"], "what it accepted by itself stays");
    world.decide(ACCEPTS, |consent| consent.refuse(Premium::Parcoursup, date(2026, 9, 2))).await;
    assert_eq!(world.open_to(20).await, ["affelnet"]);
    let address = "rdv20@exemple.invalid";
    let hash = address_hash(&address.parse().unwrap());
    world.mail_links().stop_mails(&hash, clock().seconds()).await.unwrap();
    assert_eq!(world.open_to(20).await, ["affelnet"], "requests are none of the mails that one may stop");
    world.bounce_rdv(address).await;
    assert_eq!(world.open_to(20).await, [""; 0]);
    assert_eq!(world.open_to(26).await, ["affelnet"], "another address of the same establishment");
}

#[tokio::test]
async fn it_is_unknown_once_it_left_the_catalogue_and_as_it_was_once_it_is_back() {
    let world = World::with_rdv().await;
    let rows = trainings();
    world.leave(&rows[1..]).await;
    let asked = json!({"idCleMinistereEducatif": key(20), "referrer": "lba"});
    assert_eq!(world.context(&asked).await.status, 404);
    assert_eq!(world.context(&json!({"idParcoursup": "20", "referrer": "parcoursup"})).await.status, 404);
    world.leave(&rows).await;
    assert!(world.is_open(20, "lba").await);
}

#[tokio::test]
async fn a_partner_leads_to_forms_as_the_site_it_is_or_not_at_all() {
    let world = World::with_rdv().await;
    let by = |key: &str| event(LINK, |event| set_header(event, "x-api-key", Some(key)));
    let answer = world.answer("generate-appointment-link", &by(KEY_3)).await;
    assert_eq!((answer.status, &answer.json()["error"]), (401, &json!("Unauthorized")), "it is no site");
    let answer = world.answer("generate-appointment-link", &by("fake-key-of-partner-two")).await;
    assert_eq!(answer.status, 403, "it has no right");
    let answer = world.answer("generate-appointment-link", &event(LINK, |_| ())).await;
    assert!(answer.json()["form_url"].as_str().unwrap().contains("referrer=parcoursup&"));
}

#[tokio::test]
async fn an_address_that_was_set_counts_before_the_catalogues_and_is_given_back() {
    let world = World::with_rdv().await;
    let said = |contact: &str, closed: bool| json!({"cle_ministere_educatif": key(22), "contact": contact, "closed": closed});
    let answer = world.set(22, &json!({"email": "choisie@exemple.invalid"})).await;
    assert_eq!((answer.status, answer.json()), (200, said("by_hand", false)));
    assert!(world.is_open(22, "lba").await, "the catalogue has no address for it");
    world.leave(&trainings()).await;
    assert!(world.is_open(22, "lba").await, "an import never touches it");
    let answer = world.set(22, &json!({"email": "choisie@exemple.invalid", "closed": true})).await;
    assert_eq!(answer.json(), said("by_hand", true));
    assert!(!world.is_open(22, "lba").await);
    let answer = world.set(22, &json!({"email": null})).await;
    assert_eq!(answer.json(), said("nobody", false));
    assert!(!world.is_open(22, "lba").await);
    let answer = world.set(23, &json!({"email": null})).await;
    assert_eq!(answer.json()["contact"], "catalogue");
    assert!(!world.is_open(23, "lba").await, "mails to it came back");
    world.set(23, &json!({"email": "autre@exemple.invalid"})).await;
    assert!(world.is_open(23, "lba").await, "mails to another address have not");
    assert!(!format!("{:?}", world.everything().await).contains("choisie@"), "it is stored sealed");
}

#[tokio::test]
async fn both_spellings_of_a_version_get_the_same_answer() {
    let world = World::with_rdv().await;
    let one = world.answer("create-rdv-context", &event("create-rdv-context/nominal", |_| ())).await;
    let other = world.answer("create-rdv-context", &event("create-rdv-context/nominal-v1", |_| ())).await;
    assert_eq!((one.status, &one.body), (200, &other.body));
}

#[tokio::test]
async fn the_link_of_a_wish_leads_to_the_form_of_a_training_that_is_open_and_nowhere_else() {
    let world = World::with_rdv().await;
    let numbers = [20, 21, 22, 23, 24, 25, 26, 9];
    let wishes: Vec<Value> = numbers
        .iter()
        .map(|number| json!({"id": number.to_string(), "cle_ministere_educatif": key(*number)}))
        .chain([json!({"id": "by diploma", "cfd": "50022137"})])
        .collect();
    let sent = event("link-trainings/nominal", |event| event["body"] = json!(json!(wishes).to_string()));
    let links = world.answer("link-trainings", &sent).await.json();
    let open: Vec<&str> = links
        .as_array()
        .unwrap()
        .iter()
        .filter(|link| link["lien_prdv"] != "")
        .map(|link| link["id"].as_str().unwrap())
        .collect();
    assert_eq!(open, ["20", "26"]);
    assert_eq!(
        links[0]["lien_prdv"],
        "https://a1b2c3d4e5.exemple.invalid/api/espace-pro/form?referrer=lba&cleMinistereEducatif=formation-inventee-20%23L01\
         &utm_source=lba&utm_medium=email&utm_campaign=promotion-emploi-jeunes-voeux"
    );
}

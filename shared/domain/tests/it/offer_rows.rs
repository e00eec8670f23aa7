//! Rows of France Travail.

use domain::card::Card;
use domain::date;
use domain::diploma::Diploma;
use domain::opco::Opco;
use domain::partner_offer::PartnerOffer;
use domain::rows::{RowError, offer};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{altered, reason};

fn row() -> Value {
    json!({
        "id": "181QWER", "intitule": "Apprenti boulanger (H/F)", "description": "Au fournil.\r\nTôt.",
        "dateCreation": "2026-12-31T10:00:00.000Z", "natureContrat": "E2",
        "lieuTravail": {"libelle": "57 - METZ", "latitude": 49.1111, "longitude": 6.17141,
                        "codePostal": "57000", "commune": "57463"},
        "romeCode": "D1102", "appellationLibelle": "Boulanger / Boulangère",
        "entreprise": {"nom": "LE FOURNIL", "description": "Depuis 1920", "logo": "https://ft.fr/l.png",
                       "siret": "01928074200016"},
        "typeContrat": "CDD", "typeContratLibelle": "Contrat à durée déterminée - 24 Mois",
        "dureeTravailLibelle": "35H", "contact": {"nom": "Mme Martin", "courriel": "Pour postuler : https://a.fr",
        "coordonnees1": "12 rue X", "coordonnees2": " ", "coordonnees3": "57000 METZ"},
        "secteurActivite": "10", "secteurActiviteLibelle": "Boulangerie", "niveauFormation": "NV4", "opco": "ep"
    })
}

fn parse(changes: &Value) -> Result<Card, RowError> {
    offer::parse(&altered(&row(), changes))
}

fn offer(changes: &Value) -> PartnerOffer {
    match parse(changes).unwrap() {
        Card::PartnerOffer(offer) => *offer,
        other => panic!("not an offer: {other:?}"),
    }
}

#[test]
fn reads_every_field() {
    let offer = offer(&json!({}));
    assert_eq!((offer.id.as_str(), offer.rome().as_str()), ("181QWER", "D1102"));
    assert_eq!(offer.description.as_deref(), Some("Au fournil.\nTôt."));
    assert_eq!(offer.address.full.as_deref(), Some("57 - METZ 57000"));
    assert_eq!(offer.address.city.as_deref(), Some("57 - METZ"));
    assert_eq!(offer.address.point.unwrap().to_string(), "49.1111,6.17141");
    assert_eq!(offer.company_siret.unwrap().siren(), "019280742");
    assert_eq!(offer.contact_info.as_deref(), Some("12 rue X\n57000 METZ"));
    assert_eq!(offer.contact_email.as_deref(), Some("Pour postuler : https://a.fr"));
    assert_eq!((offer.diploma, offer.opco), (Some(Diploma::Bts), Some(Opco::Ep)));
}

#[test]
fn expires_two_calendar_months_after_its_creation() {
    let offer = offer(&json!({}));
    assert_eq!(offer.created_at, date::seconds(date::parse("2026-12-31T10:00:00Z").unwrap()).unwrap());
    assert_eq!(offer.expires_at, date::seconds(date::parse("2027-02-28T10:00:00Z").unwrap()).unwrap());
    assert_eq!(reason(parse(&json!({"dateCreation": null}))), "dateCreation: missing");
    assert_eq!(
        reason(parse(&json!({"dateCreation": "31/12/2026"}))),
        "dateCreation: an ISO-8601 date between 1970 and 2106"
    );
}

#[test]
fn only_the_two_contracts_in_alternance_pass() {
    for nature in ["E2", "FS", "e2", "Contrat apprentissage", "Cont. professionnalisation"] {
        assert!(parse(&json!({ "natureContrat": nature })).is_ok(), "{nature}");
    }
    assert!(parse(&json!({"natureContrat": null})).is_ok());
    for nature in ["E1", "Contrat travail"] {
        assert_eq!(reason(parse(&json!({ "natureContrat": nature }))), "natureContrat: E2 or FS");
    }
}

#[test]
fn schools_that_pose_as_employers_are_refused() {
    for name in
        ["ISCOD", "Groupe Iscod - Metz", "OKTOGONE", "Institut Européen F 2i", "INSTITUT EUROPEEN F2I"]
    {
        assert_eq!(
            reason(parse(&json!({"entreprise": {"nom": name}}))),
            "entreprise.nom: on the list of companies that are not shown"
        );
    }
    for name in ["ISCODIA", "Institut européen", "Mon oktogone2"] {
        assert!(parse(&json!({"entreprise": {"nom": name}})).is_ok(), "{name}");
    }
}

#[test]
fn may_carry_further_trades_after_its_own() {
    let romes =
        |changes: &Value| -> Vec<String> { offer(changes).romes.iter().map(|c| c.to_string()).collect() };
    assert_eq!(
        romes(&json!({"romeCodes": ["D1104", "D1102"], "rome_codes": ["A1101"]})),
        ["D1102", "D1104", "A1101"]
    );
    assert_eq!(romes(&json!({"romeCode": null, "romeCodes": ["D1104"]})), ["D1104"]);
    assert_eq!(reason(parse(&json!({"romeCode": null}))), "romeCode: missing");
    assert_eq!(
        reason(parse(&json!({"romeCode": "1102D"}))),
        "romeCode: 1 to 20 codes of one letter and four digits"
    );
}

#[test]
fn levels_are_read_backwards_from_the_search_filter() {
    let level = |code: &str| offer(&json!({ "niveauFormation": code })).diploma.map(Diploma::level);
    let levels: Vec<_> = ["NV5", "NV4", "NV3", "nv2", "NV1", "CFG"].into_iter().map(level).collect();
    assert_eq!(levels, [Some(4), Some(5), Some(6), Some(7), None, None]);
}

#[test]
fn coordinates_come_in_pairs_and_may_be_texts() {
    let place = |lat: Value, lon: Value| json!({"lieuTravail": {"latitude": lat, "longitude": lon}});
    assert!(offer(&place(json!("48.85"), json!("2.35"))).address.point.is_some());
    assert!(offer(&json!({"lieuTravail": null})).address.point.is_none());
    assert!(offer(&place(json!(null), json!(""))).address.point.is_none());
    assert_eq!(reason(parse(&place(json!(48.85), json!(null)))), "lieuTravail.longitude: missing");
    assert_eq!(reason(parse(&place(json!("x"), json!(2)))), "lieuTravail.latitude: a number");
    assert_eq!(
        reason(parse(&place(json!(91), json!(2)))),
        "lieuTravail.latitude: latitude and longitude in degrees, as \"lat,lon\""
    );
    assert_eq!(reason(parse(&json!({"lieuTravail": "Metz"}))), "lieuTravail: an object");
}

#[test]
fn an_id_is_refused_rather_than_cleaned() {
    let rule = "id: 1 to 200 printable ASCII characters without space, !, quote or @";
    for id in ["a@b", "é", "a\u{0}b", "a\nb", &"x".repeat(201)] {
        assert_eq!(reason(parse(&json!({ "id": id }))), rule);
    }
    assert_eq!(offer(&json!({"id": 12345})).id, "12345");
    assert_eq!(reason(parse(&json!({"id": " "}))), "id: missing");
}

#[test]
fn an_employer_with_a_wrong_siret_keeps_its_offer() {
    assert_eq!(offer(&json!({"entreprise": {"siret": "123"}})).company_siret, None);
}

#[test]
fn a_title_is_needed() {
    assert_eq!(reason(parse(&json!({"intitule": "\u{0}"}))), "intitule: missing");
}

proptest! {
    #[test]
    fn never_panics_on_any_bytes(line in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = offer::parse(&line);
    }

    #[test]
    fn never_panics_on_any_field(at in 0usize..64, text in any::<String>(), number: f64) {
        let row = row();
        let names: Vec<&String> = row.as_object().unwrap().keys().collect();
        let name = names[at % names.len()];
        for value in [json!(text), json!(number), json!([text]), json!({"nom": text, "latitude": number}), json!(true)] {
            if let Ok(card) = parse(&json!({ name.clone(): value })) {
                let json = card.to_json().unwrap();
                prop_assert_eq!(Card::from_json(card.source(), std::str::from_utf8(&json).unwrap()).unwrap(), card);
            }
        }
    }
}

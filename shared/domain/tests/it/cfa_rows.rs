//! The CFA that a row of the catalogue tells of.

use domain::cfa::{Cfa, Street};
use domain::mail::address_hash;
use domain::rows::formation;
use serde_json::{Value, json};

use crate::support::{altered, cipher};

const EMAIL: &str = "offres@cfa-invente.exemple.invalid";

fn row() -> Value {
    json!({
        "cle_ministere_educatif": "formation-inventee-1#L01", "intitule_long": "CAP Exemple", "rome_codes": ["D1102"],
        "lieu_formation_geo_coordonnees": "48.85,2.35",
        "etablissement_formateur_siret": "01928074200016", "etablissement_formateur_id": "5e8df9003c1f",
        "etablissement_formateur_entreprise_raison_sociale": "ASSOCIATION INVENTÉE",
        "etablissement_formateur_enseigne": "CFA Inventé", "etablissement_formateur_adresse": "9 rue des Exemples",
        "etablissement_formateur_code_postal": 1000, "etablissement_formateur_nom_departement": "Ain",
        "etablissement_formateur_courriel": "accueil@cfa-invente.exemple.invalid",
        "geo_coordonnees_etablissement_formateur": "46.2,5.2",
        "etablissement_gestionnaire_courriel": " Offres@CFA-invente.exemple.invalid",
        "etablissement_gestionnaire_certifie_qualite": true,
    })
}

fn cfa(changes: &Value) -> Option<Cfa> {
    formation::parse_whole(&altered(&row(), changes), &cipher()).expect("the training is kept").cfa
}

#[test]
fn a_cfa_is_the_school_that_teaches_at_the_address_of_its_manager() {
    let email = EMAIL.parse().unwrap();
    let street =
        Street { number: Some("9".into()), kind: Some("rue".into()), name: Some("des Exemples".into()) };
    let wanted = Cfa {
        id: "5e8df9003c1f".into(),
        siret: "01928074200016".parse().unwrap(),
        name: "ASSOCIATION INVENTÉE".into(),
        street,
        zip: "01000".into(),
        departement: "Ain".into(),
        point: "46.2,5.2".parse().unwrap(),
        email: cipher().seal(&email, "01928074200016"),
        address_hash: address_hash(&email),
    };
    assert_eq!(cfa(&json!({})), Some(wanted));
}

#[test]
fn what_has_two_names_or_a_substitute_is_read_by_either() {
    let moved = cfa(&json!({
        "geo_coordonnees_etablissement_formateur": null,
        "etablissement_formateur_geo_coordonnees": "46.3,5.3",
        "etablissement_formateur_entreprise_raison_sociale": null,
        "etablissement_formateur_id": "not an id",
        "etablissement_formateur_numero_voie": 12, "etablissement_formateur_type_voie": "AV",
        "etablissement_formateur_nom_voie": "DES EXEMPLES",
    }));
    let moved = moved.unwrap();
    assert_eq!(moved.point.to_string(), "46.3,5.3");
    assert_eq!((moved.name.as_str(), moved.id.as_str()), ("CFA Inventé", "01928074200016"));
    let street = [moved.street.number, moved.street.kind, moved.street.name].map(Option::unwrap_or_default);
    assert_eq!(street, ["12", "AV", "DES EXEMPLES"]);
    let bare = cfa(&json!({"etablissement_formateur_adresse": null})).unwrap();
    assert_eq!(bare.street, Street::default());
}

#[test]
fn the_trainer_is_in_no_directory_unless_its_manager_is_certified_and_can_be_written_to() {
    let certified = "etablissement_gestionnaire_certifie_qualite";
    for flag in [json!(null), json!(false), json!("non"), json!("peut-être"), json!([true])] {
        assert_eq!(cfa(&json!({certified: flag, "etablissement_formateur_certifie_qualite": true})), None);
    }
    for address in [json!(null), json!(""), json!("null"), json!({"adresse": EMAIL})] {
        assert_eq!(cfa(&json!({"etablissement_gestionnaire_courriel": address})), None, "no other will do");
    }
}

#[test]
fn a_school_that_cannot_be_shown_whole_is_left_out_and_its_training_is_kept() {
    for (name, value) in [
        ("etablissement_formateur_siret", json!("123")),
        ("etablissement_formateur_code_postal", json!(null)),
        ("etablissement_formateur_nom_departement", json!("")),
        ("geo_coordonnees_etablissement_formateur", json!("nowhere")),
        ("geo_coordonnees_etablissement_formateur", json!([46.2, 5.2])),
    ] {
        assert_eq!(cfa(&json!({name: value})), None, "{name}: {value}");
    }
}

#[test]
fn a_withheld_training_tells_of_no_cfa() {
    let line = altered(&row(), &json!({"published": false}));
    assert!(formation::parse_whole(&line, &cipher()).is_err());
}

#[test]
fn the_card_is_the_same_and_holds_nothing_of_the_address() {
    let line = altered(&row(), &json!({}));
    let formation::Told { card, cfa, .. } = formation::parse_whole(&line, &cipher()).unwrap();
    assert_eq!(formation::parse(&line).unwrap(), card);
    let cfa = cfa.unwrap();
    let card = String::from_utf8(card.to_json().unwrap()).unwrap();
    for address in ["exemple.invalid", &cfa.email.email, &cfa.address_hash] {
        assert!(!card.contains(address), "{card}");
    }
    assert!(!serde_json::to_string(&cfa).unwrap().contains("exemple.invalid"));
}

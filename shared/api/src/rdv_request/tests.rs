//! Every shape of the bodies, and every way to break one.

use serde_json::{Value, json};

use super::*;

fn request(body: &Value) -> Request {
    Request { body: Some(body.to_string().into_bytes()), ..Request::default() }
}

fn message(error: &ApiError) -> String {
    let body: Value = serde_json::from_str(&error.response("id").body.text()).unwrap();
    body["message"].as_str().unwrap().to_owned()
}

/// The sites that a key may be given with.
fn sites(field: &str) -> Vec<&'static str> {
    let all = Referrer::ALL.map(Referrer::as_str).into_iter().chain([GONE, "lbb", ""]);
    all.filter(|site| context(&request(&json!({field: "1", "referrer": site}))).is_ok()).collect()
}

#[test]
fn each_key_has_its_sites() {
    assert_eq!(sites("idParcoursup"), ["parcoursup"]);
    assert_eq!(sites("idRcoFormation"), [GONE]);
    assert_eq!(sites("idActionFormation"), ["onisep"]);
    let all = ["parcoursup", "lba", "onisep", "jeune_1_solution", "affelnet", GONE];
    assert_eq!(sites("idCleMinistereEducatif"), all);
}

#[test]
fn each_key_names_a_training_in_its_way() {
    let asked = |field: &str, referrer: &str| {
        let body = json!({field: " 088281P0#L01 ", "referrer": referrer, "trainingHasJob": true});
        context(&request(&body)).unwrap()
    };
    let id = || "088281P0#L01".to_owned();
    let other = |id| Named::Other(id);
    let parcoursup =
        ContextAsked { named: other(CatalogueId::Parcoursup(id())), referrer: Some(Referrer::Parcoursup) };
    assert_eq!(asked("idParcoursup", "parcoursup"), parcoursup);
    let onisep =
        ContextAsked { named: other(CatalogueId::OnisepAction(id())), referrer: Some(Referrer::Onisep) };
    assert_eq!(asked("idActionFormation", "onisep"), onisep);
    let rco = ContextAsked { named: other(CatalogueId::RcoFormation(id())), referrer: None };
    assert_eq!(asked("idRcoFormation", GONE), rco);
    let lba = ContextAsked { named: Named::Training(id()), referrer: Some(Referrer::Lba) };
    assert_eq!(asked("idCleMinistereEducatif", "lba"), lba);
}

#[test]
fn no_key_and_several_are_no_criterion() {
    for body in [
        json!({"referrer": "lba"}),
        json!({"idParcoursup": "", "idCleMinistereEducatif": null, "referrer": "lba"}),
        json!({"idParcoursup": "1", "idActionFormation": "2", "referrer": "parcoursup"}),
    ] {
        let error = context(&request(&body)).unwrap_err();
        assert!(matches!(error, ApiError::Appointment(AppointmentRefusal::Criterion)), "{body}");
        assert_eq!((error.status(), message(&error).as_str()), (400, "Critère de recherche non conforme."));
    }
}

#[test]
fn a_body_of_another_shape_is_refused_and_says_why() {
    for (body, wanted) in [
        (json!({"idParcoursup": 1, "referrer": "parcoursup"}), "body.idParcoursup: Texte attendu"),
        (json!({"idParcoursup": "1"}), "body.referrer: Champ obligatoire"),
        (
            json!({"idActionFormation": "1", "referrer": "lba", "trainingHasJob": "oui"}),
            "body.referrer: Avec idActionFormation, valeur attendue : onisep, body.trainingHasJob: true ou false attendu",
        ),
        (json!({"idCleMinistereEducatif": "x".repeat(201), "referrer": "lba"}), "Au plus 200 caractères"),
        (json!({"idCleMinistereEducatif": "x\ny", "referrer": "lba"}), "retours à la ligne"),
        (json!({"idOnisep": "1", "referrer": "onisep"}), "Champ inconnu ; les champs sont : idParcoursup"),
        (json!([]), "Le corps doit être un objet JSON"),
    ] {
        let error = context(&request(&body)).unwrap_err();
        assert!(matches!(error, ApiError::Schema(_)), "{body}");
        assert!(message(&error).contains(wanted), "{}", message(&error));
    }
}

#[test]
fn the_present_form_takes_exactly_one_id() {
    let id = || "12345".to_owned();
    for (body, named) in [
        (json!({"parcoursup_id": "12345"}), Named::Other(CatalogueId::Parcoursup(id()))),
        (json!({"onisep_id": "12345", "parcoursup_id": null}), Named::Other(CatalogueId::OnisepAction(id()))),
        (json!({"cle_ministere_educatif": "12345"}), Named::Training(id())),
    ] {
        assert_eq!(link(&request(&body)).unwrap(), named);
    }
    for body in [
        json!({}),
        json!({"parcoursup_id": "1", "onisep_id": "1"}),
        json!({"parcoursup_id": 1}),
        json!({"parcoursup_id": "1", "referrer": "parcoursup"}),
        json!({"parcoursup_id": "1".repeat(201)}),
    ] {
        assert!(matches!(link(&request(&body)), Err(ApiError::Schema(_))), "{body}");
    }
    assert!(message(&link(&request(&json!({}))).unwrap_err()).contains("Donnez un seul des champs"));
}

#[test]
fn an_address_is_set_given_back_and_never_by_leaving_it_out() {
    let read = |body: Value| contact(&request(&body));
    let set = ContactAsked { email: "rdv@exemple.invalid".parse().ok(), is_closed: true };
    assert_eq!(read(json!({"email": "RDV@exemple.invalid", "closed": true})).unwrap(), set);
    let back = ContactAsked { email: None, is_closed: false };
    assert_eq!(read(json!({"email": null})).unwrap(), back);
    for body in [
        json!({}),
        json!({"closed": true}),
        json!({"email": "rdv"}),
        json!({"email": 1}),
        json!({"email": null, "closed": "non"}),
        json!({"email": null, "note": "x"}),
    ] {
        assert!(matches!(read(body.clone()), Err(ApiError::Schema(_))), "{body}");
    }
}

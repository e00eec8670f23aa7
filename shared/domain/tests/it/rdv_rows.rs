//! The training that a row of the catalogue lets one ask about.

use domain::appointment::{CatalogueId, RdvTraining};
use domain::mail::address_hash;
use domain::rows::{RdvRow, formation};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{altered, cipher};

const ID: &str = "formation-inventee-1#L01";
const OWN: &str = "rdv@cfa-invente.exemple.invalid";
const TRAINER: &str = "accueil@cfa-invente.exemple.invalid";
const MANAGER: &str = "siege@cfa-invente.exemple.invalid";

fn row() -> Value {
    json!({
        "cle_ministere_educatif": ID, "intitule_long": "CAP Exemple", "rome_codes": ["D1102"], "cfd": "50022137",
        "lieu_formation_adresse": "9 rue des Exemples", "code_postal": "57000", "localite": "Metz",
        "id_rco_formation": "24_207466|24_1462357|106291", "parcoursup_id": 12345, "email": " RDV@CFA-invente.exemple.invalid",
        "etablissement_formateur_siret": "01928074200016", "etablissement_formateur_courriel": TRAINER,
        "etablissement_formateur_entreprise_raison_sociale": "ASSOCIATION INVENTÉE",
        "etablissement_formateur_enseigne": "CFA Inventé", "etablissement_formateur_code_postal": "57050",
        "etablissement_gestionnaire_siret": "13002526500013", "etablissement_gestionnaire_courriel": MANAGER,
        "etablissement_gestionnaire_enseigne": "Le siège",
    })
}

fn rdv(changes: &Value) -> RdvRow {
    formation::parse_whole(&altered(&row(), changes), &cipher()).expect("the training is kept").rdv
}

fn email(changes: &Value) -> Option<String> {
    let rdv = rdv(changes);
    let sealed = rdv.training.email.map(|(sealed, hash)| {
        let email = cipher().open(&sealed, ID).expect("it is sealed for the training");
        assert_eq!(hash, address_hash(&email));
        email
    });
    assert_eq!(sealed, rdv.email);
    sealed.map(|email| email.as_str().to_owned())
}

#[test]
fn it_is_as_the_form_and_its_mails_show_it() {
    let email = OWN.parse().unwrap();
    let wanted = RdvTraining {
        id: ID.to_owned(),
        title: "CAP Exemple".to_owned(),
        cfd: Some("50022137".parse().unwrap()),
        id_rco_formation: Some("24_207466|24_1462357|106291".to_owned()),
        parcoursup_id: Some("12345".to_owned()),
        is_affelnet: false,
        street: Some("9 rue des Exemples".to_owned()),
        zip: Some("57000".to_owned()),
        city: Some("Metz".to_owned()),
        departement: Some("57".to_owned()),
        trainer: Some("01928074200016".parse().unwrap()),
        trainer_name: "ASSOCIATION INVENTÉE".to_owned(),
        manager: Some("13002526500013".parse().unwrap()),
        email: Some((cipher().seal(&email, ID), address_hash(&email))),
    };
    let found = rdv(&json!({}));
    assert_eq!(found.training, wanted);
    assert_eq!(found.manager_name.as_deref(), Some("Le siège"));
    assert_eq!(found.manager_email, Some(MANAGER.parse().unwrap()));
}

#[test]
fn requests_go_to_the_training_else_to_who_teaches_else_to_who_answers_for_it() {
    assert_eq!(email(&json!({})).as_deref(), Some(OWN));
    assert_eq!(email(&json!({"email": "none"})).as_deref(), Some(TRAINER));
    let no_trainer = json!({"email": null, "etablissement_formateur_courriel": ""});
    assert_eq!(email(&no_trainer).as_deref(), Some(MANAGER));
    let mut none = no_trainer;
    none["etablissement_gestionnaire_courriel"] = json!(null);
    assert_eq!(email(&none), None);
}

#[test]
fn it_is_known_by_other_ids_too() {
    let rco = CatalogueId::RcoFormation("24_207466|24_1462357|106291".to_owned());
    let parcoursup = CatalogueId::Parcoursup("12345".to_owned());
    let action = |id: &str| CatalogueId::OnisepAction(id.to_owned());
    assert_eq!(rdv(&json!({})).ids, [parcoursup, rco]);
    let alone = json!({"parcoursup_id": null, "id_rco_formation": "not an id", "id_action_ideo2": "AF.1"});
    assert_eq!(rdv(&alone).ids, [action("AF.1")]);
    let several = json!({
        "parcoursup_id": "", "id_rco_formation": null, "id_action_ideo2": ["AF.1", " AF.2 ", {"id": "x"}, 3, "a b"],
    });
    assert_eq!(rdv(&several).ids, [action("AF.1"), action("AF.2"), action("3")]);
}

#[test]
fn it_is_at_affelnet_where_it_is_published_or_found_there() {
    let at = |changes: Value| rdv(&changes).training.is_affelnet;
    assert!(at(json!({"affelnet_statut": "Publié"})));
    assert!(at(json!({"affelnet_reference": true})));
    for state in ["hors périmètre", "non publié", "à publier (soumis à validation)", ""] {
        assert!(!at(json!({"affelnet_statut": state, "affelnet_reference": false})), "{state}");
    }
    assert!(!at(json!({"affelnet_reference": "perhaps"})));
}

#[test]
fn a_school_is_called_by_whatever_name_there_is() {
    let name = |changes: Value| rdv(&changes).training.trainer_name;
    let no_legal = json!({"etablissement_formateur_entreprise_raison_sociale": null});
    assert_eq!(name(no_legal.clone()), "CFA Inventé");
    let mut none = no_legal;
    none["etablissement_formateur_enseigne"] = json!(" ");
    assert_eq!(name(none.clone()), "Le siège");
    none["etablissement_gestionnaire_enseigne"] = json!(null);
    assert_eq!(name(none), "Centre de formation");
}

#[test]
fn what_is_not_understood_is_left_out_and_the_training_is_kept() {
    let odd = rdv(&json!({
        "email": ["x"], "parcoursup_id": {"id": 1}, "id_action_ideo2": {"id": 1}, "affelnet_statut": 3,
        "etablissement_gestionnaire_courriel": 7, "etablissement_formateur_num_departement": "2A",
    }));
    assert_eq!((odd.training.parcoursup_id, odd.manager_email), (None, None));
    assert_eq!(odd.ids.len(), 1, "that of the Carif-Oref");
    assert_eq!(odd.training.departement.as_deref(), Some("2A"));
    assert_eq!(odd.email, Some(TRAINER.parse().unwrap()));
}

proptest! {
    #[test]
    fn never_panics_on_any_field(at in 0usize..64, text in any::<String>(), number: f64) {
        let row = row();
        let names: Vec<&String> = row.as_object().unwrap().keys().collect();
        let name = names[at % names.len()];
        for value in [json!(text), json!(number), json!([text, number]), json!({"a": text}), json!(true)] {
            let _ = formation::parse_whole(&altered(&row, &json!({ name.clone(): value })), &cipher());
        }
    }
}

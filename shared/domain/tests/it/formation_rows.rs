//! Rows of the catalogue.

use domain::card::Card;
use domain::diploma::Diploma;
use domain::formation::{Formation, Session};
use domain::mef::Mef;
use domain::rows::{RowError, formation};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{altered, cipher, reason};

fn row() -> Value {
    json!({
        "cle_ministere_educatif": "088281P01313885594860007038855948600070-67118#L01",
        "id_formation": "24_208037", "id_rco_formation": "24_208037|24_1462311|106291", "published": true,
        "catalogue_published": true, "tags": ["2026", 2027], "cfd": "50022137", "diplome": "CAP",
        "niveau": "3 (CAP...)", "uai_formation": "0570002b",
        "bcn_mefs_10": [{"mef10": "2472541131", "modalite": {"duree": "3", "annee": "1"}}, "2472541132"], "intitule_long": "BOULANGER (CAP)", "intitule_court": "BOULANGER",
        "rncp_code": "RNCP37537", "rncp_intitule": "CAP Boulanger", "rncp_eligible_apprentissage": true,
        "rome_codes": ["D1102", "D1104"], "onisep_url": "http://www.onisep.fr/x", "code_postal": "57000",
        "code_commune_insee": "57463", "localite": "Metz", "num_departement": "57", "region": "Grand Est",
        "lieu_formation_geo_coordonnees": "49.1111,6.17141", "lieu_formation_adresse": "5 rue de la Mouée",
        "capacite": 24, "num_tel": "0387000000", "entierement_a_distance": false, "contenu": "Pain.\nBrioche.",
        "objectif": "Savoir", "date_debut": ["2026-09-01", "2027-09-01"], "date_fin": ["2028-06-30"],
        "modalites_entrees_sorties": [false, 1],
        "etablissement_formateur_siret": "01928074200016", "etablissement_formateur_enseigne": "CFA DU PAIN",
        "etablissement_formateur_entreprise_raison_sociale": "ASSOCIATION DU PAIN",
        "etablissement_formateur_uai": "0570001A", "etablissement_formateur_id": "5e8df",
        "etablissement_formateur_adresse": "9 rue Y", "etablissement_formateur_code_postal": "57100",
        "etablissement_formateur_localite": "Thionville",
        "etablissement_gestionnaire_siret": "123", "etablissement_gestionnaire_type": "CFA",
        "etablissement_gestionnaire_conventionne": "OUI", "etablissement_gestionnaire_enseigne": "LE RÉSEAU",
        "etablissement_gestionnaire_entreprise_raison_sociale": "RÉSEAU SAS",
        "etablissement_gestionnaire_adresse": "1 place Z", "etablissement_gestionnaire_complement_adresse": "Bât. B",
        "etablissement_gestionnaire_code_postal": "75001", "etablissement_gestionnaire_localite": "Paris",
        "etablissement_gestionnaire_cedex": "CEDEX 01"
    })
}

fn parse(changes: &Value) -> Result<Card, RowError> {
    formation::parse(&altered(&row(), changes))
}

fn formation(changes: &Value) -> Formation {
    match parse(changes).unwrap() {
        Card::Formation(formation) => *formation,
        other => panic!("not a training: {other:?}"),
    }
}

#[test]
fn reads_every_field() {
    let formation = formation(&json!({}));
    assert_eq!(formation.title, "BOULANGER (CAP)");
    assert_eq!(formation.level, Some(Diploma::Cap));
    assert_eq!(formation.rncp.unwrap().as_str(), "RNCP37537");
    assert_eq!(formation.tags, ["2026", "2027"]);
    assert_eq!(formation.cfd.unwrap().as_str(), "50022137");
    assert_eq!(formation.uai.unwrap().as_str(), "0570002B");
    assert_eq!(formation.trainer.uai.unwrap().as_str(), "0570001A");
    assert_eq!(formation.mefs.iter().map(Mef::as_str).collect::<Vec<_>>(), ["2472541131", "2472541132"]);
    assert_eq!(formation.capacity.as_deref(), Some("24"));
    assert_eq!(formation.content.as_deref(), Some("Pain.\nBrioche."));
    assert_eq!(formation.id_rco.as_deref(), Some("24_208037"));
    assert_eq!(formation.address.departement.as_deref(), Some("57"));
    assert_eq!(formation.trainer.name.as_deref(), Some("CFA DU PAIN"));
    assert_eq!(formation.manager.kind.as_deref(), Some("CFA"));
    assert_eq!(formation.manager.siret, None, "a wrong SIRET of a manager is left out");
    assert_eq!(formation.manager.address.street.as_deref(), Some("1 place Z Bât. B"));
    assert_eq!(formation.manager.address.cedex.as_deref(), Some("CEDEX 01"));
}

#[test]
fn the_address_falls_back_on_the_trainer_then_the_manager() {
    let full = |changes: &Value| formation(changes).address.full;
    assert_eq!(full(&json!({})).as_deref(), Some("5 rue de la Mouée 57000 Metz"));
    let mut changes = json!({"lieu_formation_adresse": ""});
    assert_eq!(full(&changes).as_deref(), Some("9 rue Y 57100 Thionville"));
    changes["etablissement_formateur_adresse"] = json!(null);
    assert_eq!(full(&changes).as_deref(), Some("1 place Z Bât. B 75001 Paris"));
    changes["etablissement_gestionnaire_adresse"] = json!(null);
    changes["etablissement_gestionnaire_complement_adresse"] = json!(null);
    assert_eq!(full(&changes), None);
}

#[test]
fn the_name_falls_back_on_the_legal_name_then_on_the_manager_s() {
    let name = |changes: &Value| formation(changes).trainer.name;
    let mut changes = json!({"etablissement_formateur_enseigne": ""});
    assert_eq!(name(&changes).as_deref(), Some("ASSOCIATION DU PAIN"));
    changes["etablissement_formateur_entreprise_raison_sociale"] = json!(null);
    assert_eq!(name(&changes).as_deref(), Some("RÉSEAU SAS"));
}

#[test]
fn what_the_catalogue_withholds_is_refused() {
    assert_eq!(reason(parse(&json!({"published": false}))), "published: not published");
    assert_eq!(reason(parse(&json!({"catalogue_published": "false"}))), "catalogue_published: not published");
    assert!(parse(&json!({"published": null, "catalogue_published": null})).is_ok());
    assert_eq!(reason(parse(&json!({"published": "maybe"}))), "published: true or false");
}

#[test]
fn sessions_are_zipped() {
    let session = |start: &str, end: Option<&str>, permanent_entry| Session {
        start: Some(start.to_owned()),
        end: end.map(str::to_owned),
        permanent_entry,
    };
    assert_eq!(
        formation(&json!({})).sessions,
        [session("2026-09-01", Some("2028-06-30"), false), session("2027-09-01", None, true)]
    );
    assert_eq!(reason(parse(&json!({"date_fin": vec![""; 501]}))), "date_debut: at most 500 sessions");
}

#[test]
fn names_the_field_that_is_missing_or_wrong() {
    let cases = [
        (json!({"cle_ministere_educatif": null}), "cle_ministere_educatif: missing"),
        (
            json!({"cle_ministere_educatif": "a@b"}),
            "cle_ministere_educatif: 1 to 200 printable ASCII characters without space, !, quote or @",
        ),
        (json!({"intitule_long": "", "intitule_court": null}), "intitule_long, intitule_court: missing"),
        (json!({"rome_codes": []}), "rome_codes: missing"),
        (json!({"niveau": "CAP"}), "niveau: a level from 3 to 7, as \"3 (CAP...)\""),
        (json!({"rncp_code": "37537"}), "rncp_code: RNCP and 2 to 5 digits"),
        (json!({"code_commune_insee": "574"}), "code_commune_insee: the 5 characters of an INSEE code"),
        (
            json!({"lieu_formation_geo_coordonnees": "49.1"}),
            "lieu_formation_geo_coordonnees: latitude and longitude in degrees, as \"lat,lon\"",
        ),
        (json!({"tags": {"a": 1}}), "tags: a list"),
    ];
    for (changes, message) in cases {
        assert_eq!(reason(parse(&changes)), message);
    }
}

#[test]
fn the_mef_are_read_in_both_forms_once_each() {
    let mefs = |mefs: Value| {
        let mefs = formation(&json!({ "bcn_mefs_10": mefs })).mefs;
        mefs.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(mefs(json!([{"mef10": "2472541131"}, 2_472_541_131_u64, "24725411317"])), ["2472541131"]);
    assert_eq!(mefs(json!("2472541131")), ["2472541131"]);
    assert_eq!(
        mefs(json!([{"mef10": null}, {"mef": "1"}, "247", null, ["2472541131"]])),
        Vec::<String>::new()
    );
    assert_eq!(mefs(json!(null)), Vec::<String>::new());
    assert_eq!(
        reason(parse(&json!({"bcn_mefs_10": vec!["2472541131"; 51]}))),
        "bcn_mefs_10: at most 50 codes"
    );
}

#[test]
fn a_code_that_only_helps_to_find_a_training_is_left_out_where_it_is_wrong() {
    let changes = json!({
        "cfd": "5002213", "uai_formation": "metz", "etablissement_formateur_uai": "0570001",
        "etablissement_gestionnaire_uai": "x",
    });
    let formation = formation(&changes);
    assert_eq!((formation.cfd, formation.uai), (None, None));
    assert_eq!((formation.trainer.uai, formation.manager.uai), (None, None));
}

#[test]
fn a_training_without_coordinates_is_kept() {
    assert_eq!(formation(&json!({"lieu_formation_geo_coordonnees": ""})).address.point, None);
}

proptest! {
    #[test]
    fn never_panics_on_any_bytes(line in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = formation::parse(&line);
        let _ = formation::parse_whole(&line, &cipher());
    }

    #[test]
    fn never_panics_on_any_field(at in 0usize..64, text in any::<String>(), number: f64) {
        let row = row();
        let names: Vec<&String> = row.as_object().unwrap().keys().collect();
        let name = names[at % names.len()];
        for value in [json!(text), json!(number), json!([text, number]), json!({"a": text}), json!(true)] {
            if let Ok(card) = parse(&json!({ name.clone(): value })) {
                let json = card.to_json().unwrap();
                prop_assert_eq!(Card::from_json(card.source(), std::str::from_utf8(&json).unwrap()).unwrap(), card);
            }
        }
    }
}

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn row() -> Value {
    json!({
        "siren": "000022079",
        "nic": "00016",
        "siret": "00002207900016",
        "statutDiffusionEtablissement": "O",
        "dateCreationEtablissement": "1962-04-01",
        "trancheEffectifsEtablissement": "12",
        "uniteLegale": {
            "etatAdministratifUniteLegale": "A",
            "statutDiffusionUniteLegale": "O",
            "denominationUniteLegale": "FOURNIL INVENTE",
            "activitePrincipaleUniteLegale": "10.71C",
            "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
        },
        "adresseEtablissement": {
            "numeroVoieEtablissement": "12",
            "indiceRepetitionEtablissement": "BIS",
            "typeVoieEtablissement": "RUE",
            "libelleVoieEtablissement": "DES EXEMPLES",
            "codePostalEtablissement": "01400",
            "libelleCommuneEtablissement": "L'ABERGEMENT-CLEMENCIAT",
            "codeCommuneEtablissement": "01001",
            "coordonneeLambertAbscisseEtablissement": "848000.5",
        },
        "periodesEtablissement": [
            {"dateFin": null, "etatAdministratifEtablissement": "A", "enseigne1Etablissement": "Au Fournil"},
            {"dateFin": "2019-12-31", "etatAdministratifEtablissement": "F", "enseigne1Etablissement": "Avant"},
        ],
    })
}

fn with(pointer: &str, value: Value) -> Value {
    let mut row = row();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    row.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(name.to_owned(), value);
    row
}

fn read(row: &Value) -> Result<RegisteredCompany, String> {
    parse(row.to_string().as_bytes()).map_err(|error| error.to_string())
}

#[test]
fn reads_an_establishment_as_the_api_writes_it() {
    let company = read(&row()).unwrap();
    assert_eq!(company.siret.as_str(), "00002207900016");
    assert_eq!(company.raison_sociale, "FOURNIL INVENTE");
    assert_eq!(company.enseigne.as_deref(), Some("Au Fournil"));
    assert_eq!(company.naf_code.as_ref().map(Naf::as_str), Some("1071C"));
    assert_eq!(company.size.as_deref(), Some("20-49"));
    assert_eq!(company.creation_date.map(date::iso).as_deref(), Some("1962-04-01T00:00:00.000Z"));
    assert_eq!(company.address.as_deref(), Some("12 BIS RUE DES EXEMPLES 01400 L'ABERGEMENT-CLEMENCIAT"));
    let detail = json!({
        "numero_voie": "12 BIS", "type_voie": "RUE", "libelle_voie": "DES EXEMPLES", "code_postal": "01400",
        "libelle_commune": "L'ABERGEMENT-CLEMENCIAT", "code_commune": "01001",
    });
    assert_eq!(company.address_detail, Some(detail));
    assert_eq!((company.activity, company.diffusible), (Activity::Open, true));
    assert_eq!((company.geo_coordinates, company.opco, company.idcc), (None, None, None));
}

#[test]
fn the_answer_of_the_api_is_read_like_a_line() {
    let answer = json!({"header": {"statut": 200}, "etablissement": row()}).to_string();
    assert_eq!(parse_answer(answer.as_bytes()).unwrap(), read(&row()).unwrap());
    for (body, reason) in [("{}", "etablissement: missing"), ("[", "the row is not a JSON object")] {
        assert_eq!(parse_answer(body.as_bytes()).unwrap_err().to_string(), reason);
    }
}

#[test]
fn what_is_not_diffusible_keeps_its_number_and_its_state_and_nothing_else() {
    for pointer in ["/statutDiffusionEtablissement", "/uniteLegale/statutDiffusionUniteLegale"] {
        for status in ["P", "N"] {
            let company = read(&with(pointer, json!(status))).unwrap();
            let siret: Siret = "00002207900016".parse().unwrap();
            assert_eq!(company, RegisteredCompany::hidden(siret, Activity::Open), "{pointer} {status}");
        }
    }
}

#[test]
fn is_closed_where_the_establishment_or_its_company_is() {
    for (pointer, state) in [
        ("/etatAdministratifEtablissement", "F"),
        ("/etatAdministratifEtablissement", "C"),
        ("/uniteLegale/etatAdministratifUniteLegale", "C"),
    ] {
        assert_eq!(read(&with(pointer, json!(state))).unwrap().activity, Activity::Closed, "{pointer}");
    }
}

#[test]
fn a_person_is_named_by_its_usual_names() {
    let unit = json!({"prenomUsuelUniteLegale": "Aucune", "nomUniteLegale": "PERSONNE"});
    assert_eq!(read(&with("/uniteLegale", unit)).unwrap().raison_sociale, "Aucune PERSONNE");
    let unit = json!({"denominationUniteLegale": "[ND]", "nomUniteLegale": "[ND]"});
    assert_eq!(read(&with("/uniteLegale", unit)).unwrap().raison_sociale, "Au Fournil");
}

#[test]
fn the_activity_is_that_of_the_establishment_by_the_nomenclature_in_force() {
    let naf = |row: &Value| read(row).unwrap().naf_code.map(|naf| naf.as_str().to_owned());
    let mut own = with("/activitePrincipaleEtablissement", json!("85.32Z"));
    assert_eq!(naf(&own).as_deref(), Some("8532Z"));
    own["nomenclatureActivitePrincipaleEtablissement"] = json!("NAF1993");
    assert_eq!(naf(&own).as_deref(), Some("1071C"));
    own["uniteLegale"]["nomenclatureActivitePrincipaleUniteLegale"] = json!("NAP");
    assert_eq!(naf(&own), None);
}

#[test]
fn coordinates_are_read_in_degrees_where_the_row_has_them() {
    let point = |row: &Value| read(row).unwrap().geo_coordinates.map(|point| point.to_string());
    let mut degrees = with("/latitude", json!(46.15));
    assert_eq!(point(&degrees), None);
    degrees["longitude"] = json!("4.92");
    assert_eq!(point(&degrees).as_deref(), Some("46.15,4.92"));
    let joined = with("/geolocetablissement", json!("46.1, 4.9"));
    assert_eq!(point(&joined).as_deref(), Some("46.1,4.9"));
}

#[test]
fn opco_and_convention_stand_beside_what_sirene_knows() {
    let mut row = with("/opco", json!("OPCO EP"));
    row["idcc"] = json!(843);
    let company = read(&row).unwrap();
    assert_eq!(company.opco.as_deref(), Some("Opco entreprises de proximité"));
    assert_eq!(company.idcc.as_deref(), Some("843"));
    for name in ["opco mobilités", "L’Opcommerce", "AKTO", "OPCO SANTE"] {
        assert!(opco_label(name).is_some(), "{name}");
    }
    assert_eq!((opco_label("OPCO"), opco_label("é"), opco_label("une caisse")), (None, None, None));
    assert_eq!(
        (idcc("0016").as_deref(), idcc("12345"), idcc("0000"), idcc("16a")),
        (Some("16"), None, None, None)
    );
}

#[test]
fn refuses_a_wrong_row_by_its_field() {
    for (row, reason) in [
        (with("/siret", json!("00002207900017")), "siret: 14 digits that satisfy the Luhn formula"),
        (with("/siret", json!(null)), "siret: missing"),
        (with("/statutDiffusionEtablissement", json!(null)), "statutDiffusionEtablissement: missing"),
        (with("/statutDiffusionEtablissement", json!("X")), "statutDiffusionEtablissement: O, P or N"),
        (with("/periodesEtablissement", json!([])), "etatAdministratifEtablissement: missing"),
        (
            with("/etatAdministratifEtablissement", json!("?")),
            "etatAdministratifEtablissement: A (active), or F or C (closed)",
        ),
        (with("/uniteLegale", json!("PERSONNE")), "uniteLegale: an object"),
        (
            with("/uniteLegale/activitePrincipaleUniteLegale", json!("boulanger")),
            "uniteLegale.activitePrincipaleUniteLegale: 4 digits and a letter",
        ),
        (
            with("/geolocetablissement", json!("95,2")),
            "geolocetablissement: latitude and longitude in degrees, as \"lat,lon\"",
        ),
    ] {
        assert_eq!(read(&row).unwrap_err(), reason);
    }
    let mut nameless = with("/uniteLegale", json!({}));
    nameless["periodesEtablissement"][0]["enseigne1Etablissement"] = json!("");
    assert_eq!(read(&nameless).unwrap_err(), "uniteLegale.denominationUniteLegale: missing");
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC*") {
        let _ = (parse(text.as_bytes()), parse_answer(text.as_bytes()), opco_label(&text), idcc(&text));
    }
}

//! One item of each source, with every field and with the fewest, against golden files: a partner's parser is
//! as strict as these.

use domain::company::Company;
use domain::matcha::MatchaOffer;
use domain::partner_offer::PartnerOffer;
use serde_json::{Value, json};

use super::*;

const NEAR: View =
    View { distance_km: Some(12.345_678), with_phone: true, hide_siret: false, with_description: true };

/// Compares with a golden file. `GOLDEN=write cargo test -p api` writes the files anew.
fn assert_golden(name: &str, item: &impl Serialize) {
    let path = format!("{}/tests/golden/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let found = serde_json::to_value(item).unwrap();
    if option_env!("GOLDEN") == Some("write") {
        std::fs::write(&path, format!("{found:#}\n")).unwrap();
    }
    let wanted: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(found, wanted, "{path}");
}

fn entity<T: serde::de::DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).unwrap()
}

fn sealed() -> Value {
    json!({"email": "9a1f", "iv": "00112233445566778899aabbccddeeff"})
}

fn company() -> Company {
    entity(json!({
        "siret": "01928074200016", "name": "BOULANGERIE DU PORT", "romes": ["D1102", "D1104"],
        "naf": "1071C", "naf_label": "Boulangerie et boulangerie-pâtisserie",
        "address": {"full": "3 rue du Port, 57000 Metz", "street": "3 rue du Port", "zip": "57000",
                    "city": "Metz", "insee": "57463", "point": "49.12,6"},
        "email": sealed(), "phone": "0387000000", "size": "20-49", "website": "https://boulangerie.example",
        "opco": "EP", "opco_url": "https://www.opcoep.fr/metz", "created_at": 1_790_000_000
    }))
}

fn smallest_company() -> Company {
    entity(json!({"siret": "01928074200016", "name": "X", "romes": ["D1102"], "address": {}}))
}

#[test]
fn a_company_with_every_field() {
    assert_golden("company_full", &LbaCompany::from((&company(), NEAR)));
}

#[test]
fn a_company_with_the_fewest_fields() {
    assert_golden("company_minimal", &LbaCompany::from((&smallest_company(), View::default())));
}

#[test]
fn the_phone_of_a_company_needs_the_right() {
    let item = |with_phone| {
        serde_json::to_value(LbaCompany::from((&company(), View { with_phone, ..NEAR }))).unwrap()
    };
    assert_eq!(item(true)["contact"]["phone"], "0387000000");
    assert_eq!(item(false)["contact"].get("phone"), None);
    assert_eq!(item(false)["contact"]["email"], "9a1f");
}

fn matcha() -> MatchaOffer {
    entity(json!({
        "id": "6f2b-0", "offer_id": "offer-1", "title": "Boulanger", "romes": ["D1102"], "status": "Active",
        "address": {"full": "3 rue du Port 57000 Metz", "city": "Metz", "point": "49.12,6.17"},
        "siret": "01928074200016", "company_name": "BOULANGERIE DU PORT", "company_size": "20-49",
        "company_created_at": "2001-02-03", "naf_label": "Boulangerie",
        "contact_name": "Camille Martin", "contact_phone": "0600000000", "email": sealed(),
        "description": "Pétrir, façonner, cuire : tout le métier, du levain à la vente.",
        "employer_description": "Deux boutiques.", "created_at": 1_790_000_000, "expires_at": 1_795_000_000,
        "start_date": "2026-09-01", "contract_types": ["Apprentissage", "Professionnalisation"],
        "duration_months": 12, "openings": 2, "disabled_eligible": true, "rhythm": "1 semaine / 1 semaine",
        "level_label": "Cap, autres formations niveau (Infrabac)", "diploma": 3, "opco": "EP",
        "rome_detail": {"code_rome": "D1102"}, "application_count": 4
    }))
}

fn smallest_matcha() -> MatchaOffer {
    entity(json!({
        "id": "6f2b-0", "offer_id": "offer-1", "title": "Boulanger", "romes": ["D1102"], "status": "Annulée",
        "address": {}, "siret": "01928074200016", "company_name": "Enseigne inconnue",
        "created_at": 1_790_000_000, "expires_at": 1_795_000_000
    }))
}

#[test]
fn a_matcha_offer_with_every_field() {
    assert_golden("matcha_full", &LbaJob::from((&matcha(), NEAR)));
}

#[test]
fn a_matcha_offer_with_the_fewest_fields() {
    assert_golden("matcha_minimal", &LbaJob::from((&smallest_matcha(), View::default())));
}

#[test]
fn a_delegated_offer_shows_the_town_and_the_cfa() {
    let mut offer = matcha();
    offer.delegate = Some(entity(json!({
        "name": "CFA", "address": {"street": "1 place d'Armes", "zip": "57000", "city": "Metz"}
    })));
    assert_golden("matcha_delegated", &LbaJob::from((&offer, NEAR)));
}

fn partner_offer() -> PartnerOffer {
    entity(json!({
        "id": "153BHTN", "title": "Apprenti boulanger (H/F)", "romes": ["D1102", "D1104"],
        "appellation": "Boulanger / Boulangère", "description": "Vous apprendrez le métier.",
        "created_at": 1_790_000_000, "expires_at": 1_795_000_000,
        "address": {"full": "57 - METZ 57000", "zip": "57000", "city": "57 - METZ", "insee": "57463",
                    "point": "49.12,6.17"},
        "company_name": "BOULANGERIE DU PORT", "company_siret": "01928074200016",
        "company_description": "Deux boutiques.", "company_logo": "https://logo.example/1.png",
        "contract_type": "CDD", "contract_description": "Contrat à durée déterminée - 12 Mois",
        "duration": "35H Horaires normaux", "contact_name": "Agence de Metz",
        "contact_email": "offre@agence.example", "contact_info": "1 rue\n57000 Metz",
        "sector": "10", "sector_label": "Boulangerie", "diploma": 3, "opco": "EP"
    }))
}

fn smallest_partner_offer() -> PartnerOffer {
    entity(json!({
        "id": "153BHTN", "title": "Apprenti", "romes": ["D1102"], "created_at": 0, "expires_at": 1,
        "address": {}
    }))
}

#[test]
fn a_partner_offer_with_every_field() {
    assert_golden("partner_offer_full", &PeJob::from((&partner_offer(), NEAR)));
}

#[test]
fn a_partner_offer_with_the_fewest_fields() {
    assert_golden("partner_offer_minimal", &PeJob::from((&smallest_partner_offer(), View::default())));
}

#[test]
fn the_siret_of_a_partner_offer_is_null_for_a_named_caller_known_or_not() {
    let hidden = View { hide_siret: true, ..NEAR };
    for offer in [partner_offer(), smallest_partner_offer()] {
        let item = serde_json::to_value(PeJob::from((&offer, hidden))).unwrap();
        assert_eq!(item["company"].get("siret"), Some(&Value::Null));
    }
}

#[test]
fn the_link_to_a_partner_offer_holds_any_id() {
    let offer = PartnerOffer { id: "a b/c?d".to_owned(), ..smallest_partner_offer() };
    let item = serde_json::to_value(PeJob::from((&offer, NEAR))).unwrap();
    assert!(item["url"].as_str().unwrap().contains("/detail/a%20b%2Fc%3Fd?at_medium="), "{item}");
}

fn formation() -> domain::formation::Formation {
    entity(json!({
        "id": "088281P01313#L01", "title": "BOULANGER (CAP)", "long_title": "BOULANGER (CAP)",
        "short_title": "BOULANGER", "romes": ["D1102", "D1104"], "level": 3,
        "diploma": "CERTIFICAT D'APTITUDES PROFESSIONNELLES", "cfd": "50022141", "rncp": "RNCP37537",
        "rncp_label": "CAP Boulanger", "rncp_apprenticeship": true, "id_rco": "24_1|2", "id_rco_formation": "24_1",
        "tags": ["2026"],
        "address": {"full": "1 place d'Armes 57000 Metz", "street": "1 place d'Armes", "zip": "57000",
                    "city": "Metz", "cedex": "CEDEX 1", "insee": "57463", "departement": "57",
                    "region": "Grand Est", "point": "49.12,6.17"},
        "remote_only": false, "phone": "0387000000",
        "trainer": {"name": "CFA DE METZ", "siret": "01928074200016", "id": "t1", "uai": "0572000A",
                    "address": {}},
        "manager": {"name": "ASSOCIATION", "siret": "01928074200016", "id": "m1", "uai": "0572000B",
                    "kind": "CFA", "has_convention": "Oui",
                    "address": {"street": "2 rue Serpenoise", "zip": "57000", "city": "Metz", "cedex": "CEDEX 2"}},
        "period": "2026-09", "capacity": "24", "onisep_url": "https://www.onisep.fr/1",
        "content": "Pétrir.", "objective": "Devenir boulanger.",
        "sessions": [{"start": "2026-09-01T00:00:00.000Z", "end": "2028-06-30T00:00:00.000Z"},
                     {"start": "pas une date", "permanent_entry": true}]
    }))
}

#[test]
fn a_training_with_every_field() {
    assert_golden("formation_full", &Formation::from((&formation(), NEAR)));
}

#[test]
fn a_training_with_the_fewest_fields() {
    let smallest: domain::formation::Formation = entity(json!({
        "id": "1", "title": "X", "romes": ["D1102"], "address": {}, "trainer": {"address": {}},
        "manager": {"address": {}}
    }));
    assert_golden("formation_minimal", &Formation::from((&smallest, View::default())));
}

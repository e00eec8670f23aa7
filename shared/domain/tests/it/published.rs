//! Offers as other job boards take them.

use domain::matcha::MatchaOffer;
use domain::published::{COLUMNS, PublishedLine, Reference};
use domain::recruiter::JobType;
use proptest::prelude::*;
use serde_json::{Value, json};

const SITE: &str = "https://site.exemple.invalid";

fn offer(changes: &Value) -> MatchaOffer {
    let mut offer = json!({
        "id": "00000000-0000-4000-8000-000000000001-0", "offer_id": "offer-1", "title": "Boulanger",
        "romes": ["D1104", "D1102"], "status": "Active", "siret": "01928074200016", "company_name": "Fournil Inventé",
        "address": {"full": "1 RUE DES EXEMPLES 44000 NANTES", "zip": "44000", "city": "NANTES",
            "point": "47.218,-1.553"},
        "contact_name": "Aucune Personne", "contact_phone": "0199000000",
        "email": {"email": "9a1f", "iv": "00112233445566778899aabbccddeeff"},
        "created_at": 1_788_249_600, "expires_at": 1_793_520_000, "duration_months": 24, "openings": 2,
        "start_date": "2026-10-01T00:00:00.000Z", "disabled_eligible": true, "rhythm": "1 semaine / 1 semaine",
        "level_label": "Cap, autres formations niveau (Infrabac)", "description": "Vous pétrissez.\nVous cuisez.",
        "employer_description": "Un fournil inventé.", "contract_types": ["Apprentissage", "Professionnalisation"],
    });
    for (name, value) in changes.as_object().unwrap() {
        offer[name] = value.clone();
    }
    serde_json::from_value(offer).unwrap()
}

fn cells(offer: &MatchaOffer) -> Vec<(String, String)> {
    let line = PublishedLine::all(offer, SITE).remove(0);
    COLUMNS.iter().map(|(name, _)| (*name).to_owned()).zip(line.cells()).collect()
}

fn cell(offer: &MatchaOffer, name: &str) -> String {
    cells(offer).into_iter().find(|(column, _)| column == name).unwrap().1
}

#[test]
fn an_offer_has_one_line_for_each_contract_it_offers() {
    let references = |types: Value| {
        let lines = PublishedLine::all(&offer(&json!({"contract_types": types})), SITE);
        lines.iter().map(|line| line.reference().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(references(json!(["Professionnalisation", "Apprentissage"])), ["E2-offer-1", "FS-offer-1"]);
    assert_eq!(references(json!(["Apprentissage", "Apprentissage"])), ["E2-offer-1"]);
    assert_eq!(references(json!(["Professionnalisation"])), ["FS-offer-1"]);
    assert_eq!(references(json!([])), Vec::<String>::new());
    assert_eq!(Reference::both("offer-1").map(|one| one.to_string()), ["E2-offer-1", "FS-offer-1"]);
}

#[test]
fn a_line_says_all_of_the_offer_that_a_candidate_must_know() {
    let expected = [
        "E2-offer-1",
        "LABONNEALTERNANCE",
        "La bonne alternance",
        "https://site.exemple.invalid/recherche-emploi?type=matcha&itemId=offer-1",
        "D1104",
        "Boulanger",
        "Vous pétrissez.\nVous cuisez.",
        "Un fournil inventé.",
        "E2",
        "24",
        "2026-10-01T00:00:00.000Z",
        "2",
        "oui",
        "Cap, autres formations niveau (Infrabac)",
        "1 semaine / 1 semaine",
        "01928074200016",
        "Fournil Inventé",
        "",
        "",
        "1 RUE DES EXEMPLES 44000 NANTES",
        "44000",
        "NANTES",
        "47.218",
        "-1.553",
        "2026-09-01T08:00:00.000Z",
        "2026-11-01T08:00:00.000Z",
    ];
    assert_eq!(PublishedLine::all(&offer(&json!({})), SITE).remove(0).cells(), expected);
}

#[test]
fn the_cells_are_the_fields_of_the_json_in_its_order() {
    let line = PublishedLine::of(&offer(&json!({})), JobType::Professionnalisation, SITE).unwrap();
    let json = serde_json::to_string(&line).unwrap();
    let fields: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(fields.as_object().unwrap().len(), COLUMNS.len());
    let mut at = 0;
    for ((_, name), cell) in COLUMNS.iter().zip(line.cells()) {
        let place = json.find(&format!("\"{name}\":")).unwrap_or_else(|| panic!("no {name}"));
        assert!(place >= at, "{name} is out of order");
        at = place;
        let said = match &fields[*name] {
            Value::Null => String::new(),
            Value::Bool(flag) => if *flag { "oui" } else { "non" }.to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        assert_eq!(cell, said, "{name}");
    }
}

#[test]
fn no_person_and_no_way_to_reach_one_is_in_a_line() {
    let line = PublishedLine::all(&offer(&json!({})), SITE).remove(0);
    let told = format!("{} {}", line.cells().join(";"), serde_json::to_string(&line).unwrap());
    for secret in ["Aucune Personne", "0199000000", "9a1f", "00112233445566778899aabbccddeeff"] {
        assert!(!told.contains(secret), "{secret}");
    }
}

#[test]
fn a_delegated_offer_names_the_cfa_and_of_the_place_only_the_commune() {
    let delegated = offer(&json!({
        "delegate": {"name": "CFA IMAGINAIRE", "siret": "35600000000048", "address": {"full": "9 rue Y 57100 Thionville"}},
    }));
    let told = |name: &str| cell(&delegated, name);
    assert_eq!((told("Cfa_siret").as_str(), told("Cfa_nom").as_str()), ("35600000000048", "CFA IMAGINAIRE"));
    assert_eq!((told("Ent_nom").as_str(), told("Adr_commune").as_str()), ("Fournil Inventé", "NANTES"));
    for hidden in ["Adr_ligne", "Adr_code_postal", "Latitude", "Longitude"] {
        assert_eq!(told(hidden), "", "{hidden}");
    }
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_made_harmless_and_a_number_is_not_touched() {
    for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\u{feff}=1+1", "\u{200b} @x"] {
        let offer = offer(&json!({"title": formula, "description": format!("{formula}\nsuite")}));
        assert!(cell(&offer, "Off_THES_libelle").starts_with('\''), "{formula}");
        assert!(cell(&offer, "Off_description").starts_with('\''), "{formula}");
    }
    let plain = offer(&json!({"title": "Boulanger - pâtissier"}));
    assert_eq!(cell(&plain, "Off_THES_libelle"), "Boulanger - pâtissier");
    assert_eq!(cell(&plain, "Longitude"), "-1.553");
}

#[test]
fn an_id_stays_one_value_of_the_page_s_address() {
    let url = cell(&offer(&json!({"offer_id": "a&b#c%d/é"})), "Par_URL_offre");
    assert_eq!(url, format!("{SITE}/recherche-emploi?type=matcha&itemId=a%26b%23c%25d%2F%C3%A9"));
}

proptest! {
    #[test]
    fn no_control_character_and_no_formula_reaches_a_cell(text in any::<String>()) {
        let offer = offer(&json!({
            "title": text, "description": text, "employer_description": text, "rhythm": text, "level_label": text,
            "company_name": text, "address": {"full": text, "zip": text, "city": text},
        }));
        for (name, cell) in cells(&offer) {
            prop_assert!(!cell.contains(|c: char| c.is_control() && c != '\n'), "{name}");
            prop_assert!(!cell.starts_with(['=', '+', '-', '@']), "{name}: {cell}");
        }
    }
}

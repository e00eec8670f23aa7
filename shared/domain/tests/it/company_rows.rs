//! Rows of the predictive list.

use domain::card::Card;
use domain::company::Company;
use domain::opco::Opco;
use domain::rows::{MAX_LINE_BYTES, RowError, company};
use domain::seal::SealedEmail;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{altered, cipher, naf_romes, reason};

fn row() -> Value {
    json!({
        "siret": "01928074200016", "recruitment_potential": 71.3, "raison_sociale": "LE FOURNIL",
        "enseigne": " Au bon pain ", "naf_code": "10.71C", "naf_label": "Boulangerie",
        "rome_codes": ["D1102", "d1104", "D1102"], "street_number": "12 BIS", "street_name": "RUE SERPENOISE",
        "insee_city_code": "57463", "zip_code": "57000", "city": "METZ", "geo_coordinates": "49.1111,6.17141",
        "email": "Rh@fournil.fr", "phone": "0387000000", "company_size": "6-9", "website": "https://fournil.fr",
        "algorithm_origin": "lba", "opco": "Opco entreprises de proximité", "opco_short_name": "EP",
        "opco_url": "https://www.OPCOEP.fr/", "created_at": "2026-08-01T00:00:00.000Z", "last_update_at": null
    })
}

fn parse(changes: &Value) -> Result<Card, RowError> {
    company::parse(&altered(&row(), changes), &naf_romes(), &cipher())
}

fn company(changes: &Value) -> Company {
    match parse(changes).unwrap() {
        Card::Company(company) => *company,
        other => panic!("not a company: {other:?}"),
    }
}

fn romes(changes: &Value) -> Vec<String> {
    company(changes).romes.iter().map(|code| code.to_string()).collect()
}

#[test]
fn reads_every_field() {
    let company = company(&json!({}));
    assert_eq!(company.siret.as_str(), "01928074200016");
    assert_eq!(company.name, "Au bon pain");
    assert_eq!(company.naf.unwrap().as_str(), "1071C");
    assert_eq!(company.address.full.as_deref(), Some("12 BIS RUE SERPENOISE, 57000 METZ"));
    assert_eq!(company.address.street.as_deref(), Some("12 BIS RUE SERPENOISE"));
    assert_eq!(company.address.insee.unwrap().as_str(), "57463");
    assert_eq!(company.address.point.unwrap().to_string(), "49.1111,6.17141");
    assert_eq!(company.opco, Some(Opco::Ep));
    assert_eq!(company.opco_url.as_deref(), Some("https://www.opcoep.fr/"));
    assert_eq!(company.created_at, 1_785_542_400);
}

#[test]
fn never_holds_the_address_in_clear() {
    let card = parse(&json!({})).unwrap();
    let json = String::from_utf8(card.to_json().unwrap()).unwrap();
    assert!(!json.to_lowercase().contains("rh@"), "{json}");
    let sealed: SealedEmail = company(&json!({})).email.unwrap();
    assert_eq!(cipher().open(&sealed, "01928074200016").unwrap().as_str(), "rh@fournil.fr");
    assert_eq!(card, parse(&json!({})).unwrap(), "the same row gives the same card");
}

#[test]
fn an_address_that_is_none_is_left_out() {
    for email in [json!("null"), json!(""), json!("rh@"), json!(null)] {
        assert_eq!(company(&json!({ "email": email })).email, None);
    }
}

#[test]
fn the_name_is_the_enseigne_else_the_raison_sociale_else_unknown() {
    assert_eq!(company(&json!({"enseigne": " "})).name, "LE FOURNIL");
    assert_eq!(company(&json!({"enseigne": null, "raison_sociale": ""})).name, "Enseigne inconnue");
}

#[test]
fn trades_are_kept_as_given_each_once() {
    assert_eq!(romes(&json!({})), ["D1102", "D1104"]);
    assert_eq!(romes(&json!({"rome_codes": "A1101,A1201"})), ["A1101", "A1201"]);
}

#[test]
fn trades_that_are_missing_come_from_the_activity() {
    for missing in [json!(null), json!([])] {
        assert_eq!(romes(&json!({ "rome_codes": missing })), ["D1102", "D1104"]);
    }
    for naf in [json!(null), json!("9999Z")] {
        assert_eq!(
            reason(parse(&json!({"rome_codes": null, "naf_code": naf}))),
            "rome_codes: missing, and naf_code leads to no trade"
        );
    }
}

#[test]
fn more_than_twenty_trades_are_refused() {
    let codes: Vec<String> = (0..21).map(|number| format!("A{number:04}")).collect();
    let rule = "rome_codes: 1 to 20 codes of one letter and four digits";
    assert_eq!(reason(parse(&json!({ "rome_codes": codes }))), rule);
    assert_eq!(reason(parse(&json!({"rome_codes": ["D11"]}))), rule);
    assert_eq!(reason(parse(&json!({"rome_codes": [["D1102"]]}))), rule);
    assert_eq!(romes(&json!({ "rome_codes": codes[..20] })).len(), 20);
}

#[test]
fn a_row_without_a_valid_siret_is_refused() {
    let rule = "siret: 14 digits that satisfy the Luhn formula";
    for siret in [json!("01928074200017"), json!("123"), json!(1.5), json!("0192807420001６")] {
        assert_eq!(reason(parse(&json!({ "siret": siret }))), rule);
    }
    assert_eq!(reason(parse(&json!({"siret": null}))), "siret: missing");
    assert_eq!(reason(parse(&json!({"siret": ["01928074200016"]}))), "siret: a text");
}

#[test]
fn a_code_written_as_a_number_gets_its_zeros_back() {
    let company =
        company(&json!({"siret": 1_928_074_200_016_u64, "zip_code": 1000, "insee_city_code": 1053.0}));
    assert_eq!(company.siret.as_str(), "01928074200016");
    assert_eq!(company.address.zip.as_deref(), Some("01000"));
    assert_eq!(company.address.insee.unwrap().as_str(), "01053");
}

#[test]
fn a_company_without_coordinates_is_kept() {
    for point in [json!(null), json!(""), json!("  ")] {
        assert_eq!(company(&json!({ "geo_coordinates": point })).address.point, None);
    }
}

#[test]
fn malformed_coordinates_are_refused() {
    for point in [json!("49.1"), json!("91,0"), json!("6.17;49.1"), json!("NaN,NaN"), json!(49.1)] {
        assert_eq!(
            reason(parse(&json!({ "geo_coordinates": point }))),
            "geo_coordinates: latitude and longitude in degrees, as \"lat,lon\""
        );
    }
}

#[test]
fn other_codes_obey_their_types() {
    assert_eq!(reason(parse(&json!({"naf_code": "A"}))), "naf_code: 4 digits and a letter");
    assert_eq!(
        reason(parse(&json!({"insee_city_code": "2C001"}))),
        "insee_city_code: the 5 characters of an INSEE code"
    );
    assert_eq!(reason(parse(&json!({"opco_short_name": "X"}))), "opco_short_name: the short name of an OPCO");
    assert_eq!(
        reason(parse(&json!({"created_at": "yesterday"}))),
        "created_at: an ISO-8601 date between 1970 and 2106"
    );
}

#[test]
fn control_characters_do_not_survive() {
    let company =
        company(&json!({"enseigne": "Au\u{0} bon\npain\u{1b}[31m", "website": "javascript:alert(1)"}));
    assert_eq!(company.name, "Au bon pain[31m");
    assert_eq!(company.website, None);
}

#[test]
fn what_is_no_object_of_reasonable_length_is_refused() {
    let parse = |line: &[u8]| reason(company::parse(line, &naf_romes(), &cipher()));
    for line in [&b""[..], b"[]", b"null", b"{", b"\xff", br#"{"siret":"\ud800"}"#, &b"[".repeat(100_000)] {
        assert_eq!(parse(line), "the row is not a JSON object");
    }
    assert_eq!(parse(&vec![b' '; MAX_LINE_BYTES + 1]), "the row is longer than 256 KiB");
    let long = altered(&row(), &json!({"street_name": "x".repeat(200_000)}));
    assert_eq!(parse(&long), "the row is longer than 256 KiB", "its card repeats the street");
}

#[test]
fn a_reason_never_tells_the_value() {
    let secret = "jeanne.dupont";
    let names: Vec<String> = row().as_object().unwrap().keys().cloned().collect();
    for name in names {
        if let Err(error) = parse(&json!({ name: secret })) {
            assert!(!format!("{error} {error:?}").contains(secret));
        }
    }
}

proptest! {
    #[test]
    fn never_panics_on_any_bytes(line in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = company::parse(&line, &naf_romes(), &cipher());
    }

    #[test]
    fn never_panics_on_any_field(at in 0usize..24, text in any::<String>(), number: f64) {
        let name = row().as_object().unwrap().keys().nth(at % row().as_object().unwrap().len()).unwrap().clone();
        for value in [json!(text), json!(number), json!([text]), json!({"a": text}), json!(true)] {
            if let Ok(card) = parse(&json!({ name.clone(): value })) {
                let json = String::from_utf8(card.to_json().unwrap()).unwrap();
                prop_assert!(!json.contains("\\u00"), "a control character survived");
                let source = card.source();
                prop_assert_eq!(Card::from_json(source, &json).unwrap(), card);
            }
        }
    }
}
